"""Printed lines: ruling, squared paper, the sides of boxes. They are not writing."""

from __future__ import annotations

from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from model.components import Components, find_components
from model.types import Box

Mask: TypeAlias = NDArray[np.uint8]

# A rule is thin, long and straight. Shares of the picture's longer side.
_THICKEST: Final = 0.012
_STEP: Final = 0.01
_LONG: Final = 0.5
_ACROSS: Final = 0.8
_COVERED: Final = 0.6
_GAP_STEPS: Final = 2
# Width of a page, px, from which not every column is looked at.
_LARGE: Final = 1_200
# A frame is wide and hollow: shares of the picture's longer side, and of its own box.
_FRAME: Final = 0.06
_HOLLOW: Final = 0.3
# Share of a frame's height that its sides have.
_SIDE: Final = 0.7
# Share of its length that has ink where a frame's fourth side is dotted.
_DOTTED: Final = 0.4


def erase_rules(solid: Mask) -> Mask:
    """The ink without printed lines; strokes that cross one stay whole.

    Args:
        solid: (h, w) uint8, 1 where there is ink.
    """
    thick = max(3, round(_THICKEST * max(solid.shape)))
    level, rows = _find_rules(solid, thick)
    upright, _ = _find_rules(_transposed(solid), thick)
    rules = level | _transposed(upright)
    if len(rows) >= 2:
        rules |= _find_box_sides(solid, rules, rows, thick)
    if not rules.any():
        return solid
    return _mend_strokes(_without(solid, rules), rules, thick)


def erase_frames(solid: Mask, components: Components) -> tuple[Mask, list[Box]]:
    """The ink without the frames of printed fields, and where those are.

    Args:
        solid: (h, w) uint8, 1 where there is ink.
        components: Its own.

    Returns:
        The ink, the very same array where there is no frame; and one box around each: a field, a
        comb or a table on a form.
    """
    least = _FRAME * max(solid.shape)
    cleared, frames = solid, []
    _, _, widths, heights, areas = components.boxes.T
    is_hollow = areas <= _HOLLOW * widths * heights
    for i in np.flatnonzero((widths >= least) & (widths >= heights) & is_hollow):
        x, y, w, h = (int(value) for value in components.boxes[i, :4])
        window = slice(y, y + h), slice(x, x + w)
        own = np.asarray(components.labels[window] == i, dtype=np.uint8)
        thick = max(3, round(_THICKEST * max(own.shape)))
        rules, rows = _find_rules(own, thick)
        # Upright, only what joins two level lines: a tall stroke may cross a low frame.
        sides = _find_box_sides(own, rules, rows, thick) if len(rows) >= 2 else np.zeros_like(own)
        if len(rows) == 1 and _has_dotted_side(solid[window], rows[0], thick):
            sides = _find_outer_sides(own, thick)
        if len(rows) < 2 and not sides.any():
            continue
        rules |= sides
        kept = _mend_strokes(_without(own, rules), rules, thick)
        if cleared is solid:
            cleared = solid.copy()
        cleared[window] &= 1 - (own & (1 - kept))
        if not sides.any():  # ruled lines that something joins: writing may go on past them
            continue
        # Writing that crosses the frame does not belong to it.
        left, top, across, down = cv2.boundingRect(rules)
        frames.append(Box(x + left, y + top, across, down))
    return cleared, frames


def _find_rules(solid: Mask, thick: int) -> tuple[Mask, list[float]]:
    """Level lines that reach an edge of the picture or cross most of it, and their mean rows."""
    width = solid.shape[1]
    step = max(15, round(_STEP * max(solid.shape)))
    if width < 3 * step:
        return np.zeros_like(solid), []
    # What is higher than a rule is thick goes; what is left must be level over some distance. A
    # line that rises by 3 degrees and is 2 px thick still runs level for 38 px.
    high = _opened(solid, rows=thick + 1)
    thin = _without(solid, high)
    pieces = _opened(thin, columns=step)
    if np.count_nonzero(pieces.any(axis=0)) < _COVERED * _LONG * width:
        return np.zeros_like(solid), []
    # Writing that crosses the line, dots and a step of its slope all leave gaps.
    # What is joined is long: on a large page every fourth column tells as much, and sooner.
    every = 4 if width >= _LARGE else 1
    joined, seen = _joined(pieces, _GAP_STEPS * step, every), pieces[:, ::every]
    found = find_components(joined)
    kept = np.zeros_like(joined)
    rows = []
    for i in range(1, len(found.boxes)):
        x, y, w, h = (int(value) for value in found.boxes[i, :4])
        window = slice(y, y + h), slice(x, x + w)
        x, w = every * x, every * w
        # Joining has made it longer at each end.
        reaches_edge = x <= 2 or x + w >= width - 2
        is_long = w >= _ACROSS * width or (reaches_edge and w >= _LONG * width)
        is_level = h <= max(3 * thick, 0.1 * w)
        if not (is_long and is_level):
            continue
        own = found.labels[window] == i
        if _coverage(seen[window], own) > _COVERED:
            kept[window] |= own
            rows.append(float(found.rows[i]))
    if not rows:
        return np.zeros_like(solid), []
    # The whole thickness of the line, also where its edge is ragged.
    pieces &= _widened(kept, every)[:, :width]
    return _without(solid & _grown(pieces, rows=3, columns=3), high), rows


def _joined(pieces: Mask, reach: int, every: int) -> Mask:
    """Pieces grown by a row, and by so many columns to both sides; every so many columns of that.

    Args:
        pieces: (h, w) uint8, 0 or 1.
        reach: At least ``every``.
        every: Of the columns, one is kept.
    """
    # Grown a little, the columns that are kept hold all that lies between them and behind the last;
    # the rest of the way is grown in these alone, in half the time.
    steps = (reach - (every - 1)) // every
    near = _grown(pieces, rows=3, columns=2 * (reach - steps * every) + 1)
    kept = np.ascontiguousarray(near[:, ::every])
    return _grown(kept, rows=1, columns=2 * steps + 1)


def _coverage(pieces: Mask, own: NDArray[np.bool_]) -> float:
    """How much of its length a line really has ink: the bars of a row of 5s have gaps."""
    return float((pieces.astype(bool) & own).any(axis=0).sum() / own.any(axis=0).sum())


def _find_box_sides(solid: Mask, rules: Mask, rows: list[float], thick: int) -> Mask:
    """Upright lines that join two rules: the sides of printed boxes."""
    gaps = np.diff(sorted(rows))
    gaps = gaps[gaps > 4 * thick]
    if gaps.size == 0:
        return np.zeros_like(solid)
    length = max(3, int(0.7 * gaps.min()))
    upright = _opened(_without(solid, _opened(solid, columns=thick + 1)), rows=length)
    near = _grown(rules, rows=2 * thick + 3, columns=3)
    found = find_components(upright)
    keep = np.zeros(len(found.boxes), dtype=np.uint8)
    for i in range(1, len(found.boxes)):
        x, y, w, h = (int(value) for value in found.boxes[i, :4])
        ends = near[max(0, y - 1) : y + 2, x : x + w], near[y + h - 2 : y + h + 1, x : x + w]
        keep[i] = all(end.any() for end in ends)
    return np.asarray(keep[found.labels], dtype=np.uint8)


def _has_dotted_side(window: Mask, row: float, thick: int) -> bool:
    """Whether ink lies along most of the side across from a frame's one level line."""
    across = window[-2 * thick :] if row < window.shape[0] / 2 else window[: 2 * thick]
    return float(across.any(axis=0).mean()) > _DOTTED


def _find_outer_sides(solid: Mask, thick: int) -> Mask:
    """The upright lines at both ends of a component; nothing where one is missing."""
    found = np.zeros_like(solid)
    length = max(3, round(_SIDE * solid.shape[0]))
    thin = _without(solid, _opened(solid, columns=thick + 1))
    for end in (slice(None, 2 * thick), slice(-2 * thick, None)):
        found[:, end] = _opened(thin[:, end], rows=length)
        if not found[:, end].any():
            return np.zeros_like(solid)
    return found


def _mend_strokes(solid: Mask, rules: Mask, thick: int) -> Mask:
    """Give back the erased pixels that lie between ink above and below, or left and right."""
    reach = thick + 3
    bridged = _closed(solid, rows=reach) | _closed(solid, columns=reach)
    return solid | (bridged & rules)


def _transposed(mask: Mask) -> Mask:
    # Tile by tile: numpy walks down whole columns, in ten times the time.
    return np.asarray(cv2.transpose(mask), dtype=np.uint8)


def _widened(mask: Mask, times: int) -> Mask:
    """Each column so many times."""
    size = (times * mask.shape[1], mask.shape[0])
    return np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST), dtype=np.uint8)


def _without(mask: Mask, other: Mask) -> Mask:
    return mask & (1 - other)


def _opened(mask: Mask, *, rows: int = 1, columns: int = 1) -> Mask:
    kernel = np.ones((rows, columns), np.uint8)
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel), dtype=np.uint8)


def _closed(mask: Mask, *, rows: int = 1, columns: int = 1) -> Mask:
    kernel = np.ones((rows, columns), np.uint8)
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel), dtype=np.uint8)


def _grown(mask: Mask, *, rows: int, columns: int) -> Mask:
    return np.asarray(cv2.dilate(mask, np.ones((rows, columns), np.uint8)), dtype=np.uint8)
