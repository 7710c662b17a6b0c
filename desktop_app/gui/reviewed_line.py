"""A line with the clerk's answers: digits as read, corrected, added. Pure values, no Qt."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeAlias

from desktop_app.gui import strings
from model.types import Box, Decision

if TYPE_CHECKING:
    from model.fields.kind import FieldKind
    from model.types import DigitReading, Page

# Narrower than this part of a digit's height, a gap could not be seen on the page.
_LEAST_GAP: Final = 0.25
# A digit that is typed where nothing was read: its height as a share of the page's, and its width
# as a share of its height.
_TYPED: Final = 0.08
_TYPED_WIDTH: Final = 0.6


class Mark(Enum):
    """Where a digit stands between the reader and the clerk."""

    SURE = "sure"
    DOUBT = "check"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class ReadDigit:
    """A digit as read, and what the clerk answered; None: nobody was asked.

    Attributes:
        is_clear: Whether it is asked about for the number's sake alone, clear by itself.
        accept_above: Confidence from which nobody has to look at a digit of its line.
    """

    reading: DigitReading
    answer: int | None = None
    is_clear: bool = False
    accept_above: float = 1.0

    @property
    def digit(self) -> int:
        """The digit that counts: the clerk's, else the reader's."""
        return self.reading.digit if self.answer is None else self.answer

    @property
    def box(self) -> Box:
        """Where its ink lies."""
        return self.reading.box

    @property
    def mark(self) -> Mark:
        """What the digit's box and card show."""
        if self.answer is None:
            return Mark.DOUBT if self.reading.decision is Decision.REVIEW else Mark.SURE
        return Mark.CONFIRMED if self.answer == self.reading.digit else Mark.CORRECTED

    def answered(self, answer: int) -> ReadDigit:
        """The same, with what the clerk says it is."""
        return replace(self, answer=answer)


@dataclass(frozen=True, slots=True)
class AddedDigit:
    """A digit that was not read; the clerk put it in.

    Attributes:
        digit: 0 to 9.
        box: The gap that it stands in, between its neighbours.
    """

    digit: int
    box: Box

    @property
    def mark(self) -> Mark:
        """What the digit's box and card show."""
        return Mark.ADDED

    def answered(self, answer: int) -> AddedDigit:
        """The same, with what the clerk says it is."""
        return replace(self, digit=answer)


ReviewedDigit: TypeAlias = ReadDigit | AddedDigit


@dataclass(frozen=True, slots=True)
class ReviewedLine:
    """A line as read, with the clerk's answers.

    Attributes:
        as_read: Its digits with the separators between them; empty where nobody told.
        kind: What kind of number it is to be; None for any.
        reasons: Why a person has to look, in sentences.
        removed: How many of the digits that were read the clerk took out.
        is_ink_left: Whether beside it, or elsewhere on its page, something written was not read.
    """

    digits: tuple[ReviewedDigit, ...]
    box: Box
    as_read: str = ""
    kind: FieldKind | None = None
    reasons: tuple[str, ...] = ()
    removed: int = 0
    is_ink_left: bool = False

    @property
    def text(self) -> str:
        """The digits alone."""
        return "".join(str(digit.digit) for digit in self.digits)

    @property
    def written(self) -> str:
        """The number as it stands now, with the separators that were read."""
        digits = iter(self.text)
        return re.sub(r"[0-9]", lambda _: next(digits), self.as_read) or self.text

    @property
    def value(self) -> str | None:
        """What it means as its kind of number; None where it is none, or any will do."""
        return None if self.kind is None else self.kind.value_of(self.written)

    @property
    def breaks_rule(self) -> bool:
        """Whether it is no number of its kind."""
        return self.kind is not None and self.value is None

    @property
    def copied(self) -> str:
        """What the clipboard gets: the digits, and the point of an amount with decimals."""
        value = self.value
        return value if value is not None and "." in value else self.text

    @property
    def groups(self) -> tuple[str, ...]:
        """Its digits in the groups in which people read such a number."""
        if self.kind is not None:
            shown = self.kind.shown(self.written)
        elif re.fullmatch(r"[0-9]+([^0-9]+[0-9]{2,})+[^0-9]*", self.written):
            shown = self.written
        else:
            return strings.grouped(self.text)
        groups = tuple(re.findall(r"[0-9]+", shown))
        is_whole = len(groups) > 1 and "".join(groups) == self.text
        return groups if is_whole else strings.grouped(self.text)

    @property
    def has_decimals(self) -> bool:
        """Whether the last group stands behind a decimal point."""
        return self.copied == "".join(self.groups[:-1]) + "." + self.groups[-1]

    @property
    def is_edited(self) -> bool:
        """Whether the clerk added digits or removed some; no rule changes its digits then."""
        return self.removed > 0 or self.count(Mark.ADDED) > 0

    @property
    def doubts(self) -> tuple[int, ...]:
        """Positions of the digits that a person still has to look at."""
        return tuple(at for at, digit in enumerate(self.digits) if digit.mark is Mark.DOUBT)

    @property
    def first_doubt(self) -> int | None:
        """Position of the first of them; None where nothing is left to look at."""
        return next(iter(self.doubts), None)

    def count(self, mark: Mark) -> int:
        """How many digits carry this mark."""
        return sum(digit.mark is mark for digit in self.digits)


def with_digit(line: ReviewedLine, at: int, digit: int) -> ReviewedLine:
    """The line with a further digit before the one at that position, or behind the last."""
    digits = list(line.digits)
    digits.insert(at, AddedDigit(digit, gap_box(line, at)))
    as_read = line.as_read
    if as_read:
        places = [match.end() for match in re.finditer(r"[0-9]", as_read)]
        cut = places[at - 1] if at else places[0] - 1
        as_read = f"{as_read[:cut]}{digit}{as_read[cut:]}"
    return replace(line, digits=tuple(digits), as_read=as_read)


def without_digit(line: ReviewedLine, at: int) -> ReviewedLine:
    """The line without one of its digits."""
    digits = list(line.digits)
    taken = digits.pop(at)
    as_read = line.as_read
    if as_read:
        cut = [match.start() for match in re.finditer(r"[0-9]", as_read)][at]
        as_read = as_read[:cut] + as_read[cut + 1 :]
    removed = line.removed + isinstance(taken, ReadDigit)
    return replace(line, digits=tuple(digits), as_read=as_read, removed=removed)


def typing_place(page: Page, region: Box | None) -> Box:
    """Where the first digit of a number that was not read is shown: at the top left."""
    part = region or Box(0, 0, page.width, page.height)
    high = max(2, round(_TYPED * part.h))
    margin = high // 2
    return Box(part.x + margin, part.y + margin, max(1, round(_TYPED_WIDTH * high)), high)


def gap_box(line: ReviewedLine, at: int) -> Box:
    """Between the digits before and at that position; at an end, as wide as a digit beside it."""
    boxes = [digit.box for digit in line.digits]
    beside = boxes[max(0, at - 1) : at + 1]
    top = min(box.y for box in beside)
    bottom = max(box.bottom for box in beside)
    widest = max(box.w for box in beside)
    if at == 0:
        left, right = beside[0].x - widest, beside[0].x
    elif at == len(boxes):
        left, right = beside[0].right, beside[0].right + widest
    else:
        left, right = beside[0].right, beside[1].x
    least = max(2, round(_LEAST_GAP * (bottom - top)))
    if right - left < least:
        left = (left + right - least) // 2
        right = left + least
    left = max(0, left)
    return Box(left, top, max(least, right - left), bottom - top)
