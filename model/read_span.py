"""What the number of a span is, by all networks together, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from model.alternatives import NO_DIGIT, Places, find_alternatives, weigh_numbers, write_out
from model.decode import decide_digit
from model.line_card import NOBODY
from model.line_decode import (
    are_marks_sure,
    chances_near,
    log_evidence,
    mean_log_probability,
    with_odds,
)
from model.marks import OTHER_MARK, PRINT_MARK
from model.types import Box, Decision, Doubt, LineReading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from model.line_card import Company, Fusion
    from model.line_decode import Character
    from model.second_look import Look
    from model.spans import Span

# Probability of being a digit from which it is one; what stands alone is shown to a person rather
# than dropped.
_DIGIT: Final = 0.5
_LONE: Final = 0.1
# Median probability of being digits, by the digit network, of what the line network reads as digits
# in a span: above it, the digit network's word about which they are counts more (ADR 0023).
_CLEAR: Final = 0.97
# A number that runs on into a caption and is less likely than this is a part of its word.
_WORD: Final = 0.5


@dataclass(frozen=True, slots=True)
class SpanReading:
    """What a span says.

    Attributes:
        line: Its number, or None where the networks together find no digit in it.
        strangers: How many of its characters are neither digits nor separators.
        seen: Log-probability, by its candidates, that its digits are these and that the others are
            none, nats; without a line it says nothing.
    """

    line: LineReading | None
    strangers: int
    seen: float = 0.0


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
    found, choice = choose(span, looks, fusion)
    strangers = sum(c.mark in (OTHER_MARK, PRINT_MARK) for c in span.characters)
    strangers -= sum(
        one != NO_DIGIT and c.mark in (OTHER_MARK, PRINT_MARK)
        for c, one in zip(span.candidates, choice, strict=True)
    )
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


def choose(
    span: Span, looks: Sequence[Look], fusion: Fusion
) -> tuple[list[NDArray[np.float64]], list[int]]:
    """What each candidate of a span is by all networks together.

    Args:
        span: Of a row.
        looks: At each of its candidates.
        fusion: How the networks' answers become one.

    Returns:
        Of each, (10,) probabilities in [0, 1], and its digit or ``NO_DIGIT``.
    """
    company = company_of(span.candidates, looks)
    found = [
        fuse(character, look, fusion, company)
        for character, look in zip(span.candidates, looks, strict=True)
    ]
    least = _LONE if company == "none" else _DIGIT
    return found, [int(one.argmax()) if one.sum() >= least else NO_DIGIT for one in found]


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
        marks_are_sure=span.are_points_read and all(map(are_marks_sure, opinions)),
        print_chance=_print_chance(span, opinions),
    )
    is_sure = all(digit.decision is Decision.ACCEPT for digit in digits)
    return (line if is_sure and confidence >= level else line.doubted(Doubt.UNSURE)), seen


def _columns_of(span: Span, opinions: Sequence[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
    return [one[span.first : span.stop] for one in opinions]


def _print_chance(span: Span, opinions: Sequence[NDArray[np.float32]]) -> float:
    """Of its candidates, by the span's columns of each network that was asked."""
    places = [one.column - span.first for one in span.candidates]
    return float(np.mean([chances_near(one, PRINT_MARK, places) for one in opinions]))


def sequence_evidence(span: Span, opinions: Sequence[NDArray[np.float32]], digits: str) -> float:
    """Log-probability of a span's number by the line networks that were asked, nats."""
    return mean_log_probability(_columns_of(span, opinions), digits)


def company_of(candidates: Sequence[Character], looks: Sequence[Look]) -> Company:
    """What a span's candidates stand in, each of them counted.

    On plain paper the digit network, which has learned from single digits, knows them better; cells
    at low resolution and patterned paper the line network. Where the one sees no digits in what
    the other reads, the writing is of the second sort.

    Args:
        candidates: Of the span, with the line network's word.
        looks: At each of them.
    """
    if len(looks) == 1:
        return "none"
    known = [
        0.0 if look.digits is None else float(look.digits.sum())
        for character, look in zip(candidates, looks, strict=True)
        if sum(character.digits) >= _DIGIT
    ]
    return "clear" if known and float(np.median(known)) > _CLEAR else "any"


def fuse(character: Character, look: Look, fusion: Fusion, company: Company) -> NDArray[np.float64]:
    """Both networks' answers as one: a weighted product of probabilities (Hinton, 2002).

    Whether it is a digit and which one are weighed apart: two networks that differ about which
    agree that it is one.

    Returns:
        (10,) in [0, 1]; what they lack of 1 says that it is no digit.
    """
    share = fusion.share(character, look, company)
    odds, which = log_evidence(np.array(character.digits))
    log_odds, log_which = share.line * odds - share.none, share.line * which
    if look.digits is not None:
        odds, which = log_evidence(look.digits)
        log_odds, log_which = log_odds + share.look * odds, log_which + share.look * which
    return with_odds(log_odds, log_which)
