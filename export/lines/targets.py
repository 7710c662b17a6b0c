"""What the line reader's network has to answer for a frame, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from model.line_decode import SIDES, STRIDE
from model.line_frame import DIGIT_HEIGHT, LINE_HEIGHT
from model.marks import MARKS

WIDTH_STEP: Final = 16
"""Px of which the frames that learn together are a multiple wide: oneDNN prepares itself anew for
every width that it meets."""

_CENTRE_COLUMNS: Final = 1
"""Columns on each side of a character's middle that also answer for its box."""


@dataclass(frozen=True, slots=True, eq=False)
class LineSample:
    """A frame and what it shows.

    Attributes:
        frame: (32, w) uint8, ink 255.
        marks: (n,) int64, from left to right.
        boxes: (n, 4) float32: x, y, w, h in the frame, px; or (0, 4) where only marks are known.
        only_digits: Whether separators and other marks may stand there that nobody labelled.
    """

    frame: NDArray[np.uint8]
    marks: NDArray[np.int64]
    boxes: NDArray[np.float32]
    only_digits: bool = False


def sequence_target(sample: LineSample, columns: int) -> NDArray[np.float32]:
    """(columns, 7): the marks in order, padded with -1; whether all are labelled; the box."""
    target = np.zeros((columns, 2 + SIDES + 1), dtype=np.float32)
    target[:, 0] = -1
    target[: len(sample.marks), 0] = sample.marks[:columns]
    target[:, 1] = not sample.only_digits
    _set_sides(target[:, 2:], sample)
    return target


def detection_target(sample: LineSample, columns: int) -> NDArray[np.float32]:
    """(columns, 23): closeness to each mark's centre, 1 at it; whether all are labelled; box."""
    target = np.zeros((columns, len(MARKS) + 1 + SIDES + 1), dtype=np.float32)
    target[:, len(MARKS)] = not sample.only_digits
    places = np.arange(columns, dtype=np.float32)
    for mark, (x, _, w, _) in zip(sample.marks, sample.boxes, strict=False):
        centre = (x + w / 2) / STRIDE - 0.5
        spread = max(0.5, float(w) / STRIDE / 6)
        near = np.exp(-((places - round(float(centre))) ** 2) / (2 * spread**2))
        np.maximum(target[:, mark], near, out=target[:, mark])
    _set_sides(target[:, len(MARKS) + 1 :], sample)
    return target


def _set_sides(target: NDArray[np.float32], sample: LineSample) -> None:
    """Left, right, top and bottom, in digit heights, at each character's middle columns."""
    columns = len(target)
    for x, y, w, h in sample.boxes:
        centre = round(float((x + w / 2) / STRIDE - 0.5))
        for column in range(centre - _CENTRE_COLUMNS, centre + _CENTRE_COLUMNS + 1):
            if not 0 <= column < columns:
                continue
            weight = 1.0 if column == centre else 0.5
            if target[column, SIDES] >= weight:  # a neighbour's middle
                continue
            here = (column + 0.5) * STRIDE
            sides = (here - x, x + w - here, LINE_HEIGHT / 2 - y, y + h - LINE_HEIGHT / 2)
            target[column, :SIDES] = np.array(sides) / DIGIT_HEIGHT
            target[column, SIDES] = weight


TARGETS: Final = {"sequence": sequence_target, "detection": detection_target}
