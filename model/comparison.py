"""Whether a number on paper is the one that somebody says, and where they differ. No numpy."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from model.alignment import align
from model.fields.kind import digits_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from model.fields.kind import FieldKind

_RUNS_TOLD: Final = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """One digit that differs.

    Attributes:
        place: In the number on paper, from 1; of one that is not there, where it would stand.
        read: The digit on paper; empty where there is none.
        said: The digit that was said; empty where there is none.
    """

    place: int
    read: str
    said: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two numbers have to do with each other.

    Attributes:
        agrees: Whether they mean the same.
        differences: Digits that differ; there may be none where a point makes the difference.
        values: What each means as its kind, the one on paper first; empty where one has no meaning.
    """

    agrees: bool
    differences: tuple[Difference, ...]
    values: tuple[str, str] | tuple[()] = ()


def compare(written: str, said: str, kind: FieldKind | None = None) -> Comparison:
    """Whether two numbers are the same, and where they differ.

    Args:
        written: On paper, with its separators.
        said: As the clerk types it, with any separators, in the digits of any script.
        kind: By which two ways of writing may mean the same (15/3/2016 and 15032016), and two
            numbers of the same digits may not (12.50 and 1250).
    """
    said = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in said)
    values: tuple[str, str] | tuple[()] = ()
    if kind is not None:
        paper, spoken = kind.value_of(written), kind.value_of(said)
        if paper is not None and spoken is not None:
            if _is_worth_as_much(paper, spoken):
                return Comparison(agrees=True, differences=())
            values = (paper, spoken)
    differences = tuple(_differences(digits_of(written), digits_of(said)))
    return Comparison(not differences and not values, differences, values)


def _is_worth_as_much(value: str, other: str) -> bool:
    """Whether two values are the same; 1250 and 1250.00 are."""
    if value == other:
        return True
    if not ("." in value or "." in other):
        return False
    return Decimal(value) == Decimal(other)


def _differences(read: str, wanted: str) -> Iterator[Difference]:
    place = 1
    for i, j in align(read, wanted, str.__eq__):
        mine, its = "" if i is None else read[i], "" if j is None else wanted[j]
        if mine != its:
            yield Difference(place, mine, its)
        place += i is not None


def describe_differences(differences: Sequence[Difference]) -> str:
    """As in "digit 3 is 4 on the paper, not 9; 2 digits are missing after digit 5: 11".

    Where there are many, only how many of which sort.

    Args:
        differences: Of a comparison, at least one.
    """
    runs = list(_runs(differences))
    if len(runs) <= _RUNS_TOLD:
        return "; ".join(map(_told, runs))
    missing = sum(not one.read for one in differences)
    extra = sum(not one.said for one in differences)
    other = len(differences) - missing - extra
    counted = ((missing, "missing"), (extra, "too many"), (other, "wrong"))
    return ", ".join(f"{_digits(count)} {sort}" for count, sort in counted if count)


def _runs(differences: Sequence[Difference]) -> Iterator[list[Difference]]:
    """Digits beside one another that are all missing, or all too many; others by themselves."""
    run: list[Difference] = []
    for one in differences:
        if run and not _goes_on(run[-1], one):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _goes_on(before: Difference, one: Difference) -> bool:
    are_missing = not before.read and not one.read and one.place == before.place
    are_extra = not before.said and not one.said and one.place == before.place + 1
    return are_missing or are_extra


def _told(run: Sequence[Difference]) -> str:
    first, last = run[0], run[-1]
    if not first.read:
        where = f"after digit {first.place - 1}" if first.place > 1 else "before digit 1"
        said = "".join(one.said for one in run)
        if len(run) == 1:
            return f"one digit is missing {where}: {said}"
        return f"{_digits(len(run))} missing {where}: {said}"
    if first.said:
        return f"digit {first.place} is {first.read} on the paper, not {first.said}"
    if len(run) == 1:
        return f"digit {first.place}, {first.read}, is one too many"
    return f"digits {first.place} to {last.place} are too many"


def _digits(count: int) -> str:
    return "1 digit is" if count == 1 else f"{count} digits are"
