"""Where a digit's tab finds room: above its frame, else below, never over a neighbour's ink."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QSizeF

_CELL_PX: Final = 64
_GAP_PX: Final = 2


class TabPlaces:
    """What lies on the bed already, in cells, so that a page of a thousand digits is quick."""

    def __init__(self, bed: QRectF) -> None:
        self._bed = bed
        self._cells: defaultdict[tuple[int, int], list[QRectF]] = defaultdict(list)

    def take(self, rect: QRectF) -> None:
        """Keep a place free of tabs: ink, or a tab that is already there."""
        for cell in _cells_of(rect):
            self._cells[cell].append(rect)

    def find(self, size: QSizeF, frame: QRectF) -> QRectF | None:
        """Take the best free place for a tab; None where all of them would cover something.

        Args:
            size: Of the tab.
            frame: Around the digit that it belongs to.
        """
        for place in _wishes(size, frame):
            if self._is_free(place):
                self.take(place)
                return place
        return None

    def _is_free(self, place: QRectF) -> bool:
        if not self._bed.contains(place):
            return False
        return not any(
            place.intersects(other) for cell in _cells_of(place) for other in self._cells[cell]
        )


def _wishes(size: QSizeF, frame: QRectF) -> Iterator[QRectF]:
    """Above, then below; flush left with the frame, in the middle, flush right."""
    lefts = (
        frame.left() - 1,
        frame.center().x() - size.width() / 2,
        frame.right() + 1 - size.width(),
    )
    for top in (frame.top() - size.height() - _GAP_PX, frame.bottom() + _GAP_PX):
        for left in lefts:
            yield QRectF(left, top, size.width(), size.height())


def _cells_of(rect: QRectF) -> Iterator[tuple[int, int]]:
    for column in range(int(rect.left() // _CELL_PX), int(rect.right() // _CELL_PX) + 1):
        for row in range(int(rect.top() // _CELL_PX), int(rect.bottom() // _CELL_PX) + 1):
            yield column, row
