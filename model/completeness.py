"""Whether a picture's bytes are whole, where a decoder does not say, or does not say why."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from model import jpeg, refusals, signatures, tiff

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.signatures import PictureKind


def check_whole(data: bytes, kind: PictureKind) -> None:
    """Refuse a picture that its decoder has taken, though part of it is missing or wrong.

    libjpeg fills up with grey, OpenJPEG with black, and Pillow skips the check sums of a PNG's
    pixels; none of them says so.

    Raises:
        PictureError: cut short, or damaged.
    """
    if kind in {signatures.JPEG, signatures.JPEG_2000} and is_cut_short(data, kind):
        raise refusals.truncated(kind.name)
    is_damaged = (kind is signatures.JPEG and jpeg.is_broken(data)) or (
        kind is signatures.PNG and not _has_right_sums(data)
    )
    if is_damaged:
        raise refusals.damaged(kind.name)


def is_cut_short(data: bytes, kind: PictureKind) -> bool:
    """Whether the end that this kind of file must have is missing; False where none can be told."""
    look = _ENDS.get(kind)
    return look is not None and look(data)


def _is_jpeg_2000_cut(data: bytes) -> bool:
    # Boxes may follow the end mark; within packed pixels it cannot occur.
    return b"\xff\xd9" not in data


def _has_right_sums(data: bytes) -> bool:
    """Whether the check sum of each complete chunk of pixels is right (PNG, section 5.3)."""
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        end = at + 8 + length
        if data[at + 4 : at + 8] == b"IDAT" and end + 4 <= len(data):
            chunk = memoryview(data)[at + 4 : end]
            if zlib.crc32(chunk) != int.from_bytes(data[end : end + 4], "big"):
                return False
        at = end + 4
    return True


def _is_png_cut(data: bytes) -> bool:
    return b"IEND" not in data[-64:]


def _is_gif_cut(data: bytes) -> bool:
    return not data.rstrip(b"\x00").endswith(b"\x3b")


def _is_webp_cut(data: bytes) -> bool:
    return len(data) < int.from_bytes(data[4:8], "little") + 8


def _is_bmp_cut(data: bytes) -> bool:
    return len(data) < int.from_bytes(data[2:6], "little")


def _is_base_media_cut(data: bytes) -> bool:
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


def _is_pdf_cut(data: bytes) -> bool:
    # Readers of PDF accept the mark anywhere within the last 1024 bytes; some programs fill up
    # with zeros behind it.
    return b"%%EOF" not in data.rstrip(b"\x00 \r\n\t")[-1024:]


_ENDS: Final[dict[PictureKind, Callable[[bytes], bool]]] = {
    signatures.PNG: _is_png_cut,
    signatures.JPEG: jpeg.is_cut_short,
    signatures.JPEG_2000: _is_jpeg_2000_cut,
    signatures.GIF: _is_gif_cut,
    signatures.WEBP: _is_webp_cut,
    signatures.BMP: _is_bmp_cut,
    signatures.AVIF: _is_base_media_cut,
    signatures.HEIC: _is_base_media_cut,
    signatures.PDF: _is_pdf_cut,
    signatures.TIFF: tiff.is_cut_short,
}
