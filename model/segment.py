"""Cut a line into digits: every sensible grouping of its pieces is read, and the likeliest kept.

Heuristic over-segmentation with recognition-driven search (LeCun et al., 1998, section V): pieces
that may hold two digits are cut where the ink is thin, neighbouring pieces are joined to
candidates, the network reads all candidates at once, and dynamic programming finds the sequence
of digits and non-digits that explains all ink best. The learned line reader will replace it: its
door is ``LineCutter.read_line``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from model.types import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from model.join import Piece
    from model.layout import InkLine

MOST_PIECES: Final = 4
"""Pieces that one digit may consist of."""

# Shares of the line's height.
_WIDEST_DIGIT: Final = 1.5
_WIDEST_PIECE: Final = 2.5
_WIDEST_GAP: Final = 0.25
_MAY_BE_TWO: Final = 0.75
_CUT_SPACING: Final = 0.22


@dataclass(frozen=True, slots=True)
class Segment:
    """A smallest part of a line that is not cut further.

    Attributes:
        box: In working px.
        mask: (box.h, box.w) bool: which pixels of the box are its ink.
    """

    box: Box
    mask: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Segments ``first`` to ``last`` (included) taken together as one digit."""

    first: int
    last: int
    box: Box


def cut_segments(line: InkLine, labels: NDArray[np.int32]) -> list[Segment]:
    """The line's pieces from left to right; what may be two digits is cut where ink is thin."""
    segments: list[Segment] = []
    for piece in _join_stacked(line):
        box = _around([p.box for p in piece])
        window = labels[box.y : box.bottom, box.x : box.right]
        mask = np.isin(window, [p.label for p in piece])
        columns = _cut_columns(mask, line.height)
        for left, right in zip([0, *columns], [*columns, box.w], strict=True):
            part = _trimmed(mask[:, left:right], box.x + left, box.y)
            if part is not None:
                segments.append(part)
    return sorted(segments, key=lambda segment: segment.box.x + segment.box.w / 2)


def _join_stacked(line: InkLine) -> list[list[Piece]]:
    """Pieces above one another belong together: a 5 and its loose bar, a broken 0.

    Two tall pieces stay apart, however much they overhang each other.
    """
    groups: list[list[Piece]] = []
    for piece in line.pieces:
        for group in groups:
            box = _around([p.box for p in group])
            common = min(box.right, piece.box.right) - max(box.x, piece.box.x)
            both_tall = min(box.h, piece.box.h) > 0.7 * line.height
            together = max(box.bottom, piece.box.bottom) - min(box.y, piece.box.y)
            if (
                common > 0.5 * min(box.w, piece.box.w)
                and not both_tall
                and together < 1.5 * line.height
            ):
                group.append(piece)
                break
        else:
            groups.append([piece])
    return groups


def _cut_columns(mask: NDArray[np.bool_], height: float) -> list[int]:
    """Columns where a piece wider than one digit is best cut: little ink, and not too close."""
    width = mask.shape[1]
    if width < _MAY_BE_TWO * height or mask.shape[0] < 0.4 * height:
        return []
    ink = mask.sum(axis=0).astype(np.float32)
    smooth = cv2.GaussianBlur(ink.reshape(1, -1), (0, 0), max(0.6, 0.03 * height)).ravel()
    spacing = max(3, round(_CUT_SPACING * height))
    columns: list[int] = []
    for column in np.argsort(smooth[spacing : width - spacing], kind="stable") + spacing:
        near = smooth[max(0, column - spacing // 2) : column + spacing // 2 + 1]
        is_valley = smooth[column] <= near.min() and smooth[column] < 0.5 * height
        if is_valley and all(abs(column - other) >= spacing for other in columns):
            columns.append(int(column))
        if len(columns) >= 2 * width / height + 1:
            break
    return sorted(columns)


def _trimmed(mask: NDArray[np.bool_], x: int, y: int) -> Segment | None:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if rows.size == 0:
        return None
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    box = Box(int(x + left), int(y + top), int(right - left), int(bottom - top))
    return Segment(box, mask[top:bottom, left:right])


def list_candidates(segments: list[Segment], height: float) -> list[Candidate]:
    """Every run of neighbouring segments that is no wider than a digit and has no wide gap."""
    found = []
    for first, start in enumerate(segments):
        box = start.box
        for last in range(first, min(first + MOST_PIECES, len(segments))):
            nxt = segments[last].box
            if nxt.x - box.right > _WIDEST_GAP * height:
                break
            box = _around([box, nxt])
            if box.w > (_WIDEST_DIGIT if last > first else _WIDEST_PIECE) * height:
                break
            found.append(Candidate(first, last, box))
    return found


def crop_candidate(
    candidate: Candidate, segments: list[Segment], soft: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The candidate's own ink, with the soft edge of its strokes, and nobody else's.

    Returns:
        (h + 2, w + 2) float32 in [0, 1], except where that leaves the page.
    """
    box = candidate.box
    mask = np.zeros((box.h + 2, box.w + 2), dtype=np.uint8)
    for segment in segments[candidate.first : candidate.last + 1]:
        x, y = segment.box.x - box.x + 1, segment.box.y - box.y + 1
        mask[y : y + segment.box.h, x : x + segment.box.w] |= segment.mask
    mask = np.asarray(cv2.dilate(mask, np.ones((3, 3), np.uint8)), dtype=np.uint8)
    top, left = max(0, box.y - 1), max(0, box.x - 1)
    window = soft[top : box.bottom + 1, left : box.right + 1]
    y, x = top - (box.y - 1), left - (box.x - 1)
    return window * mask[y : y + window.shape[0], x : x + window.shape[1]]


def best_path(
    count: int,
    candidates: list[Candidate],
    scores: NDArray[np.float64],
    skipping: NDArray[np.float64],
) -> list[Candidate]:
    """The candidates that, with the segments between them skipped, score highest.

    Args:
        count: Number of segments.
        scores: (len(candidates),) log-probability of each being a digit.
        skipping: (count,) log-probability of each segment being no digit.

    Returns:
        From left to right; segments in no candidate are not digits.
    """
    best = np.full(count + 1, -np.inf)
    best[0] = 0.0
    taken: list[int | None] = [None] * (count + 1)
    ending: list[list[int]] = [[] for _ in range(count)]
    for index, candidate in enumerate(candidates):
        ending[candidate.last].append(index)
    for end in range(1, count + 1):
        best[end] = best[end - 1] + skipping[end - 1]
        for index in ending[end - 1]:
            score = best[candidates[index].first] + scores[index]
            if score > best[end]:
                best[end], taken[end] = score, index
    path: list[Candidate] = []
    end = count
    while end > 0:
        chosen = taken[end]
        if chosen is None:
            end -= 1
        else:
            path.append(candidates[chosen])
            end = candidates[chosen].first
    return path[::-1]


def _around(boxes: list[Box]) -> Box:
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return Box(x, y, right - x, bottom - y)
