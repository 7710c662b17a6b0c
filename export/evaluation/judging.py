"""Holds a reader's answer against the truth, by the kind of set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from export.evaluation.metrics import Rate, ReadRate, edit_distance, read_rate_at_error
from export.evaluation.samples import Kind, Sample

LINE_BREAK = "|"


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """One line as a reader gave it.

    Attributes:
        text: Digits alone.
        confidence: In [0, 1].
        is_accepted: False where a person has to look; always true for readers that do not say.
    """

    text: str
    confidence: float
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a reader said about one picture.

    Attributes:
        lines: In reading order.
        processor_ms: Processor time for loading and reading the picture, without starting the
            reader; on one thread, what one waits on an otherwise idle machine.
        failure: Why the picture could not be read, or empty.
    """

    lines: tuple[LineAnswer, ...]
    processor_ms: float
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One unit that counts: a picture, or one field of a form.

    Attributes:
        length: Digits of the truth.
        distance: Edit distance to the truth.
        confidence: The least of the lines that count; 0 where nothing was read.
        is_accepted: Something was read, and nobody has to look.
    """

    name: str
    truth: str
    read: str
    length: int
    distance: int
    confidence: float
    is_accepted: bool
    is_exact: bool


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
    """

    digits: float | None
    exact: Rate
    accepted: Rate
    wrong_accepted: Rate
    any_reading: Rate
    read_rate: ReadRate
    failures: int = 0


def judge(kind: Kind, sample: Sample, answer: Answer) -> list[Outcome]:
    """One outcome for the picture, or one for each field of a form."""
    if kind is Kind.FIELDS:
        return [
            _judge_field(f"{sample.name} {i}", truth, answer.lines)
            for i, truth in enumerate(sample.truth.split(LINE_BREAK), start=1)
        ]
    outcome = _compare(sample.name, sample.truth, answer.lines)
    if kind is Kind.NEGATIVE:
        # One accepted line is one too many; review beside it does not undo it.
        outcome = replace(outcome, is_accepted=any(line.is_accepted for line in answer.lines))
    return [outcome]


def _judge_field(name: str, truth: str, lines: Sequence[LineAnswer]) -> Outcome:
    """The line nearest to the truth stands for the field; on a form nobody says which it is."""
    if not lines:
        return _compare(name, truth, ())
    nearest = min(lines, key=lambda line: edit_distance(truth, line.text))
    return _compare(name, truth, (nearest,))


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
    )


def score(kind: Kind, outcomes: Sequence[Outcome], failures: int = 0) -> Score:
    """Add up the outcomes of a set."""
    total = len(outcomes)
    accepted = [outcome for outcome in outcomes if outcome.is_accepted]
    digits = sum(outcome.length for outcome in outcomes)
    mistakes = sum(outcome.distance for outcome in outcomes)
    return Score(
        digits=1 - mistakes / digits if digits and kind is not Kind.NEGATIVE else None,
        exact=_count((o.is_exact for o in outcomes), total),
        accepted=Rate(len(accepted), total),
        wrong_accepted=_count((not o.is_exact for o in accepted), len(accepted)),
        any_reading=_count((bool(o.read) for o in outcomes), total),
        read_rate=read_rate_at_error([(o.confidence, o.is_exact) for o in outcomes]),
        failures=failures,
    )


def _count(claims: Iterable[bool], total: int) -> Rate:
    return Rate(sum(claims), total)
