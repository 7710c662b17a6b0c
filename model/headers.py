"""The size that a picture's header declares, for files whose decoder refuses to tell.

Pillow will not open a picture that is 0 px wide, and does not say why; the clerk is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from model import jpeg, signatures

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.signatures import PictureKind

_PNM_SIZE: Final = re.compile(rb"P\w+\s+(?:#[^\r\n]*\s+)*(\d{1,9})\s+(\d{1,9})\s")


def declared_size(data: bytes, kind: PictureKind) -> tuple[int, int] | None:
    """(width, height) in px by the header; None where it is not found."""
    look = _LOOKS.get(kind)
    return None if look is None else look(data)


def _png_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 24:
        return None
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _gif_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 10:
        return None
    return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")


def _bmp_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 26 or data[14] == 12:  # OS/2's short header
        return None
    return int.from_bytes(data[18:22], "little"), int.from_bytes(data[22:26], "little")


def _pnm_size(data: bytes) -> tuple[int, int] | None:
    found = _PNM_SIZE.match(data[: signatures.HEAD_BYTES])
    return None if found is None else (int(found[1]), int(found[2]))


_LOOKS: Final[dict[PictureKind, Callable[[bytes], tuple[int, int] | None]]] = {
    signatures.PNG: _png_size,
    signatures.GIF: _gif_size,
    signatures.BMP: _bmp_size,
    signatures.PNM: _pnm_size,
    signatures.JPEG: jpeg.declared_size,
}
