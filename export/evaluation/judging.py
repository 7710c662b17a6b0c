"""Holds a reader's answer against the truth, by the kind of set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from export.evaluation.metrics import (
    Rate,
    ReadRate,
    aligned,
    calibration_error,
    edit_distance,
    read_rate_at_error,
)
from export.evaluation.samples import Kind, Sample
from model.fields.catalogue import find_kind

LINE_BREAK = "|"


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """One line as a reader gave it.

    Attributes:
        text: Digits alone.
        confidence: In [0, 1].
        is_accepted: False where a person has to look; always true for readers that do not say.
        digits: Confidence of each digit; empty for readers that do not say.
    """

    text: str
    confidence: float
    is_accepted: bool
    digits: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a reader said about one picture.

    Attributes:
        lines: In reading order.
        processor_ms: Processor time for loading and reading the picture, without starting the
            reader; on one thread, what one waits on an otherwise idle machine.
        failure: Why the picture could not be read, or empty.
        ruled: The lines as numbers of the sample's kind, their values as text (empty where none
            keeps the rule); None where it has no kind.
    """

    lines: tuple[LineAnswer, ...]
    processor_ms: float
    failure: str = ""
    ruled: tuple[LineAnswer, ...] | None = None


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rule of a field made of a unit.

    Attributes:
        read: Its value, or empty where nothing keeps the rule.
        is_accepted: It has a value, and nobody has to look.
        is_exact: It is the value of the truth.
    """

    read: str
    is_accepted: bool
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """One unit that counts: a picture, or one field of a form.

    Attributes:
        length: Digits of the truth.
        distance: Edit distance to the truth.
        confidence: The least of the lines that count; 0 where nothing was read.
        is_accepted: Something was read, and nobody has to look.
        digits: Of each digit that was read, its confidence and whether it is right; by the least
            edit distance to the truth, none where a ``?`` leaves it open.
        ruled: As a number of the sample's kind; None where it has none.
    """

    name: str
    truth: str
    read: str
    length: int
    distance: int
    confidence: float
    is_accepted: bool
    is_exact: bool
    digits: tuple[tuple[float, bool], ...] = ()
    ruled: Ruled | None = None


@dataclass(frozen=True, slots=True)
class Beyond:
    """Lines of whole forms that stand for none of their fields.

    Attributes:
        lines: How many.
        accepted: How many of them nobody would have looked at.
    """

    lines: int
    accepted: int


@dataclass(frozen=True, slots=True)
class RuledScore:
    """What a set says of its fields' rules: exact values, accepted ones, and wrong among these."""

    exact: Rate
    accepted: Rate
    wrong_accepted: Rate


@dataclass(frozen=True, slots=True)
class Score:
    """What a set says about a reader.

    Attributes:
        digits: 1 - edit distance / digits of the truth, over all of the set; below 0 when a
            reader invents more than there is. None for negatives.
        exact: Units read without any mistake; for negatives, those without a reading.
        accepted: Units with an accepted reading.
        wrong_accepted: Of these, the wrong ones.
        any_reading: Units with any reading, accepted or not.
        read_rate: At 1 % error.
        digit_error: Expected calibration error of the digits' confidence; None without digits.
        line_error: The same of the lines', of pictures with a reading.
        ruled: With the fields' rules; None where the set has no fields.
    """

    digits: float | None
    exact: Rate
    accepted: Rate
    wrong_accepted: Rate
    any_reading: Rate
    read_rate: ReadRate
    failures: int = 0
    digit_error: float | None = None
    line_error: float | None = None
    ruled: RuledScore | None = None


def judge(kind: Kind, sample: Sample, answer: Answer) -> list[Outcome]:
    """One outcome for the picture, or one for each field of a form."""
    if kind is Kind.FIELDS:
        own = _lines_of_fields(sample, answer)
        return [
            _compare(f"{sample.name} {i + 1}", truth, [answer.lines[own[i]]] if i in own else ())
            for i, truth in enumerate(sample.truth.split(LINE_BREAK))
        ]
    outcome = _compare(sample.name, sample.truth, answer.lines)
    if kind is Kind.NEGATIVE:
        # One accepted line is one too many; review beside it does not undo it.
        outcome = replace(outcome, is_accepted=any(line.is_accepted for line in answer.lines))
    if answer.ruled is not None:
        outcome = replace(outcome, ruled=_judge_rule(sample, answer.ruled))
    return [outcome]


def _judge_rule(sample: Sample, lines: Sequence[LineAnswer]) -> Ruled:
    """The value of the only line that has one; of several a person has to choose."""
    truth = find_kind(sample.field).value_of(sample.truth)
    valued = [line for line in lines if line.text]
    if len(valued) != 1:
        return Ruled("", is_accepted=False, is_exact=False)
    return Ruled(valued[0].text, valued[0].is_accepted, valued[0].text == truth)


def count_beyond(sample: Sample, answer: Answer) -> Beyond:
    """What a form's answer gives beside its fields."""
    own = set(_lines_of_fields(sample, answer).values())
    left = [line for j, line in enumerate(answer.lines) if j not in own]
    return Beyond(len(left), sum(line.is_accepted for line in left))


def _lines_of_fields(sample: Sample, answer: Answer) -> dict[int, int]:
    """Which line stands for each field, both from 0: the nearest one, and for no other field.

    On a form nobody says which it is. Of two fields the one whose line is nearer chooses first; a
    line that has none of a field's digits in place does not stand for it.
    """
    truths = sample.truth.split(LINE_BREAK)
    pairs = sorted(
        (edit_distance(truth, line.text), i, j)
        for i, truth in enumerate(truths)
        for j, line in enumerate(answer.lines)
    )
    own: dict[int, int] = {}
    for distance, i, j in pairs:
        if i not in own and j not in own.values() and distance < len(truths[i]):
            own[i] = j
    return own


def _compare(name: str, truth: str, lines: Sequence[LineAnswer]) -> Outcome:
    read = LINE_BREAK.join(line.text for line in lines)
    length = len(truth.replace(LINE_BREAK, ""))
    return Outcome(
        name=name,
        truth=truth,
        read=read,
        length=length,
        # A line break in the wrong place costs exactness, but no digit.
        distance=edit_distance(truth.replace(LINE_BREAK, ""), read.replace(LINE_BREAK, "")),
        confidence=min((line.confidence for line in lines), default=0.0),
        is_accepted=bool(lines) and all(line.is_accepted for line in lines),
        is_exact=edit_distance(truth, read) == 0,
        digits=_judge_digits(truth, lines),
    )


def _judge_digits(truth: str, lines: Sequence[LineAnswer]) -> tuple[tuple[float, bool], ...]:
    read = "".join(line.text for line in lines)
    confidences = [confidence for line in lines for confidence in line.digits]
    if len(confidences) != len(read):
        return ()
    wanted = truth.replace(LINE_BREAK, "")
    return tuple(
        (confidence, right)
        for confidence, right in zip(confidences, aligned(wanted, read), strict=True)
        if right is not None
    )


def score(kind: Kind, outcomes: Sequence[Outcome], failures: int = 0) -> Score:
    """Add up the outcomes of a set."""
    total = len(outcomes)
    accepted = [outcome for outcome in outcomes if outcome.is_accepted]
    digits = sum(outcome.length for outcome in outcomes)
    mistakes = sum(outcome.distance for outcome in outcomes)
    said = [pair for outcome in outcomes for pair in outcome.digits]
    lines = [(o.confidence, o.is_exact) for o in outcomes if o.read]
    return Score(
        digits=1 - mistakes / digits if digits and kind is not Kind.NEGATIVE else None,
        exact=_count((o.is_exact for o in outcomes), total),
        accepted=Rate(len(accepted), total),
        wrong_accepted=_count((not o.is_exact for o in accepted), len(accepted)),
        any_reading=_count((bool(o.read) for o in outcomes), total),
        read_rate=read_rate_at_error([(o.confidence, o.is_exact) for o in outcomes]),
        failures=failures,
        digit_error=calibration_error(said) if said else None,
        line_error=calibration_error(lines) if said else None,
        ruled=_score_rules([outcome.ruled for outcome in outcomes if outcome.ruled is not None]),
    )


def _score_rules(outcomes: Sequence[Ruled]) -> RuledScore | None:
    if not outcomes:
        return None
    accepted = [outcome for outcome in outcomes if outcome.is_accepted]
    return RuledScore(
        exact=_count((o.is_exact for o in outcomes), len(outcomes)),
        accepted=Rate(len(accepted), len(outcomes)),
        wrong_accepted=_count((not o.is_exact for o in accepted), len(accepted)),
    )


def _count(claims: Iterable[bool], total: int) -> Rate:
    return Rate(sum(claims), total)
