"""Whether a page stands upright or lies upside down, by its print.

Numbers say little about it: 0, 1, 6, 8 and 9 are digits either way, and the print of a form, upside
down, is full of them. The line network knows print, and less of it upside down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from model.line_decode import decode_sequence
from model.marks import DIGITS, PRINT_MARK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from model.read_row import RowReading, RunLineNetwork

# Rows that are read once more, those with most characters: the others would hardly change it.
_ROWS: Final = 8
# Fewer printed characters there, both ways together, say nothing.
_FEWEST: Final = 20.0
# So many times as many printed characters for each digit there are one way up.
_CLEARLY: Final = 1.5


def is_print_upright(readings: Sequence[RowReading], run: RunLineNetwork) -> bool | None:
    """Whether the rows of a page hold more print, and fewer digits, as it lies than upside down.

    Args:
        readings: Of the page's rows, as it lies.
        run: The first of the networks that read them.

    Returns:
        False where they hold more upside down; None where there is little print, or neither way
        is clearly more.
    """
    longest = sorted(readings, key=lambda one: len(one.characters), reverse=True)[:_ROWS]
    if sum(c.mark == PRINT_MARK for one in longest for c in one.characters) < _FEWEST / 4:
        return None  # without another look: upside down it can hardly be so much more
    either = [
        (
            _print_and_digits(one.opinions[0]),
            _print_and_digits(run(np.ascontiguousarray(one.frame.pixels[::-1, ::-1]))),
        )
        for one in longest
    ]
    (printed, digits), (turned_printed, turned_digits) = np.sum(either, axis=0)
    ratio = (printed + 1) * (turned_digits + 1) / ((turned_printed + 1) * (digits + 1))
    if printed + turned_printed < _FEWEST or 1 / _CLEARLY < ratio < _CLEARLY:
        return None
    return bool(ratio > 1)


def _print_and_digits(columns: NDArray[np.float32]) -> tuple[float, float]:
    """How many characters of a row are likely to be print, and how many digits."""
    found = decode_sequence(columns)
    printed = sum(one.probability for one in found if one.mark == PRINT_MARK)
    return printed, sum(one.probability for one in found if one.mark < len(DIGITS))
