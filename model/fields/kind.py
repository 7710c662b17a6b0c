"""A kind of number: which digits can be one, and what they then mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol


class FieldKind(Protocol):
    """A kind of number."""

    @property
    def name(self) -> str:
        """As it is asked for: "card", "date:month-first", "postcode:DE"."""
        ...

    @property
    def title(self) -> str:
        """For people: "Payment card"."""
        ...

    @property
    def rule(self) -> str:
        """What such a number must be, in a sentence for people."""
        ...

    @property
    def passes_by_chance(self) -> float:
        """How many of a number's misreadings, mostly by one digit, still keep the rule; [0, 1]."""
        ...

    @property
    def has_length(self) -> bool:
        """Whether such numbers have so many digits, so that a much longer one is something else."""
        ...

    @property
    def needs_marks(self) -> bool:
        """Whether its points and commas decide what it is worth."""
        ...

    def value_of(self, written: str) -> str | None:
        """What the number means, in a form for programs, or None where it is no such number.

        Args:
            written: Digits, with the separators that stand between them.
        """
        ...

    def shown(self, written: str) -> str:
        """The digits as people group them: "4111 1111 1111 1111"."""
        ...

    def told(self, value: str) -> str:
        """A value as people say it: "15 March 2016"; empty where its digits say it all."""
        ...


def digits_of(written: str) -> str:
    """The digits alone."""
    return re.sub(r"[^0-9]", "", written)


def in_groups(digits: str, sizes: Sequence[int]) -> str:
    """Digits in groups from the left, the last size for all that are left; none: as they are."""
    groups, at = [], 0
    for i in range(len(digits)):
        if at >= len(digits) or not sizes:
            break
        size = sizes[min(i, len(sizes) - 1)]
        groups.append(digits[at : at + size])
        at += size
    return " ".join(groups) if groups else digits


@dataclass(frozen=True, slots=True)
class PlainKind:
    """A number of certain lengths, perhaps with a check digit; separators say nothing.

    Attributes:
        lengths: How many digits; empty for any.
        is_valid: The standard's own rule, asked of the digits alone.
        sizes: Of the groups from the left in which people write it.
        prefix: Letters before the digits of its value, such as an IBAN's country.
    """

    name: str
    title: str
    rule: str
    lengths: frozenset[int] = frozenset()
    is_valid: Callable[[str], bool] | None = None
    sizes: tuple[int, ...] = ()
    passes_by_chance: float = 1.0
    prefix: str = ""

    @property
    def has_length(self) -> bool:
        return bool(self.lengths)

    @property
    def needs_marks(self) -> bool:
        return False

    def value_of(self, written: str) -> str | None:
        """The digits alone, behind the prefix."""
        digits = digits_of(written)
        if not digits or (self.lengths and len(digits) not in self.lengths):
            return None
        if self.is_valid is not None and not self.is_valid(digits):
            return None
        return self.prefix + digits

    def shown(self, written: str) -> str:
        return in_groups(digits_of(written), self.sizes)

    def told(self, value: str) -> str:
        return in_groups(value, (4,)) if self.prefix else ""
