"""From a file on a drive to its bytes, whatever happens to it meanwhile.

The file is read once and whole. Decoding from the drive, as Pillow would, leaves a window in which
the file can shrink or vanish halfway; a memory-mapped one would even kill the process.
"""

from __future__ import annotations

import errno
import io
import stat
from typing import TYPE_CHECKING, BinaryIO, Final

from model import refusals

if TYPE_CHECKING:
    from pathlib import Path

    from model.cancel import CancelToken

# Large enough to cost nothing, small enough to stop soon on a slow network folder.
_BLOCK_BYTES: Final = 4_000_000

# Names that no file can have: too long, a circle of links, or not valid on this system.
_IMPOSSIBLE_NAMES: Final = frozenset({errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL})


def read_source(source: Path | bytes, cancel: CancelToken) -> bytes:
    """Read a whole file, or pass on the bytes that are there already.

    Raises:
        PictureError: missing, a folder, not permitted, empty, too large, or vanished.
        Cancelled: between two blocks.
    """
    if isinstance(source, bytes):
        _check_size(len(source))
        return source
    cancel.raise_if_cancelled()
    expected_bytes = _checked_size(source)
    try:
        with source.open("rb") as file:
            data = _read_blocks(file, cancel)
    except PermissionError as error:
        raise refusals.no_permission() from error
    except OSError as error:
        # It was there a moment ago: a drive pulled out, a share gone, or deleted since.
        raise refusals.vanished() from error
    if len(data) < expected_bytes:
        raise refusals.changed()
    return data


def _checked_size(path: Path) -> int:
    """Bytes in the file; refuses by what the file system says, before anything is read."""
    try:
        status = path.stat()
    except PermissionError as error:
        raise refusals.no_permission() from error
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        # ValueError: a name with a zero byte, which no file can have.
        raise refusals.missing() from error
    except OSError as error:
        if error.errno in _IMPOSSIBLE_NAMES:
            raise refusals.missing() from error
        raise refusals.unreadable() from error
    if stat.S_ISDIR(status.st_mode):
        raise refusals.folder()
    if not stat.S_ISREG(status.st_mode):
        # Opening a named pipe would wait for a writer for ever; a device may never end.
        raise refusals.not_a_file()
    _check_size(status.st_size)
    return status.st_size


def _check_size(size_bytes: int) -> None:
    if size_bytes == 0:
        raise refusals.empty()
    if size_bytes > refusals.MAX_FILE_BYTES:
        raise refusals.too_many_bytes(size_bytes)


def _read_blocks(file: BinaryIO, cancel: CancelToken) -> bytes:
    # It hands out what it holds: blocks put together at the end would need twice the memory.
    whole = io.BytesIO()
    while block := file.read(_BLOCK_BYTES):
        cancel.raise_if_cancelled()
        whole.write(block)
        # It may be growing while it is read.
        _check_size(whole.tell())
    return whole.getvalue()
