"""The rectangle of the crop tool: plain geometry in pixels of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.types import Box

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF

SMALLEST_PX: Final = 4


def between(one: QPointF, other: QPointF, page_width: int, page_height: int) -> Box | None:
    """The box spanned by two points of the page, cut to it; None where it is too small to read."""
    left, right = sorted((one.x(), other.x()))
    top, bottom = sorted((one.y(), other.y()))
    x, y = max(0, round(left)), max(0, round(top))
    w, h = min(page_width, round(right)) - x, min(page_height, round(bottom)) - y
    return Box(x, y, w, h) if w >= SMALLEST_PX and h >= SMALLEST_PX else None


def middle_of(page_width: int, page_height: int) -> Box:
    """Where the rectangle starts when it is moved by keys: the middle half of the page."""
    return Box(page_width // 4, page_height // 4, _half(page_width), _half(page_height))


def moved(box: Box, dx: int, dy: int, page_width: int, page_height: int) -> Box:
    """Shift a box, staying on the page."""
    x = min(max(box.x + dx, 0), page_width - box.w)
    y = min(max(box.y + dy, 0), page_height - box.h)
    return Box(x, y, box.w, box.h)


def resized(box: Box, dw: int, dh: int, page_width: int, page_height: int) -> Box:
    """Move the right and the bottom edge, staying on the page."""
    least_w, least_h = min(SMALLEST_PX, page_width), min(SMALLEST_PX, page_height)
    w = min(max(box.w + dw, least_w), page_width - box.x)
    h = min(max(box.h + dh, least_h), page_height - box.y)
    return Box(box.x, box.y, w, h)


def key_step(page_width: int, page_height: int) -> int:
    """How far one key press goes: fifty across the longer side."""
    return max(1, max(page_width, page_height) // 50)


def _half(length: int) -> int:
    return max(1, length // 2)
