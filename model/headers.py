"""The size that a picture's header declares, for files whose decoder refuses to tell.

Pillow will not open a picture that is 0 px wide, and does not say why; the clerk is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from model import signatures

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.signatures import PictureKind

Size = tuple[int, int]

_PNM_SIZE: Final = re.compile(rb"P\w+\s+(?:#[^\r\n]*\s+)*(\d{1,9})\s+(\d{1,9})\s")
# Start-of-frame markers (ITU-T T.81, table B.1): C0 to CF, less the three with other meanings.
_JPEG_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def declared_size(data: bytes, kind: PictureKind) -> Size | None:
    """(width, height) in px by the header; None where it is not found."""
    look = _LOOKS.get(kind)
    return None if look is None else look(data)


def _png_size(data: bytes) -> Size | None:
    if len(data) < 24:
        return None
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _gif_size(data: bytes) -> Size | None:
    if len(data) < 10:
        return None
    return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")


def _bmp_size(data: bytes) -> Size | None:
    if len(data) < 26 or data[14] == 12:  # OS/2's short header
        return None
    return int.from_bytes(data[18:22], "little"), int.from_bytes(data[22:26], "little")


def _pnm_size(data: bytes) -> Size | None:
    found = _PNM_SIZE.match(data[: signatures.HEAD_BYTES])
    return None if found is None else (int(found[1]), int(found[2]))


def _jpeg_size(data: bytes) -> Size | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        if data[at + 1] in _JPEG_FRAMES:
            height, width = data[at + 5 : at + 7], data[at + 7 : at + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


_LOOKS: Final[dict[PictureKind, Callable[[bytes], Size | None]]] = {
    signatures.PNG: _png_size,
    signatures.GIF: _gif_size,
    signatures.BMP: _bmp_size,
    signatures.PNM: _pnm_size,
    signatures.JPEG: _jpeg_size,
}
