"""Which characters of a row are a number: what stands between its printed words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from model.marks import DIGITS, PRINT_MARK

if TYPE_CHECKING:
    from model.line_decode import Character

# One printed character among digits is a digit that looks printed; from here on it is a caption.
_CAPTION: Final = 2
# Digits beside which others are no print.
_FEWEST_READ: Final = 2
# What is so near to print, and differs so little in height and place (shares of its height),
# belongs to it.
_TIGHT: Final = 0.25
_LEVEL: Final = 0.2
# The same where print may be a digit that looks like it: then a person decides.
_NEXT: Final = 0.8
_ALIKE: Final = 0.3
# Probability of being a digit from which neat writing is one.
_DIGIT: Final = 0.5
# By the line network alone; from here on the digit network is asked about what is read as something
# else.
_DOUBT: Final = 0.02


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a row without print.

    Attributes:
        characters: From left to right; boxes in pixels of the ink map.
        first: The first of the row's columns that belong to it.
        stop: The first column behind it.
        is_complete: Whether all tall ink of its row, but the sides of a cell, lies under a
            character.
        runs_on: Whether it seems to go on in print.
        are_points_read: Whether each piece of its row that may be a point or comma lies under a
            character.
    """

    characters: tuple[Character, ...]
    first: int
    stop: int
    is_complete: bool = True
    runs_on: bool = False
    are_points_read: bool = True

    @property
    def candidates(self) -> tuple[Character, ...]:
        """Those that may be digits: by their mark, or because it does not rule that out.

        The only character of a span lacks the neighbours that the line network knows a letter by:
        of a letter or print the digit network is then asked in any case.
        """
        least = _DOUBT if len(self.characters) > 1 else 0.0
        return tuple(c for c in self.characters if c.mark < len(DIGITS) or _may_be_digit(c, least))

    @property
    def skipped(self) -> tuple[Character, ...]:
        """Those that the line network passed over, beside others."""
        is_alone = len(self.characters) == 1
        return () if is_alone else tuple(c for c in self.characters if c.is_passed_over)


def _may_be_digit(character: Character, least: float) -> bool:
    return sum(character.digits) >= least


def split_spans(characters: Sequence[Character], columns: int) -> list[Span]:
    """The parts of a row between its printed words.

    Args:
        characters: Of the row, from left to right.
        columns: How many the row has.
    """
    is_print = [_is_print(one) for one in characters]
    for run in _side_by_side(characters):
        _clear_neat(characters, run, is_print)
    is_caption = [_in_caption(is_print, i) for i in range(len(characters))]
    runs = [list(run) for _, run in groupby(range(len(characters)), is_caption.__getitem__)]
    runs = [run for run in runs if not is_caption[run[0]]]
    if not runs:
        return []
    ends = [
        (characters[one[-1]].column + characters[other[0]].column + 1) // 2
        for one, other in pairwise(runs)
    ]
    return [
        Span(
            tuple(characters[i] for i in run),
            first,
            stop,
            runs_on=_goes_on_in_caption(characters, run),
        )
        for run, first, stop in zip(runs, [0, *ends], [*ends, columns], strict=True)
        if not _is_inside_caption(characters, run)
    ]


def _side_by_side(characters: Sequence[Character]) -> list[list[int]]:
    """Places of the characters that stand as the digits of one number do."""
    runs: list[list[int]] = []
    for i in range(len(characters)):
        if i and _is_beside(characters[i - 1], characters[i]):
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _clear_neat(characters: Sequence[Character], run: Sequence[int], is_print: list[bool]) -> None:
    """Digits that are written as neatly as print are none among as many that are not print."""
    printed = [i for i in run if is_print[i]]
    read = [i for i in run if sum(characters[i].digits) >= _DIGIT]
    if _FEWEST_READ <= len(read) >= len(printed):
        for i in printed:
            is_print[i] = sum(characters[i].digits) < _DOUBT


def _in_caption(is_print: Sequence[bool], i: int) -> bool:
    """Whether a printed character has a printed neighbour."""
    beside = is_print[max(0, i - _CAPTION + 1) : i + _CAPTION]
    return is_print[i] and any(one and other for one, other in pairwise(beside))


def _is_print(character: Character) -> bool:
    """Whether it is print and no digit; a second network may have said that it is one."""
    return character.mark == PRINT_MARK and sum(character.digits) < _DIGIT


def _is_inside_caption(characters: Sequence[Character], run: Sequence[int]) -> bool:
    """Whether one character begins a printed word or stands in it: the O of OR is no 0."""
    i = run[0]
    if i + 1 == len(characters) or len(run) > 1:
        return False
    follows = i == 0 or any(
        holds(characters[i - 1], characters[i]) for holds in (_is_set_like, _is_word_apart)
    )
    return follows and _is_set_like(characters[i], characters[i + 1])


def _goes_on_in_caption(characters: Sequence[Character], run: Sequence[int]) -> bool:
    """Whether a number's neighbour in a caption stands as a further digit of it would."""
    pairs = [
        (characters[inner], characters[outer])
        for inner, outer in ((run[0], run[0] - 1), (run[-1], run[-1] + 1))
        if 0 <= outer < len(characters)
    ]
    return any(_is_beside(*pair) for pair in pairs)


def _is_beside(digit: Character, other: Character) -> bool:
    """Whether a character stands as near to a digit, and is about as high, as the next digit."""
    (x, y, w, h), (other_x, other_y, other_w, other_h) = digit.box, other.box
    gap = max(other_x - x - w, x - other_x - other_w)
    off = abs(y + h / 2 - other_y - other_h / 2)
    return gap < _NEXT * h and max(off, abs(other_h - h)) < _ALIKE * h


def _is_set_like(one: Character, other: Character) -> bool:
    """Whether two characters stand as near, as high and as level as in print."""
    (x, y, w, h), (next_x, next_y, _, next_h) = one.box, other.box
    gap, rise, growth = next_x - x - w, abs(next_y - y), abs(next_h - h)
    return gap < _TIGHT * next_h and max(rise, growth) < _LEVEL * next_h


def _is_word_apart(one: Character, other: Character) -> bool:
    """Whether room for a space stands between two characters."""
    (x, _, w, _), (next_x, _, _, next_h) = one.box, other.box
    return next_x - x - w >= _TIGHT * next_h
