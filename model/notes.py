"""What the clerk should know about how a picture was opened, though it could be."""

from __future__ import annotations

from typing import Final

ANIMATED: Final = "It is animated; only the first frame was read."

BROKEN_EXIF: Final = (
    "Its camera data (EXIF) is damaged and was ignored; turn the page if it lies on its side."
)

TURNED: Final = "It did not stand upright, and was turned."


def first_of(pages: int) -> str:
    """Only the first of several pages was asked for."""
    return f"It has {pages} pages; this is the first."
