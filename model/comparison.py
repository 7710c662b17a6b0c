"""Whether a number on paper is the one that somebody says, and where they differ. No numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from model.alignment import align
from model.fields.kind import digits_of

if TYPE_CHECKING:
    from model.fields.kind import FieldKind


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


def compare(written: str, said: str, kind: FieldKind | None = None) -> tuple[Difference, ...]:
    """Where two numbers differ; nowhere where they mean the same.

    Args:
        written: On paper, with its separators.
        said: As the clerk types it, with any separators.
        kind: By which two ways of writing may mean the same: 15/3/2016 and 15032016.
    """
    if kind is not None:
        value = kind.value_of(written)
        if value is not None and value == kind.value_of(said):
            return ()
    read, wanted = digits_of(written), digits_of(said)
    differences = []
    place = 1
    for i, j in align(read, wanted, str.__eq__):
        mine, its = "" if i is None else read[i], "" if j is None else wanted[j]
        if mine != its:
            differences.append(Difference(place, mine, its))
        place += i is not None
    return tuple(differences)


def describe_difference(difference: Difference) -> str:
    """As in "digit 3 is 4 on the paper, not 9"."""
    if not difference.read:
        return f"a {difference.said} is missing as digit {difference.place}"
    if not difference.said:
        return f"digit {difference.place}, {difference.read}, is one too many"
    return f"digit {difference.place} is {difference.read} on the paper, not {difference.said}"
