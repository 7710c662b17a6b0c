"""Pictures made for a test: encoded arrays, and files with a flaw put in by hand."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray


def encode(pixels: NDArray[Any] | Image.Image, file_format: str, **options: Any) -> bytes:  # noqa: ANN401  Pillow's own options
    """A whole file in Pillow's format of that name, or "HEIC"."""
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    file = io.BytesIO()
    if file_format == "HEIC":
        # Not as a plug-in of Pillow, where it would take the place of the program's own decoder.
        import pillow_heif

        photo = pillow_heif.from_pillow(image)
        for other in options.pop("append_images", ()):
            photo.add_from_pillow(other)
        photo.save(file, **options)
        return file.getvalue()
    image.save(file, file_format, **options)
    return file.getvalue()


def sketch(height: int = 40, width: int = 60) -> NDArray[np.uint8]:
    """(h, w, 3) uint8: a light page with a different dark mark in each corner but one."""
    page = np.full((height, width, 3), 240, np.uint8)
    page[2:8, 2:8] = (10, 20, 30)
    page[2:6, -12:-2] = (120, 20, 20)
    page[-9:-2, 2:5] = (20, 20, 140)
    return page


def png_chunk(name: bytes, content: bytes) -> bytes:
    """One chunk of a PNG file, with its check sum."""
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def png_of_size(width: int, height: int, *, extra: bytes = b"") -> bytes:
    """A PNG file whose header declares that size, whatever little its pixel data hold."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + extra
        + png_chunk(b"IDAT", zlib.compress(bytes(64)))
        + png_chunk(b"IEND", b"")
    )


def exif_with_orientation(orientation: int) -> Image.Exif:
    """EXIF data that say which way is up."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif
