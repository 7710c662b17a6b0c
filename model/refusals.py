"""Every way in which a picture is refused, in words for the clerk: what happened, what to do next.

The wording stands in one place so that it can be read as one text. Nothing is raised here.
"""

from __future__ import annotations

import math
from typing import Final

from model.errors import PictureError

MAX_PIXELS: Final = 64_000_000
"""A page of 64 megapixels: A4 at 820 dpi. Decoded it takes 192 MB, and the reader twice that."""

MAX_FILE_BYTES: Final = 200_000_000
"""An uncompressed page of 64 megapixels in 8-bit colour has 192 MB."""

_SCAN_AGAIN: Final = "Open another copy of it, or scan the paper again."


def missing() -> PictureError:
    return PictureError("This file does not exist.", "Check its name, or choose the picture again.")


def folder() -> PictureError:
    return PictureError("This is a folder, not a picture.", "Open it and choose a picture inside.")


def not_a_file() -> PictureError:
    return PictureError(
        "This is a device or a connection, not a file.", "Choose a file that holds a picture."
    )


def no_permission() -> PictureError:
    return PictureError(
        "You do not have permission to open this file.",
        "Ask its owner for access, or for a copy in a folder of your own.",
    )


def vanished() -> PictureError:
    return PictureError(
        "The file vanished while it was being loaded.",
        "Check that its drive or network folder is still connected, then open it again.",
    )


def changed() -> PictureError:
    return PictureError(
        "The file changed while it was being loaded.",
        "Wait until it has been saved or copied completely, then open it again.",
    )


def unreadable() -> PictureError:
    return PictureError(
        "The computer could not read this file from its drive.",
        "Copy it to another drive and open the copy, or scan the paper again.",
    )


def empty() -> PictureError:
    return PictureError(
        "This file is empty (0 bytes).",
        "It was probably not saved completely. Save or scan the picture again.",
    )


def too_many_bytes(size_bytes: int) -> PictureError:
    """The file is larger than MAX_FILE_BYTES."""
    size_mb = math.ceil(size_bytes / 1_000_000)
    return PictureError(
        f"This file is {size_mb:,} MB; the limit is {MAX_FILE_BYTES // 1_000_000} MB.",
        "Scan at 300 dpi, or save the picture as JPEG.",
    )


def too_many_pixels(pixels: int) -> PictureError:
    """The picture has more than MAX_PIXELS."""
    megapixels = pixels / 1_000_000
    # Rounded up: "64.0 megapixels; the limit is 64" would read like a mistake.
    shown = f"{math.ceil(megapixels * 10) / 10:.1f}" if megapixels < 100 else f"{megapixels:,.0f}"
    return PictureError(
        f"This scan is {shown} megapixels; the limit is {MAX_PIXELS // 1_000_000}.",
        "Scan at 300 dpi or crop it.",
    )


def bomb(pixels: int | None = None) -> PictureError:
    """The file is made to fill the memory: with that many pixels, or with hidden text."""
    what = "an enormous amount of data"
    if pixels is not None:
        limit = MAX_PIXELS // 1_000_000
        what = f"{pixels / 1_000_000:,.0f} megapixels (the limit is {limit})"
    return PictureError(
        f"This small file would unpack to {what}, as harmful files do; it was not opened.",
        "Do not use it. Ask for the picture again, or scan the paper yourself.",
    )


def no_memory() -> PictureError:
    return PictureError(
        "There is not enough memory to open this picture.",
        "Close other programs, or scan at 300 dpi.",
    )


def zero_sized(width: int, height: int) -> PictureError:
    return PictureError(
        f"This picture has no pixels: its size is {width} × {height}.",
        "Save or scan the picture again.",
    )


def not_a_picture() -> PictureError:
    return PictureError(
        "This file is not a picture.", "Choose a photo or scan, such as a PNG, JPEG or TIFF file."
    )


def text() -> PictureError:
    return PictureError(
        "This file holds text, not a picture, whatever its name says.",
        "Choose a photo or scan of the number.",
    )


def unsupported(what: str, hint: str) -> PictureError:
    """A known kind of file that is not read.

    Args:
        what: Its name with an article, such as "a PDF document".
        hint: What to do with it instead.
    """
    return PictureError(f"This is {what}, which cannot be read here.", hint)


def truncated(name: str) -> PictureError:
    return PictureError(
        f"This {_thing(name)} is incomplete: its end is missing.",
        "It was probably not copied completely. Copy it again, or scan the paper again.",
    )


def damaged(name: str) -> PictureError:
    return PictureError(f"This {_thing(name)} is damaged and cannot be shown.", _SCAN_AGAIN)


def unusual(name: str) -> PictureError:
    return PictureError(
        f"This {_thing(name)} is damaged, or saved in a way that cannot be read here.",
        "Open it in another program and save it as PNG, or scan the paper again.",
    )


def locked() -> PictureError:
    return PictureError(
        "This PDF document is protected by a password.",
        "Open it where you know the password, print it to a new PDF without one, and open that.",
    )


def without_pages() -> PictureError:
    return PictureError("This PDF document has no pages.", _SCAN_AGAIN)


def no_such_page(number: int) -> PictureError:
    return PictureError(
        f"This file has no page {number} any more.",
        "Open it again to start from its first page.",
    )


def _thing(name: str) -> str:
    """What people call a file of that format, such as "PNG picture"."""
    return f"{name} document" if name == "PDF" else f"{name} picture"
