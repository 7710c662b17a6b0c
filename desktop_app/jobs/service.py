"""The window's end of the worker thread: submit, look ahead, cancel, stop; newest wins."""

from __future__ import annotations

from PySide6.QtCore import QObject, QThread, Signal, Slot

from desktop_app.jobs.messages import (
    Failure,
    LookAhead,
    PageAhead,
    PageLoaded,
    ReadingReady,
    ReadJob,
    Task,
)
from desktop_app.jobs.worker import ReadPorts, ReadWorker
from model.cancel import CancelToken


class ReadService(QObject):
    """Lives on the GUI thread and owns the worker and its thread.

    At most one job is current. Submitting another cancels it; what a job that is no longer
    current still sends is stale and dropped here, by its id. Beside it at most one look ahead is
    under way, which every submitted job cancels.
    """

    page_loaded = Signal(object)
    reading_ready = Signal(object)
    job_failed = Signal(object)
    job_cancelled = Signal(int)
    looked_ahead = Signal(object)
    look_failed = Signal(object)
    reader_opened = Signal()
    reader_failed = Signal(object)

    _job_submitted = Signal(object)
    _reader_wanted = Signal()
    _other_reader_wanted = Signal()

    def __init__(self, ports: ReadPorts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._current: ReadJob | None = None
        self._look: ReadJob | None = None
        self._last_id = 0
        self._thread = QThread()
        self._thread.setObjectName("reader")
        self._worker = ReadWorker(ports)
        self._worker.moveToThread(self._thread)
        self._connect_worker()

    def _connect_worker(self) -> None:
        worker = self._worker
        self._job_submitted.connect(worker.run)
        self._reader_wanted.connect(worker.open_reader)
        self._other_reader_wanted.connect(worker.reopen_reader)
        worker.page_loaded.connect(self._on_page_loaded)
        worker.reading_completed.connect(self._on_reading_completed)
        worker.looked_ahead.connect(self._on_looked_ahead)
        worker.job_failed.connect(self._on_job_failed)
        worker.job_cancelled.connect(self._on_job_cancelled)
        worker.reader_opened.connect(self.reader_opened)
        worker.reader_failed.connect(self.reader_failed)

    def start(self) -> None:
        """Start the thread and let it load the network; call after the first paint."""
        self._thread.start()
        self.open_reader()

    def open_reader(self) -> None:
        """Load the network if it is not loaded; reader_opened or reader_failed follows."""
        self._reader_wanted.emit()

    def reopen_reader(self) -> None:
        """Load it again after its settings changed; reader_opened or reader_failed follows."""
        self._other_reader_wanted.emit()

    def submit(self, task: Task) -> int:
        """Queue a task, cancelling the current one and any look ahead, and return its id."""
        self.cancel()
        self.stop_looking()
        self._current = self._queued(task)
        return self._current.job_id

    def look_ahead(self, task: LookAhead) -> int:
        """Queue a look ahead, cancelling an older one, and return its id.

        looked_ahead or look_failed follows, or nothing where it is cancelled meanwhile.
        """
        self.stop_looking()
        self._look = self._queued(task)
        return self._look.job_id

    def stop_looking(self) -> None:
        """Stop caring about the look ahead; the worker stops at its next check."""
        job, self._look = self._look, None
        if job is not None:
            job.token.cancel()

    def _queued(self, task: Task) -> ReadJob:
        self._last_id += 1
        job = ReadJob(self._last_id, task, CancelToken())
        self._job_submitted.emit(job)
        return job

    def cancel(self) -> None:
        """Stop caring about the current job at once; the worker stops at its next check."""
        job, self._current = self._current, None
        if job is not None:
            job.token.cancel()
            self.job_cancelled.emit(job.job_id)

    def stop(self) -> None:
        """Cancel, end the thread and wait for it. Safe to call twice."""
        self.cancel()
        self.stop_looking()
        self._thread.quit()
        self._thread.wait()

    def _is_current(self, job_id: int) -> bool:
        return self._current is not None and self._current.job_id == job_id

    def _is_look(self, job_id: int) -> bool:
        return self._look is not None and self._look.job_id == job_id

    @Slot(object)
    def _on_looked_ahead(self, ahead: PageAhead) -> None:
        if self._is_look(ahead.job_id):
            self._look = None
            self.looked_ahead.emit(ahead)

    @Slot(object)
    def _on_page_loaded(self, loaded: PageLoaded) -> None:
        if self._is_current(loaded.job_id):
            self.page_loaded.emit(loaded)

    @Slot(object)
    def _on_reading_completed(self, ready: ReadingReady) -> None:
        if self._is_current(ready.job_id):
            self._current = None
            self.reading_ready.emit(ready)

    @Slot(object)
    def _on_job_failed(self, failure: Failure) -> None:
        if self._is_current(failure.job_id):
            self._current = None
            self.job_failed.emit(failure)
        elif self._is_look(failure.job_id):
            self._look = None
            self.look_failed.emit(failure)

    @Slot(int)
    def _on_job_cancelled(self, job_id: int) -> None:
        if self._is_current(job_id):
            self._current = None
            self.job_cancelled.emit(job_id)
