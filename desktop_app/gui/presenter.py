"""Turns what the clerk does with pictures, and what the worker sends, into the window's state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desktop_app.gui import strings, verdict
from desktop_app.gui.as_kind import read_as_kind
from desktop_app.gui.page_memory import PageMemory, Place
from desktop_app.gui.queue import NO_PICTURES, Picture, PictureQueue
from desktop_app.gui.review import Review
from desktop_app.gui.review_desk import ReviewDesk, of_kind
from desktop_app.gui.review_history import ReviewHistory
from desktop_app.gui.session import Session
from desktop_app.gui.state import NextStep, Notice, Phase, Remedy, StatusTone, ViewState
from desktop_app.jobs.messages import (
    CareForPage,
    Failure,
    FailureKind,
    OpenPicture,
    PageLoaded,
    ReadingReady,
    ReadPart,
    Task,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.gui.care_history import CareHistory
    from desktop_app.gui.reading_service import Describe, ReadingService
    from model.fields.kind import FieldKind
    from model.types import Box


class Presenter(QObject):
    """Every method either replaces the session's state or leaves it as it is."""

    def __init__(self, service: ReadingService, describe: Describe) -> None:
        super().__init__()
        self.session = Session()
        self.desk = ReviewDesk(self.session)
        self.pages = PageMemory()
        self.session.state_changed.connect(self.pages.remember)
        self._service = service
        self._describe = describe
        self._job_id: int | None = None
        self._task: Task | None = None
        self._reader_notice: Notice | None = None
        self._warned_of: Review | None = None
        self._is_alone = False

    @property
    def state(self) -> ViewState:
        """What the window shows now."""
        return self.session.state

    def open_pictures(self, pictures: Sequence[Picture]) -> None:
        """Open the first one and let the others wait, in place of what was opened before.

        Where that has answers, or digits that nobody looked at, they go behind it instead.
        """
        before = self.state.onward.pictures
        is_kept = self.session.settled.is_unfinished or self.pages.is_unfinished
        kept = before if is_kept else ()
        if pictures:
            self._open(PictureQueue((*kept, *pictures), len(kept)))
            self._is_alone = len(pictures) == 1

    def read_writing(self, picture: Picture) -> None:
        """Read what stands on the pad; the pad stays on."""
        queue = PictureQueue((picture,))
        reading = self.state.changed(queue=queue, status=strings.READING_WRITING)
        self._submit(OpenPicture(picture.source, is_upright=picture.is_upright), reading)

    def drop_job(self) -> None:
        """Stop the current job without a word; the caller shows what comes instead."""
        self._job_id = None
        self._service.cancel()

    def let_wait(self, pictures: Sequence[Picture], *, is_at_work: bool = False) -> None:
        """Take pictures that came by themselves: they are opened where nothing is, else wait.

        They wait, too, where the clerk is at work elsewhere, such as at the scanner.
        """
        self.session.amend(lambda state: state.changed(waiting=(*state.waiting, *pictures)))
        if not is_at_work:
            self.open_waiting()

    def open_waiting(self) -> None:
        """Open what came by itself where nothing is open."""
        state = self.state
        if state.waiting and state.phase is Phase.EMPTY and state.writing is None:
            self.skip_picture()

    def go_next(self) -> None:
        """Go to the next line, page or picture; where none is left, say so.

        Where digits would be left unchecked that is said first, and the second time it goes on.
        """
        step, review = self.state.next_step, self.state.number_review
        if step is not NextStep.OPEN and review is not None and review is not self._warned_of:
            warning = verdict.left_unchecked(review, leaves_page=step is not NextStep.LINE)
            if warning:
                self._warned_of = review
                self.session.note(warning, StatusTone.DOUBT)
                return
        self._warned_of = None
        if step is NextStep.LINE:
            self.desk.step_line(1)
        elif step is NextStep.PAGE:
            self.step_page(1)
        elif step is NextStep.PICTURE:
            self.skip_picture()
        else:
            said, is_done = verdict.nothing_waits(review, has_failed=self.state.is_kept)
            self.session.note(said, StatusTone.READY if is_done else StatusTone.DOUBT)

    def skip_picture(self) -> None:
        """Go to the next picture, whatever is left of this one."""
        state, queue = self.state, self.state.onward
        if queue.has_next_picture:
            queue = queue.at_next_picture()
            self._open(replace(queue, page_count=self.pages.page_count(queue.at)))
        elif state.waiting:
            more = queue.with_more(state.waiting)
            self._open(more.at_next_picture() if queue.pictures else more, takes_waiting=True)

    def step_page(self, by: int) -> None:
        """Go to a page before or after, also of the picture before or after."""
        place = self.pages.place_beside(self.state, by)
        if place is not None:
            self.go_to_page(place)

    def go_to_page(self, place: Place) -> None:
        """Show a page of the pictures that are open; one that was read before comes as it was."""
        here = self.pages.place_of(self.state.queue)
        if place != here or self.state.notice is not None:
            count = self.pages.page_count(place.at)
            self._open(PictureQueue(self.pages.pictures, place.at, place.number, count))

    def retry(self) -> None:
        """Try again what failed last: a job, or else the network alone."""
        if self._task is not None:
            self._submit(self._task, self.state.changed(status=strings.TRYING_AGAIN))
        else:
            self._service.open_reader()

    def care_for_page(self, cares: CareHistory, status: str) -> None:
        """Show the page with other care, and read it again."""
        shown = self.state.shown
        if shown is not None:
            wanted = self.state.changed(status=status, shown=replace(shown, cares=cares))
            self._submit(CareForPage(shown.bare, shown.lies, cares.present), wanted)

    def read_part(self, region: Box | None) -> None:
        """Read a part of the page on the bed, or all of it."""
        shown = self.state.shown
        if shown is not None:
            status = strings.READING_PAGE if region is None else strings.READING_PART
            wanted = self.state.changed(status=status, shown=replace(shown, region=region))
            self._submit(ReadPart(shown.page, region), wanted)

    def choose_kind(self, kind: FieldKind | None) -> None:
        """Read every line as a number of this kind from now on; the clerk's answers stay."""
        self.session.amend(lambda state: of_kind(state, kind))
        if not self.state.is_busy:
            rule = strings.ANY_KIND if kind is None else strings.read_as(kind.title, kind.rule)
            review = self.state.number_review
            is_open = bool(review and (review.doubt_count or review.current_line.breaks_rule))
            self.session.note(rule, StatusTone.DOUBT if is_open else StatusTone.READY)

    def use_level(self, told: str) -> None:
        """Read what comes next as the settings have it now, and say so."""
        self._service.reopen_reader()
        if not self.state.is_busy:
            self.session.note(told)

    def cancel(self) -> None:
        """Stop the current job; without one, put a notice away."""
        if self._job_id is not None:
            self._service.cancel()
        else:
            self.session.dismiss_notice()

    def fail(self, title: str, hint: str) -> None:
        """Show a failure that is not the worker's; a job that is running goes on."""
        notice = Notice(title, hint)
        if self.state.is_busy:
            self.session.note(notice.as_sentence(), StatusTone.FAILURE)
        else:
            self.session.show_notice(notice, self.state)

    @Slot(object)
    def on_page_loaded(self, loaded: PageLoaded) -> None:
        if loaded.job_id != self._job_id:
            return
        is_opened = isinstance(self._task, OpenPicture)
        shown, queue = self.pages.as_shown(loaded, self.state, is_opened=is_opened)
        page = shown.page
        self.session.show(
            self.state.changed(
                phase=Phase.READING,
                shown=shown,
                queue=queue,
                history=None,
                reading=None,
                expected=None,
                aslant=None,
                status=f"Picture OK: {page.width} × {page.height} {page.format}. Reading…",
            )
        )
        here = self.pages.place_of(queue)
        if is_opened and here is not None:
            self.pages.mark_opened(here)
            self.pages.count_pages(here.at, loaded.page_count)

    @Slot(object)
    def on_reading_ready(self, ready: ReadingReady) -> None:
        shown = self.state.shown
        if ready.job_id != self._job_id or shown is None:
            return
        self._job_id = None
        reading, kind = ready.reading, self.state.kind
        is_known = isinstance(self._task, OpenPicture) and self._task.known is not None
        kept = self.pages.kept(self.pages.place_of(self.state.queue)) if is_known else None
        history = ReviewHistory(Review.of(reading, kind)) if kept is None else kept.answers(kind)
        found, is_sure = verdict.standing(history.present)
        if reading.is_empty:
            found = verdict.nothing_found(shown.page)
        elif not history.past:
            ruled = tuple(line for line, _ in read_as_kind(reading, kind, {}))
            found = self._describe(shown.page, replace(reading, lines=ruled))
        took = "" if is_known else f" Read in {strings.milliseconds(ready.read_ms)}."
        self.session.show(
            self.state.changed(
                phase=Phase.REVIEWING,
                history=history,
                reading=reading,
                status=f"{found}{took}",
                tone=StatusTone.GOOD if is_sure else StatusTone.DOUBT,
            )
        )

    @Slot(object)
    def on_job_failed(self, failure: Failure) -> None:
        if failure.job_id != self._job_id:
            return
        self._job_id = None
        queue, is_of_picture = self.state.queue, failure.kind is FailureKind.PICTURE
        here = self.pages.place_of(queue)
        if here and is_of_picture and isinstance(self._task, OpenPicture):
            self.pages.mark_failed(here)
        skip = (Remedy.SKIP,) if self.state.has_next_picture else ()
        remedies = (Remedy.RETRY,) if failure.kind is FailureKind.NETWORK else (*skip, Remedy.OPEN)
        notice = Notice(failure.message, failure.hint, subject=queue.name, remedies=remedies)
        kept = self.session.kept
        # Of several, the ones after it can still be opened; a single one leaves all as it was.
        is_alone = is_of_picture and self._is_alone and kept is self.session.settled
        if not (is_alone and self.pages.go_back_to(kept)):
            kept = kept.changed(queue=queue, under=NO_PICTURES)
        self.session.show_notice(notice, kept.changed(waiting=self.state.waiting))

    @Slot(int)
    def on_job_cancelled(self, job_id: int) -> None:
        if job_id != self._job_id:
            return
        self._job_id = None
        kept = self.session.kept
        if kept is self.session.settled:
            self.pages.go_back_to(kept)
            self.session.show(kept)
            self.session.note(strings.STOPPED, StatusTone.READY)
        else:
            remedies = (Remedy.READ_PAGE, Remedy.OPEN)
            notice = Notice(
                strings.STOPPED, strings.STOPPED_HINT, remedies=remedies, is_failure=False
            )
            self.session.show_notice(notice, kept)

    @Slot(object)
    def on_reader_failed(self, failure: Failure) -> None:
        """Tell at once that nothing can be read; a job that is running tells it itself."""
        if not self.state.is_busy:
            notice = Notice(failure.message, failure.hint, remedies=(Remedy.RETRY,))
            self._reader_notice = notice
            self.session.show_notice(notice, self.state)

    @Slot()
    def on_reader_opened(self) -> None:
        """Put the notice away that said it could not be."""
        if self._reader_notice is not None and self.state.notice is self._reader_notice:
            self.session.dismiss_notice()
        self._reader_notice = None

    def _open(self, queue: PictureQueue, *, takes_waiting: bool = False) -> None:
        picture = queue.current
        if picture is not None:
            status = f"Opening {picture.name}…"
            self._is_alone = len(queue.pictures) == 1
            self.pages.start(queue.pictures)
            self.pages.remember(self.session.settled)
            task = OpenPicture(picture.source, queue.page_number, is_upright=picture.is_upright)
            kept = self.pages.kept(self.pages.place_of(queue))
            if kept is not None:
                task = replace(task, care=kept.cares.present, known=kept.reading)
            waiting = () if takes_waiting else self.state.waiting
            begun = self.state.changed(queue=queue, waiting=waiting, status=status, writing=None)
            self._submit(task, begun.changed(under=NO_PICTURES))

    def _submit(self, task: Task, wanted: ViewState) -> None:
        # The older job's cancellation arrives while the newer one is submitted: ours no more.
        self._job_id = None
        self._task = task
        self._job_id = self._service.submit(task)
        phase = Phase.READING if isinstance(task, ReadPart) else Phase.LOADING
        self.session.show(wanted.changed(phase=phase, tone=StatusTone.BUSY, notice=None))
