"""What the number is as its kind, why a person has to look, and which kind it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop_app.gui import verdict
from desktop_app.gui.buttons import Button
from desktop_app.gui.labels import Label

if TYPE_CHECKING:
    from desktop_app.gui.reviewed_line import ReviewedLine
    from desktop_app.gui.theme import Theme


class FieldMeaning(QWidget):
    """Below the verdict; nothing where there is nothing to say."""

    kind_wanted = Signal(str)

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self.value = Label(the_theme, weight=QFont.Weight.DemiBold)
        self.reason = Label(the_theme, size_px=14, quiet=True)
        self.agreement = Label(the_theme, size_px=14)
        self.suggestion = Button(the_theme)
        self.suggestion.clicked.connect(self._on_suggestion_clicked)
        self._suggested = ""
        # Maximum would hold it to the height of words that are not wrapped.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.value, self.reason, self.agreement, self.suggestion):
            column.addWidget(widget)

    def show_line(self, line: ReviewedLine, agreement: str = "") -> None:
        """Say it of the line as it stands now.

        Args:
            line: The line.
            agreement: What else on the page confirms it.
        """
        kinds = _suggest(line)
        self._suggested = kinds[0][0] if kinds else ""
        self.suggestion.setVisible(bool(kinds))
        if kinds:
            self.suggestion.show_text(f"Read as: {kinds[0][1]}")
            self.suggestion.setAccessibleName(f"Read as: {kinds[0][1]}")
        for label, words in (
            (self.value, verdict.meaning(line)),
            (self.reason, verdict.explanation(line)),
            (self.agreement, agreement),
        ):
            label.setText(words)
            label.setVisible(bool(words))
        self.setVisible(bool(kinds) or self.has_words)

    @property
    def has_words(self) -> bool:
        """Whether it says something of the number as it stands."""
        return bool(self.value.text() or self.reason.text() or self.agreement.text())

    @Slot()
    def _on_suggestion_clicked(self) -> None:
        self.kind_wanted.emit(self._suggested)


def _suggest(line: ReviewedLine) -> list[tuple[str, str]]:
    """Name and title of the kinds that speak for themselves; none where one was chosen."""
    if line.kind is not None:
        return []
    from model.fields.suggest import suggest_kinds

    return [(kind.name, kind.title) for kind in suggest_kinds(line.written)]
