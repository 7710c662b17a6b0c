"""The worker object: lives on the one worker thread and turns jobs into outcomes."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app import freed_memory
from desktop_app.jobs.messages import (
    CareForPage,
    Failure,
    FailureKind,
    LookAhead,
    OpenPicture,
    PageAhead,
    PageLoaded,
    ReadingReady,
    ReadJob,
)
from model.cancel import Cancelled
from model.care import Care
from model.errors import NetworkError, NumberglassError
from model.notes import TURNED
from model.turn import turn_lines
from model.types import Box, PageReading

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from desktop_app.jobs.messages import Source
    from model.cancel import CancelToken
    from model.page_file import PageFile
    from model.types import Page

logger = logging.getLogger(__name__)


class PageReader(Protocol):
    """Whatever reads a page; model.reader.Reader in the program, four lines in a test."""

    def read(
        self, page: Page, *, region: Box | None = None, cancel: CancelToken | None = None
    ) -> PageReading:
        """Read a page or a part of it; boxes in pixels of the whole page."""
        ...


class OpenPages(Protocol):
    """Opens a picture without unpacking a page; raises PictureError or Cancelled."""

    def __call__(
        self, source: Path | bytes, *, cancel: CancelToken | None = None
    ) -> AbstractContextManager[PageFile]: ...


class CareForPages(Protocol):
    """Applies care to a page that has been turned by ``lies`` quarters; see model.apply_care."""

    def __call__(self, page: Page, care: Care, *, lies: int = 0) -> tuple[Page, Page]: ...


@dataclass(frozen=True, slots=True)
class ReadPorts:
    """What the worker needs from outside. Each is called on the worker thread only."""

    open_pages: OpenPages
    care_for: CareForPages
    open_reader: Callable[[], PageReader]


class ReadWorker(QObject):
    """Runs one job at a time; every job ends in exactly one of the last four signals."""

    reader_opened = Signal()
    reader_failed = Signal(object)
    page_loaded = Signal(object)
    reading_completed = Signal(object)
    looked_ahead = Signal(object)
    job_failed = Signal(object)
    job_cancelled = Signal(int)

    def __init__(self, ports: ReadPorts) -> None:
        super().__init__()
        self._ports = ports
        self._reader: PageReader | None = None

    @Slot()
    def open_reader(self) -> None:
        """Load the network before it is needed; what fails now is tried again by the next job."""
        try:
            # Imported while the clerk is still choosing a picture.
            import desktop_app.jobs.levels  # noqa: F401

            self._reader_or_raise()
        except Exception as error:  # noqa: BLE001
            self.reader_failed.emit(failure_from(0, error))
        else:
            self.reader_opened.emit()

    @Slot()
    def reopen_reader(self) -> None:
        """Load the network again, as it is set up now; where that fails, the old one stays."""
        try:
            self._reader = self._ports.open_reader()
        except Exception as error:  # noqa: BLE001
            self.reader_failed.emit(failure_from(0, error))
        else:
            self.reader_opened.emit()

    @Slot(object)
    def run(self, job: ReadJob) -> None:
        """Do one job."""
        try:
            outcome = self._outcome_of(job)
            job.token.raise_if_cancelled()
        except Cancelled:
            self.job_cancelled.emit(job.job_id)
        except Exception as error:  # noqa: BLE001
            self.job_failed.emit(failure_from(job.job_id, error))
        else:
            is_ahead = isinstance(outcome, PageAhead)
            (self.looked_ahead if is_ahead else self.reading_completed).emit(outcome)
            if is_ahead:
                # Nobody waits for the next one, which fetches the memory again.
                freed_memory.give_back()

    def _outcome_of(self, job: ReadJob) -> ReadingReady | PageAhead:
        from desktop_app.jobs.levels import build_levels

        job.token.raise_if_cancelled()
        task = job.task
        if isinstance(task, LookAhead):
            return self._look_ahead(job, task)
        if isinstance(task, OpenPicture):
            return self._open_and_read(job, task)
        if isinstance(task, CareForPage):
            page, bare = self._ports.care_for(task.bare, task.care, lies=task.lies)
            levels = build_levels(page, cancel=job.token)
            self.page_loaded.emit(PageLoaded(job.job_id, page, levels, bare, care=task.care))
            return self._read(job, page)
        return self._read(job, task.page, task.region)

    def _open_and_read(self, job: ReadJob, task: OpenPicture) -> ReadingReady:
        from desktop_app.jobs.levels import build_levels

        page, page_count = self._load(task.source, task.page_number, job.token)
        page, bare = self._ports.care_for(page, task.care)
        levels = build_levels(page, cancel=job.token)
        loaded = PageLoaded(job.job_id, page, levels, bare, page_count, task.care)
        self.page_loaded.emit(loaded)
        if task.known is not None:
            return ReadingReady(job.job_id, task.known, 0.0)
        # A part is taken to be upright, even if it is all of the page.
        whole = Box(0, 0, page.width, page.height) if task.is_upright else None
        ready = self._read(job, page, whole)
        if ready.reading.quarter_turns:
            ready = replace(ready, reading=self._show_upright(job, loaded, ready.reading))
        return ready

    def _read(self, job: ReadJob, page: Page, region: Box | None = None) -> ReadingReady:
        reader = self._reader_or_raise()
        job.token.raise_if_cancelled()
        started = time.perf_counter()
        reading = reader.read(page, region=region, cancel=job.token)
        read_ms = (time.perf_counter() - started) * 1000
        logger.info("read %d x %d px in %.0f ms", page.width, page.height, read_ms)
        return ReadingReady(job.job_id, reading, read_ms)

    def _look_ahead(self, job: ReadJob, task: LookAhead) -> PageAhead:
        from desktop_app.jobs.levels import SKETCH_PX, sketch_of

        enough = None if task.is_to_be_read else SKETCH_PX
        page, page_count = self._load(task.source, task.page_number, job.token, enough_px=enough)
        if not task.is_to_be_read:
            return PageAhead(job.job_id, page_count, sketch_of(page))
        reading = self._read(job, page).reading
        turns = reading.quarter_turns
        if turns:
            page, reading = self._upright(page, reading)
        return PageAhead(job.job_id, page_count, sketch_of(page), reading, turns, page.notes)

    def _show_upright(self, job: ReadJob, loaded: PageLoaded, reading: PageReading) -> PageReading:
        """Show the page the way up that it was read, and give the reading as it lies on that."""
        from desktop_app.jobs.levels import build_levels

        page, turns = loaded.page, reading.quarter_turns
        upright, lying = self._upright(page, reading)
        bare = upright if loaded.bare is page else self._turned(loaded.bare, turns)
        levels = build_levels(upright, cancel=job.token)
        care = loaded.care.turned(turns)
        shown = replace(loaded, page=upright, levels=levels, bare=bare, care=care)
        self.page_loaded.emit(shown)
        return lying

    def _upright(self, page: Page, reading: PageReading) -> tuple[Page, PageReading]:
        """The page the way up that it was read, and the reading as it lies on that."""
        turns = reading.quarter_turns
        upright = replace(self._turned(page, turns), notes=(*page.notes, TURNED))
        lines, printed = (
            turn_lines(some, turns, page.width, page.height)
            for some in (reading.lines, reading.printed)
        )
        return upright, PageReading(lines, printed=printed)

    def _turned(self, page: Page, quarter_turns: int) -> Page:
        return self._ports.care_for(page, Care(quarter_turns))[0]

    def _load(
        self, source: Source, number: int, token: CancelToken, *, enough_px: int | None = None
    ) -> tuple[Page, int]:
        """One page of a picture, and how many it has; no other page is unpacked."""
        if not isinstance(source, Path | bytes):
            return source.to_page(), 1
        with self._ports.open_pages(source, cancel=token) as file:
            return file.load(number, enough_px=enough_px), file.page_count

    def _reader_or_raise(self) -> PageReader:
        if self._reader is None:
            started = time.perf_counter()
            self._reader = self._ports.open_reader()
            logger.info("network loaded in %.0f ms", (time.perf_counter() - started) * 1000)
        return self._reader


def failure_from(job_id: int, error: Exception) -> Failure:
    """The one place where an exception becomes a value for the window."""
    if isinstance(error, NumberglassError):
        kind = FailureKind.NETWORK if isinstance(error, NetworkError) else FailureKind.PICTURE
        logger.info("job %d failed: %s", job_id, type(error).__name__)
        return Failure(job_id, kind, error.user_message, error.hint)
    if isinstance(error, MemoryError):
        logger.error("job %d ran out of memory", job_id)
        return Failure(
            job_id,
            FailureKind.PICTURE,
            "This computer has too little free memory for this picture.",
            "Close other programs, or open a smaller picture.",
        )
    logger.error("job %d failed unexpectedly", job_id, exc_info=error)
    return Failure(
        job_id,
        FailureKind.PROGRAM,
        "Something unexpected went wrong while reading this picture.",
        "Try another picture. If it happens again, restart Numberglass.",
    )
