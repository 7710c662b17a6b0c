"""For the mouse: ten digits for an open gap, and the ways to add a digit or remove one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.gui.buttons import Button
from desktop_app.gui.flow_layout import FlowLayout

if TYPE_CHECKING:
    from desktop_app.gui.theme import Theme


class DigitPad(QWidget):
    """The digits from 0 to 9 as buttons."""

    typed = Signal(int)

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for digits in (range(5), range(5, 10)):
            row = QWidget()
            flow = FlowLayout(row, spacing=6)
            for digit in digits:
                button = Button(the_theme, str(digit))
                button.setAccessibleName(f"Add {digit}")
                button.setProperty("digit", digit)
                button.clicked.connect(self._on_clicked)
                flow.addWidget(button)
            column.addWidget(row)

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.typed.emit(int(button.property("digit")))


class EditingRow(QWidget):
    """Adds a digit before or after the selected one, or removes it."""

    gap_wanted = Signal(bool)
    removal_wanted = Signal()

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        flow = FlowLayout(self, spacing=6)
        for words, name, tip, on_clicked in (
            ("+ Before", "Add a digit before it", "", self._on_before_clicked),
            ("+ After", "Add a digit after it", " (Ins or +)", self._on_after_clicked),
            ("Remove", "Remove the digit", " (Del)", self.removal_wanted),
        ):
            button = Button(the_theme, words)
            button.setAccessibleName(name)
            button.setToolTip(f"{name}{tip}")
            button.clicked.connect(on_clicked)
            flow.addWidget(button)

    @Slot()
    def _on_before_clicked(self) -> None:
        self.gap_wanted.emit(True)

    @Slot()
    def _on_after_clicked(self) -> None:
        self.gap_wanted.emit(False)
