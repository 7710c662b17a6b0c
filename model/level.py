"""Lays a form level that was scanned or photographed a few degrees aslant, by its printed lines.

Level lines are told from writing and erased, cells end where their sides are, and rows are read
without their neighbours: none of that holds on a tilted form.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from model.ink import WIDEST_STROKE, InkMap, find_ink
from model.layout import LINE_SHAPE
from model.types import Box, LineReading

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Printed lines: how long, as a share of the longer side, and how thick at most, px.
_LONG: Final = 0.45
_THICK: Final = 5
_MOST_RULES: Final = 12
# Longer side at which they are looked for, px.
_SIDE: Final = 720
# Shorter side of the smallest page, px; of one that is as wide as a cut-out line, there are others.
_SMALLEST: Final = 400
_SMALLEST_WIDE: Final = 600
# Two lines are so far apart, as a share of the longer side.
_APART: Final = 0.02
_STEP_DEG: Final = 0.2
# Up to the first, lines are erased as they are; from the second on, it is no scan and no form.
_LEVEL_DEG: Final = 0.9
_STEEPEST_DEG: Final = 8.0
# They climb alike, or they are no form's.
_ALIKE_DEG: Final = 1.0


def find_tilted_rules(
    solid: NDArray[np.uint8], *, step_deg: float, steepest_deg: float
) -> NDArray[np.float64]:
    """How far the printed lines of a page fall to the right, and where they are.

    Args:
        solid: (h, w) uint8, 1 where there is ink.
        step_deg: How finely they are told apart.
        steepest_deg: The most that is looked for.

    Returns:
        (n, 2) degrees, and px from the top left corner; the plainest lines first, 12 at most.
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
        return np.empty((0, 2))
    distances, normals = lines.reshape(-1, lines.shape[-1])[:_MOST_RULES, :2].T.astype(np.float64)
    return np.stack([np.degrees(normals) - 90, distances], axis=1)


@dataclass(frozen=True, slots=True)
class LevelInk:
    """The ink of a page whose printed lines are level, and the way back to the page as it lies.

    Attributes:
        ink: Of the level page.
        back: (2, 3): takes its places to those of the page as it lies; None where it is level.
    """

    ink: InkMap
    back: NDArray[np.float64] | None = None

    def as_it_lies(self, line: LineReading) -> LineReading:
        """A line of the level page where it is on the tilted one; boxes stay upright."""
        if self.back is None:
            return line
        moved = line.moved(self._moved)
        return replace(moved, box=Box.around(digit.box for digit in moved.digits))

    def _moved(self, box: Box) -> Box:
        middle = np.array([box.x + box.w / 2, box.y + box.h / 2, 1.0])
        assert self.back is not None
        x, y = self.back @ middle
        return Box(round(float(x) - box.w / 2), round(float(y) - box.h / 2), box.w, box.h)


def find_level_ink(pixels: NDArray[np.uint8], *, widest: float = WIDEST_STROKE) -> LevelInk:
    """Tell ink from paper, and turn it so that a form's printed lines are level.

    Args:
        pixels: (h, w, 3) uint8 RGB.
        widest: See ``find_ink``.
    """
    ink = find_ink(pixels, widest=widest)
    tilt = _find_tilt(ink.solid)
    return LevelInk(ink) if tilt is None else _turned(ink, tilt)


def _turned(ink: InkMap, tilt: float) -> LevelInk:
    """The page turned by so many degrees, on a canvas that holds all of it."""
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
    return LevelInk(level, np.asarray(cv2.invertAffineTransform(turn), np.float64))


def _find_tilt(solid: NDArray[np.uint8]) -> float | None:
    """The tilt of a form's lines, degrees; None where it has none, or they are level."""
    if not _may_be_form(*solid.shape):
        return None
    share = min(1.0, _SIDE / max(solid.shape))
    if share < 1:
        size = round(solid.shape[1] * share), round(solid.shape[0] * share)
        # Fine lines stay, down to a quarter of their size: rounded to 1 or 2 from there on.
        shrunk = cv2.resize(2 * solid, size, interpolation=cv2.INTER_AREA)
        solid = np.asarray(np.minimum(shrunk, 1), dtype=np.uint8)
    tilts, places = find_tilted_rules(solid, step_deg=_STEP_DEG, steepest_deg=_STEEPEST_DEG).T
    # One line may be a stroke; each is found several times.
    if not len(tilts) or np.ptp(places) < _APART * _SIDE:
        return None
    tilt = float(np.median(tilts))
    is_alike = np.abs(tilts - tilt) <= _ALIKE_DEG
    return tilt if abs(tilt) >= _LEVEL_DEG and is_alike.mean() >= 0.5 else None


def _may_be_form(height: int, width: int) -> bool:
    """Whether it is large enough, and no line that somebody cut out: that ends at its edges."""
    smallest = _SMALLEST_WIDE if width >= LINE_SHAPE * height else _SMALLEST
    return min(height, width) >= smallest
