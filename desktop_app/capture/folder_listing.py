"""What lies in a folder and may be a picture, and whether it is whole; runs on a worker thread."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop_app.capture.folder_ledger import Stamp
from model.formats import SUPPORTED_SUFFIXES

if TYPE_CHECKING:
    from model.cancel import CancelToken

# What programs call a file that they are still writing.
_UNFINISHED: Final = (".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", "~")
_HIDDEN: Final = (".", "~")


def may_be_picture(name: str) -> bool:
    """Whether a file of this name is taken for a picture: by its ending, or for want of one."""
    lower = name.lower()
    if lower.startswith(_HIDDEN) or lower.endswith(_UNFINISHED):
        return False
    return Path(lower).suffix in {"", *SUPPORTED_SUFFIXES}


def list_folder(folder: Path) -> dict[str, Stamp]:
    """Every file of a folder, not of those within it, that may be a picture.

    Raises:
        OSError: The folder is gone, closed to this person, or cannot be reached.
    """
    found: dict[str, Stamp] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            if not may_be_picture(entry.name):
                continue
            try:
                if entry.is_file():
                    status = entry.stat()
                    found[entry.name] = Stamp(status.st_size, status.st_mtime_ns, entry.inode())
            except FileNotFoundError:
                # Taken away since the folder was listed, or a link to nowhere.
                continue
    return found


def stamp_file(path: Path) -> Stamp:
    """How a file is at this moment: a listing may lag behind, on Windows by as much as a minute.

    Raises:
        OSError: It is gone, or cannot be reached.
    """
    status = path.stat()
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino)


def digest_of_whole(path: Path, cancel: CancelToken) -> bytes:
    """Open a picture as the reader will, and tell its content from any other.

    Raises:
        PictureError: It is incomplete, empty, damaged, locked, or no picture at all.
        Cancelled: Nobody waits for it any more.
    """
    from model import completeness, refusals, signatures
    from model.intake import load_page
    from model.source import read_source

    data = read_source(path, cancel)
    kind = signatures.recognise(data)
    # Beyond what opening its first page tells: a later page of a TIFF may still be missing.
    if isinstance(kind, signatures.PictureKind) and completeness.is_cut_short(data, kind):
        raise refusals.truncated(kind.name)
    load_page(data, cancel=cancel)
    return blake2b(data, digest_size=16).digest()
