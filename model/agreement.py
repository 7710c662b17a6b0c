"""Numbers of one page that confirm each other: written twice, or a total and what it adds up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Final

from model.fields.kind import digits_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Shorter numbers meet by chance: a page of ten numbers below 100 has many sums.
_TELLING_DIGITS: Final = 3
_FEWEST_PARTS: Final = 2


class Bond(Enum):
    """How a number agrees with others."""

    SAME = "same"
    TOTAL = "total"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Agreement:
    """That a number agrees with others of its page.

    Attributes:
        bond: Whether they are the same, what it is the total of, or the other parts of a total.
        others: Positions of their lines, from 0; of a part, the total's comes last.
    """

    bond: Bond
    others: tuple[int, ...]

    def told(self) -> str:
        """For people: "The same is written in line 3."."""
        places = [other + 1 for other in self.others]
        if self.bond is Bond.SAME:
            return f"The same is written in {_lines(places)}."
        if self.bond is Bond.TOTAL:
            return f"It is the sum of {_lines(places)}."
        *parts, total = places
        return f"With {_lines(parts)} it adds up to line {total}."


def find_agreements(numbers: Sequence[str]) -> tuple[Agreement | None, ...]:
    """What confirms each number of a page; None of what nothing confirms.

    A total stands right below its parts, two of them at least. Numbers of less than three digits
    confirm nothing.

    Args:
        numbers: As they are written, with points and commas, in reading order.
    """
    found: list[Agreement | None] = [None] * len(numbers)
    for total, parts in _totals(numbers):
        found[total] = Agreement(Bond.TOTAL, parts)
        for part in parts:
            others = tuple(other for other in parts if other != part)
            found[part] = Agreement(Bond.PART, (*others, total))
    for i, same in _repeated(numbers):
        found[i] = Agreement(Bond.SAME, same)
    return tuple(found)


def _totals(numbers: Sequence[str]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Each total with the lines right above it that add up to it."""
    values = [_value(number) for number in numbers]
    for i, total in enumerate(values):
        if total is None or len(digits_of(numbers[i])) < _TELLING_DIGITS:
            continue
        added = Decimal(0)
        for j in range(i - 1, -1, -1):
            part = values[j]
            if part is None or not part:
                break
            added += part
            if added == total and i - j >= _FEWEST_PARTS:
                yield i, tuple(range(j, i))
            if added >= total:
                break


def _repeated(numbers: Sequence[str]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Each number that is written more than once, with the lines of the others."""
    places: dict[tuple[str, Decimal | None], list[int]] = {}
    for i, written in enumerate(numbers):
        places.setdefault((digits_of(written), _value(written)), []).append(i)
    for (number, _), same in places.items():
        if len(same) > 1 and len(number) >= _TELLING_DIGITS and set(number) != {"0"}:
            for i in same:
                yield i, tuple(j for j in same if j != i)


def _value(number: str) -> Decimal | None:
    """What it is worth: as an amount, or else by its digits."""
    from model.fields.catalogue import find_kind

    digits = digits_of(number)
    if not digits:
        return None
    return Decimal(find_kind("amount").value_of(number) or digits)


def _lines(places: Sequence[int]) -> str:
    """Such as "line 3", "lines 1 and 2", "lines 1 to 4"."""
    if len(places) == 1:
        return f"line {places[0]}"
    if len(places) > _FEWEST_PARTS and places[-1] - places[0] == len(places) - 1:
        return f"lines {places[0]} to {places[-1]}"
    return f"lines {', '.join(map(str, places[:-1]))} and {places[-1]}"
