"""The one place that holds the window's state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.gui import strings
from desktop_app.gui.state import Notice, Phase, StatusTone, ViewState

if TYPE_CHECKING:
    from collections.abc import Callable


class Session(QObject):
    """The state on the screen, and the settled one that a cancelled job returns to."""

    state_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._state = ViewState(status=strings.READY)
        self._settled = self._state

    @property
    def state(self) -> ViewState:
        """What the window shows now."""
        return self._state

    @property
    def settled(self) -> ViewState:
        """What it showed when nothing was under way."""
        return self._settled

    @property
    def kept(self) -> ViewState:
        """The settled state where its page is still on the bed, else the new page, unread."""
        before, now = self._settled.shown, self._state.shown
        if now is None or (before is not None and before.page is now.page):
            return self._settled
        return self._state

    def show(self, state: ViewState) -> None:
        """Replace the state; one without a job under way is settled."""
        self._state = state
        if not state.is_busy:
            self._settled = state
        self.state_changed.emit(state)

    def amend(self, change: Callable[[ViewState], ViewState]) -> None:
        """Change the state on the screen, and the one that a cancelled job returns to."""
        is_settled = self._settled is self._state
        self._settled = change(self._settled)
        self._state = self._settled if is_settled else change(self._state)
        self.state_changed.emit(self._state)

    def show_notice(self, notice: Notice, kept: ViewState) -> None:
        """Settle on what is kept, with a notice over it."""
        self.show(
            kept.changed(
                phase=Phase.FAILED,
                notice=notice,
                status=notice.as_sentence(),
                tone=StatusTone.FAILURE if notice.is_failure else StatusTone.READY,
            )
        )

    @Slot(str, object)
    def note(self, status: str, tone: StatusTone = StatusTone.GOOD) -> None:
        """Say something in the status line, such as that the number was copied."""
        self.show(self._state.changed(status=status, tone=tone))

    def dismiss_notice(self) -> None:
        """Put the notice away and go on with the page that is there."""
        state = self._state
        if state.is_busy or state.notice is None:
            return
        has_page = state.shown is not None
        self.show(
            state.changed(
                phase=Phase.REVIEWING if has_page else Phase.EMPTY,
                notice=None,
                status=state.page_name if has_page else strings.READY,
                tone=StatusTone.READY,
            )
        )
