"""Where the rows of writing are, however they climb: what the line reader is shown one by one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from model.layout import LINE_SHAPE, find_lines
from model.types import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from model.ink import InkMap
    from model.layout import InkLine

# A picture as small as a line's shows one from this shape on: no camera takes such.
_SMALL_LINE_SHAPE: Final = 1.1
_TALL: Final = 0.6
_LONG_ROW: Final = 3.0
_STEEPEST: Final = 0.3
# Parts of one broken character: how many, how far apart as a share of the less high one's height
# (if nothing is read in them; if something is), how much of the narrower one's width lies under
# another, how wide they are against their height.
_MOST_PARTS: Final = 4
_APART: Final = 1.5
_NEAR: Final = 0.4
_COMMON: Final = 0.3
_WIDEST_STACK: Final = 1.2
# Of the picture's height: where the digits of a cut-out line are (median of ORAND's training part).
USUAL_MIDDLE: Final = 0.54
USUAL_HEIGHT: Final = 0.64


@dataclass(frozen=True, slots=True)
class Row:
    """A row of writing, in pixels of the ink map.

    Attributes:
        left: Where its first piece begins.
        right: Where its last piece ends.
        slope: Of its middle, px down for each px to the right.
        middle: Halfway between the tops and the feet of its tall pieces, at column 0.
        height: Of its tall pieces.
        ink: How many pixels of ink it holds.
        boxes: Around its tall pieces of ink.
        limits: Columns that it does not reach beyond: its field's, or the next field.
        small: Around its other pieces: points, commas, parts of broken digits.
    """

    left: float
    right: float
    slope: float
    middle: float
    height: float
    ink: int
    boxes: tuple[Box, ...] = ()
    limits: tuple[float, float] = (-math.inf, math.inf)
    small: tuple[Box, ...] = ()

    def middle_at(self, x: float) -> float:
        """The row's middle at a column, px from the top."""
        return self.middle + self.slope * x


@dataclass(frozen=True, slots=True, eq=False)
class PageRows:
    """The rows of a page.

    Attributes:
        rows: Top to bottom.
        labels: (h, w) int32: the piece of ink that a pixel of the ink map belongs to; 0 is paper.
    """

    rows: tuple[Row, ...]
    labels: NDArray[np.int32]


def find_rows(ink: InkMap) -> PageRows:
    """The rows of a page, by its ink."""
    layout = find_lines(ink)
    return PageRows(tuple(_to_row(line) for line in layout.lines), layout.labels)


def whole_row(ink: InkMap) -> Row | None:
    """The row of a picture that somebody cut out around one; None where its shape is another."""
    height, width = ink.grey.shape
    if width < (LINE_SHAPE if ink.scale >= 1 else _SMALL_LINE_SHAPE) * height:
        return None
    return Row(0, width, 0.0, USUAL_MIDDLE * height, USUAL_HEIGHT * height, 0)


def stacked_row(rows: Sequence[Row]) -> Row | None:
    """The row of one broken or blurred character, whose parts were found as rows of their own.

    Returns:
        A row around all of them; None where they are not flat, or not close above one another in
        one field.
    """
    boxes = [box for row in rows for box in row.boxes]
    if len(boxes) < 2 or any(box.w <= box.h for box in boxes):
        return None
    return _stacked(rows, _APART)


def narrow_row(rows: Sequence[Row]) -> Row | None:
    """The row of all tall pieces, where they are so few and so near that they may be one digit.

    Returns:
        A row around all of them, or None.
    """
    return _stacked(rows, _NEAR)


def _stacked(rows: Sequence[Row], apart: float) -> Row | None:
    """A row around pieces one above the other, no farther apart, and as narrow as a character."""
    boxes = sorted((box for row in rows for box in row.boxes), key=lambda box: box.y)
    if not 1 <= len(rows) <= len(boxes) <= _MOST_PARTS or len({row.limits for row in rows}) > 1:
        return None
    whole = boxes[0]
    for box in boxes[1:]:
        left, right = max(whole.x, box.x), min(whole.right, box.right)
        gap = box.y - whole.bottom
        if gap > apart * min(whole.h, box.h) or right - left < _COMMON * min(whole.w, box.w):
            return None
        x, bottom = min(whole.x, box.x), max(whole.bottom, box.bottom)
        whole = Box(x, whole.y, max(whole.right, box.right) - x, bottom - whole.y)
    if whole.w > _WIDEST_STACK * whole.h:
        return None
    middle, inked = whole.y + whole.h / 2, sum(row.ink for row in rows)
    return Row(
        whole.x, whole.right, 0.0, middle, whole.h, inked, boxes=(whole,), limits=rows[0].limits
    )


def _to_row(line: InkLine) -> Row:
    boxes = [piece.box for piece in line.pieces]
    tall = [box for box in boxes if box.h > _TALL * line.height] or boxes
    columns = np.array([box.x + box.w / 2 for box in tall])
    centres = np.array([box.y + box.h / 2 for box in tall])
    slope = 0.0
    if len(tall) >= 3 and np.ptp(columns) > _LONG_ROW * line.height:
        slope = float(np.clip(np.polyfit(columns, centres, 1)[0], -_STEEPEST, _STEEPEST))
    return Row(
        left=min(box.x for box in boxes),
        right=max(box.right for box in boxes),
        slope=slope,
        middle=float(np.median(centres - slope * columns)),
        height=line.height,
        ink=sum(piece.area for piece in line.pieces),
        boxes=tuple(tall),
        limits=line.limits,
        small=tuple(box for box in boxes if box not in tall),
    )
