"""Opens folders that were dropped: finds the pictures in them on a thread of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal, Slot

from desktop_app.capture.folder_ledger import natural_key
from desktop_app.capture.folder_listing import list_folder
from model import refusals
from model.cancel import Cancelled, CancelToken
from model.errors import PictureError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def files_of(paths: Sequence[Path], cancel: CancelToken) -> tuple[Path, ...]:
    """The files themselves and, in each folder's place, its pictures as people count them.

    Raises:
        PictureError: There is no file among them.
        Cancelled: Nobody waits for it any more.
    """
    files: list[Path] = []
    empty: Path | None = None
    for path in paths:
        cancel.raise_if_cancelled()
        try:
            # What is there no more stays in the list: opening it says so.
            within = list_folder(path) if path.is_dir() else None
        except PermissionError as error:
            raise _closed_folder(path) from error
        except OSError as error:
            raise refusals.vanished() from error
        if within is None:
            files.append(path)
        elif within:
            files += [path / name for name in sorted(within, key=natural_key)]
        else:
            empty = path
    if not files and empty is not None:
        raise _empty_folder(empty)
    return tuple(files)


def _empty_folder(folder: Path) -> PictureError:
    return PictureError(
        f"There is no picture in the folder {folder.name or folder}.",
        "Folders within it are not looked into; drop the one that holds the pictures.",
    )


def _closed_folder(folder: Path) -> PictureError:
    return PictureError(
        f"You do not have permission to look into the folder {folder.name or folder}.",
        "Ask its owner for access, or for a copy of the pictures.",
    )


@dataclass(frozen=True, slots=True)
class _Wish:
    """Paths to be looked into, and the token that ends it."""

    paths: tuple[Path, ...]
    token: CancelToken


class FolderOpening(QObject):
    """The window's end. ``opened`` carries a tuple of paths, ``refused`` a ``PictureError``.

    The newest wish wins: what an older one still sends is dropped.
    """

    opened = Signal(object)
    refused = Signal(object)

    _wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wish: _Wish | None = None
        self._thread = QThread()
        self._thread.setObjectName("folder opening")
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._wanted.connect(self._worker.look)
        self._worker.found.connect(self._on_found)
        self._worker.failed.connect(self._on_failed)

    def open(self, paths: tuple[Path, ...]) -> None:
        """Look for the pictures; one of the signals follows."""
        self._drop_wish()
        self._wish = _Wish(paths, CancelToken())
        if not self._thread.isRunning():
            self._thread.start()
        self._wanted.emit(self._wish)

    @Slot()
    def stop(self) -> None:
        """End the thread and wait for it. Safe to call twice."""
        self._drop_wish()
        self._thread.quit()
        self._thread.wait()

    def _drop_wish(self) -> None:
        wish, self._wish = self._wish, None
        if wish is not None:
            wish.token.cancel()

    @Slot(object, object)
    def _on_found(self, wish: _Wish, files: tuple[Path, ...]) -> None:
        if wish is self._wish:
            self._wish = None
            self.opened.emit(files)

    @Slot(object, object)
    def _on_failed(self, wish: _Wish, error: PictureError) -> None:
        if wish is self._wish:
            self._wish = None
            self.refused.emit(error)


class _Worker(QObject):
    found = Signal(object, object)
    failed = Signal(object, object)

    @Slot(object)
    def look(self, wish: _Wish) -> None:
        try:
            self.found.emit(wish, files_of(wish.paths, wish.token))
        except Cancelled:
            return
        except PictureError as error:
            self.failed.emit(wish, error)
