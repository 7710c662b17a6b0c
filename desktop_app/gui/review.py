"""What the clerk makes of a reading: selection, answers, undo. Pure values, no Qt."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from desktop_app.gui import strings
from desktop_app.gui.as_kind import read_as_kind
from model.reasons import reasons_for_doubt
from model.types import Decision

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from model.fields.kind import FieldKind
    from model.types import Box, DigitReading, LineReading, PageReading


class Mark(Enum):
    """Where a digit stands between the reader and the clerk."""

    SURE = "sure"
    DOUBT = "check"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class ReviewedDigit:
    """A digit as read, and what the clerk answered; None: nobody was asked."""

    reading: DigitReading
    answer: int | None = None

    @property
    def digit(self) -> int:
        """The digit that counts: the clerk's, else the reader's."""
        return self.reading.digit if self.answer is None else self.answer

    @property
    def mark(self) -> Mark:
        """What the digit's box and card show."""
        if self.answer is None:
            return Mark.DOUBT if self.reading.decision is Decision.REVIEW else Mark.SURE
        return Mark.CONFIRMED if self.answer == self.reading.digit else Mark.CORRECTED


@dataclass(frozen=True, slots=True)
class ReviewedLine:
    """A line as read, with the clerk's answers.

    Attributes:
        as_read: Its digits with the separators between them.
        kind: What kind of number it is to be; None for any.
        reasons: Why a person has to look, in sentences.
    """

    digits: tuple[ReviewedDigit, ...]
    box: Box
    as_read: str = ""
    kind: FieldKind | None = None
    reasons: tuple[str, ...] = ()

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
    def doubts(self) -> tuple[int, ...]:
        """Positions of the digits that a person still has to look at."""
        return tuple(at for at, digit in enumerate(self.digits) if digit.mark is Mark.DOUBT)

    def count(self, mark: Mark) -> int:
        """How many digits carry this mark."""
        return sum(digit.mark is mark for digit in self.digits)


@dataclass(frozen=True, slots=True)
class Review:
    """All lines, and where the clerk is: a line always, a digit of it or none."""

    lines: tuple[ReviewedLine, ...]
    line: int = 0
    digit: int | None = None

    @classmethod
    def of(
        cls,
        reading: PageReading,
        kind: FieldKind | None = None,
        answers: Mapping[Box, int] | None = None,
    ) -> Review:
        """Start on the first doubtful digit of the page, else on the first line.

        With a kind, start on the first line that is of it, if there is one.

        Args:
            reading: As the reader gave it.
            kind: What kind of number each line is to be.
            answers: What the clerk said before about the digits in these boxes.
        """
        given = answers or {}
        lines = tuple(
            _reviewed(line, of_kind, given) for line, of_kind in read_as_kind(reading, kind, given)
        )
        # Of a page with several numbers the one of the kind that is wanted is shown first.
        wanted = next((at for at, line in enumerate(lines) if line.value is not None), None)
        if wanted is None:
            return cls(lines).at_next_doubt()
        doubts = lines[wanted].doubts
        return cls(lines, wanted, doubts[0] if doubts else None)

    @property
    def answers(self) -> dict[Box, int]:
        """What the clerk said about the digits, by their boxes."""
        return {
            digit.reading.box: digit.answer
            for line in self.lines
            for digit in line.digits
            if digit.answer is not None
        }

    @property
    def current_line(self) -> ReviewedLine:
        """The line whose number is shown large."""
        return self.lines[self.line]

    @property
    def current_digit(self) -> ReviewedDigit | None:
        """The selected digit."""
        return None if self.digit is None else self.current_line.digits[self.digit]

    @property
    def doubt_count(self) -> int:
        """Doubtful digits left on the whole page."""
        return sum(len(line.doubts) for line in self.lines)

    def selected(self, line: int, digit: int | None) -> Review:
        """Go to a digit; positions outside are brought to the nearest."""
        line = min(max(line, 0), len(self.lines) - 1)
        if digit is not None:
            digit = min(max(digit, 0), len(self.lines[line].digits) - 1)
        return replace(self, line=line, digit=digit)

    def stepped(self, by: int) -> Review:
        """Go to the digit before or after; from none, to the line's last or first."""
        if self.digit is None:
            last = len(self.current_line.digits) - 1
            return self.selected(self.line, 0 if by > 0 else last)
        return self.selected(self.line, self.digit + by)

    def stepped_line(self, by: int) -> Review:
        """Go to the line above or below: to its first doubtful digit, else to the line alone."""
        line = min(max(self.line + by, 0), len(self.lines) - 1)
        if line == self.line:
            return self
        doubts = self.lines[line].doubts
        return self.selected(line, doubts[0] if doubts else None)

    def answered(self, answer: int) -> Review:
        """Say what the selected digit is; nothing happens where none is selected."""
        if self.digit is None:
            return self
        line = self.current_line
        digits = list(line.digits)
        digits[self.digit] = replace(digits[self.digit], answer=answer)
        lines = list(self.lines)
        lines[self.line] = replace(line, digits=tuple(digits))
        return replace(self, lines=tuple(lines))

    def at_next_doubt(self) -> Review:
        """Go to the next doubtful digit: right of here, in later lines, then from the top.

        Where none is left the line stays and no digit is selected.
        """
        here = (self.line, -1 if self.digit is None else self.digit)
        places = [(at, digit) for at, line in enumerate(self.lines) for digit in line.doubts]
        if not places:
            return replace(self, digit=None)
        line, digit = next((place for place in places if place > here), places[0])
        return self.selected(line, digit)


@dataclass(frozen=True, slots=True)
class ReviewHistory:
    """A review with what undo and redo return to."""

    present: Review
    past: tuple[Review, ...] = ()
    future: tuple[Review, ...] = ()

    def changed(self, review: Review) -> ReviewHistory:
        """A new answer; what was undone before is forgotten."""
        return ReviewHistory(review, (*self.past, self.present), ())

    def moved(self, review: Review) -> ReviewHistory:
        """A new selection, which is not worth an undo step."""
        return replace(self, present=review)

    def mapped(self, change: Callable[[Review], Review]) -> ReviewHistory:
        """The same answers, each review of them changed."""
        past, future = (tuple(map(change, reviews)) for reviews in (self.past, self.future))
        return ReviewHistory(change(self.present), past, future)

    def undone(self) -> ReviewHistory:
        """Back before the last answer, at the digit that it was given to."""
        if not self.past:
            return self
        return ReviewHistory(self.past[-1], self.past[:-1], (self.present, *self.future))

    def redone(self) -> ReviewHistory:
        """Forward again."""
        if not self.future:
            return self
        return ReviewHistory(self.future[0], (*self.past, self.present), self.future[1:])


def _reviewed(
    line: LineReading, kind: FieldKind | None, answers: Mapping[Box, int]
) -> ReviewedLine:
    digits = list(line.digits)
    changed = {change.box for change in line.field.changed} if line.field is not None else set()
    if line.decision is Decision.REVIEW:
        # A person is asked about digits, so a doubt about the line goes to those that a rule
        # changed, or else to its least sure one.
        asked = [at for at, digit in enumerate(digits) if digit.box in changed]
        if not asked and not line.doubtful_count:
            asked = [min(range(len(digits)), key=lambda at: digits[at].confidence)]
        for at in asked:
            digits[at] = replace(digits[at], decision=Decision.REVIEW)
    return ReviewedLine(
        tuple(ReviewedDigit(digit, answers.get(digit.box)) for digit in digits),
        line.box,
        line.written,
        kind,
        reasons_for_doubt(line),
    )
