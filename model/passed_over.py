"""Ink as tall as a digit of which the line network says nothing: the digit network is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.line_decode import Character, digit_chances

if TYPE_CHECKING:
    from model.read_row import RowReading
    from model.rows import Row

# Shares of the row's height.
_TALL: Final = 0.6
_TALLEST: Final = 1.6
_WIDEST: Final = 1.2
# In a row with more ink, what the line network passes over is the side of a box or a stain.
_MOST: Final = 2


def with_passed_over(reading: RowReading, row: Row) -> tuple[Character, ...]:
    """The row's characters; where there is none, one for each tall piece of ink.

    Args:
        reading: Of that row.
        row: As it was found; its boxes are looked at.
    """
    if reading.characters or len(row.boxes) > _MOST:
        return reading.characters
    chances = digit_chances(reading.columns)
    found = []
    for box in row.boxes:
        shape_fits = _TALL * row.height <= box.h <= _TALLEST * row.height
        if not shape_fits or box.w > _WIDEST * row.height:
            continue
        first = max(0, min(len(chances) - 1, reading.frame.column_at(box.x)))
        stop = max(first + 1, reading.frame.column_at(box.right) + 1)
        digits = chances[first:stop].max(axis=0)
        digits /= max(1.0, float(digits.sum()))
        mark = int(digits.argmax())
        found.append(
            Character(
                mark,
                float(digits[mark]),
                (float(box.x), float(box.y), float(box.w), float(box.h)),
                tuple(float(chance) for chance in digits),
                (first + min(stop, len(chances))) // 2,
                is_passed_over=True,
            )
        )
    return tuple(sorted(found, key=lambda one: one.column))
