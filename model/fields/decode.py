"""Read a line as a number of a certain kind: the most probable of its numbers that is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from model.fields.columns import may_gap_be_point
from model.types import Alternative, Box, Change, Decision, Doubt, FieldReading

if TYPE_CHECKING:
    from model.fields.kind import FieldKind
    from model.types import DigitReading, LineReading, PageReading


# Probability from which a number may be taken that has more or fewer digits than were read.
_OTHER_LENGTH: Final = 0.02
# Confidence from which a digit was clearly read: no rule takes it for none.
_CLEARLY: Final = 0.95
# A rule that so many misreadings keep says nothing about whether a number was misread.
_TELLS_LITTLE: Final = 0.5


@dataclass(frozen=True, slots=True)
class _Option:
    """One of a line's numbers that keeps the rule, and what it then means."""

    number: Alternative
    value: str


def read_fields(page: PageReading, kind: FieldKind) -> PageReading:
    """All lines of a page as numbers of one kind."""
    return replace(page, lines=tuple(read_field(line, kind) for line in page.lines))


def read_field(line: LineReading, kind: FieldKind) -> LineReading:
    """A line as a number of a kind.

    What was read stands if it keeps the rule; or else the likeliest alternative that keeps it. Its
    confidence is its share of the probability of all that keep it; what is in none of the
    alternatives is taken to keep it as often as misreadings do. A rule that most misreadings keep
    makes nothing surer. A line that the rule changed is for a person, as is one of which nothing
    keeps the rule; that one stays as it was read.

    Args:
        line: As it was read, without a field.
        kind: What it is to be.
    """
    read = Alternative(line.digits, line.written or line.text, line.confidence)
    numbers = (read, *line.alternatives)
    valid = [
        _Option(number, value)
        for number in numbers
        if (value := kind.value_of(number.written)) is not None
    ]
    options = [option for option in valid if _may_stand(option.number, line)]
    if not options:
        return replace(line, field=_field(kind, read.written, None)).doubted(Doubt.NOT_OF_KIND)
    best = max(options, key=lambda option: option.number.probability)
    if options[0].number is read:
        best = options[0]
        if kind.passes_by_chance >= _TELLS_LITTLE:
            return _with_marks(replace(line, field=_field(kind, read.written, best.value)), kind)
    left = max(0.0, 1 - sum(number.probability for number in numbers)) * kind.passes_by_chance
    barred = sum(option.number.probability for option in valid if option not in options)
    return _with_marks(_as_taken(line, kind, options, best, left + barred), kind)


def _may_stand(number: Alternative, line: LineReading) -> bool:
    """Whether a number may be taken for the line.

    Not one that leaves out a digit that was clearly read, or adds one; nor any other number where
    ink was not read: what lacks a digit keeps no rule, or keeps it by chance.
    """
    if number.digits == line.digits:
        return True
    if Doubt.UNREAD_INK in line.doubts:
        return False
    kept = {digit.box for digit in number.digits}
    if any(digit.box not in kept and digit.confidence >= _CLEARLY for digit in line.digits):
        return False
    return len(number.digits) == len(line.digits) or number.probability >= _OTHER_LENGTH


def _as_taken(
    line: LineReading,
    kind: FieldKind,
    options: Sequence[_Option],
    best: _Option,
    unknown: float,
) -> LineReading:
    """The line as one of its options, which share the probability of all that keep the rule.

    Args:
        line: As it was read.
        kind: What it is to be.
        options: Those of its numbers that keep the rule.
        best: The one that is taken.
        unknown: Probability of all other numbers that keep it, known ones that may not stand
            for the line among them.
    """
    total = sum(option.number.probability for option in options) + unknown

    def share(likely: Sequence[_Option], of_unknown: float = 0.0) -> float:
        known = sum(option.number.probability for option in likely)
        return min(1.0, (known + of_unknown * unknown) / total)

    changed = _changes(line.digits, best.number.digits)
    digits = tuple(
        _with_confidence(
            digit,
            share([option for option in options if _says(option, digit)], digit.confidence),
            line.accept_above,
        )
        for digit in _with_runners_up(best.number.digits, changed)
    )
    others = [option for option in options if option is not best]
    doubts = tuple(doubt for doubt in line.doubts if doubt is not Doubt.UNSURE)
    taken = replace(
        line,
        digits=digits,
        confidence=share([best]),
        decision=Decision.REVIEW if doubts else Decision.ACCEPT,
        written=best.number.written,
        alternatives=tuple(replace(one.number, probability=share([one])) for one in others),
        doubts=doubts,
        field=_field(kind, best.number.written, best.value, changed),
    )
    if taken.confidence < line.accept_above:
        taken = taken.doubted(Doubt.UNSURE)
    return taken.doubted(Doubt.CHANGED) if changed else taken


def _with_marks(line: LineReading, kind: FieldKind) -> LineReading:
    """In doubt, where what it is worth hangs on a point that may be none, or on a gap."""
    is_unsure = kind.needs_marks and (not line.marks_are_sure or may_gap_be_point(line, kind))
    return line.doubted(Doubt.MARKS) if is_unsure else line


def _field(
    kind: FieldKind, written: str, value: str | None, changed: tuple[Change, ...] = ()
) -> FieldReading:
    return FieldReading(kind.name, kind.title, kind.rule, value, kind.shown(written), changed)


def _says(option: _Option, digit: DigitReading) -> bool:
    return any((o.box, o.digit) == (digit.box, digit.digit) for o in option.number.digits)


def _with_confidence(digit: DigitReading, confidence: float, accept_above: float) -> DigitReading:
    sure = confidence >= accept_above
    return replace(
        digit,
        confidence=confidence,
        runner_up_confidence=min(digit.runner_up_confidence, 1 - confidence),
        decision=Decision.ACCEPT if sure else Decision.REVIEW,
    )


def _with_runners_up(
    digits: Sequence[DigitReading], changed: Sequence[Change]
) -> list[DigitReading]:
    """The digits; of a changed one, what was read is the runner-up."""
    read = {one.box: one.read for one in changed if one.read is not None}
    return [replace(one, runner_up=read.get(one.box, one.runner_up)) for one in digits]


def _changes(read: Sequence[DigitReading], taken: Sequence[DigitReading]) -> tuple[Change, ...]:
    """Where two numbers from the same ink differ, from left to right."""
    places: dict[Box, int] = {}
    for i, digit in enumerate(taken, start=1):
        places[digit.box] = i
    before = {digit.box: digit.digit for digit in read}
    after = {digit.box: digit.digit for digit in taken}
    changes = []
    place = 1
    for box in sorted(before.keys() | after.keys(), key=lambda box: box.x + box.w / 2):
        place = places.get(box, place)
        if before.get(box) != after.get(box):
            changes.append(Change(place, before.get(box), after.get(box), box))
        place += box in after
    return tuple(changes)
