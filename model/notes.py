"""What the clerk should know about how a picture was opened, though it could be."""

from __future__ import annotations

from typing import Final

ANIMATED: Final = "It is animated; only the first frame was read."

BROKEN_EXIF: Final = (
    "Its camera data (EXIF) is damaged and was ignored; turn the page if it lies on its side."
)

TURNED: Final = "It did not stand upright, and was turned."

STRETCHED: Final = "It was a fax with oblong pixels, and was stretched to its true shape."


def first_of(pages: int) -> str:
    """Only the first of several pages was asked for."""
    return f"It has {pages} pages; this is the first."


def drawn_smaller(dpi: int) -> str:
    """A page of a PDF was too large for the usual 300 dpi."""
    return f"Its page is very large, so it was drawn at {dpi} dpi."
