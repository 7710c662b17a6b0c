"""Lays a form level that was scanned or photographed a few degrees askew, by its printed lines.

Level lines are told from writing and erased, cells end where their sides are, and rows are read
without their neighbours: none of that holds on a tilted form.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from model.ink import InkMap
from model.types import Box, LineReading

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

# Printed lines: how long, as a share of the longer side, and how thick at most, px.
_LONG: Final = 0.45
_THICK: Final = 5
_MOST_RULES: Final = 12
# Longer side at which they are looked for, px; smaller pictures hold no form.
_SIDE: Final = 720
_SMALLEST: Final = 500
# A picture so many times as long as wide is a strip of one line.
_LONGEST: Final = 8.0
_STEP_DEG: Final = 0.2
# Up to the first, lines are erased as they are; from the second on, it is no scan and no form.
_LEVEL_DEG: Final = 0.9
_STEEPEST_DEG: Final = 8.0
# They climb alike, or they are no form's.
_ALIKE_DEG: Final = 1.0


def rule_tilts(
    solid: NDArray[np.uint8], *, step_deg: float, steepest_deg: float
) -> NDArray[np.float64]:
    """How far the printed lines of a page fall to the right.

    Args:
        solid: (h, w) uint8, 1 where there is ink.
        step_deg: How finely they are told apart.
        steepest_deg: The most that is looked for.

    Returns:
        (n,) degrees, those of the plainest lines first; 12 at most.
    """
    # Strokes are higher than a line is thick, so they are left out, and it takes a tenth the time.
    high = cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones((_THICK + 1, 1), np.uint8))
    thin = solid & (1 - np.asarray(high, dtype=np.uint8))
    lines = cv2.HoughLines(
        thin,
        1,
        math.radians(step_deg),
        max(2, round(_LONG * max(solid.shape))),
        min_theta=math.radians(90 - steepest_deg),
        max_theta=math.radians(90 + steepest_deg),
    )
    if lines is None:
        return np.empty(0)
    # An angle is that of the line's normal.
    return np.degrees(lines.reshape(-1, lines.shape[-1])[:_MOST_RULES, 1].astype(np.float64)) - 90


@dataclass(frozen=True, slots=True)
class Levelling:
    """How a tilted page was laid level.

    Attributes:
        ink: Of the level page.
        back: (2, 3): takes its places to those of the page as it lies.
    """

    ink: InkMap
    back: NDArray[np.float64]

    def as_it_lies(self, line: LineReading) -> LineReading:
        """A line of the level page where it is on the tilted one; boxes stay upright."""
        moved = line.moved(self._move)
        return replace(moved, box=_around([digit.box for digit in moved.digits]))

    @property
    def _move(self) -> Callable[[Box], Box]:
        def move(box: Box) -> Box:
            middle = np.array([box.x + box.w / 2, box.y + box.h / 2, 1.0])
            x, y = self.back @ middle
            return Box(round(float(x) - box.w / 2), round(float(y) - box.h / 2), box.w, box.h)

        return move


def lay_level(ink: InkMap) -> Levelling | None:
    """The page turned so that its printed lines are level; None where they are, or there are none.

    Args:
        ink: Of a whole page or of a part of one.
    """
    tilt = _find_tilt(ink.solid)
    if tilt is None:
        return None
    height, width = ink.grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), tilt, 1.0)
    across, along = abs(turn[0, 0]), abs(turn[0, 1])
    size = round(width * across + height * along), round(width * along + height * across)
    turn[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2

    def turned(
        picture: NDArray[np.uint8 | np.float32], how: int, border: int
    ) -> cv2.typing.MatLike:
        return cv2.warpAffine(picture, turn, size, flags=how, borderMode=border)

    level = InkMap(
        # Beyond the paper its edge goes on: a corner of one colour has an outline, as ink has.
        grey=np.asarray(turned(ink.grey, cv2.INTER_LINEAR, cv2.BORDER_REPLICATE), np.uint8),
        soft=np.asarray(turned(ink.soft, cv2.INTER_LINEAR, cv2.BORDER_CONSTANT), np.float32),
        solid=np.asarray(turned(ink.solid, cv2.INTER_NEAREST, cv2.BORDER_CONSTANT), np.uint8),
        scale=ink.scale,
    )
    return Levelling(level, np.asarray(cv2.invertAffineTransform(turn), np.float64))


def _find_tilt(solid: NDArray[np.uint8]) -> float | None:
    """The tilt of a form's lines, degrees; None where it has none, or they are level."""
    longer = max(solid.shape)
    if longer < _SMALLEST or max(solid.shape) > _LONGEST * min(solid.shape):
        return None
    share = min(1.0, _SIDE / longer)
    if share < 1:
        size = round(solid.shape[1] * share), round(solid.shape[0] * share)
        # Fine lines stay: rounded to 1 or 2 where more than a quarter is ink.
        shrunk = cv2.resize(2 * solid, size, interpolation=cv2.INTER_AREA)
        solid = np.asarray(np.minimum(shrunk, 1), dtype=np.uint8)
    tilts = rule_tilts(solid, step_deg=_STEP_DEG, steepest_deg=_STEEPEST_DEG)
    if not len(tilts):
        return None
    tilt = float(np.median(tilts))
    is_alike = np.abs(tilts - tilt) <= _ALIKE_DEG
    return tilt if abs(tilt) >= _LEVEL_DEG and is_alike.mean() >= 0.5 else None


def _around(boxes: list[Box]) -> Box:
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return Box(x, y, right - x, bottom - y)
