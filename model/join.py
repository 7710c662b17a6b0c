"""Put together what a dry pen or a bad copy broke: pieces of one digit."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from model.types import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Shares of the writing's height.
_LOW: Final = 0.7
_LOW_GAP: Final = 0.22
_TALL_GAP: Final = 0.15
_TALLEST: Final = 2.2
# Share of the narrower piece's width.
_COMMON: Final = 0.35

# Parts of a character that fell apart beyond that: how near to one another, how high and how wide
# together, as shares of the same height, and how much ink, as a share of a usual character's.
_SCATTERED: Final = 0.5
_HIGH: Final = (0.6, 1.8)
_WIDE: Final = 1.2
_INKED: Final = 0.4

_MOST_SCATTERED: Final = 60
"""Scraps beside a field's rows beyond which they are a photograph or dirt."""

_MOST_PIECES: Final = 1_500
"""A page with more is a photograph or grain: looking at all pairs would take longer than it is
worth."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One connected piece of ink: its label in the page's label map, its box and its area."""

    label: int
    box: Box
    area: int


def writing_height(pieces: list[Piece]) -> float:
    """The height that most of the ink has: median of the pieces' heights, weighed by their area."""
    if not pieces:
        return 0.0
    order = sorted(pieces, key=lambda piece: piece.box.h)
    areas = np.cumsum([piece.area for piece in order])
    return float(order[int(np.searchsorted(areas, areas[-1] / 2))].box.h)


def join_broken(pieces: list[Piece], labels: NDArray[np.int32]) -> list[Piece]:
    """Join pieces that stand above one another with next to no gap.

    Args:
        labels: (h, w) int32, the pieces' label map; what was joined gets one label, in place: of a
            large page a copy takes 8 MB.

    Returns:
        The pieces, fewer where some were joined.
    """
    if not 1 < len(pieces) <= _MOST_PIECES:
        return pieces
    height = writing_height(pieces)
    parents = list(range(len(pieces)))
    boxes = [piece.box for piece in pieces]
    for upper, lower in _stacked_pairs(pieces, height):
        top, foot = _root(parents, upper), _root(parents, lower)
        joined = Box.around((boxes[top], boxes[foot]))
        if top != foot and joined.h <= _TALLEST * height:
            parents[foot] = top
            boxes[top] = joined
    roots = [_root(parents, i) for i in range(len(pieces))]
    if roots == list(range(len(pieces))):
        return pieces
    areas: dict[int, int] = {}
    for piece, root in zip(pieces, roots, strict=True):
        areas[root] = areas.get(root, 0) + piece.area
        if pieces[root] is not piece:
            _relabel(piece, pieces[root].label, labels)
    return [Piece(pieces[root].label, boxes[root], area) for root, area in areas.items()]


def join_scattered(
    scraps: list[Piece], usual: float, height: float, labels: NDArray[np.int32]
) -> tuple[list[Piece], list[Piece]]:
    """Of a field's ink that is in no row, what is as large as a character and holds as much ink.

    A felt pen that runs dry leaves a 7's bar and the foot of its stem; neither is as high as
    writing.

    Args:
        scraps: Pieces that are in no row.
        usual: Ink of the field's characters, px.
        height: Of the writing, px.
        labels: As for ``join_broken``.

    Returns:
        The characters, one piece each, and the scraps that are of none.
    """
    if not 1 < len(scraps) <= _MOST_SCATTERED:
        return [], scraps
    parents = list(range(len(scraps)))
    for i, j in itertools.combinations(range(len(scraps)), 2):
        if _apart(scraps[i].box, scraps[j].box) < _SCATTERED * height:
            parents[_root(parents, j)] = _root(parents, i)
    groups: dict[int, list[Piece]] = {}
    for i, piece in enumerate(scraps):
        groups.setdefault(_root(parents, i), []).append(piece)
    joined, left = [], []
    for parts in groups.values():
        box, area = Box.around(part.box for part in parts), sum(part.area for part in parts)
        is_sized = _HIGH[0] * height < box.h < _HIGH[1] * height and box.w < _WIDE * height
        if len(parts) > 1 and is_sized and area > _INKED * usual:
            for part in parts[1:]:
                _relabel(part, parts[0].label, labels)
            joined.append(Piece(parts[0].label, box, area))
        else:
            left += parts
    return joined, left


def _apart(one: Box, other: Box) -> int:
    """The wider of the gaps between two boxes, across and down, px; 0 where they meet."""
    across = max(one.x - other.right, other.x - one.right)
    down = max(one.y - other.bottom, other.y - one.bottom)
    return max(across, down, 0)


def _relabel(piece: Piece, label: int, labels: NDArray[np.int32]) -> None:
    box = piece.box
    window = labels[box.y : box.bottom, box.x : box.right]
    window[window == piece.label] = label


def _stacked_pairs(pieces: list[Piece], height: float) -> list[tuple[int, int]]:
    """Pairs (upper, lower) that may be one digit, the closest first."""
    x, y, right, bottom = (
        np.array([getattr(piece.box, side) for piece in pieces])
        for side in ("x", "y", "right", "bottom")
    )
    low = (bottom - y) < _LOW * height
    common = np.minimum(right[:, None], right) - np.maximum(x[:, None], x)
    narrower = np.minimum((right - x)[:, None], right - x)
    gap = y - bottom[:, None]  # of the piece in the column below that in the row
    allowed = np.where(low[:, None] | low, _LOW_GAP, _TALL_GAP) * height
    below = y + bottom > (y + bottom)[:, None]
    near = (gap <= allowed) & below & (common > _COMMON * narrower)
    # Two tall pieces that overlap in height stand side by side, slanted.
    near &= low[:, None] | low | (gap > -0.3 * height)
    pairs = np.argwhere(near)
    return [(int(a), int(b)) for a, b in sorted(pairs.tolist(), key=lambda p: gap[p[0], p[1]])]


def _root(parents: list[int], i: int) -> int:
    while parents[i] != i:
        i = parents[i]
    return i
