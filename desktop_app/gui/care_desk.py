"""What the clerk does to the page before it is read: turn, straighten, brighten, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from desktop_app.gui import strings
from desktop_app.gui.announcements import announce
from desktop_app.gui.commands import Command
from desktop_app.gui.state import Phase, ViewState
from model.types import Decision

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.gui.adjust_sheet import AdjustSheet
    from desktop_app.gui.main_window import MainWindow
    from desktop_app.gui.presenter import Presenter
    from desktop_app.gui.writing_desk import WritingDesk
    from model.care import Care
    from model.types import Page


class CareDesk(QObject):
    """Changes the care for the page on the bed, and offers to where a slip lies aslant on it."""

    def __init__(self, window: MainWindow, presenter: Presenter, writing: WritingDesk) -> None:
        super().__init__(window)
        self._window = window
        self._presenter = presenter
        self._writing = writing
        self._sheet: AdjustSheet | None = None
        self._looked_at: Page | None = None
        presenter.session.state_changed.connect(self._on_state_changed)

    def table(self) -> dict[Command, Callable[[], object]]:
        """What each of these commands does; answers are taken back before the page's care."""
        return {
            Command.ADJUST: self.adjust,
            Command.TURN_RIGHT: lambda: self.turn(1),
            Command.TURN_LEFT: lambda: self.turn(-1),
            Command.UNDO: self.undo,
            Command.REDO: self.redo,
        }

    def turn(self, quarter_turns: int) -> None:
        """Turn the page clockwise and read it again."""
        cares = self._presenter.state.cares
        turned = cares.changed(cares.present.turned(quarter_turns))
        self._presenter.care_for_page(turned, strings.TURNING)

    def adjust(self) -> None:
        """Open the sheet on which a page is straightened and brightened; again: leave it."""
        if self._sheet is not None and self._sheet.isVisible():
            self._window.leave_sheet()
            return
        shown = self._presenter.state.shown
        if shown is None:
            return
        if self._sheet is None:
            from desktop_app.gui.adjust_sheet import AdjustSheet

            self._sheet = AdjustSheet(self._window.theme, self._window.commands)
            self._sheet.done.connect(self._on_done)
            self._sheet.told.connect(self._on_told)
        self._window.leave_all_sheets()
        self._window.workspace.slip.crop.leave()
        self._window.show_sheet(self._sheet)
        self._sheet.begin(shown)

    @Slot(str)
    def _on_told(self, words: str) -> None:
        self._window.status_line.say_instead(words)
        announce(self._window, words)

    @Slot(object)
    def _on_done(self, care: Care) -> None:
        cares = self._presenter.state.cares
        self._window.leave_sheet()
        if care != cares.present:
            self._presenter.care_for_page(cares.changed(care), strings.CARING)

    def undo(self) -> None:
        """Take back the last answer; where there is none, what was done to the page."""
        state = self._presenter.state
        if state.cares.past and not (state.history is not None and state.history.past):
            if state.can_undo:
                self._presenter.care_for_page(state.cares.undone(), strings.UNDOING_CARE)
        else:
            self._writing.undo()

    def redo(self) -> None:
        """Do it again."""
        state = self._presenter.state
        if state.cares.future and not (state.history is not None and state.history.future):
            if state.can_redo:
                self._presenter.care_for_page(state.cares.redone(), strings.CARING)
        else:
            self._writing.redo()

    @Slot(object)
    def _on_state_changed(self, state: ViewState) -> None:
        shown = state.shown
        if shown is None:
            self._looked_at = None
            return
        if state.phase is not Phase.REVIEWING or shown.page is self._looked_at:
            return
        self._looked_at = shown.page
        lines = () if state.reading is None else state.reading.lines
        is_sure = bool(lines) and all(line.decision is Decision.ACCEPT for line in lines)
        is_known = bool(shown.region or shown.cares.past or shown.cares.future)
        is_as_opened = shown.page is shown.bare and not is_known
        if is_as_opened and not is_sure:
            # Once the reading is on the screen: looking takes some 20 ms.
            QTimer.singleShot(0, self._offer)

    @Slot()
    def _offer(self) -> None:
        """Say that there is a slip to straighten, if there is one."""
        state = self._presenter.state
        shown = state.shown
        if shown is None or shown.page is not self._looked_at or state.phase is not Phase.REVIEWING:
            return
        from model.find_slip import find_slip, is_aslant

        small = shown.levels[-1].pixels
        height, width = small.shape[:2]
        corners = find_slip(small)
        if corners is not None and is_aslant(corners, width, height):
            self._presenter.session.amend(
                lambda now: now.changed(
                    status=f"{now.status} {strings.SLIP_OFFERED}", aslant=shown.page
                )
            )
