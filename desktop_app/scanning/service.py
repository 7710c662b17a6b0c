"""The window's end of the scanners' thread: submit, cancel, stop; newest wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal, Slot

from desktop_app.scanning.messages import (
    Outcome,
    ScanJob,
    SheetScanned,
    Task,
)
from desktop_app.scanning.values import Strip
from desktop_app.scanning.worker import ScanWorker
from model.cancel import CancelToken

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.scanning.port import ScannerPort


class ScanService(QObject):
    """Lives on the GUI thread and owns the worker and its thread, which the first job starts.

    At most one job is current. What a job that is no longer current still sends is stale and
    dropped here: a cancelled scan is over for the window at once, whatever the scanner says.
    """

    arrived = Signal(object)

    _job_submitted = Signal(object)
    _end_wanted = Signal()

    def __init__(self, open_port: Callable[[], ScannerPort], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._current: ScanJob | None = None
        self._last_id = 0
        self._thread = QThread()
        self._thread.setObjectName("scanner")
        self._worker = ScanWorker(open_port)
        self._worker.moveToThread(self._thread)
        self._job_submitted.connect(self._worker.run)
        self._end_wanted.connect(self._worker.finish)
        self._worker.arrived.connect(self._on_arrived)

    @property
    def is_busy(self) -> bool:
        """Whether a job is current."""
        return self._current is not None

    def submit(self, task: Task) -> None:
        """Queue a task, cancelling the current one."""
        self.cancel()
        if not self._thread.isRunning():
            self._thread.start()
        self._last_id += 1
        self._current = ScanJob(self._last_id, task, CancelToken())
        self._job_submitted.emit(self._current)

    def cancel(self) -> None:
        """Stop caring about the current job at once; the scanner stops at its next rows."""
        job, self._current = self._current, None
        if job is not None:
            job.token.cancel()

    def stop(self) -> None:
        """Cancel, let go of the scanners, end the thread and wait for it. Safe to call twice."""
        self.cancel()
        if self._thread.isRunning():
            self._end_wanted.emit()
            self._thread.wait()

    @Slot(int, object)
    def _on_arrived(self, job_id: int, outcome: Outcome) -> None:
        if self._current is None or self._current.job_id != job_id:
            return
        if not isinstance(outcome, Strip | SheetScanned):
            self._current = None
        self.arrived.emit(outcome)
