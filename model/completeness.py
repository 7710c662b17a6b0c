"""Whether a picture's bytes go on to its end.

Used mostly to explain a decoder's failure: a cut-off copy calls for another advice than damage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model import signatures, tiff

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.signatures import PictureKind


def is_cut_short(data: bytes, kind: PictureKind) -> bool:
    """Whether the end that this kind of file must have is missing; False where none can be told."""
    look = _ENDS.get(kind)
    return look is not None and look(data)


def _has_no_jpeg_end(data: bytes) -> bool:
    # Looked for anywhere: phones write more behind it, and JPEG 2000 may have boxes there. Packed
    # pixels cannot hold these two bytes.
    return b"\xff\xd9" not in data


def _is_png_cut(data: bytes) -> bool:
    return b"IEND" not in data[-64:]


def _is_gif_cut(data: bytes) -> bool:
    return not data.rstrip(b"\x00").endswith(b"\x3b")


def _is_webp_cut(data: bytes) -> bool:
    return len(data) < int.from_bytes(data[4:8], "little") + 8


def _is_bmp_cut(data: bytes) -> bool:
    return len(data) < int.from_bytes(data[2:6], "little")


def _is_avif_cut(data: bytes) -> bool:
    """Whether a box (ISO/IEC 14496-12) reaches beyond the file's end."""
    at = 0
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if length == 0:
            return False
        if length < 8:
            return True
        at += length
    return at != len(data)


_ENDS: Final[dict[PictureKind, Callable[[bytes], bool]]] = {
    signatures.PNG: _is_png_cut,
    signatures.JPEG: _has_no_jpeg_end,
    signatures.JPEG_2000: _has_no_jpeg_end,
    signatures.GIF: _is_gif_cut,
    signatures.WEBP: _is_webp_cut,
    signatures.BMP: _is_bmp_cut,
    signatures.AVIF: _is_avif_cut,
    signatures.TIFF: tiff.is_cut_short,
}
