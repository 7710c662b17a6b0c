"""From the line network's columns to characters with boxes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from model.line_frame import DIGIT_HEIGHT, LINE_HEIGHT
from model.marks import DIGITS, MARKS

if TYPE_CHECKING:
    from numpy.typing import NDArray

STRIDE: Final = 2
"""Px of the frame for each column of answers. Two upright 1s stand 6 px apart: a sequence needs
a blank column between them."""

SIDES: Final = 4
"""Left, right, top and bottom of a character's box, seen from its column and the line's middle;
in digit heights."""

_LEAST_PEAK: Final = 0.3
# Share of the narrower box's width; digits overlap, but not by more than this.
_MOST_COMMON: Final = 0.6


@dataclass(frozen=True, slots=True)
class Character:
    """One character of a line.

    Attributes:
        mark: Its number in model.marks.MARKS.
        probability: Of that mark, before calibration.
        box: x, y, w, h in the frame, px.
        digits: Of each of the ten digits, likewise. Those of a sequence lack of 1 what says that
            it is none; a detector judges each by itself.
    """

    mark: int
    probability: float
    box: tuple[float, float, float, float]
    digits: tuple[float, ...]


def decode_sequence(columns: NDArray[np.float32]) -> list[Character]:
    """The best path of a sequence (Graves et al., 2006): runs of one mark, blanks between them.

    Args:
        columns: (T, len(MARKS) + 1 + SIDES): logits, the blank last, then sides.
    """
    blank = len(MARKS)
    chances = _chances(columns)
    best = chances.argmax(axis=1)
    edges = np.flatnonzero(np.diff(best, prepend=-1, append=-1))
    found = []
    for start, end in pairwise(edges):
        mark = int(best[start])
        if mark != blank:
            column = int(start) + int(chances[start:end, mark].argmax())
            found.append(_character(mark, column, chances[column], columns))
    return found


def _chances(columns: NDArray[np.float32]) -> NDArray[np.float64]:
    """(T, len(MARKS) + 1): of each mark and of the blank; a row sums to 1."""
    logits = columns[:, : len(MARKS) + 1].astype(np.float64)
    chances = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(chances / chances.sum(axis=1, keepdims=True), dtype=np.float64)


def decode_detection(columns: NDArray[np.float32]) -> list[Character]:
    """The peaks of a detector, the surest first among those that claim the same ink.

    Args:
        columns: (T, len(MARKS) + SIDES): a logit for each mark's centre, then sides.
    """
    chances = 1 / (1 + np.exp(-columns[:, : len(MARKS)].astype(np.float64)))
    best = chances.argmax(axis=1)
    height = chances.max(axis=1)
    around = np.pad(height, 1)
    is_peak = (height >= around[:-2]) & (height > around[2:]) & (height > _LEAST_PEAK)
    found: list[Character] = []
    for column in sorted(np.flatnonzero(is_peak), key=lambda c: -height[c]):
        one = _character(int(best[column]), int(column), chances[column], columns)
        if all(_common(one, other) <= _MOST_COMMON for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.box[0] + one.box[2] / 2)


def _character(
    mark: int, column: int, chances: NDArray[np.float64], columns: NDArray[np.float32]
) -> Character:
    left, right, top, bottom = (float(side) * DIGIT_HEIGHT for side in columns[column, -SIDES:])
    here, middle = (column + 0.5) * STRIDE, LINE_HEIGHT / 2
    box = (here - left, middle - top, max(1.0, left + right), max(1.0, top + bottom))
    digits = tuple(float(chance) for chance in chances[: len(DIGITS)])
    return Character(mark, float(chances[mark]), box, digits)


def _common(one: Character, other: Character) -> float:
    """How much of the narrower box's width the two share."""
    start = max(one.box[0], other.box[0])
    end = min(one.box[0] + one.box[2], other.box[0] + other.box[2])
    return max(0.0, end - start) / min(one.box[2], other.box[2])
