"""The lines of a page as numbers of the kind that the clerk chose. Pure values, no Qt."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from model.fields.decode import read_fields

if TYPE_CHECKING:
    from model.fields.kind import FieldKind
    from model.types import Box, LineReading, PageReading


def read_as_kind(
    reading: PageReading, kind: FieldKind | None, answers: Mapping[Box, int]
) -> list[tuple[LineReading, FieldKind | None]]:
    """Each line as the kind has it, with that kind; or without where it plainly is something else.

    Args:
        reading: As the reader gave it.
        kind: What each line is to be; None for any number.
        answers: What the clerk said: no rule goes against it.
    """
    if kind is None:
        return [(line, None) for line in reading.lines]
    answered = [_with_answers(line, answers) for line in reading.lines]
    ruled = read_fields(replace(reading, lines=tuple(answered)), kind).lines
    lengths = [len(one.digits) for one in ruled if one.field is not None and one.field.is_valid]
    return [
        (line, None)
        if not _may_be(as_kind, kind, lengths)
        else (_as_first_read(as_kind, line), kind)
        for line, as_kind in zip(reading.lines, ruled, strict=True)
    ]


def _may_be(line: LineReading, kind: FieldKind, lengths: Sequence[int]) -> bool:
    """Whether a line is of the kind, or is about as long as one that is, or none is."""
    if not lengths or not kind.has_length or (line.field is not None and line.field.is_valid):
        return True
    return any(abs(len(line.digits) - length) <= 1 for length in lengths)


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
