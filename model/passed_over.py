"""Tall ink that the line network passes over or points at in part: the digit network is asked."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from model.line_decode import Character, digit_chances
from model.marks import DIGITS
from model.types import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from model.read_row import RowReading
    from model.rows import Row

# Share of a piece's width that may lie under characters, and it is still passed over.
_COVERED: Final = 0.3
# Shares of the row's height.
_TALL: Final = 0.6
_TALLEST: Final = 1.6
_WIDEST: Final = 1.2
_WIDEST_ALONE: Final = 1.6
# Shares of the digits' height by which a further digit may stand higher or lower than those beside
# it or most of its row, and the probability that the line network gives it at least: the sides of
# boxes have neither.
_LEVEL: Final = 0.15
_LIKELY: Final = 0.01
# The same for a straight stroke that leans, up to the tallest: 1s tower over other digits, and
# boxes have no such sides. Px across per px up, how far its ink is from a line as a share of its
# height, and how near it is to the number as a share of the digits' height.
_LEANS: Final = 0.12
_STRAIGHT: Final = 0.06
_NEAR: Final = 0.5
_HARDLY: Final = 0.001
# Shares of the same height: how near to the left or right side of a picture the side of a cell is
# that was cut out with the number, how wide it is at most, and how far its head or foot is then
# from those of the digits.
_AT_EDGE: Final = 0.5
_WIDEST_SIDE: Final = 0.4
_ASKEW: Final = 0.3
# Of so many digits most stand as the hand writes.
_ROW: Final = 3
# In a row with more ink, of which nothing is read, it is the side of a box or a stain.
_MOST: Final = 2
# A bar that was lifted off its digit: its height as a share of its width at most, how far it is
# above the digit's other ink as a share of that's height (as on the writing pad), and how much of
# it lies over that. By eye, on 5s of UNIPEN.
_FLAT: Final = 0.8
_LIFTED: Final = 0.8
_OVER: Final = 0.3
_BAR_AND_BOWL: Final = 2
# A point or comma, as shares of the row's height: how large it is, how far its middle lies below
# the row's, and how far before the first digit it begins a number.
_POINT: Final = (0.08, 0.5)
_FOOT: Final = (0.15, 0.9)
_BEFORE: Final = 0.6
# Share of a page's ink below which a piece is dirt.
_SPECK: Final = 0.02


def with_passed_over(
    reading: RowReading, row: Row, labels: NDArray[np.int32]
) -> tuple[Character, ...]:
    """The row's characters, and the pieces of ink under none of them that may be digits.

    Where nothing is read, these are the tall ones. Among digits, what stands as they do, or leans
    as 1s do: to the line network a bare 1 looks like the side of a box.

    Args:
        reading: Of that row.
        row: As it was found; its boxes are looked at.
        labels: (h, w): the piece of ink that each pixel of the page belongs to, 0 for none.
    """
    read = reading.characters
    if not read and len(row.boxes) > _MOST:
        return ()
    found = []
    for box in find_passed_over(read, row):
        one = replace(as_character(box, reading), is_passed_over=True)
        likely = sum(one.digits)
        if not read or (likely > _LIKELY and _stands_among(box, read, row.slope)):
            found.append(one)
        elif likely > _HARDLY and _is_near(box, read) and _is_leaning(box, labels):
            found.append(_as_likely_as_not(one))
    return tuple(sorted([*read, *found], key=lambda one: one.column))


def _as_likely_as_not(character: Character) -> Character:
    """The same, with the digit network alone to say whether it is a digit."""
    scale = 0.5 / sum(character.digits)
    return replace(character, digits=tuple(scale * chance for chance in character.digits))


def _is_near(box: Box, characters: Sequence[Character]) -> bool:
    """Whether a piece stands as near to a digit as the next digit does."""
    gaps = [
        max(box.x - x - w, x - box.right) / h
        for x, _, w, h in (one.box for one in characters if one.mark < len(DIGITS))
    ]
    return min(gaps, default=math.inf) < _NEAR


def _is_leaning(box: Box, labels: NDArray[np.int32]) -> bool:
    """Whether the piece of ink that fills a box from head to foot is straight and leans."""
    window = labels[box.y : box.bottom, box.x : box.right]
    if not window.size:
        return False
    through = np.intersect1d(window[0], window[-1])
    through = through[through > 0]
    if len(through) != 1:
        return False
    y, x = np.nonzero(window == through[0])
    lean, start = np.polyfit(y, x, 1)
    return bool(abs(lean) > _LEANS and np.std(x - lean * y - start) < _STRAIGHT * box.h)


def as_character(piece: Box, reading: RowReading) -> Character:
    """A piece of ink as the digit that the row's columns make it, whatever the best path says.

    Args:
        piece: In pixels of the ink map.
        reading: Of the row in which it stands.
    """
    chances = digit_chances(reading.columns)
    first = max(0, min(len(chances) - 1, reading.frame.column_at(piece.x)))
    stop = max(first + 1, reading.frame.column_at(piece.right) + 1)
    digits = chances[first:stop].max(axis=0)
    digits /= max(1.0, float(digits.sum()))
    mark = int(digits.argmax())
    return Character(
        mark,
        float(digits[mark]),
        (float(piece.x), float(piece.y), float(piece.w), float(piece.h)),
        tuple(float(chance) for chance in digits),
        (first + min(stop, len(chances))) // 2,
    )


def with_whole_piece(
    characters: Sequence[Character], row: Row, labels: NDArray[np.int32]
) -> tuple[Character, ...]:
    """Where one character and one tall piece of ink are all of a page, its box holds all of that.

    The line network knows little of how large a lone digit is, and may point at the bowl of a 6. A
    flat piece right above it is the bar of a 5 that was lifted off; which digit that makes of it,
    only the digit network says.

    Args:
        characters: Of the row.
        row: The only one of its page.
        labels: (h, w): the piece of ink that each pixel of the page belongs to, 0 for none.
    """
    if len(characters) != 1 or len(row.boxes) != 1:
        return tuple(characters)
    piece, (x, y, w, h) = row.boxes[0], characters[0].box
    bar = _bar_above(piece, labels)
    inked = piece if bar is None else Box.around([piece, bar])
    left, top = min(x, inked.x), min(y, inked.y)
    right, bottom = max(x + w, inked.right), max(y + h, inked.bottom)
    is_apart = not _common(piece, characters[0])
    if is_apart or right - left > _WIDEST_ALONE * (bottom - top):
        return tuple(characters)
    whole = replace(characters[0], box=(left, top, right - left, bottom - top))
    return (whole if bar is None else _of_any_digit(whole),)


def _of_any_digit(character: Character) -> Character:
    """The same, of which the line network says that it is a digit, and not which: it saw a part."""
    digits = character.digits
    return replace(character, digits=(sum(digits) / len(digits),) * len(digits))


def _bar_above(piece: Box, labels: NDArray[np.int32]) -> Box | None:
    """The flat piece right above a page's only tall one, if they are all of its ink but specks."""
    inked = np.bincount(labels[labels > 0])
    large = np.flatnonzero(inked > _SPECK * inked.sum())
    if len(large) != _BAR_AND_BOWL:
        return None
    around = [Box(*cv2.boundingRect((labels == label).view(np.uint8))) for label in large.tolist()]
    if piece not in around:
        return None
    bar = around[1 - around.index(piece)]
    shared = min(bar.right, piece.right) - max(bar.x, piece.x)
    is_flat = bar.h < _FLAT * bar.w and bar.w <= _WIDEST * piece.h
    is_near = bar.y < piece.y and piece.y - bar.bottom < _LIFTED * piece.h
    return bar if is_flat and is_near and shared > _OVER * bar.w else None


def find_passed_over(characters: Sequence[Character], row: Row) -> list[Box]:
    """The tall pieces of a row's ink that lie under none of its characters."""
    return [
        box
        for box in row.boxes
        if _may_be_digit(box, row) and sum(_common(box, one) for one in characters) < _COVERED
    ]


def find_unread(characters: Sequence[Character], row: Row, width: int) -> list[Box]:
    """The tall pieces of a row's ink that nothing explains: a digit may be missing.

    A cell that was cut out of a table brings its sides along; they end elsewhere than its digits.

    Args:
        characters: Of the row, those that were passed over among them.
        row: As it was read.
        width: Of the picture, px.
    """
    return [
        box
        for box in find_passed_over(characters, row)
        if not _is_side_of_cell(box, characters, row.slope, width)
    ]


def are_points_read(characters: Sequence[Character], row: Row) -> bool:
    """Whether each piece of ink that may be a point or comma of a number lies under a character.

    It stands before a digit or between two, at their feet: what closes a number is worth nothing.

    Args:
        characters: Of one span of the row, those that were passed over among them.
        row: As it was read.
    """
    digits = [one.box for one in characters if one.mark < len(DIGITS)]
    if not digits:
        return True
    first, last = digits[0][0] - _BEFORE * row.height, digits[-1][0]
    return not any(
        first < box.x + box.w / 2 < last
        and _is_at_foot(box, row)
        and not any(_holds(one, box) for one in characters)
        for box in row.small
    )


def _is_at_foot(box: Box, row: Row) -> bool:
    """Whether a piece is as small as a point or comma, and as low as they stand."""
    lower = (box.y + box.h / 2 - row.middle_at(box.x + box.w / 2)) / row.height
    is_sized = _POINT[0] * row.height < max(box.w, box.h) < _POINT[1] * row.height
    return is_sized and _FOOT[0] < lower < _FOOT[1]


def _holds(character: Character, piece: Box) -> bool:
    """Whether the middle of a piece lies in a character's box."""
    x, y, w, h = character.box
    across, down = piece.x + piece.w / 2, piece.y + piece.h / 2
    return x <= across <= x + w and y <= down <= y + h


def _is_side_of_cell(box: Box, characters: Sequence[Character], slope: float, width: int) -> bool:
    offsets = _offsets(box, characters, slope)
    if not offsets:
        return False
    _, height = offsets[0]
    room = min(box.x, width - box.right)
    is_at_edge = room < _AT_EDGE * height and box.w < _WIDEST_SIDE * height
    return is_at_edge and all(off > _ASKEW * height for off, height in offsets)


def _stands_among(box: Box, characters: Sequence[Character], slope: float) -> bool:
    """Whether a piece of ink is as high as the digits on both sides of it, or on one, and level.

    Or as most digits of its row: beside it may stand a 0 of half their height.
    """
    return any(off < _LEVEL * height for off, height in _offsets(box, characters, slope))


def _offsets(box: Box, characters: Sequence[Character], slope: float) -> list[tuple[float, float]]:
    """How far a piece's head or foot is from those of other digits, and their height, px.

    Args:
        box: Around the piece.
        characters: Of its row.
        slope: Of the row, px down for each px to the right.

    Returns:
        For the digits beside it, then for all where there are a few; nothing without digits.
    """
    digits = [one.box for one in characters if one.mark < len(DIGITS)]
    before = [side for side in digits if side[0] < box.x][-1:]
    beside = before + [side for side in digits if side[0] >= box.x][:1]
    found = []
    for others in (beside, digits if len(digits) >= _ROW else []):
        if others:
            x, y, w, h = np.array(others).T
            tops = y + slope * (box.x + box.w / 2 - x - w / 2)
            top, bottom = np.median(tops), np.median(tops + h)
            off = max(abs(box.y - top), abs(box.bottom - bottom))
            found.append((float(off), float(np.median(h))))
    return found


def _may_be_digit(box: Box, row: Row) -> bool:
    is_tall = _TALL * row.height <= box.h <= _TALLEST * row.height
    return is_tall and box.w <= _WIDEST * row.height


def _common(box: Box, character: Character) -> float:
    """Share of the box's width that lies under a character."""
    x, _, w, _ = character.box
    return max(0.0, min(box.right, x + w) - max(box.x, x)) / box.w
