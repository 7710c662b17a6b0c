"""Dates: real days of the calendar, the day, the month or the year first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Final, Literal, TypeAlias

from model.fields.kind import digits_of

Order: TypeAlias = Literal["day-first", "month-first", "year-first"]

_PARTS: Final[dict[Order, str]] = {
    "day-first": "dmy",
    "month-first": "mdy",
    "year-first": "ymd",
}
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# Nobody at a counter dates anything before or after these.
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2099
# Two digits from here on are of the last century, as POSIX has it (strptime, %y).
_LAST_CENTURY: Final = 69


@dataclass(frozen=True, slots=True)
class Date:
    """A date of six or eight digits, or of fewer with separators between day, month and year."""

    order: Order = "day-first"
    # A day with one digit misread is mostly another day.
    passes_by_chance: float = 0.75
    has_length: bool = True
    needs_marks: bool = False

    @property
    def name(self) -> str:
        """As it is asked for."""
        return "date" if self.order == "day-first" else f"date:{self.order}"

    @property
    def title(self) -> str:
        return f"Date, {self.order.replace('-', ' ')}"

    @property
    def rule(self) -> str:
        words = {"d": "day", "m": "month", "y": "year"}
        parts = ", ".join(words[part] for part in _PARTS[self.order])
        return f"A day of the calendar: {parts}."

    def value_of(self, written: str) -> str | None:
        """The date as in ISO 8601: "2016-03-15"."""
        return next(filter(None, map(self._of, self._splits(written))), None)

    def shown(self, written: str) -> str:
        for parts in self._splits(written):
            if self._of(parts) is not None:
                return " ".join(parts)
        return digits_of(written)

    def told(self, value: str) -> str:
        day = date.fromisoformat(value)
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

    def _splits(self, written: str) -> list[list[str]]:
        """The parts into which a date may fall: at its separators, or by their lengths.

        By lengths only where no separator stands elsewhere, or one stands at each box's side.
        """
        parts = [part for part in re.split(r"[^0-9]+", written) if part]
        splits = [parts] if len(parts) == 3 else []
        digits = digits_of(written)
        if len(digits) not in (6, 8):
            return splits
        cut = self._cut(digits)
        wanted, found = _ends(cut), _ends(parts)
        return [*splits, cut] if found <= wanted or wanted <= found else splits

    def _cut(self, digits: str) -> list[str]:
        """Six or eight digits as day, month and year in their order."""
        year = len(digits) - 4
        parts, at = [], 0
        for part in _PARTS[self.order]:
            size = year if part == "y" else 2
            parts.append(digits[at : at + size])
            at += size
        return parts

    def _of(self, parts: list[str]) -> str | None:
        named = dict(zip(_PARTS[self.order], parts, strict=True))
        if len(named["y"]) not in (2, 4) or max(len(named["d"]), len(named["m"])) > 2:
            return None
        year = int(named["y"])
        if len(named["y"]) == 2:
            year += 1900 if year >= _LAST_CENTURY else 2000
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            return None
        try:
            return date(year, int(named["m"]), int(named["d"])).isoformat()
        except ValueError:
            return None


def _ends(parts: list[str]) -> set[int]:
    """Behind how many digits a number is parted."""
    return set(accumulate(map(len, parts[:-1])))
