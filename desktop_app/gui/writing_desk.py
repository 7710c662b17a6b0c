"""What the clerk does with the writing pad: open it, write, take back, clear, leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot

from desktop_app.capture.strokes import WRITTEN
from desktop_app.gui import strings
from desktop_app.gui.commands import Command
from desktop_app.gui.queue import NO_PICTURES, Picture
from desktop_app.gui.review_desk import of_kind
from desktop_app.gui.state import NextStep, Phase, StatusTone, ViewState
from desktop_app.gui.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.capture.strokes import Stroke
    from desktop_app.gui.main_window import MainWindow
    from desktop_app.gui.presenter import Presenter
    from desktop_app.gui.writing_pad import WritingPad

PAUSE_MS: Final = 700
"""How long the pen rests before what it wrote is read (ADR 0014)."""


class WritingDesk(QObject):
    """Changes the writing in the session's state, and has it read as the pen rests."""

    def __init__(self, window: MainWindow, presenter: Presenter) -> None:
        super().__init__(window)
        self._window = window
        self._presenter = presenter
        self._session = presenter.session
        self._before: ViewState | None = None
        self._last = Writing()
        self._is_put_off = False
        self._under = NO_PICTURES
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._read)
        window.pad_built.connect(self._on_pad_built)

    def set_pause_ms(self, pause_ms: int) -> None:
        """How long the pen rests before what it wrote is read."""
        self._pause.setInterval(pause_ms)

    def table(self) -> dict[Command, Callable[[], object]]:
        """What each of these commands does, with the pad on and off."""
        return {
            Command.WRITE: self.toggle,
            Command.CLEAR: self.clear,
            Command.UNDO: self.undo,
            Command.REDO: self.redo,
            Command.NEXT: self.go_next,
        }

    @Slot(object)
    def _on_pad_built(self, pad: WritingPad) -> None:
        pad.stroke_begun.connect(self._on_stroke_begun)
        pad.stroke_written.connect(self._on_stroke_written)

    def toggle(self) -> None:
        """Open the pad, with what was last written where that is still on the bed; or leave it."""
        had_sheet = self._window.has_sheet
        self._window.leave_all_sheets()
        if self._session.state.writing is not None:
            # A sheet hid the pad: whoever asks for it then wants to see it.
            if not had_sheet:
                self.leave()
            return
        self._presenter.drop_job()
        self._before = before = self._session.settled
        shown = before.shown
        is_ours = shown is None or shown.page.format == WRITTEN
        is_alone = is_ours and len(before.queue.pictures) == 1
        self._under = before.under if before.under.pictures or is_alone else before.queue
        self._show(self._last if is_ours or self._is_put_off else Writing())
        self._is_put_off = False
        if self._writing.strokes:
            self._read()

    def leave(self) -> None:
        """Lay what was written on the bed; without any, what lay there before."""
        self._pause.stop()
        if not self._writing.strokes:
            self.go_back()
            return
        state = self._session.state
        if state.history is None and not state.is_busy:
            self._read()
        self._session.amend(lambda state: state.changed(writing=None))

    def go_back(self) -> None:
        """Show again what lay there before; what was written waits for the pad's next time."""
        self._pause.stop()
        self._presenter.drop_job()
        self._last, self._is_put_off = self._writing, bool(self._writing.strokes)
        state = self._session.state
        before = self._before or ViewState(status=strings.READY)
        # What came and what kind was chosen meanwhile is no part of the pad.
        self._session.show(of_kind(before.changed(waiting=state.waiting), state.kind))
        if self._is_put_off:
            self._session.note(strings.WRITING_PUT_OFF, StatusTone.READY)
        self._presenter.open_waiting()

    def clear(self) -> None:
        """Take a fresh sheet; undo brings the old one back."""
        if self._writing.strokes:
            self._rewrite(self._writing.cleared())

    def go_next(self) -> None:
        """Go to the next line; from the last one of the pad to a fresh sheet."""
        if self._session.state.next_step is NextStep.WRITE:
            self.clear()
        else:
            self._presenter.go_next()

    def undo(self) -> None:
        """Take back what was done last: answers are given after the last stroke."""
        history = self._session.state.history
        if self._writing.past and not (history is not None and history.past):
            self._rewrite(self._writing.undone())
        else:
            self._presenter.desk.undo()

    def redo(self) -> None:
        """Do it again."""
        history = self._session.state.history
        if self._writing.future and not (history is not None and history.future):
            self._rewrite(self._writing.redone())
        else:
            self._presenter.desk.redo()

    @Slot()
    def _on_stroke_begun(self) -> None:
        """Stop reading what is about to change."""
        self._pause.stop()
        if self._session.state.writing is not None:
            self._presenter.drop_job()
            self._show(self._writing)

    @Slot(object)
    def _on_stroke_written(self, stroke: Stroke) -> None:
        """Keep the stroke, and read once no other follows."""
        if self._session.state.writing is not None:
            self._rewrite(self._writing.written(stroke))

    @property
    def _writing(self) -> Writing:
        return self._session.state.writing or Writing()

    def _rewrite(self, writing: Writing) -> None:
        self._presenter.drop_job()
        self._show(writing)
        if writing.strokes:
            self._pause.start()
        else:
            self._pause.stop()

    def _show(self, writing: Writing) -> None:
        """The writing without any reading: what was read is no longer what is written."""
        self._last = writing
        self._session.show(
            self._session.state.changed(
                phase=Phase.EMPTY,
                writing=writing,
                shown=None,
                history=None,
                reading=None,
                notice=None,
                expected=None,
                queue=NO_PICTURES,
                under=self._under,
                status=strings.WRITE_ON if writing.strokes else strings.WRITE_HINT,
                tone=StatusTone.READY,
            )
        )

    @Slot()
    def _read(self) -> None:
        from desktop_app.capture.written_page import WrittenPage

        strokes = self._writing.strokes
        if strokes:
            self._presenter.read_writing(
                Picture(WrittenPage(strokes), strings.WRITING, is_upright=True)
            )
