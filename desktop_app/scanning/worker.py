"""The worker object: lives on the scanners' thread and turns jobs into outcomes."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal, Slot

from desktop_app.scanning import errors
from desktop_app.scanning.messages import (
    DescribeScanner,
    ListScanners,
    Outcome,
    ScanEnded,
    ScanFailed,
    ScanJob,
    ScannerDescribed,
    ScannersListed,
    ScanPaper,
    SheetScanned,
)
from model.cancel import Cancelled
from model.errors import NumberglassError

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.scanning.port import ScannerPort

logger = logging.getLogger(__name__)


class ScanWorker(QObject):
    """Runs one job at a time; every job that is not cancelled ends in one outcome.

    Args:
        open_port: Called on the worker's thread, by the first job.
    """

    arrived = Signal(int, object)

    def __init__(self, open_port: Callable[[], ScannerPort]) -> None:
        super().__init__()
        self._open_port = open_port
        self._port: ScannerPort | None = None

    @Slot(object)
    def run(self, job: ScanJob) -> None:
        """Do one job."""
        try:
            job.token.raise_if_cancelled()
            outcome = self._done(job)
        except Cancelled:
            logger.info("scan job %d cancelled", job.job_id)
        except Exception as error:  # noqa: BLE001
            self.arrived.emit(job.job_id, _failure_from(error))
        else:
            self.arrived.emit(job.job_id, outcome)

    @Slot()
    def finish(self) -> None:
        """Let go of the scanners, on the thread that took them, and end the thread."""
        port, self._port = self._port, None
        if port is not None:
            port.close()
        QThread.currentThread().quit()

    def _done(self, job: ScanJob) -> Outcome:
        if self._port is None:
            self._port = self._open_port()
        task = job.task
        if isinstance(task, ListScanners):
            return ScannersListed(self._port.list_scanners())
        if isinstance(task, DescribeScanner):
            return ScannerDescribed(task.scanner, self._port.describe(task.scanner))
        self._scan(self._port, job, task)
        return ScanEnded()

    def _scan(self, port: ScannerPort, job: ScanJob, task: ScanPaper) -> None:
        from desktop_app.scanning.kept_sheet import KeptSheet
        from desktop_app.scanning.shrinking import StripShrinker

        def send(outcome: Outcome) -> None:
            self.arrived.emit(job.job_id, outcome)

        shrinker = StripShrinker(send)
        sheets = port.scan(task.scanner, task.options, on_strip=shrinker.take, cancel=job.token)
        for number, sheet in enumerate(sheets, start=1):
            shrinker.flush()
            keep = KeptSheet.as_it_came if number == 1 else KeptSheet.packed
            send(SheetScanned(keep(sheet)))


def _failure_from(error: Exception) -> ScanFailed:
    """The one place where an exception becomes a value for the window."""
    if isinstance(error, MemoryError):
        error = errors.out_of_memory()
    if isinstance(error, NumberglassError):
        logger.info("scan failed: %s", error.user_message)
        return ScanFailed(error.user_message, error.hint)
    logger.error("scan failed unexpectedly", exc_info=error)
    unexpected = errors.unexpected()
    return ScanFailed(unexpected.user_message, unexpected.hint)
