"""What the customer says, typed or pasted, beside what the paper says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.gui import strings, verdict
from desktop_app.gui.labels import Label
from desktop_app.gui.pill import Pill

if TYPE_CHECKING:
    from desktop_app.gui.reviewed_line import ReviewedLine
    from desktop_app.gui.theme import Theme


_UP_DOWN_INSERT: Final = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Insert}
_KEPT: Final = _UP_DOWN_INSERT | {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class _Entry(QLineEdit):
    """Keeps Enter, the arrows and Insert to itself, but not Ctrl+C: that copies from the paper."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Copy):
                event.ignore()
                return True
            if event.key() in _UP_DOWN_INSERT:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in _KEPT:
            event.accept()


class ComparisonRow(QWidget):
    """A line to type into, and whether it agrees; there only once it was asked for."""

    said = Signal(str)

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self._theme = the_theme
        label = Label(the_theme, strings.EXPECTED, size_px=14, quiet=True, wrap=False)
        self.entry = _Entry()
        self.entry.setAccessibleName(strings.EXPECTED)
        label.setBuddy(self.entry)
        self.pill = Pill(the_theme)
        self.entry.textEdited.connect(self.said)
        # What is typed after Enter is another number that was said, and corrects no digit.
        self.entry.returnPressed.connect(self.entry.selectAll)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.entry, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.pill)
        self._on_scaled()
        the_theme.scaled.connect(self._on_scaled)

    def show_line(self, line: ReviewedLine, expected: str | None) -> None:
        """Compare a line with what was said; None where nobody asked for it."""
        self.setVisible(expected is not None)
        if expected is None:
            return
        if self.entry.text() != expected:
            self.entry.setText(expected)
        compared = verdict.comparison(line, expected)
        self.pill.setVisible(compared is not None)
        if compared is not None:
            self.pill.show_verdict(compared)

    @Slot()
    def _on_scaled(self) -> None:
        self.entry.setFont(self._theme.font(17))
        self.entry.setMinimumHeight(self._theme.gap(38))
