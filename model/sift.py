"""Which of a page's readings are numbers that somebody wrote; the others are words or dirt."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from model.types import Decision, Doubt, LineReading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from model.read_span import SpanReading
    from model.types import Box

# A line with more strangers than digits is a word, a signature or a picture, not a number.
_STRANGERS_A_DIGIT: Final = 1.0
# Lines much lower than a surer one are print or dirt beside the writing; so is what hardly looks
# like a number, beside what surely is one. Confidences a digit.
_LOWEST_LINE: Final = 0.3
_SURE: Final = 0.8
_UNSURE: Final = 0.5
# Confidence below which a number of whatever length is dropped beside a sure one.
_HARDLY: Final = 0.03
# A comma is so much lower than the number that it hangs from.
_HANGING: Final = 0.5
# Share of a number's box that lies in another's, from which both are of the same ink.
_REPEATED: Final = 0.5
# Share of a cut-out cell's width in which a lone digit beside a number is its printed side.
_SIDE: Final = 0.08
# The same for what is no wider than such a share of its height. Of 3,765 training cells and amounts
# 3,591 are exact with it and without what the picture's edge cuts off, 3,579 by the line before.
_NARROW_SIDE: Final = 0.15
_NARROW: Final = 0.5
# Among so much other ink nothing is accepted without a person.
_LEAST_EXPLAINED: Final = 0.5
# Of a page's numbers, how many have to be sure, or a lone digit among them is not accepted.
_LEAST_SURE: Final = 0.5
# Digits that are loops or strokes, and nothing but them.
_LOOPS_OR_STROKES: Final = frozenset("01")
# Two numbers may be one where they stand so near, a share of the lower one's height, and as much of
# that height side by side.
_NEXT: Final = 0.8
_LEVEL: Final = 0.6


def sift(spans: Sequence[SpanReading]) -> list[LineReading]:
    """Drop what is not a number; among much other ink, let a person decide."""
    numbers = [
        span.line
        for span in spans
        if span.line and span.strangers <= _STRANGERS_A_DIGIT * len(span.line.digits)
    ]
    numbers = _without_repeats(numbers)
    numbers = [one for one in numbers if not any(_is_comma_of(one, other) for other in numbers)]
    kept = [one for one in numbers if not any(_is_dirt_beside(one, other) for other in numbers)]
    read = sum(len(one.digits) for one in kept)
    # Dirt is not explained either: it counts with the strangers.
    marks = sum(len(one.digits) for one in numbers) + sum(span.strangers for span in spans)
    if read < _LEAST_EXPLAINED * marks:
        return [one.doubted(Doubt.OTHER_INK) for one in kept]
    sure = sum(one.decision is Decision.ACCEPT for one in kept)
    if sure >= _LEAST_SURE * len(kept):
        return kept
    return [one.doubted(Doubt.OTHER_INK) if _may_be_drawing(one) else one for one in kept]


def _may_be_drawing(line: LineReading) -> bool:
    """Whether it is so little, or so much alike, that a drawing or a signature may look like it."""
    said = set(line.text)
    return len(line.digits) == 1 or (len(said) == 1 and said <= _LOOPS_OR_STROKES)


def doubt_halves(lines: Sequence[LineReading]) -> list[LineReading]:
    """The numbers of a page; two that stand side by side as parts of one do are for a person."""
    return [
        one.doubted(Doubt.SPLIT) if any(_may_be_one(one, other) for other in lines) else one
        for one in lines
    ]


def _may_be_one(one: LineReading, other: LineReading) -> bool:
    """Whether another number stands right beside one, as if they were parts of the same."""
    if one is other:
        return False
    (left, right) = sorted((one.box, other.box), key=lambda box: box.x)
    least = min(left.h, right.h)
    common = min(left.bottom, right.bottom) - max(left.y, right.y)
    return -least < right.x - left.right < _NEXT * least and common >= _LEVEL * least


def _without_repeats(lines: list[LineReading]) -> list[LineReading]:
    """Where the same ink was read in two rows: the longer number, or else the surer."""
    kept: list[LineReading] = []
    for line in sorted(lines, key=lambda one: (-len(one.digits), -sureness(one))):
        if all(_common(line.box, other.box) < _REPEATED for other in kept):
            kept.append(line)
    return [line for line in lines if any(line is other for other in kept)]


def _common(box: Box, other: Box) -> float:
    """Share of a box that lies in another."""
    across = min(box.right, other.right) - max(box.x, other.x)
    down = min(box.bottom, other.bottom) - max(box.y, other.y)
    return max(0, across) * max(0, down) / (box.w * box.h)


def _is_dirt_beside(one: LineReading, other: LineReading) -> bool:
    """Whether a surer line shows that this is no writing: much higher, or much surer."""
    own, best = sureness(one), sureness(other)
    if own >= min(best, _SURE):
        return False
    if one.box.h < _LOWEST_LINE * other.box.h or (best >= _SURE and own < _UNSURE):
        return True
    # Names in capitals: each letter may be a digit, all of them together are hardly a number.
    is_number = len(other.digits) > 1 and other.confidence >= _SURE
    return is_number and one.confidence < _HARDLY


def _is_comma_of(one: LineReading, other: LineReading) -> bool:
    """Whether a doubtful low 1 hangs from the foot of a number."""
    mark, number = one.box, other.box
    return (
        one.text == "1"
        and one.decision is Decision.REVIEW
        and len(other.digits) > 1
        and mark.h < _HANGING * number.h
        and number.x <= mark.x <= mark.right <= number.right
        and number.y < mark.y < number.bottom
    )


def sureness(line: LineReading) -> float:
    """Geometric mean of a number's digits' confidences: what stands beside them plays no part."""
    return math.exp(sum(math.log(digit.confidence) for digit in line.digits) / len(line.digits))


def without_surroundings(
    lines: list[LineReading], width: float, height: float
) -> list[LineReading]:
    """The numbers of a cut-out cell, without what was read of its sides and of other rows.

    Args:
        lines: Of a picture of one line.
        width: Of the picture.
        height: Likewise.
    """
    best = max(lines, key=_said, default=None)
    kept: list[LineReading] = []
    is_cut_off = False
    for line in lines:
        # A sure one may be the next number: a person sees both.
        if line is best or best is None or line.decision is Decision.ACCEPT:
            kept.append(line)
        elif _is_cut_off(line, best, height):
            is_cut_off = is_cut_off or len(line.digits) > 1
        elif not _is_side(line, width):
            kept.append(line)
    return [line.doubted(Doubt.UNREAD_INK) for line in kept] if is_cut_off else kept


def _is_side(line: LineReading, width: float) -> bool:
    """Whether a lone digit stands where the printed sides of a cell do; a side is narrow."""
    box = line.box
    share = _NARROW_SIDE if box.w < _NARROW * box.h else _SIDE
    return len(line.digits) == 1 and not share <= (box.x + box.w / 2) / width <= 1 - share


def _is_cut_off(line: LineReading, best: LineReading, height: float) -> bool:
    """Whether the picture's edge cuts it off, and not the number: it is of the row beyond."""
    return line.box.y <= 0 < best.box.y or line.box.bottom >= height > best.box.bottom


def explained(lines: Sequence[LineReading]) -> float:
    """How much one of two readings of the same ink says.

    A digit is sooner lost than invented, so that many of them count more than sure ones.
    """
    return sum(map(_said, lines))


def _said(line: LineReading) -> float:
    return math.sqrt(line.confidence) * len(line.digits)


def doubt_what_differs(
    lines: list[LineReading], others: Sequence[LineReading]
) -> list[LineReading]:
    """The numbers of a reading; a person decides where another, as sure or longer, differs.

    A digit is sooner lost than invented: another that has more of them need not be sure. Of the
    same digits, the marks are not sure where the other has others, but behind the last digit.
    """
    said, denied = ([line.text for line in reading] for reading in (lines, others))
    is_sure = any(line.decision is Decision.ACCEPT for line in others)
    is_longer = sum(map(len, denied)) > sum(map(len, said))
    if said == denied:
        pairs = zip(lines, others, strict=True)
        return [
            one if _marks(one) == _marks(other) else _with_unsure_marks(one) for one, other in pairs
        ]
    if not (is_sure or is_longer):
        return lines
    return [line.doubted(Doubt.READ_OTHERWISE) for line in lines]


def _marks(line: LineReading) -> str:
    """As it is written, without what closes it."""
    return re.sub("[^0-9]+$", "", line.written)


def _with_unsure_marks(line: LineReading) -> LineReading:
    """The same with points, commas and strokes that may be others."""
    return replace(line, marks_are_sure=False)
