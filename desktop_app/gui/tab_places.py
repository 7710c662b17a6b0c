"""Where a digit's tab finds room: above its frame, else below, never over a neighbour's ink."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRectF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QSizeF

_CELL_PX: Final = 40
_GAP_PX: Final = 2


class _Sides(NamedTuple):
    """A rectangle in Python's own numbers: asking Qt for each of them takes five times as long."""

    left: float
    top: float
    right: float
    bottom: float


class TabPlaces:
    """What lies on the bed already, in cells, so that a page of a thousand digits is quick."""

    def __init__(self, bed: QRectF) -> None:
        self._bed = _sides_of(bed)
        self._cells: defaultdict[tuple[int, int], list[_Sides]] = defaultdict(list)

    def take(self, rect: QRectF) -> None:
        """Keep a place free of tabs: ink, or a tab that is already there."""
        self._take(_sides_of(rect))

    def find(self, size: QSizeF, frame: QRectF) -> QRectF | None:
        """Take the best free place for a tab; None where all of them would cover something.

        Args:
            size: Of the tab.
            frame: Around the digit that it belongs to.
        """
        width, height = size.width(), size.height()
        for place in _wishes(width, height, _sides_of(frame)):
            if self._is_free(place):
                self._take(place)
                return QRectF(place.left, place.top, width, height)
        return None

    def _take(self, place: _Sides) -> None:
        for cell in _cells_of(place):
            self._cells[cell].append(place)

    def _is_free(self, place: _Sides) -> bool:
        left, top, right, bottom = place
        bed = self._bed
        if left < bed.left or top < bed.top or right > bed.right or bottom > bed.bottom:
            return False
        for cell in _cells_of(place):
            for other in self._cells.get(cell, ()):
                if (
                    left < other.right
                    and other.left < right
                    and top < other.bottom
                    and other.top < bottom
                ):
                    return False
        return True


def _wishes(width: float, height: float, frame: _Sides) -> Iterator[_Sides]:
    """Above, then below; flush left with the frame, in the middle, flush right."""
    lefts = (
        frame.left - 1,
        (frame.left + frame.right - width) / 2,
        frame.right + 1 - width,
    )
    for top in (frame.top - height - _GAP_PX, frame.bottom + _GAP_PX):
        for left in lefts:
            yield _Sides(left, top, left + width, top + height)


def _sides_of(rect: QRectF) -> _Sides:
    return _Sides(rect.left(), rect.top(), rect.right(), rect.bottom())


def _cells_of(place: _Sides) -> Iterator[tuple[int, int]]:
    rows = range(int(place.top // _CELL_PX), int(place.bottom // _CELL_PX) + 1)
    for column in range(int(place.left // _CELL_PX), int(place.right // _CELL_PX) + 1):
        for row in rows:
            yield column, row
