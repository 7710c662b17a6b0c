"""Which characters of a row are a number, and how sure it is what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from model.alternatives import NO_DIGIT, Places, find_alternatives, weigh_numbers, write_out
from model.decode import decide_digit
from model.line_card import NOBODY
from model.line_decode import are_marks_sure, log_evidence, mean_log_probability, with_odds
from model.marks import DIGITS, OTHER_MARK, PRINT_MARK
from model.types import Box, Decision, Doubt, LineReading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from model.line_card import Fusion
    from model.line_decode import Character
    from model.second_look import Look

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
# Probability of being a digit from which it is one; what stands alone is shown to a person rather
# than dropped.
_DIGIT: Final = 0.5
_LONE: Final = 0.1
# A number that runs on into a caption and is less likely than this is a part of its word.
_WORD: Final = 0.5
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
        is_complete: Whether all tall ink of its row lies under a character.
        runs_on: Whether it seems to go on in print.
    """

    characters: tuple[Character, ...]
    first: int
    stop: int
    is_complete: bool = True
    runs_on: bool = False

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


@dataclass(frozen=True, slots=True)
class SpanReading:
    """What a span says.

    Attributes:
        line: Its number, or None where the networks together find no digit in it.
        strangers: How many of its characters are neither digits nor separators.
        seen: Log-probability, by its candidates, that its digits are these and that the others are
            none, nats.
    """

    line: LineReading | None
    strangers: int
    seen: float = 0.0


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


def read_span(
    span: Span, looks: Sequence[Look], opinions: Sequence[NDArray[np.float32]], fusion: Fusion
) -> SpanReading:
    """The number of a span.

    Args:
        span: Of a row.
        looks: At each of the span's candidates.
        opinions: (T, outputs) of the whole row by each line network that was asked.
        fusion: How the networks' answers become one.
    """
    strangers = sum(c.mark in (OTHER_MARK, PRINT_MARK) for c in span.characters)
    found, choice = [], []
    for character, look in zip(span.candidates, looks, strict=True):
        chances = fuse(character, look, fusion, is_single=len(looks) == 1)
        is_digit = chances.sum() >= (_LONE if len(looks) == 1 else _DIGIT)
        strangers -= is_digit and character.mark in (OTHER_MARK, PRINT_MARK)
        found.append(chances)
        choice.append(int(chances.argmax()) if is_digit else NO_DIGIT)
    if all(one == NO_DIGIT for one in choice):
        return SpanReading(None, strangers)
    places = Places(span.characters, span.candidates, found, [look.box for look in looks])
    line, seen = _line_of(span, places, choice, _columns_of(span, opinions), fusion)
    if span.runs_on and line.confidence < _WORD:
        return SpanReading(None, strangers)
    if strangers:
        line = line.doubted(Doubt.OTHER_MARKS)
    left_out = {id(c) for c, one in zip(span.candidates, choice, strict=True) if one == NO_DIGIT}
    is_left_out = any(id(one) in left_out for one in span.skipped)
    if not span.is_complete or span.runs_on or is_left_out:
        line = line.doubted(Doubt.UNREAD_INK)
    return SpanReading(line, strangers, seen)


def _line_of(
    span: Span,
    places: Places,
    choice: Sequence[int],
    opinions: Sequence[NDArray[np.float32]],
    fusion: Fusion,
) -> tuple[LineReading, float]:
    """The number that was chosen, by itself, and what it may be instead; and how it is seen."""
    level = fusion.accept_level(sum(one != NO_DIGIT for one in choice))
    skipped = set(map(id, span.skipped))
    digits = [
        # Only its ink speaks for what the line network passed over: a person decides.
        decide_digit(chances, box, NOBODY if id(character) in skipped else level)
        for character, chances, box, one in zip(
            places.candidates, places.chances, places.boxes, choice, strict=True
        )
        if one != NO_DIGIT
    ]
    lattice = weigh_numbers(places, opinions, choice)
    # What is left out counts as well: a digit that was taken for a stroke is missed by nobody.
    said, seen = float(lattice.said[0]), float(lattice.seen[0])
    confidence = fusion.line_confidence(said, seen)
    line = LineReading(
        digits=tuple(digits),
        confidence=confidence,
        decision=Decision.ACCEPT,
        box=Box.around(digit.box for digit in digits),
        written=write_out(places.characters, places.candidates, choice),
        alternatives=find_alternatives(places, lattice, confidence=confidence, fusion=fusion),
        accept_above=level,
        marks_are_sure=all(map(are_marks_sure, opinions)),
    )
    is_sure = all(digit.decision is Decision.ACCEPT for digit in digits)
    return (line if is_sure and confidence >= level else line.doubted(Doubt.UNSURE)), seen


def _columns_of(span: Span, opinions: Sequence[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
    return [one[span.first : span.stop] for one in opinions]


def sequence_evidence(span: Span, opinions: Sequence[NDArray[np.float32]], digits: str) -> float:
    """Log-probability of a span's number by the line networks that were asked, nats."""
    return mean_log_probability(_columns_of(span, opinions), digits)


def fuse(
    character: Character, look: Look, fusion: Fusion, *, is_single: bool = False
) -> NDArray[np.float64]:
    """Both networks' answers as one: a weighted product of probabilities (Hinton, 2002).

    Whether it is a digit and which one are weighed apart: two networks that differ about which
    agree that it is one.

    Returns:
        (10,) in [0, 1]; what they lack of 1 says that it is no digit.
    """
    share = fusion.share(character, look, is_single=is_single)
    odds, which = log_evidence(np.array(character.digits))
    log_odds, log_which = share.line * odds - share.none, share.line * which
    if look.digits is not None:
        odds, which = log_evidence(look.digits)
        log_odds, log_which = log_odds + share.look * odds, log_which + share.look * which
    return with_odds(log_odds, log_which)
