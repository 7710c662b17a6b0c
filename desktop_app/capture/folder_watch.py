"""Watches one folder on a thread of its own, and tells each new picture once it is whole."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QThread, QTimer, Signal, Slot

from desktop_app.capture import folder_listing
from desktop_app.capture.folder_ledger import SETTLE_S, FolderLedger, Stamp
from model.cancel import Cancelled, CancelToken
from model.errors import PictureError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

logger = logging.getLogger(__name__)

# After an event: one file being written sends hundreds.
_SOON_MS: Final = 50


class FolderState(Enum):
    """How the watched folder stands."""

    WATCHED = "watched"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class FolderReport:
    """The state of a folder, told when watching begins and whenever it changes."""

    folder: Path
    state: FolderState


@dataclass(frozen=True, slots=True)
class WatchPorts:
    """How the watcher looks at files, and how often. All is called on the worker thread only.

    Attributes:
        slow_ms: Time between two listings of a folder in which nothing happens: network folders
            send no events.
        quick_ms: The same while a file is being written.
        settle_s: How long a file has to stay as it is.
    """

    list_folder: Callable[[Path], dict[str, Stamp]] = folder_listing.list_folder
    digest_of_whole: Callable[[Path, CancelToken], bytes] = folder_listing.digest_of_whole
    clock: Callable[[], float] = time.monotonic
    slow_ms: int = 2_000
    quick_ms: int = 250
    settle_s: float = SETTLE_S


@dataclass(frozen=True, slots=True)
class _Watch:
    """One wish to watch a folder, and the token that ends it."""

    folder: Path
    token: CancelToken


class FolderWatch(QObject):
    """The window's end: lives on its thread and owns the watcher and that one's thread.

    ``arrived`` carries a tuple of paths in the order in which the files were finished, ``reported``
    a ``FolderReport``. What an ended watch still sends is dropped.
    """

    arrived = Signal(object)
    reported = Signal(object)

    _watch_wanted = Signal(object)
    _end_wanted = Signal()

    def __init__(self, ports: WatchPorts | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watch: _Watch | None = None
        self._thread = QThread()
        self._thread.setObjectName("folder")
        self._watcher = FolderWatcher(ports or WatchPorts())
        self._watcher.moveToThread(self._thread)
        self._watch_wanted.connect(self._watcher.watch)
        self._end_wanted.connect(self._watcher.end)
        self._watcher.arrived.connect(self._on_arrived)
        self._watcher.reported.connect(self._on_reported)

    @property
    def folder(self) -> Path | None:
        """The folder that is watched; None for none."""
        return None if self._watch is None else self._watch.folder

    def watch(self, folder: Path) -> None:
        """Watch this folder instead of any other; ``reported`` follows."""
        self.unwatch()
        self._watch = _Watch(folder, CancelToken())
        if not self._thread.isRunning():
            self._thread.start()
        self._watch_wanted.emit(self._watch)

    def unwatch(self) -> None:
        """Stop caring about the folder at once."""
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.token.cancel()

    @Slot()
    def stop(self) -> None:
        """End the thread and wait for it. Safe to call twice."""
        self.unwatch()
        if self._thread.isRunning():
            self._end_wanted.emit()
            self._thread.wait()

    @Slot(object, object)
    def _on_arrived(self, watch: _Watch, paths: tuple[Path, ...]) -> None:
        if watch is self._watch:
            self.arrived.emit(paths)

    @Slot(object, object)
    def _on_reported(self, watch: _Watch, state: FolderState) -> None:
        if watch is self._watch:
            self.reported.emit(FolderReport(watch.folder, state))


class FolderWatcher(QObject):
    """The worker's end: every touch of the file system is here, where it may take its time."""

    arrived = Signal(object, object)
    reported = Signal(object, object)

    def __init__(self, ports: WatchPorts) -> None:
        super().__init__()
        self._ports = ports
        self._watch: _Watch | None = None
        self._state: FolderState | None = None
        self._ledger: FolderLedger | None = None
        self._events: QFileSystemWatcher | None = None
        self._timer: QTimer | None = None

    @Slot(object)
    def watch(self, watch: _Watch) -> None:
        """Begin with what lies in the folder now, which is not told."""
        self._forget()
        self._watch = watch
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self._events = QFileSystemWatcher(self)
        self._events.directoryChanged.connect(self._on_folder_changed)
        self.look()

    @Slot()
    def end(self) -> None:
        """Let the thread end; timers have to be stopped on the thread that started them."""
        self._forget()
        QThread.currentThread().quit()

    @Slot()
    def look(self) -> None:
        """List the folder, tell what has arrived in it, and look again in a while."""
        watch, timer = self._watch, self._timer
        if watch is None or timer is None:
            return
        if watch.token.is_cancelled:
            self._forget()
            return
        # At once, so that watching goes on whatever happens below.
        timer.start(self._ports.slow_ms)
        try:
            listing = self._ports.list_folder(watch.folder)
        except OSError as error:
            self._report(watch, _state_after(error))
        else:
            self._compare(watch, listing)
        if self._ledger is not None and self._ledger.is_waiting:
            timer.start(self._ports.quick_ms)

    @Slot()
    def _on_folder_changed(self) -> None:
        if self._timer is not None and self._timer.remainingTime() > _SOON_MS:
            self._timer.start(_SOON_MS)

    def _compare(self, watch: _Watch, listing: dict[str, Stamp]) -> None:
        if self._events is not None and not self._events.directories():
            # Once more after a folder came back: the system forgets one that is gone.
            self._events.addPath(str(watch.folder))
        if self._ledger is None:
            self._ledger = FolderLedger(listing, settle_s=self._ports.settle_s)
        # Said before what has arrived is: what came while the folder was out of reach follows.
        self._report(watch, FolderState.WATCHED)
        due = self._ledger.take_stock(listing, self._ports.clock())
        whole = tuple(watch.folder / name for name in due if self._has_arrived(watch, name))
        if whole and not watch.token.is_cancelled:
            logger.info("%d new pictures in the watched folder", len(whole))
            self.arrived.emit(watch, whole)

    def _has_arrived(self, watch: _Watch, name: str) -> bool:
        """Whether a settled file is new and whole, or has been incomplete for too long."""
        ledger, path = self._ledger, watch.folder / name
        if ledger is None or watch.token.is_cancelled:
            return False
        try:
            digest = self._ports.digest_of_whole(path, watch.token)
            is_same = folder_listing.stamp_file(path)[:2] == (ledger.stamp_of(name) or ())[:2]
        except Cancelled:
            return False
        except OSError:
            # Taken away meanwhile; the next listing tells.
            return False
        except PictureError:
            digest, is_same = b"", False
        if is_same:
            return ledger.is_news(name, digest)
        # After too long a wait it goes to the reader, which says what is wrong with it.
        return not ledger.wait_on(name, self._ports.clock())

    def _report(self, watch: _Watch, state: FolderState) -> None:
        if state is not self._state:
            self._state = state
            logger.info("watched folder: %s", state.value)
            self.reported.emit(watch, state)

    def _forget(self) -> None:
        for part in (self._timer, self._events):
            if part is not None:
                part.deleteLater()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._events = None
        self._watch = self._state = self._ledger = None


def _state_after(error: OSError) -> FolderState:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FolderState.GONE
    if isinstance(error, PermissionError):
        return FolderState.FORBIDDEN
    # A network folder whose server is away answers with any of a dozen numbers.
    return FolderState.UNREACHABLE
