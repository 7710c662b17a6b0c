"""The lines of a page as numbers of the kind that the clerk chose. Pure values, no Qt."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from model.fields.decode import read_field
from model.fields.kind import digits_of

if TYPE_CHECKING:
    from model.fields.kind import FieldKind
    from model.types import Box, LineReading, PageReading


def read_as_kind(
    reading: PageReading,
    kind: FieldKind | None,
    answers: Mapping[Box, int],
    edited: Mapping[Box, str] | None = None,
) -> list[tuple[LineReading, FieldKind | None]]:
    """Each line as the kind has it, with that kind; or without where it plainly is something else.

    Args:
        reading: As the reader gave it.
        kind: What each line is to be; None for any number.
        answers: What the clerk said: no rule goes against it.
        edited: Lines that the clerk added digits to or removed some from, by their boxes, as they
            are written now. No rule changes them; they are given back as they were read.
    """
    if kind is None:
        return [(line, None) for line in reading.lines]
    by_clerk = edited or {}
    ruled = [
        line if line.box in by_clerk else read_field(_with_answers(line, answers), kind)
        for line in reading.lines
    ]
    digits = [digits_of(by_clerk.get(line.box, line.text)) for line in ruled]
    valid = [
        kind.value_of(by_clerk[line.box]) is not None
        if line.box in by_clerk
        else line.field is not None and line.field.is_valid
        for line in ruled
    ]
    lengths = [len(one) for one, is_valid in zip(digits, valid, strict=True) if is_valid]
    return [
        (line, None)
        if not (is_valid or _may_be(len(one), kind, lengths))
        else (line if line.box in by_clerk else _as_first_read(as_kind, line), kind)
        for line, as_kind, one, is_valid in zip(reading.lines, ruled, digits, valid, strict=True)
    ]


def _may_be(count: int, kind: FieldKind, lengths: Sequence[int]) -> bool:
    """Whether a line of so many digits is about as long as one of the kind, or none is one."""
    if not lengths or not kind.has_length:
        return True
    return any(abs(count - length) <= 1 for length in lengths)


def _with_answers(line: LineReading, answers: Mapping[Box, int]) -> LineReading:
    """The line as the clerk has it, and of its alternatives those that agree with that."""
    given = {digit.box: answers[digit.box] for digit in line.digits if digit.box in answers}
    if not given:
        return line
    digits = tuple(replace(digit, digit=given.get(digit.box, digit.digit)) for digit in line.digits)
    said = iter(digits)
    written = re.sub(r"[0-9]", lambda _: str(next(said).digit), line.written)
    alternatives = tuple(
        other
        for other in line.alternatives
        if given.items() <= {digit.box: digit.digit for digit in other.digits}.items()
    )
    return replace(line, digits=digits, written=written, alternatives=alternatives)


def _as_first_read(as_kind: LineReading, line: LineReading) -> LineReading:
    """With the reader's own digit where the clerk's stood in for it, so that both can be told."""
    read = {digit.box: digit for digit in line.digits}
    changed = {change.box for change in as_kind.field.changed} if as_kind.field else set()
    digits = tuple(
        digit
        if digit.box not in read or digit.box in changed
        else replace(digit, digit=read[digit.box].digit)
        for digit in as_kind.digits
    )
    return replace(as_kind, digits=digits)
