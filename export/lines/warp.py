"""Other slant, size, place, bends, pen and resolution each time that a kept line is shown.

A few hundred real amounts are shown hundreds of times each: unchanged, they are learned by heart.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from export.lines.targets import LineSample
from model.line_frame import LINE_HEIGHT

_WIDTH: Final = 0.12
"""Standard deviation of the logarithm of the change in width."""

_HEIGHT: Final = 0.08
"""Standard deviation of the logarithm of the change in height."""

_SLANT: Final = 0.15
"""Standard deviation of the slope added to upright strokes."""

_SHIFT: Final = 1.0
"""Standard deviation of the shift up or down, px."""

_KNOTS: Final = 10
"""Px at most between the points that are moved each by itself, and the frame with them: the grid
of Wigington et al., 2017."""

_BEND: Final = 0.9
"""Standard deviation of such a point's move, px."""

_PEN_SHARE: Final = 0.4
_BLUR_SHARE: Final = 0.2
_COARSE_SHARE: Final = 0.15


def warp(sample: LineSample, rng: np.random.Generator) -> LineSample:
    """Change a line without changing what it says.

    Args:
        sample: A line.
        rng: Decides the change.

    Returns:
        The same marks; the boxes follow, but for what a slant adds to their width.
    """
    across, down = np.exp(rng.normal(0, (_WIDTH, _HEIGHT)))
    slant, shift = rng.normal(0, (_SLANT, _SHIFT))
    width = max(1, round(sample.frame.shape[1] * across))
    middle = LINE_HEIGHT / 2
    forward = np.array(
        [[across, -slant, slant * middle], [0, down, middle * (1 - down) + shift]],
        dtype=np.float32,
    )
    inverse = cv2.invertAffineTransform(forward)
    frame = _change_pen(_bend(sample.frame, inverse, width, rng), rng)
    boxes = sample.boxes.copy()
    if len(boxes):
        centres = boxes[:, 1] + boxes[:, 3] / 2
        boxes[:, 0] = boxes[:, 0] * across - slant * (centres - middle)
        boxes[:, 2] *= across
        boxes[:, 1] = boxes[:, 1] * down + forward[1, 2]
        boxes[:, 3] *= down
    return LineSample(np.asarray(frame, np.uint8), sample.marks, boxes, sample.only_digits)


def _bend(
    frame: NDArray[np.uint8], inverse: cv2.typing.MatLike, width: int, rng: np.random.Generator
) -> NDArray[np.uint8]:
    """Take the frame through an affine change and a grid of random moves, in one step."""
    size = (width, LINE_HEIGHT)
    knots = (2, LINE_HEIGHT // _KNOTS + 2, width // _KNOTS + 2)
    moves = rng.normal(0, _BEND, size=knots).astype(np.float32)
    across, down = (cv2.resize(move, size, interpolation=cv2.INTER_CUBIC) for move in moves)
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(LINE_HEIGHT, dtype=np.float32))
    x, y = x + across, y + down
    a, b = inverse.astype(np.float32)
    back = (a[0] * x + a[1] * y + a[2], b[0] * x + b[1] * y + b[2])
    return np.asarray(cv2.remap(frame, *back, cv2.INTER_LINEAR), dtype=np.uint8)


def _change_pen(frame: cv2.typing.MatLike, rng: np.random.Generator) -> NDArray[np.uint8]:
    """A broader or finer pen, a softer picture, a coarser one."""
    if rng.random() < _PEN_SHARE:
        change = cv2.dilate if rng.random() < 0.5 else cv2.erode
        part = rng.uniform(0.2, 0.7)
        frame = cv2.addWeighted(
            change(frame, np.ones((2, 2), np.uint8)), part, frame, 1 - part, 0.0
        )
    if rng.random() < _BLUR_SHARE:
        frame = cv2.GaussianBlur(frame, (0, 0), rng.uniform(0.4, 0.9))
    if rng.random() < _COARSE_SHARE:
        height, width = frame.shape
        part = rng.uniform(0.45, 0.8)
        small = cv2.resize(
            frame, (max(1, round(width * part)), round(height * part)), interpolation=cv2.INTER_AREA
        )
        frame = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(frame, dtype=np.uint8)
