"""What the command line prints: objects for programs, or lines for people.

The form of the objects is promised to other programs: fields are added, never changed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TextIO, TypedDict

from model.agreement import find_agreements
from model.reasons import reasons_for_doubt
from model.summary import describe
from model.types import Decision

if TYPE_CHECKING:
    from model.agreement import Agreement
    from model.errors import NumberglassError
    from model.types import Alternative, DigitReading, FieldReading, LineReading, Page, PageReading

_CONFIDENCE_PLACES: Final = 4
_MS_PLACES: Final = 1

# More of them in a row nobody reads; the question marks in the number show them all.
_DOUBTS_LISTED: Final = 3


@dataclass(frozen=True, slots=True)
class Elapsed:
    """How long a page took."""

    load_ms: float
    read_ms: float


class Report(Protocol):
    """Where the findings of a run go."""

    def read(self, file: str, page: Page, reading: PageReading, elapsed: Elapsed) -> None:
        """A page was read, with or without digits on it."""
        ...

    def failed(
        self, file: str, error: NumberglassError, *, page_number: int = 1, load_ms: float = 0.0
    ) -> None:
        """A page, and with it the rest of its file, could not be read."""
        ...


class DigitObject(TypedDict):
    """A digit as printed."""

    digit: int
    confidence: float
    decision: str
    box: list[int]
    runner_up: int


class AlternativeObject(TypedDict):
    """What a line says instead, perhaps, as printed."""

    text: str
    written: str
    probability: float


class ChangeObject(TypedDict):
    """A digit that a field's rule changed, as printed; null where it is taken for none."""

    place: int
    read: int | None
    taken: int | None
    box: list[int]


class FieldObject(TypedDict):
    """A line as a number of the kind that was asked for, as printed."""

    kind: str
    value: str | None
    valid: bool
    rule: str
    changed: list[ChangeObject]


class AgreementObject(TypedDict):
    """What else on the page confirms a line, as printed; lines counted from 0."""

    how: str
    lines: list[int]


class LineObject(TypedDict):
    """A line as printed."""

    text: str
    confidence: float
    decision: str
    box: list[int]
    digits: list[DigitObject]
    written: str
    doubts: list[str]
    alternatives: list[AlternativeObject]
    field: FieldObject | None
    agrees: AgreementObject | None


class PrintedObject(TypedDict):
    """What was read of a form's print, as printed; none of the lines."""

    text: str
    confidence: float
    box: list[int]


class PageObject(TypedDict):
    """A page as printed; size_px is null where a file failed before its size was known."""

    file: str
    page: int
    outcome: str
    message: str
    size_px: list[int] | None
    lines: list[LineObject]
    printed: list[PrintedObject]
    elapsed_ms: dict[str, float]


class JsonReport:
    """One object per page, each on a line of its own, out as soon as it is known."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def read(self, file: str, page: Page, reading: PageReading, elapsed: Elapsed) -> None:
        self._print(
            {
                "file": file,
                "page": page.number,
                "outcome": "empty" if reading.is_empty else "read",
                "message": describe(page, reading),
                "size_px": [page.width, page.height],
                "lines": [
                    _line_object(line, agreement)
                    for line, agreement in zip(reading.lines, _agreements(reading), strict=True)
                ],
                "printed": [_printed_object(line) for line in reading.printed],
                "elapsed_ms": _elapsed_object(elapsed),
            }
        )

    def failed(
        self, file: str, error: NumberglassError, *, page_number: int = 1, load_ms: float = 0.0
    ) -> None:
        self._print(
            {
                "file": file,
                "page": page_number,
                "outcome": "failed",
                "message": f"{error.user_message} {error.hint}",
                "size_px": None,
                "lines": [],
                "printed": [],
                "elapsed_ms": _elapsed_object(Elapsed(load_ms=load_ms, read_ms=0.0)),
            }
        )

    def _print(self, page: PageObject) -> None:
        # ASCII, with the rest escaped: a file name that is not valid UTF-8 survives the way.
        print(json.dumps(page), file=self._out, flush=True)


class TextReport:
    """For people: the numbers of a page below its name, doubtful digits with a question mark."""

    def __init__(self, out: TextIO, errors: TextIO) -> None:
        self._out = out
        self._errors = errors

    def read(self, file: str, page: Page, reading: PageReading, elapsed: Elapsed) -> None:
        heading = file if page.number == 1 else f"{file}, page {page.number}"
        numbers = [_marked_text(line) for line in reading.lines]
        width = max(map(len, numbers), default=0)
        rows = []
        found = zip(numbers, reading.lines, _agreements(reading), strict=True)
        for number, line, agreement in found:
            rows.append(f"  {number:<{width}}   {_verdict(line)}")
            if line.field is not None and line.field.is_valid:
                rows.append(f"    {_meaning(line.field)}")
            rows += [f"    {reason}" for reason in reasons_for_doubt(line)]
            if agreement is not None:
                rows.append(f"    {agreement.told()}")
        if reading.printed:
            rows.append(f"  in print: {', '.join(line.text for line in reading.printed)}")
        text = "\n".join([heading, *rows, f"  {describe(page, reading)}"])
        print(text, file=self._out, flush=True)

    def failed(
        self,
        file: str,
        error: NumberglassError,
        *,
        page_number: int = 1,
        load_ms: float = 0.0,
    ) -> None:
        # An empty name in quotes, as it was typed.
        heading = file or "''"
        if page_number > 1:
            heading = f"{heading}, page {page_number}"
        print(f"{heading}\n  {error.user_message} {error.hint}", file=self._errors, flush=True)


def _elapsed_object(elapsed: Elapsed) -> dict[str, float]:
    return {
        "load": round(elapsed.load_ms, _MS_PLACES),
        "read": round(elapsed.read_ms, _MS_PLACES),
    }


def _agreements(reading: PageReading) -> tuple[Agreement | None, ...]:
    return find_agreements([line.written or line.text for line in reading.lines])


def _line_object(line: LineReading, agreement: Agreement | None) -> LineObject:
    return {
        "text": line.text,
        "confidence": round(line.confidence, _CONFIDENCE_PLACES),
        "decision": line.decision.value,
        "box": line.box.as_list(),
        "digits": [_digit_object(digit) for digit in line.digits],
        "written": line.written,
        "doubts": [doubt.value for doubt in line.doubts],
        "alternatives": [_alternative_object(one) for one in line.alternatives],
        "field": None if line.field is None else _field_object(line.field),
        "agrees": None if agreement is None else _agreement_object(agreement),
    }


def _printed_object(line: LineReading) -> PrintedObject:
    return {
        "text": line.text,
        "confidence": round(line.confidence, _CONFIDENCE_PLACES),
        "box": line.box.as_list(),
    }


def _agreement_object(agreement: Agreement) -> AgreementObject:
    return {"how": agreement.bond.value, "lines": list(agreement.others)}


def _alternative_object(alternative: Alternative) -> AlternativeObject:
    return {
        "text": alternative.text,
        "written": alternative.written,
        "probability": round(alternative.probability, _CONFIDENCE_PLACES),
    }


def _field_object(field: FieldReading) -> FieldObject:
    return {
        "kind": field.kind,
        "value": field.value,
        "valid": field.is_valid,
        "rule": field.rule,
        "changed": [
            {"place": one.place, "read": one.read, "taken": one.taken, "box": one.box.as_list()}
            for one in field.changed
        ],
    }


def _digit_object(digit: DigitReading) -> DigitObject:
    return {
        "digit": digit.digit,
        "confidence": round(digit.confidence, _CONFIDENCE_PLACES),
        "decision": digit.decision.value,
        "box": digit.box.as_list(),
        "runner_up": digit.runner_up,
    }


def _marked_text(line: LineReading) -> str:
    """The line's digits, those to look at followed by a question mark: "84?2"."""
    return "".join(
        f"{digit.digit}?" if digit.decision is Decision.REVIEW else str(digit.digit)
        for digit in line.digits
    )


def _meaning(field: FieldReading) -> str:
    """What the number is as a field: "Date, day first: 15 03 2016 (2016-03-15)"."""
    plain = field.shown.replace(" ", "")
    return f"{field.title}: {field.shown}" + (f" ({field.value})" if field.value != plain else "")


def _verdict(line: LineReading) -> str:
    if line.decision is Decision.ACCEPT:
        return f"sure, {_percent(line.confidence)}"
    doubts = [
        f"digit {place} is {digit.digit} ({_percent(digit.confidence)}) or {digit.runner_up}"
        for place, digit in enumerate(line.digits, start=1)
        if digit.decision is Decision.REVIEW
    ]
    if len(doubts) > _DOUBTS_LISTED:
        return f"please check {len(doubts)} digits"
    return f"please check: {'; '.join(doubts)}" if doubts else "please check"


def _percent(confidence: float) -> str:
    # Never "100 %": no reading is certain.
    return "over 99 %" if confidence >= 0.995 else f"{confidence * 100:.0f} %"
