"""A part of a page: which one is read, and where that lies on the whole page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.types import Box, Doubt

if TYPE_CHECKING:
    from model.types import LineReading, Page

# Px of the page below which a digit has too few to be told from another.
_LOWEST: Final = 6


def clip_region(region: Box | None, page: Page) -> Box:
    """The region as far as it lies on the page; the whole page where it does not at all."""
    whole = Box(0, 0, page.width, page.height)
    if region is None:
        return whole
    x, y = max(0, region.x), max(0, region.y)
    right, bottom = min(page.width, region.right), min(page.height, region.bottom)
    return Box(x, y, right - x, bottom - y) if right > x and bottom > y else whole


def placed(reading: LineReading, scale: float, part: Box) -> LineReading:
    """The same reading with its boxes in pixels of the whole page; a person looks at tiny ones."""

    def place(box: Box) -> Box:
        # A box that was brought back to a tilted page may stand out of it.
        x = min(max(part.x, part.x + round(box.x * scale)), part.right - 1)
        y = min(max(part.y, part.y + round(box.y * scale)), part.bottom - 1)
        right = min(part.right, part.x + round(box.right * scale))
        bottom = min(part.bottom, part.y + round(box.bottom * scale))
        return Box(x, y, max(1, right - x), max(1, bottom - y))

    moved = reading.moved(place)
    is_low = max(digit.box.h for digit in moved.digits) < _LOWEST
    return moved.doubted(Doubt.UNSURE) if is_low else moved
