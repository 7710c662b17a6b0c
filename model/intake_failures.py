"""From what a decoder raises, or would unpack to, to the refusal that says it plainly."""

from __future__ import annotations

import logging
import struct
import warnings
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from PIL import Image, UnidentifiedImageError

from model import completeness, refusals
from model.headers import declared_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from model.errors import PictureError
    from model.signatures import PictureKind

# What Pillow's decoders have been seen to raise on damaged files. They share no base class, and
# a bare Exception would hide our own mistakes and a job's cancellation.
DECODER_ERRORS: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BufferError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)

_BOMB_PHRASES: Final = ("Decompressed data too large", "Too much memory used in text chunks")
# A blank page in the tightest of compressions has some 100 pixels a byte, a bomb a thousand; and
# no scanner makes a gigapixel. What falls short of either is a large scan to its owner.
_BOMB_PIXELS_PER_BYTE: Final = 500
_BOMB_PIXELS: Final = 1_000_000_000

# Without a handler, logging itself would print Pillow's errors.
logging.getLogger("PIL").addHandler(logging.NullHandler())


@contextmanager
def explained(kind: PictureKind, data: bytes) -> Iterator[list[warnings.WarningMessage]]:
    """Keep Pillow's warnings off the console, and turn what it raises into a PictureError."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            yield caught
        except DECODER_ERRORS as error:
            raise _explain(error, kind, data) from error


def check_size(size: tuple[int, int], data: bytes) -> None:
    """Refuse a size in px that is none, or too large to unpack.

    Raises:
        PictureError: zero-sized, over MAX_PIXELS, or a decompression bomb.
    """
    width, height = size
    if width <= 0 or height <= 0:
        raise refusals.zero_sized(width, height)
    if width * height > refusals.MAX_PIXELS:
        raise _too_many_pixels(width * height, data)


def _explain(error: Exception, kind: PictureKind, data: bytes) -> PictureError:
    if isinstance(error, MemoryError):
        return refusals.no_memory()
    said = str(error)
    if isinstance(error, Image.DecompressionBombError):
        # "Image size (412000000 pixels) exceeds limit of ...": more than twice Pillow's own limit.
        pixels = next(int(word) for word in said.replace("(", " ").split() if word.isdigit())
        return _too_many_pixels(pixels, data)
    if any(phrase in said for phrase in _BOMB_PHRASES):
        return refusals.bomb()
    if isinstance(error, UnidentifiedImageError):
        width, height = declared_size(data, kind) or (1, 1)
        if width == 0 or height == 0:
            return refusals.zero_sized(width, height)
    if completeness.is_cut_short(data, kind) or "truncated" in said.lower():
        return refusals.truncated(kind.name)
    if isinstance(error, UnidentifiedImageError | NotImplementedError):
        return refusals.unusual(kind.name)
    return refusals.damaged(kind.name)


def _too_many_pixels(pixels: int, data: bytes) -> PictureError:
    if pixels > max(_BOMB_PIXELS, _BOMB_PIXELS_PER_BYTE * len(data)):
        return refusals.bomb(pixels)
    return refusals.too_many_pixels(pixels)
