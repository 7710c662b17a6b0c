"""The panel while the pad is on and there is no number: what happens next, in large words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.gui import strings
from desktop_app.gui.labels import Label

if TYPE_CHECKING:
    from desktop_app.gui.state import ViewState
    from desktop_app.gui.theme import Theme


class WritingSheet(QWidget):
    """Stays while a number is being read: that takes a blink, and nothing should flicker."""

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self.title = Label(the_theme, size_px=22, weight=QFont.Weight.DemiBold)
        self.hint = Label(the_theme, quiet=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 28, 24, 24)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.hint)
        column.addStretch(1)

    def show_state(self, state: ViewState) -> None:
        """Say what is awaited."""
        has_ink = state.writing is not None and bool(state.writing.strokes)
        if state.review is not None:
            self.title.setText(strings.NO_DIGITS_TITLE)
            self.hint.setText(strings.WRITE_AGAIN_HINT)
        else:
            self.title.setText(strings.WRITING_TITLE if has_ink else strings.WRITE_TITLE)
            self.hint.setText(strings.WRITE_ON if has_ink else strings.WRITE_HINT)
