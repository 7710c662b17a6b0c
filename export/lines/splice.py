"""New lines out of kept ones: the head of one before the tail of another, or a line cut short.

A few hundred real amounts hold only so many neighbours of each digit; spliced ones hold any.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from export.lines.targets import LineSample
from model.line_frame import LINE_HEIGHT, NARROWEST

_SPLICED: Final = 0.6
"""Share of lines shown with the end of another, and of these, again with that of a third."""

_MOST_SPLICES: Final = 3

_GAP: Final = 1.0
"""Px between two boxes from which a line may be cut there: a cut through ink shows."""

_LONGEST: Final = 10
"""Marks of a spliced line at most."""

_SIZES: Final = 1.8
"""Lines whose digits differ by more than this factor in height are not joined."""

_BARELY: Final = -0.5
_MOST_PAPER: Final = 2.5
"""Px of paper, at least and at most, that a cropped line keeps beside its first or last character;
below 0, some of the character goes."""


def is_boxed(sample: LineSample) -> bool:
    """Whether each of its marks has a box."""
    return len(sample.marks) == len(sample.boxes) > 0


def splice_some(
    line: LineSample, others: Sequence[LineSample], rng: np.random.Generator
) -> LineSample:
    """A line, or one spliced out of it and another, or of that and a third, up to three times.

    Args:
        line: Boxed.
        others: At least one; boxed, and labelled as fully.
        rng: Decides how many there are, which, and where they are cut.
    """
    for _ in range(_MOST_SPLICES):
        if rng.random() >= _SPLICED:
            break
        line = splice(line, others[int(rng.integers(len(others)))], rng)
    return line


def splice(head: LineSample, tail: LineSample, rng: np.random.Generator) -> LineSample:
    """The beginning of one line before the end of another, whose digits are brought to its height.

    Args:
        head: Boxed.
        tail: Boxed, and labelled as fully as the other.
        rng: Decides where they are cut.

    Returns:
        A boxed line; ``head`` as it is where one cannot be cut or they do not match.
    """
    size = _height(head) / _height(tail)
    if not 1 / _SIZES < size < _SIZES or head.only_digits != tail.only_digits:
        return head
    tail = _resized(tail, size, _middle(head))
    heads, tails = _cuts(head), _cuts(tail)
    if not heads or not tails:
        return head
    first, at = heads[int(rng.integers(len(heads)))]
    last, begin = tails[int(rng.integers(len(tails)))]
    if first + len(tail.marks) - last > _LONGEST:
        return head
    boxes = tail.boxes[last:] + np.array([at - begin, 0, 0, 0], dtype=np.float32)
    return LineSample(
        np.concatenate([head.frame[:, :at], tail.frame[:, begin:]], axis=1),
        np.concatenate([head.marks[:first], tail.marks[last:]]),
        np.concatenate([head.boxes[:first], boxes]),
        head.only_digits,
    )


def crop(sample: LineSample, rng: np.random.Generator) -> LineSample:
    """A line cut off close beside its first or its last character, or both: no cell's side there.

    Args:
        sample: Boxed.
        rng: Decides where.
    """
    at_left, at_right = ((True, False), (False, True), (True, True))[int(rng.integers(3))]
    left, right = 0, sample.frame.shape[1]
    beside = rng.uniform(_BARELY, _MOST_PAPER, size=2)
    if at_left:
        left = max(left, round(float(sample.boxes[:, 0].min() - beside[0])))
    if at_right:
        ends = sample.boxes[:, 0] + sample.boxes[:, 2]
        right = min(right, round(float(ends.max() + beside[1])))
    if right - left < 2:
        return sample
    boxes = sample.boxes - np.array([left, 0, 0, 0], dtype=np.float32)
    frame = sample.frame[:, left:right]
    if frame.shape[1] < NARROWEST:
        frame = np.pad(frame, ((0, 0), (0, NARROWEST - frame.shape[1])))
    return LineSample(frame, sample.marks, boxes, sample.only_digits)


def _height(sample: LineSample) -> float:
    return max(1.0, float(np.median(sample.boxes[:, 3])))


def _middle(sample: LineSample) -> float:
    return float(np.median(sample.boxes[:, 1] + sample.boxes[:, 3] / 2))


def _cuts(sample: LineSample) -> Sequence[tuple[int, int]]:
    """Where it may be cut: how many marks stand before, and the column."""
    starts, ends = sample.boxes[:, 0], sample.boxes[:, 0] + sample.boxes[:, 2]
    behind = np.maximum.accumulate(ends)[:-1]
    ahead = np.minimum.accumulate(starts[::-1])[::-1][1:]
    return [
        (i + 1, round(float(end + start) / 2))
        for i, (end, start) in enumerate(zip(behind, ahead, strict=True))
        if start - end >= _GAP
    ]


def _resized(sample: LineSample, size: float, middle: float) -> LineSample:
    """The same line ``size`` times as large, its middle at another row."""
    down = middle - size * _middle(sample)
    width = max(1, round(size * sample.frame.shape[1]))
    move: NDArray[np.float64] = np.array([[size, 0, 0], [0, size, down]])
    frame = cv2.warpAffine(sample.frame, move, (width, LINE_HEIGHT), flags=cv2.INTER_LINEAR)
    boxes = sample.boxes * np.float32(size) + np.array([0, down, 0, 0], dtype=np.float32)
    return LineSample(np.asarray(frame, np.uint8), sample.marks, boxes, sample.only_digits)
