"""Where the lines of writing are, and the pieces of ink that each is made of."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from model.cell_side import digits_at_side
from model.components import find_components
from model.ink import DARK
from model.join import Piece, join_broken, join_scattered, writing_height
from model.rules import erase_frames, erase_rules
from model.table_lines import without_table_lines
from model.types import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from model.ink import InkMap

SMALLEST_HEIGHT: Final = 7
"""Writing lower than this many px at working size is not looked for."""

LINE_SHAPE: Final = 1.34
"""A picture so much wider than high may show one line of writing; a camera's 4 : 3 does not."""

_MOST_ROWS: Final = 200
_MOST_PAIRS: Final = 300_000
# Shares of the height of a picture of a line.
_SIDE: Final = 0.75
_CELL_MARGIN: Final = 0.12
_ALONG: Final = 0.4
# Shares of the writing's height.
_TALL: Final = 0.45
_REACH: Final = 8.0
# Share of the height that a piece has in common with its row.
_BESIDE: Final = 0.4
_SPECK: Final = 0.08
# Share of the less high row's height that two rows have in common, and are one.
_LEVEL: Final = 0.6
# Share of a frame's height by which the next one's sides may lie elsewhere.
_UNEVEN: Final = 0.3


@dataclass(frozen=True, slots=True)
class InkLine:
    """A row of writing.

    Attributes:
        pieces: By their left edge.
        height: Of its tall pieces, px.
        limits: The columns where its field begins and ends, or the next one does.
    """

    pieces: tuple[Piece, ...]
    height: float
    limits: tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The lines of a page, top to bottom, and the map that says which pixel is whose.

    Attributes:
        lines: Rows of writing.
        labels: (h, w) int32: the label of the piece that a pixel belongs to; 0 is paper.
    """

    lines: tuple[InkLine, ...]
    labels: NDArray[np.int32]


def find_lines(ink: InkMap) -> Layout:
    """Group a page's ink into lines of writing."""
    ruled = erase_rules(ink.solid)
    components = find_components(ruled)
    solid, frames = erase_frames(ruled, components)
    if solid is not ruled:
        components = find_components(solid)
    labels, stats = components.labels, components.boxes
    # Hysteresis (Canny, 1986): a stroke that fades keeps its end, and paper grain alone is nothing.
    is_dark = np.zeros(len(stats), dtype=bool)
    is_dark[labels[ink.soft > DARK]] = True
    pieces = [
        Piece(i, Box(*box), area)
        for i, (*box, area) in zip(range(len(stats)), stats.tolist(), strict=True)
        if is_dark[i] and i > 0 and area >= 3
    ]
    pieces = [kept for piece in pieces for kept in _without_edge(piece, labels)]
    pieces = without_table_lines(pieces, labels, ink.solid & (1 - solid))
    pieces = join_broken(pieces, labels)
    height = writing_height(pieces)
    least = max(_TALL * height, SMALLEST_HEIGHT)
    frames = _side_by_side(frames)
    lines = []
    for frame, part in _by_frame(pieces, frames):
        of_part = _rows_of(part, height, least, labels)
        lines += [_to_line(row, _limits(row, frame, frames)) for row in of_part]
    if len(lines) > _MOST_ROWS:
        lines = []
    lines.sort(key=lambda line: min(piece.box.y for piece in line.pieces))
    return Layout(tuple(lines), labels)


def _without_edge(piece: Piece, labels: NDArray[np.int32]) -> list[Piece]:
    """The piece, or what is left of one that is a frame or an edge: digits that run into a side."""
    if not _is_frame_or_edge(piece, labels):
        return [piece]
    height, width = labels.shape
    if width < LINE_SHAPE * height or piece.box.h <= _SIDE * height:
        return []
    return [one for one in digits_at_side(piece, labels) if not _is_frame_or_edge(one, labels)]


def _is_frame_or_edge(piece: Piece, labels: NDArray[np.int32]) -> bool:
    """A table top, a shadow along the edge or a printed frame: large and hollow, or along a side.

    A 1 that leans may reach from the foot of a cut-out line to its head and touch its side, but
    not along two fifths of it.
    """
    box, (height, width) = piece.box, labels.shape
    at_side = box.h > _SIDE * height and any(
        width < LINE_SHAPE * height
        or np.count_nonzero(labels[:, x] == piece.label) > _ALONG * height
        for x in (0, width - 1)
        if box.x <= x < box.right
    )
    at_end = box.y == 0 or box.bottom == height
    along = at_side or (at_end and box.w > 0.75 * width)
    hollow = piece.area < 0.12 * box.w * box.h
    frames = hollow and box.w > 0.8 * width and box.h > 0.6 * height
    return along or frames or _is_cut_off(box, width, height)


def _is_cut_off(box: Box, width: int, height: int) -> bool:
    """A scrap at the edge of a picture of a line: what is left of a neighbour or a cell's edge."""
    if width < LINE_SHAPE * height:
        return False
    margin = _CELL_MARGIN * height
    beside = (box.x <= 2 and box.right <= margin) or (
        box.right >= width - 2 and box.x >= width - margin
    )
    beyond = (box.y <= 2 and box.bottom <= margin) or (
        box.bottom >= height - 2 and box.y >= height - margin
    )
    return beside or beyond


def _by_frame(pieces: list[Piece], frames: list[Box]) -> list[tuple[Box | None, list[Piece]]]:
    """Pieces in the same frame, and those in none: a field ends at its frame.

    A frame may lie in another: the innermost counts.
    """
    inner = sorted(frames, key=lambda frame: frame.w * frame.h)
    parts: dict[Box | None, list[Piece]] = {}
    for piece in pieces:
        x, y = piece.box.x + piece.box.w / 2, piece.box.y + piece.box.h / 2
        around = (f for f in inner if f.x <= x < f.right and f.y <= y < f.bottom)
        parts.setdefault(next(around, None), []).append(piece)
    return list(parts.items())


def _limits(row: list[Piece], frame: Box | None, frames: list[Box]) -> tuple[float, float]:
    """The columns between which a row may be looked at: its frame's, or up to the next frames."""
    if frame is not None:
        return frame.x, frame.right
    left, right = min(p.box.x for p in row), max(p.box.right for p in row)
    top, bottom = min(p.box.y for p in row), max(p.box.bottom for p in row)
    beside = [other for other in frames if other.y < bottom and top < other.bottom]
    return (
        max((other.right for other in beside if other.right <= left), default=-math.inf),
        min((other.x for other in beside if other.x >= right), default=math.inf),
    )


def _side_by_side(frames: list[Box]) -> list[Box]:
    """Frames with those joined that stand beside one another, as high and no farther apart."""
    joined: list[Box] = []
    for frame in sorted(frames, key=lambda frame: frame.x):
        for i, other in enumerate(joined):
            off = max(abs(frame.y - other.y), abs(frame.bottom - other.bottom))
            if off < _UNEVEN * other.h and 0 <= frame.x - other.right < other.h:
                top, bottom = min(frame.y, other.y), max(frame.bottom, other.bottom)
                joined[i] = Box(other.x, top, frame.right - other.x, bottom - top)
                break
        else:
            joined.append(frame)
    return joined


def _rows_of(
    part: list[Piece], height: float, least: float, labels: NDArray[np.int32]
) -> list[list[Piece]]:
    """The rows of one field; what fell apart beside them is gathered again, whole.

    Args:
        part: The field's pieces.
        height: Of the page's writing, px.
        least: Height of a tall piece, px.
        labels: The page's, changed in place where pieces are joined.
    """
    tall = [piece for piece in part if piece.box.h >= least]
    small = [p for p in part if p.box.h < least and max(p.box.w, p.box.h) > _SPECK * height]
    rows = _with_small(tall, small, height)
    if not rows:
        return rows
    in_rows = {piece.label for row in rows for piece in row}
    scraps = [piece for piece in small if piece.label not in in_rows]
    usual = float(np.median([piece.area for piece in tall]))
    joined, left = join_scattered(scraps, usual, height, labels)
    if not joined:
        return rows
    small = [piece for piece in small if piece.label in in_rows] + left
    return _with_small(tall + joined, small, height)


def _with_small(tall: list[Piece], small: list[Piece], height: float) -> list[list[Piece]]:
    rows = _merge_rows(_gather_rows(tall, height), height)
    if len(rows) * len(small) <= _MOST_PAIRS:
        _add_small(rows, small, height)
    return rows


def _gather_rows(tall: list[Piece], height: float) -> list[list[Piece]]:
    """From left to right, each tall piece joins the row whose last piece it stands beside.

    No rows where there would be more than any page of writing has: grain, or a photograph.
    """
    rows: list[list[Piece]] = []
    ends: list[int] = []
    for piece in sorted(tall, key=lambda piece: piece.box.x):
        near = [i for i, end in enumerate(ends) if piece.box.x - end < _REACH * height]
        shares = {i: _share_of_height(rows[i], piece) for i in near}
        best = max(shares, key=shares.__getitem__, default=None)
        if best is not None and shares[best] > _BESIDE:
            rows[best].append(piece)
            ends[best] = max(ends[best], piece.box.right)
        elif len(rows) == _MOST_ROWS:
            return []
        else:
            rows.append([piece])
            ends.append(piece.box.right)
    return rows


def _merge_rows(rows: list[list[Piece]], height: float) -> list[list[Piece]]:
    """Rows that run through one another, level, are one: the side of a box came between its digits.

    Args:
        rows: Of one field, by their left edge, and each of them likewise.
        height: Of the writing, px.
    """
    found: list[tuple[list[Piece], Box]] = []
    for row in rows:
        box = Box.around(piece.box for piece in row)
        through = [one for one in found if _meet(one[1], box) and _run_through(one[0], row, height)]
        apart = [one for one in found if all(one is not other for other in through)]
        pieces = [*row, *(piece for one in through for piece in one[0])]
        pieces.sort(key=lambda piece: piece.box.x)
        found = [*apart, (pieces, Box.around(piece.box for piece in pieces))]
    return [pieces for pieces, _ in found]


def _meet(one: Box, other: Box) -> bool:
    """Whether two boxes have anything in common."""
    across = min(one.right, other.right) - max(one.x, other.x)
    return across > 0 and min(one.bottom, other.bottom) > max(one.y, other.y)


def _run_through(one: list[Piece], other: list[Piece], height: float) -> bool:
    """Whether two rows that meet stand at the same height in the columns that both reach into."""
    left = max(row[0].box.x for row in (one, other)) - height
    right = min(max(piece.box.right for piece in row) for row in (one, other)) + height
    there = [[p for p in row if p.box.right > left and p.box.x < right] for row in (one, other)]
    if not all(there):
        return False
    tops, bottoms = (
        [float(np.median([getattr(piece.box, side) for piece in row])) for row in there]
        for side in ("y", "bottom")
    )
    common = min(bottoms) - max(tops)
    return common > _LEVEL * min(b - t for b, t in zip(bottoms, tops, strict=True))


def _share_of_height(row: list[Piece], piece: Piece) -> float:
    """How much of the lower one's height the piece shares with the row's last few pieces."""
    near = row[-3:]
    top, bottom = min(p.box.y for p in near), max(p.box.bottom for p in near)
    common = min(bottom, piece.box.bottom) - max(top, piece.box.y)
    return common / max(1, min(bottom - top, piece.box.h))


def _add_small(rows: list[list[Piece]], small: list[Piece], height: float) -> None:
    """Broken-off strokes and points join the row that they lie in or hang over."""
    spans = [
        (
            min(p.box.x for p in row) - height,
            max(p.box.right for p in row) + height,
            float(np.median([p.box.y for p in row])) - 0.35 * height,
            float(np.median([p.box.bottom for p in row])) + 0.25 * height,
        )
        for row in rows
    ]
    for piece in small:
        x, y = piece.box.x + piece.box.w / 2, piece.box.y + piece.box.h / 2
        for row, (left, right, top, bottom) in zip(rows, spans, strict=True):
            if left <= x <= right and top <= y <= bottom:
                row.append(piece)
                break


def _to_line(row: list[Piece], limits: tuple[float, float]) -> InkLine:
    heights = sorted(piece.box.h for piece in row)
    tall = [h for h in heights if h >= 0.5 * heights[-1]]
    return InkLine(tuple(sorted(row, key=lambda p: p.box.x)), float(np.median(tall)), limits)
