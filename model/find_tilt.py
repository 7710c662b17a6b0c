"""Finds how far the rows of a page fall or climb, so that it can be straightened."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from model.apply_care import adjusted
from model.care import STEEPEST_DEG, Care
from model.ink import find_ink
from model.level import find_tilted_rules
from model.rows import find_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from model.rows import Row

# Longer side at which it is looked for, px.
_SIDE: Final = 640
# A row tells by its length; one shorter than this, in heights of its digits, says nothing.
_LONG_ROW: Final = 3.0
_DIGITS: Final = 3
# How finely printed lines are told apart.
_STEP_DEG: Final = 0.1
_ROUNDS: Final = 2
_CLOSE_DEG: Final = 3.0


def find_tilt(pixels: NDArray[np.uint8]) -> float | None:
    """How far the writing falls to the right, in degrees from -15 to 15.

    Args:
        pixels: (h, w, 3) uint8 RGB.

    Returns:
        A tenth of a degree exact at best; None where neither rows nor printed lines tell.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    tilt = 0.0
    for at in range(_ROUNDS):
        # Rows that climb steeply are told apart badly, level ones well: it is found in rounds.
        level = adjusted(small, Care(tilt_deg=tilt)) if tilt else small
        left = _tilt_once(level)
        if left is None:
            return tilt if at else None
        tilt = min(max(tilt + left, -STEEPEST_DEG), STEEPEST_DEG)
        if abs(left) < _CLOSE_DEG:
            break
    return tilt


def _tilt_once(pixels: NDArray[np.uint8]) -> float | None:
    ink = find_ink(pixels)
    found = [*_of_rules(ink.solid), *(_of_row(row) for row in find_rows(ink).rows)]
    told = [(tilt, weight) for tilt, weight in found if weight > 0 and abs(tilt) <= STEEPEST_DEG]
    if not told:
        return None
    return _weighted_median(np.array(told))


def _of_row(row: Row) -> tuple[float, float]:
    """A row's tilt, and its length in heights of its digits; no weight where it is short."""
    columns = [box.x + box.w / 2 for box in row.boxes]
    length = (max(columns) - min(columns)) / max(row.height, 1.0)
    is_long = len(columns) >= _DIGITS and length >= _LONG_ROW
    return math.degrees(math.atan(row.slope)), length if is_long else 0.0


def _of_rules(solid: NDArray[np.uint8]) -> list[tuple[float, float]]:
    """Tilts of printed lines, with weights."""
    rules = find_tilted_rules(solid, step_deg=_STEP_DEG, steepest_deg=STEEPEST_DEG)
    return [(float(tilt), _LONG_ROW) for tilt, _ in rules]


def _weighted_median(told: NDArray[np.float64]) -> float:
    order = told[told[:, 0].argsort()]
    total = np.cumsum(order[:, 1])
    return float(order[int(np.searchsorted(total, total[-1] / 2)), 0])
