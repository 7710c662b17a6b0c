"""Amounts of money: the value of digits with points, commas and a closing stroke among them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from model.fields.kind import digits_of

# After the last digit: a closing "/-", "=", ".-" and whatever else makes it hard to add digits.
_CLOSING: Final = re.compile(r"[^0-9]+$")
_OPENING: Final = re.compile(r"^[^0-9]+")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount; groups of three, or two as in lakhs and crores; at most two decimals.

    Attributes:
        is_indian: Whether people group it as 1,25,000.
        decimals: How many of its last digits are decimals, where no point or comma says otherwise;
            None: as many as stand behind its last one, if those are two.
    """

    is_indian: bool = False
    decimals: int | None = None
    passes_by_chance: float = 1.0
    has_length: bool = False

    @property
    def needs_marks(self) -> bool:
        """Unless it was said how many decimals it has."""
        return self.decimals is None

    @property
    def name(self) -> str:
        """As it is asked for."""
        options = ["indian"] * self.is_indian
        options += [] if self.decimals is None else [f"{self.decimals}"]
        return ":".join(["amount", *options])

    @property
    def title(self) -> str:
        places = [] if self.decimals is None else [f"{self.decimals} decimals"]
        return ", ".join(["Amount", *["in lakhs"] * self.is_indian, *places])

    @property
    def rule(self) -> str:
        if self.decimals is not None:
            return f"Any digits; the last {self.decimals} are decimals."
        groups = "3, then of 2" if self.is_indian else "3"
        return f"Whole, in groups of {groups}, or with two decimals."

    def value_of(self, written: str) -> str | None:
        """The amount with a decimal point, such as "1250.00" or "125000".

        Groups of two are taken too where threes are usual, and the other way round: who wrote it
        may come from elsewhere. None where the groups are of no such size.
        """
        digits, places = digits_of(written), self._places(written)
        if not digits or places is None:
            return None
        digits = digits.zfill(places + 1)
        whole = digits[: len(digits) - places].lstrip("0") or "0"
        return f"{whole}.{digits[-places:]}" if places else whole

    def shown(self, written: str) -> str:
        """With a space between groups: "125 000", "1 25 000" where lakhs are counted."""
        digits, places = digits_of(written), self._places(written) or 0
        digits = digits.zfill(places + 1)
        whole, rest = (digits[:-places], digits[-places:]) if places else (digits, "")
        groups: list[str] = []
        while whole:
            size = 3 if not groups or not self.is_indian else 2
            groups.insert(0, whole[-size:])
            whole = whole[:-size]
        return " ".join(groups) + (f".{rest}" if rest else "")

    def told(self, value: str) -> str:
        whole, point, rest = value.partition(".")
        return replace(self, decimals=None).shown(whole) + point + rest

    def _places(self, written: str) -> int | None:
        """How many digits are decimals; None where its groups are none of an amount."""
        closed = _CLOSING.sub("", written)
        inner = _OPENING.sub("", closed)
        if closed.removesuffix(inner).endswith((".", ",")):
            # .50 is half a unit, and never fifty; .5 and .500 may be anything.
            return 2 if re.fullmatch("[0-9]{2}", inner) and self.decimals in (None, 2) else None
        if self.decimals is not None:
            return self.decimals if _ends_in_decimals(inner, self.decimals) else None
        parts, marks = re.split(r"[^0-9]+", inner), re.findall(r"[^0-9]+", inner)
        if set(marks) - {".", ","}:
            return None  # 50/100 is no 50100
        # Two digits behind the last mark are decimals, if it is the only one of its sort: 1.250.00
        # may have lost a digit. Three behind such a mark may be a thousand or three decimals.
        is_other = bool(marks) and marks[-1] not in marks[:-1]
        if marks and len(parts[-1]) == 2:
            return 2 if is_other and _is_grouped(parts[:-1], marks[:-1]) else None
        if is_other and len(marks) > 1:
            return None
        return 0 if _is_grouped(parts, marks) else None


def _ends_in_decimals(inner: str, decimals: int) -> bool:
    """Whether its marks, if any, stand before so many last digits or part what is before them."""
    parts, marks = re.split(r"[^0-9]+", inner), re.findall(r"[^0-9]+", inner)
    if not marks:
        return True
    if set(marks) - {".", ","}:
        return False
    *before, last = parts
    if decimals and len(last) == decimals:
        return _is_grouped(before, marks[:-1])
    return len(last) > decimals and _is_grouped([*before, last[: len(last) - decimals]], marks)


def _is_grouped(parts: list[str], marks: list[str]) -> bool:
    """Whether digits stand in threes from the right, or in a three and twos; one sort of mark."""
    first, *others = parts
    if not others:
        return True
    if len(set(marks)) > 1 or first.startswith("0"):
        return False
    western = 1 <= len(first) <= 3 and all(len(part) == 3 for part in others)
    indian = 1 <= len(first) <= 2 and len(others[-1]) == 3 and all(len(p) == 2 for p in others[:-1])
    return western or indian
