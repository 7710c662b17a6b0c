"""Numbers that are print: the words and figures of a form, told from what somebody wrote there."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Final

from model.sift import sureness
from model.types import Decision, LineReading

if TYPE_CHECKING:
    from collections.abc import Sequence

# Fewer printed characters than these are no form; what looks like print there is a neat hand.
_FEWEST: Final = 12
# Probability of print, a digit, from which a doubtful number is print, if it is also lower than a
# share of the page's tallest sure number. Print is lower than what is written into it (ADR 0025).
_PRINT: Final = ((0.1, 0.8), (0.01, 0.6), (0.001, 0.35))
# Beyond this probability, and below this confidence of its digits, a number shows no hand's height.
_NEAT: Final = 0.1
_SURE: Final = 0.8


def part_print(
    lines: Sequence[LineReading], printed: int
) -> tuple[list[LineReading], list[LineReading]]:
    """The numbers of a page that somebody wrote, and those that look printed.

    Args:
        lines: Of a whole page.
        printed: How many printed characters the line network saw on it.

    Returns:
        Both in the order of the page; all are written where there is little print. The tallest sure
        number always is, so that some are left.
    """
    written, left_out = list[LineReading](), list[LineReading]()
    for line in lines:
        is_print = printed >= _FEWEST and _looks_printed(line, lines)
        (left_out if is_print else written).append(line)
    return written, left_out


def _looks_printed(line: LineReading, lines: Sequence[LineReading]) -> bool:
    if line.decision is Decision.ACCEPT:
        return False
    heights = [_height(one) for one in lines if one is not line and _is_written(one)]
    low = _height(line) / max(heights, default=1)
    return bool(heights) and any(
        line.print_chance >= chance and low < share for chance, share in _PRINT
    )


def _height(line: LineReading) -> float:
    """Of its digits: the box of a number that climbs, or of one with a long tail, is higher."""
    return median(digit.box.h for digit in line.digits)


def _is_written(line: LineReading) -> bool:
    """Whether it is surely a number in somebody's hand: others are held against its height."""
    return len(line.digits) > 1 and sureness(line) >= _SURE and line.print_chance <= _NEAT
