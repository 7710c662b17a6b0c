"""The panel beside a page without a number: why there is none, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.gui import strings
from desktop_app.gui.buttons import Button
from desktop_app.gui.commands import Command
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.labels import Label

if TYPE_CHECKING:
    from desktop_app.gui.actions import Actions
    from desktop_app.gui.state import ViewState
    from desktop_app.gui.theme import Theme


class EmptySheet(QWidget):
    """A page without a number: nothing was found, it was not read, or it was all removed."""

    def __init__(self, the_theme: Theme, actions: Actions) -> None:
        super().__init__()
        self.title = Label(the_theme, size_px=22, weight=QFont.Weight.DemiBold)
        self._hint = Label(the_theme, quiet=True)
        self._row = QWidget()
        self._steps: dict[Command, Button] = {}
        flow = FlowLayout(self._row, spacing=8)
        for command, text, icon, key in (
            (Command.UNDO, "Undo", "undo-2", "Ctrl+Z"),
            (Command.ADJUST, "Adjust", "sliders-horizontal", "A"),
            (Command.WHOLE_PAGE, "Read the page", "scan-text", "W"),
            (Command.CROP, "Crop", "crop", "C"),
            (Command.TURN_RIGHT, "Turn right", "rotate-cw", "R"),
            (Command.ADD_DIGIT, "Type the number", "plus", "+"),
        ):
            step = Button.for_command(actions, command, the_theme, text, icon=icon, key=key)
            flow.addWidget(step)
            self._steps[command] = step
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 28, 24, 24)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self._hint)
        column.addSpacing(8)
        column.addWidget(self._row)
        column.addStretch(1)

    def show_state(self, state: ViewState) -> None:
        """Say why there is no number."""
        was_read = state.review is not None
        is_part = state.shown is not None and state.shown.region is not None
        was_removed = state.review is not None and bool(state.review.removed)
        self._steps[Command.WHOLE_PAGE].setVisible(not was_read or is_part)
        self._steps[Command.UNDO].setVisible(was_removed)
        self._steps[Command.ADD_DIGIT].setVisible(state.can_type_number)
        is_aslant = state.is_slip_offered and was_read and not was_removed
        self._steps[Command.ADJUST].setVisible(is_aslant)
        title, hint = strings.NOT_READ_TITLE, strings.NOT_READ_HINT
        if was_removed:
            title, hint = strings.ALL_REMOVED_TITLE, strings.ALL_REMOVED_HINT
        elif was_read:
            title = strings.NO_DIGITS_TITLE
            hint = strings.NO_DIGITS_ASLANT_HINT if is_aslant else strings.NO_DIGITS_HINT
        self.title.setText(title)
        self._hint.setText(hint)
        # What was wanted since comes first; the band above says whose page this is.
        self._hint.setVisible(not state.is_kept)
        self._row.setVisible(not state.is_kept)

    def focus_undo(self) -> None:
        """Put the focus on the way back, where there is one."""
        if self._steps[Command.UNDO].isVisibleTo(self):
            self._steps[Command.UNDO].setFocus()
