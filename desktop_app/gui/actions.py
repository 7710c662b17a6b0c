"""The commands as Qt actions: one place for shortcuts, tool tips and what is possible now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.gui.commands import GROUPS, Command, entry_of, tool_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenu, QWidget

    from desktop_app.gui.buttons import Button
    from desktop_app.gui.state import ViewState

_NEEDS_PAGE = {
    Command.ZOOM_IN,
    Command.ZOOM_OUT,
    Command.FIT,
    Command.TURN_RIGHT,
    Command.TURN_LEFT,
    Command.CROP,
    Command.ADJUST,
}
_NEEDS_NUMBER = {
    Command.COPY,
    Command.COPY_ALL,
    Command.COMPARE,
    Command.PREVIOUS_DIGIT,
    Command.NEXT_DIGIT,
    Command.ADD_DIGIT,
}
# A key that is held down too long is not to take a second digit.
_ONCE_A_PRESS = {Command.ADD_DIGIT, Command.REMOVE_DIGIT}


class Actions(QObject):
    """Sends ``wanted`` with the command that was asked for, by key, menu or button."""

    wanted = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions: dict[Command, QAction] = {}
        self._waiting: list[tuple[Button, Command]] | None = []

    def __getitem__(self, command: Command) -> QAction:
        """The command's action, made when first asked for."""
        if command not in self._actions:
            action = self._make(command)
            self._actions[command] = action
            self._window.addAction(action)
        return self._actions[command]

    def lead(self, button: Button, command: Command) -> None:
        """Let a button do a command, and be enabled as it is.

        Qt's classes for that take a twentieth of the first paint, so what is painted first waits
        for ``complete``: before that, nobody can press it.
        """
        if self._waiting is not None:
            self._waiting.append((button, command))
            return
        action = self[command]
        button.clicked.connect(action.trigger)
        button.setEnabled(action.isEnabled())
        action.enabledChanged.connect(button.setEnabled)

    def complete(self) -> None:
        """Make all of them, so that keys are heard and buttons answer; after the first paint."""
        waiting, self._waiting = self._waiting or [], None
        for command in Command:
            _ = self[command]
        for button, command in waiting:
            self.lead(button, command)

    def fill_menu(self, menu: QMenu) -> None:
        """Add every command, in the groups of the table."""
        for title, entries in GROUPS:
            menu.addSection(title)
            for entry in entries:
                menu.addAction(self[entry.command])

    def show_state(self, state: ViewState) -> None:
        """Allow what is possible now."""
        writing = state.writing
        has_page = state.shown is not None and not state.is_busy and writing is None
        self[Command.CLEAR].setEnabled(writing is not None and bool(writing.strokes))
        review = state.number_review
        has_lines = review is not None and len(review.lines) > 1
        for command in _NEEDS_PAGE:
            self[command].setEnabled(has_page)
        for command in _NEEDS_NUMBER:
            self[command].setEnabled(review is not None)
        if state.can_type_number:
            self[Command.ADD_DIGIT].setEnabled(True)
        is_at_place = review is not None and (review.digit, review.gap) != (None, None)
        self[Command.REMOVE_DIGIT].setEnabled(is_at_place)
        # On the pad both share a key, which Qt would give to neither: the digit is nearer.
        self._let_key(Command.CLEAR, is_heard=not is_at_place)
        for command in (Command.PREVIOUS_LINE, Command.NEXT_LINE):
            self[command].setEnabled(has_lines)
        is_part = state.shown is not None and state.shown.region is not None
        self[Command.WHOLE_PAGE].setEnabled(has_page and (is_part or state.history is None))
        self[Command.NEXT].setEnabled(not state.is_busy)
        has_others = state.onward.has_other_pages or bool(state.under.pictures)
        for command in (Command.PREVIOUS_PAGE, Command.NEXT_PAGE):
            self[command].setEnabled(has_others and writing is None)
        self[Command.UNDO].setEnabled(state.can_undo)
        self[Command.REDO].setEnabled(state.can_redo)

    def _let_key(self, command: Command, *, is_heard: bool) -> None:
        """Let a command be given by its keys, or by menu and button alone."""
        from PySide6.QtGui import QKeySequence

        keys = [QKeySequence(key) for key in entry_of(command).keys] if is_heard else []
        if self[command].shortcuts() != keys:
            self[command].setShortcuts(keys)

    def _make(self, command: Command) -> QAction:
        from PySide6.QtGui import QAction, QKeySequence

        entry = entry_of(command)
        action = QAction(entry.label, self)
        action.setData(command)
        action.setCheckable(entry.checkable)
        action.setShortcuts([QKeySequence(key) for key in entry.keys])
        action.setToolTip(tool_tip(entry))
        action.setAutoRepeat(command not in _ONCE_A_PRESS)
        action.triggered.connect(self._on_triggered)
        return action

    @Slot()
    def _on_triggered(self) -> None:
        from PySide6.QtGui import QAction

        action = self.sender()
        if isinstance(action, QAction):
            self.wanted.emit(action.data())
