"""The worker object: lives on the one worker thread and turns jobs into outcomes."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.jobs.messages import (
    Failure,
    FailureKind,
    OpenPicture,
    PageLoaded,
    ReadingReady,
    ReadJob,
    ReadPart,
    TurnPage,
)
from model.cancel import Cancelled
from model.errors import NetworkError, NumberglassError, PictureError
from model.notes import TURNED
from model.turn import turn_lines
from model.types import Box, PageReading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from model.cancel import CancelToken
    from model.types import Page

logger = logging.getLogger(__name__)


class PageReader(Protocol):
    """Whatever reads a page; model.reader.Reader in the program, four lines in a test."""

    def read(
        self, page: Page, *, region: Box | None = None, cancel: CancelToken | None = None
    ) -> PageReading:
        """Read a page or a part of it; boxes in pixels of the whole page."""
        ...


class LoadPages(Protocol):
    """Yields every page of a picture, one at a time; raises PictureError or Cancelled."""

    def __call__(
        self, source: Path | bytes, *, cancel: CancelToken | None = None
    ) -> Iterator[Page]: ...


@dataclass(frozen=True, slots=True)
class ReadPorts:
    """What the worker needs from outside. Each is called on the worker thread only."""

    load_pages: LoadPages
    rotate_page: Callable[[Page, int], Page]
    open_reader: Callable[[], PageReader]


class ReadWorker(QObject):
    """Runs one job at a time; every job ends in exactly one of the last three signals."""

    reader_opened = Signal()
    reader_failed = Signal(object)
    page_loaded = Signal(object)
    reading_completed = Signal(object)
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
            outcome = self._read(job)
            job.token.raise_if_cancelled()
        except Cancelled:
            self.job_cancelled.emit(job.job_id)
        except Exception as error:  # noqa: BLE001
            self.job_failed.emit(failure_from(job.job_id, error))
        else:
            self.reading_completed.emit(outcome)

    def _read(self, job: ReadJob) -> ReadingReady:
        from desktop_app.jobs.levels import build_levels

        job.token.raise_if_cancelled()
        page, rest = self._page_of(job)
        region = None
        if isinstance(job.task, OpenPicture | TurnPage):
            levels = build_levels(page, cancel=job.token)
            self.page_loaded.emit(PageLoaded(job.job_id, page, levels))
        if isinstance(job.task, ReadPart):
            region = job.task.region
        elif isinstance(job.task, OpenPicture) and job.task.is_upright:
            # A part is taken to be upright, even if it is all of the page.
            region = Box(0, 0, page.width, page.height)
        reader = self._reader_or_raise()
        job.token.raise_if_cancelled()
        started = time.perf_counter()
        reading = reader.read(page, region=region, cancel=job.token)
        read_ms = (time.perf_counter() - started) * 1000
        logger.info("read %d x %d px in %.0f ms", page.width, page.height, read_ms)
        if isinstance(job.task, OpenPicture) and reading.quarter_turns:
            reading = self._show_upright(job, page, reading)
        return ReadingReady(job.job_id, reading, read_ms, has_next_page=_has_another(rest))

    def _show_upright(self, job: ReadJob, page: Page, reading: PageReading) -> PageReading:
        """Show the page the way up that it was read, and give the reading as it lies on that."""
        from desktop_app.jobs.levels import build_levels

        upright = self._ports.rotate_page(page, reading.quarter_turns)
        upright = replace(upright, notes=(*page.notes, TURNED))
        levels = build_levels(upright, cancel=job.token)
        self.page_loaded.emit(PageLoaded(job.job_id, upright, levels))
        size = page.width, page.height
        return PageReading(turn_lines(reading.lines, reading.quarter_turns, *size))

    def _page_of(self, job: ReadJob) -> tuple[Page, Iterator[Page]]:
        """The page to be read, and whatever pages follow it in its file."""
        task = job.task
        if isinstance(task, TurnPage):
            return self._ports.rotate_page(task.page, task.quarter_turns), iter(())
        if not isinstance(task, OpenPicture):
            return task.page, iter(())
        if not isinstance(task.source, Path | bytes):
            return task.source.to_page(), iter(())
        pages = self._ports.load_pages(task.source, cancel=job.token)
        page = next(islice(pages, task.page_number - 1, None), None)
        if page is None:
            raise PictureError(
                f"This picture has no page {task.page_number} any more.",
                "Open it again to start from its first page.",
            )
        return page, pages

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


def _has_another(rest: Iterator[Page]) -> bool:
    try:
        return next(rest, None) is not None
    except PictureError:
        # A damaged page is told when the clerk steps to it, not while this one is being read.
        return True
