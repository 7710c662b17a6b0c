"""What the clerk makes of a reading: selection and answers. Pure values, no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from desktop_app.gui.as_kind import read_as_kind
from desktop_app.gui.reviewed_line import (
    AddedDigit,
    Mark,
    ReadDigit,
    ReviewedLine,
    gap_box,
    with_digit,
    without_digit,
)
from model.reasons import reasons_for_doubt
from model.types import UNREAD, Decision

if TYPE_CHECKING:
    from desktop_app.gui.reviewed_line import ReviewedDigit
    from model.fields.kind import FieldKind
    from model.types import Box, LineReading, PageReading


@dataclass(frozen=True, slots=True)
class Given:
    """What the clerk said of a page, whatever kind its numbers are.

    Attributes:
        answers: What the digits are, by their boxes.
        edited: The lines that digits were added to or removed from, by their boxes; None for one
            that is no line any more.
    """

    answers: dict[Box, int] = field(default_factory=dict)
    edited: dict[Box, ReviewedLine | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Review:
    """All lines, and where the clerk is: a line always, a digit of it or none.

    Attributes:
        gap: Where the next typed digit is put: before the digit at this position of the line, its
            length for behind the last one; None where none is open. No digit is selected then.
        is_adding: Whether digits are being typed one after another: the selected one was added, and
            the next one goes behind it.
        removed: Boxes of the lines whose digits were all removed.
    """

    lines: tuple[ReviewedLine, ...]
    line: int = 0
    digit: int | None = None
    gap: int | None = None
    is_adding: bool = False
    removed: tuple[Box, ...] = ()

    @classmethod
    def of(
        cls, reading: PageReading, kind: FieldKind | None = None, given: Given | None = None
    ) -> Review:
        """Start on the first doubtful digit of the page, else on the first line.

        With a kind, start on the first line that is of it, if there is one.

        Args:
            reading: As the reader gave it.
            kind: What kind of number each line is to be.
            given: What the clerk said before.
        """
        given = given or Given()
        gone = tuple(box for box, line in given.edited.items() if line is None)
        kept = replace(reading, lines=tuple(one for one in reading.lines if one.box not in gone))
        edited = {box: line for box, line in given.edited.items() if line is not None}
        written = {box: line.written for box, line in edited.items()}
        lines = tuple(
            replace(edited[line.box], kind=of_kind)
            if line.box in edited
            else _reviewed(line, of_kind, given.answers)
            for line, of_kind in read_as_kind(kept, kind, given.answers, written)
        )
        read = {line.box for line in reading.lines}
        lines += tuple(replace(one, kind=kind) for box, one in edited.items() if box not in read)
        # Of a page with several numbers the one of the kind that is wanted is shown first.
        wanted = next((at for at, line in enumerate(lines) if line.value is not None), None)
        if wanted is None:
            return cls(lines, removed=gone).at_next_doubt()
        return cls(lines, wanted, lines[wanted].first_doubt, removed=gone)

    @property
    def given(self) -> Given:
        """What the clerk said so far."""
        answers = {
            digit.box: digit.answer
            for line in self.lines
            for digit in line.digits
            if isinstance(digit, ReadDigit) and digit.answer is not None
        }
        edited = {line.box: line for line in self.lines if line.is_edited}
        return Given(answers, {**edited, **dict.fromkeys(self.removed)})

    @property
    def current_line(self) -> ReviewedLine:
        """The line whose number is shown large."""
        return self.lines[self.line]

    @property
    def current_digit(self) -> ReviewedDigit | None:
        """The selected digit."""
        return None if self.digit is None else self.current_line.digits[self.digit]

    @property
    def place(self) -> int | None:
        """Where in the line the clerk is: at the selected digit, or at the one before the gap."""
        return self.digit if self.gap is None else max(0, self.gap - 1)

    @property
    def spot(self) -> Box | None:
        """Where on the page the selected digit or the open gap is."""
        if self.gap is not None:
            return gap_box(self.current_line, self.gap)
        digit = self.current_digit
        return None if digit is None else digit.box

    @property
    def doubt_count(self) -> int:
        """Doubtful digits left on the whole page."""
        return sum(len(line.doubts) for line in self.lines)

    def selected(self, line: int, digit: int | None) -> Review:
        """Go to a digit; positions outside are brought to the nearest."""
        line = min(max(line, 0), len(self.lines) - 1)
        if digit is not None:
            digit = min(max(digit, 0), len(self.lines[line].digits) - 1)
        return replace(self, line=line, digit=digit, gap=None, is_adding=False)

    def stepped(self, by: int) -> Review:
        """Go to the digit before or after; from none, to the line's last or first.

        A gap that is open moves instead.
        """
        last = len(self.current_line.digits) - 1
        if self.gap is not None:
            return self.opened(self.gap + by)
        if self.digit is None:
            return self.selected(self.line, 0 if by > 0 else last)
        return self.selected(self.line, self.digit + by)

    def stepped_line(self, by: int) -> Review:
        """Go to the line above or below: to its first doubtful digit, else to the line alone."""
        line = min(max(self.line + by, 0), len(self.lines) - 1)
        if line == self.line:
            return self.closed()
        return self.selected(line, self.lines[line].first_doubt)

    def answered(self, answer: int) -> Review:
        """Say what the selected digit is; nothing happens where none is selected."""
        if self.digit is None:
            return self
        line = self.current_line
        digits = list(line.digits)
        digits[self.digit] = digits[self.digit].answered(answer)
        return self._with_line(replace(line, digits=tuple(digits)))

    def opened(self, gap: int) -> Review:
        """Open a gap in the current line, for digits that were not read."""
        gap = min(max(gap, 0), len(self.current_line.digits))
        return replace(self, digit=None, gap=gap, is_adding=False)

    def closed(self) -> Review:
        """Close the gap and go back to the digit before it; or add no more behind the selected."""
        if self.gap is not None:
            return self.selected(self.line, self.gap - 1)
        return replace(self, is_adding=False) if self.is_adding else self

    @property
    def takes_digits(self) -> bool:
        """Whether a typed digit is added to the line."""
        return self.gap is not None or self.is_adding

    def added(self, digit: int) -> Review:
        """Put a digit into the gap and select it; the next one goes behind it.

        Nothing happens where no digit is being added.
        """
        at = self.gap
        if at is None and self.is_adding and self.digit is not None:
            at = self.digit + 1
        if at is None:
            return self
        longer = self._with_line(with_digit(self.current_line, at, digit))
        return replace(longer.selected(self.line, at), is_adding=True)

    def begun(self, digit: int, box: Box, kind: FieldKind | None) -> Review:
        """The first digit of a number that the clerk types where none was read.

        Args:
            digit: 0 to 9.
            box: Where it is shown on the page.
            kind: What kind of number it is to be.
        """
        line = ReviewedLine((AddedDigit(digit, box),), box, kind=kind)
        removed = tuple(other for other in self.removed if other != box)
        return Review((line,), digit=0, is_adding=True, removed=removed)

    def without_selected(self) -> Review:
        """Take the selected digit out, and go to the one after it, or to the last.

        While digits are being added, the next one is put in its place. A line without digits is
        none: it goes, too, and the next one starts on its first doubt.
        """
        if self.digit is None:
            return self
        line = self.current_line
        if len(line.digits) > 1:
            shorter = self._with_line(without_digit(line, self.digit))
            if self.is_adding:
                return shorter._adding_at(self.digit)
            return shorter.selected(self.line, self.digit)
        lines = (*self.lines[: self.line], *self.lines[self.line + 1 :])
        removed = (*self.removed, line.box)
        if not lines:
            return Review(lines, removed=removed)
        at = min(self.line, len(lines) - 1)
        return Review(lines, at, lines[at].first_doubt, removed=removed)

    def _adding_at(self, at: int) -> Review:
        """Behind the digit that was added before it, else in a gap."""
        if at and self.current_line.digits[at - 1].mark is Mark.ADDED:
            return replace(self.selected(self.line, at - 1), is_adding=True)
        return replace(self.opened(at), is_adding=True)

    def _with_line(self, line: ReviewedLine) -> Review:
        lines = list(self.lines)
        lines[self.line] = line
        return replace(self, lines=tuple(lines))

    def at_next_doubt(self) -> Review:
        """Go to the next doubtful digit: right of here, in later lines, then from the top.

        Where none is left the line stays and no digit is selected.
        """
        here = (self.line, -1 if self.digit is None else self.digit)
        places = [(at, digit) for at, line in enumerate(self.lines) for digit in line.doubts]
        if not places:
            return self.selected(self.line, None)
        line, digit = next((place for place in places if place > here), places[0])
        return self.selected(line, digit)


def _reviewed(line: LineReading, kind: FieldKind | None, answers: dict[Box, int]) -> ReviewedLine:
    digits = [
        ReadDigit(digit, answers.get(digit.box), accept_above=line.accept_above)
        for digit in line.digits
    ]
    changed = {change.box for change in line.field.changed} if line.field is not None else set()
    if line.decision is Decision.REVIEW:
        # A person is asked about digits, so a doubt about the line goes to those that a rule
        # changed, or else to its least sure one.
        asked = [at for at, digit in enumerate(digits) if digit.box in changed]
        if not asked and not line.doubtful_count:
            asked = [min(range(len(digits)), key=lambda at: digits[at].reading.confidence)]
        for at in asked:
            read = digits[at].reading
            is_clear = read.decision is Decision.ACCEPT
            asked_about = replace(read, decision=Decision.REVIEW)
            digits[at] = replace(digits[at], reading=asked_about, is_clear=is_clear)
    return ReviewedLine(
        tuple(digits),
        line.box,
        line.written,
        kind,
        reasons_for_doubt(line),
        is_ink_left=not UNREAD.isdisjoint(line.doubts),
    )
