"""Upright lines of a printed table that lies aslant: no writing, but as tall as many rows of it.

``rules`` erases lines that are level or upright to a pixel over some distance. On a sheet that was
photographed or scanned a few degrees aslant those of a table are left, and tie its rows together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from model.join import writing_height

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from model.join import Piece

# Shares of the writing's height: how long a line is at least, how thick at most, and how far beside
# it a bit of it may lie. Digits beside small print may be as tall and as thin.
_LONG: Final = 4.0
_THICKEST: Final = 0.3
_BESIDE: Final = 0.3
# What is so tall and has no more ink a row is a line with the stumps of those that crossed it.
_TALL: Final = 6.0
_BARE: Final = 0.45
# Of its own length: how far it may lean, and how far beyond its ends its bits are looked for.
_LEAN: Final = 0.15
_BEYOND: Final = 0.5
# A bit of it may be so much thicker.
_AS_THIN: Final = 1.6
# A table has so many of them, and each crosses a level line of it, or ends at one.
_FEWEST: Final = 2
_NEAR_PX: Final = 3


@dataclass(frozen=True, slots=True)
class _Line:
    """An upright line: its column at a row is ``column + lean * row``."""

    column: float
    lean: float
    top: int
    bottom: int
    thickness: float

    def holds(self, piece: Piece, reach: float) -> bool:
        """Whether a piece lies on it, or beyond its ends on its way."""
        more = _BEYOND * (self.bottom - self.top)
        box = piece.box
        middle = box.y + box.h / 2
        off = abs(box.x + box.w / 2 - self.column - self.lean * middle)
        return off < reach and self.top - more < middle < self.bottom + more


def without_table_lines(
    pieces: Sequence[Piece], labels: NDArray[np.int32], rules: NDArray[np.uint8]
) -> list[Piece]:
    """The pieces of a page that are no upright lines of a table, nor bits of one.

    Args:
        pieces: Of ink.
        labels: (h, w) int32, their label map.
        rules: (h, w) uint8, 1 where a printed line was erased before.
    """
    height = writing_height(list(pieces))
    long = [
        piece
        for piece in pieces
        if (_is_line(piece, height) or _is_stumped(piece, height)) and _meets(piece, rules)
    ]
    if len(long) < _FEWEST:
        return list(pieces)
    lines = [_fit(piece, labels) for piece in long if _is_line(piece, height)]
    reach, found = _BESIDE * height, {piece.label for piece in long}
    return [
        piece
        for piece in pieces
        if piece.label not in found
        and not any(
            _thickness(piece) < _AS_THIN * line.thickness
            and piece.box.w < 2 * reach + _LEAN * piece.box.h
            and line.holds(piece, reach)
            for line in lines
        )
    ]


def _is_line(piece: Piece, height: float) -> bool:
    is_long = piece.box.h > _LONG * height
    is_upright = piece.box.w < _LEAN * piece.box.h + _THICKEST * height
    return is_long and is_upright and _thickness(piece) < _THICKEST * height


def _is_stumped(piece: Piece, height: float) -> bool:
    return piece.box.h > _TALL * height and _thickness(piece) < _BARE * height


def _meets(piece: Piece, rules: NDArray[np.uint8]) -> bool:
    """Whether a printed line was erased where the piece stands."""
    box = piece.box
    top, left = max(0, box.y - _NEAR_PX), max(0, box.x - _NEAR_PX)
    return bool(rules[top : box.bottom + _NEAR_PX, left : box.right + _NEAR_PX].any())


def _thickness(piece: Piece) -> float:
    """Mean, px."""
    return piece.area / piece.box.h


def _fit(piece: Piece, labels: NDArray[np.int32]) -> _Line:
    box = piece.box
    window = labels[box.y : box.bottom, box.x : box.right] == piece.label
    rows, columns = np.nonzero(window)
    lean, column = np.polyfit(rows + box.y, columns + box.x, 1)
    return _Line(float(column), float(lean), box.y, box.bottom, _thickness(piece))
