"""Printed lines: ruling, squared paper, the sides of boxes. They are not writing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]

# A rule is thin, long and straight. Shares of the picture's longer side.
_THICKEST: Final = 0.008
_STEP: Final = 0.02
_LONG: Final = 0.25
_ACROSS: Final = 0.8


@dataclass(frozen=True, slots=True)
class _Rule:
    """One printed line: its extent along x and its mean row."""

    left: int
    right: int
    row: float


def erase_rules(solid: Mask) -> Mask:
    """The ink without printed lines; strokes that cross one stay whole.

    Args:
        solid: (h, w) uint8, 1 where there is ink.
    """
    thick = max(3, round(_THICKEST * max(solid.shape)))
    level, rows = _find_rules(solid, thick)
    upright, _ = _find_rules(np.ascontiguousarray(solid.T), thick)
    rules = level | upright.T
    if len(rows) >= 2:
        rules |= _find_box_sides(solid, rules, rows, thick)
    if not rules.any():
        return solid
    return _mend_strokes(np.asarray(solid & ~rules & 1, dtype=np.uint8), rules, thick)


def _find_rules(solid: Mask, thick: int) -> tuple[Mask, list[_Rule]]:
    """Level lines that reach an edge of the picture or cross most of it."""
    height, width = solid.shape
    step = max(15, round(_STEP * max(solid.shape)))
    if width < 3 * step:
        return np.zeros_like(solid), []
    # What is higher than a rule is thick goes; what is left must be level over some distance. A
    # line that rises by 3 degrees and is 2 px thick still runs level for 38 px.
    high = cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones((thick + 1, 1), np.uint8))
    thin = np.asarray(solid & ~high & 1, dtype=np.uint8)
    pieces = cv2.morphologyEx(thin, cv2.MORPH_OPEN, np.ones((1, step), np.uint8))
    # Writing that crosses the line, dots and a step of its slope all leave gaps.
    joined = cv2.dilate(pieces, np.ones((3, 2 * step + 1), np.uint8))
    count, labels, stats, centres = cv2.connectedComponentsWithStats(joined)
    keep = np.zeros(count, dtype=np.uint8)
    rules = []
    for i in range(1, count):
        x, _, w, h, _ = (int(value) for value in stats[i])
        reaches_edge = x <= step or x + w >= width - step
        is_long = w >= _ACROSS * width or (reaches_edge and w >= _LONG * width)
        if is_long and h <= max(3 * thick, 0.1 * w):
            keep[i] = 1
            rules.append(_Rule(x, x + w, float(centres[i][1])))
    # The whole thickness of the line, also where its edge is ragged.
    found = cv2.dilate(pieces & keep[labels], np.ones((3, 3), np.uint8)) & solid
    return np.asarray(found & ~high & 1, dtype=np.uint8), rules


def _find_box_sides(solid: Mask, rules: Mask, rows: list[_Rule], thick: int) -> Mask:
    """Upright lines that join two rules: the sides of printed boxes."""
    gaps = np.diff(sorted(rule.row for rule in rows))
    gaps = gaps[gaps > 4 * thick]
    if gaps.size == 0:
        return np.zeros_like(solid)
    length = max(3, int(0.7 * gaps.min()))
    wide = cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones((1, thick + 1), np.uint8))
    upright = np.asarray(solid & ~wide & 1, dtype=np.uint8)
    upright = np.asarray(
        cv2.morphologyEx(upright, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8)), dtype=np.uint8
    )
    near = cv2.dilate(rules, np.ones((2 * thick + 3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(upright)
    keep = np.zeros(count, dtype=np.uint8)
    for i in range(1, count):
        x, y, w, h = (int(value) for value in stats[i][:4])
        ends = near[max(0, y - 1) : y + 2, x : x + w], near[y + h - 2 : y + h + 1, x : x + w]
        keep[i] = all(end.any() for end in ends)
    return np.asarray(keep[labels], dtype=np.uint8)


def _mend_strokes(solid: Mask, rules: Mask, thick: int) -> Mask:
    """Give back the erased pixels that lie between ink above and below, or left and right."""
    reach = thick + 3
    bridged = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((reach, 1), np.uint8))
    bridged |= cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    return np.asarray(solid | (bridged & rules), dtype=np.uint8)
