"""Tall ink that the line network passes over or points at in part: the digit network is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from model.line_decode import Character, digit_chances
from model.marks import DIGITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from model.read_row import RowReading
    from model.rows import Row
    from model.types import Box

# Share of a piece's width that may lie under characters, and it is still passed over.
_COVERED: Final = 0.3
# Shares of the row's height.
_TALL: Final = 0.6
_TALLEST: Final = 1.6
_WIDEST: Final = 1.2
_WIDEST_ALONE: Final = 1.6
# Shares of the digits' height by which a further digit may stand higher or lower than those beside
# it, and the probability that the line network gives it at least: the sides of boxes have neither.
_LEVEL: Final = 0.15
_LIKELY: Final = 0.01
# In a row with more ink, of which nothing is read, it is the side of a box or a stain.
_MOST: Final = 2


def with_passed_over(reading: RowReading, row: Row) -> tuple[Character, ...]:
    """The row's characters, and the pieces of ink under none of them that may be digits.

    Where nothing is read, these are the tall ones. Among digits, what stands as they do: to the
    line network an upright 1 well apart from others looks like the side of a box.

    Args:
        reading: Of that row.
        row: As it was found; its boxes are looked at.
    """
    read = reading.characters
    if not read and len(row.boxes) > _MOST:
        return ()
    left = [
        replace(as_character(box, reading), is_passed_over=True)
        for box in find_passed_over(read, row)
        if not read or _stands_among(box, read)
    ]
    found = [one for one in left if not read or sum(one.digits) > _LIKELY]
    return tuple(sorted([*read, *found], key=lambda one: one.column))


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


def with_whole_piece(characters: Sequence[Character], row: Row) -> tuple[Character, ...]:
    """Where one character and one tall piece of ink are all of a row, its box holds all of that.

    The line network knows little of how large a lone digit is, and may point at the bowl of a 6.
    """
    if len(characters) != 1 or len(row.boxes) != 1:
        return tuple(characters)
    piece, (x, y, w, h) = row.boxes[0], characters[0].box
    left, top = min(x, piece.x), min(y, piece.y)
    right, bottom = max(x + w, piece.right), max(y + h, piece.bottom)
    is_apart = not _common(piece, characters[0])
    if is_apart or right - left > _WIDEST_ALONE * (bottom - top):
        return tuple(characters)
    return (replace(characters[0], box=(left, top, right - left, bottom - top)),)


def find_passed_over(characters: Sequence[Character], row: Row) -> list[Box]:
    """The tall pieces of a row's ink that lie under none of its characters."""
    return [
        box
        for box in row.boxes
        if _may_be_digit(box, row) and sum(_common(box, one) for one in characters) < _COVERED
    ]


def _stands_among(box: Box, characters: Sequence[Character]) -> bool:
    """Whether a piece of ink is as high as the digits on both sides of it, or on one, and level."""
    digits = [one.box for one in characters if one.mark < len(DIGITS)]
    before = [side for side in digits if side[0] < box.x][-1:]
    beside = before + [side for side in digits if side[0] >= box.x][:1]
    if not beside:
        return False
    height = sum(h for _, _, _, h in beside) / len(beside)
    top = sum(y for _, y, _, _ in beside) / len(beside)
    return max(abs(box.y - top), abs(box.bottom - top - height)) < _LEVEL * height


def _may_be_digit(box: Box, row: Row) -> bool:
    is_tall = _TALL * row.height <= box.h <= _TALLEST * row.height
    return is_tall and box.w <= _WIDEST * row.height


def _common(box: Box, character: Character) -> float:
    """Share of the box's width that lies under a character."""
    x, _, w, _ = character.box
    return max(0.0, min(box.right, x + w) - max(box.x, x)) / box.w
