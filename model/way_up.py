"""Which way up a page lies, by how much is read on it and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from model.marks import PRINT_MARK
from model.types import Decision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from model.read_row import RowReading
    from model.types import LineReading

# Evidence from which on a page stands upright; another way up has to be so many times clearer.
_UPRIGHT: Final = 1.5
_CLEARLY: Final = 3.0
# The same for what is upside down: 0, 1, 6, 8 and 9 are digits either way.
_CLEARLY_UPSIDE_DOWN: Final = 6.0
# A form's print gives false digits, enough for an upright page, but of so many hardly one is sure:
# each says 0.22 to 0.95 on the 22 whole pages of the dev sets, and 0.01 to 0.40 on the same upside
# down, but for one of six digits (ADR 0019).
_FORM_DIGITS: Final = 12
_UNCLEAR: Final = 0.25
# How much more each digit has to say, then.
_SURER: Final = 2.0
# A single digit is one any way up, and two often.
_FEWEST: Final = 3
# A page on its side has many rows in which nothing is read, or less than a number, and hardly one
# number: so many rows to one sure digit.
_BARE: Final = 10.0
# A printed character may be a speck; from here on it is a word.
_WORD: Final = 2


@dataclass(frozen=True, slots=True)
class WayUp:
    """How clear a page's numbers are, one way up.

    Attributes:
        evidence: Of how many digits it is sure: each counts by its number's confidence, squared,
            for what lies upside down gives many digits that are doubtful.
        digits: How many were read in numbers of several digits.
        bare: Rows in which neither such a number nor a printed word was read.
    """

    evidence: float
    digits: int
    bare: int = 0

    @classmethod
    def of(cls, lines: Sequence[LineReading], readings: Sequence[RowReading]) -> Self:
        """By the numbers of several digits, and by the rows that the network read."""
        rows = [line for line in lines if len(line.digits) >= _FEWEST]
        evidence = sum(line.confidence**2 * len(line.digits) for line in rows)
        return cls(
            evidence,
            sum(len(line.digits) for line in rows),
            sum(_is_bare(one) for one in readings),
        )

    @property
    def says_enough(self) -> bool:
        """Whether as much is read surely as on a page that stands upright."""
        return self.evidence >= _UPRIGHT

    @property
    def is_upright(self) -> bool:
        """Whether nothing speaks for another way up."""
        return self.says_enough and not self.is_unclear and not self.is_bare

    def is_clearer_than(self, other: WayUp) -> bool:
        """Whether a quarter turn to this way up is right.

        Args:
            other: How it lies.
        """
        return self._is_clearer(other, _CLEARLY)

    def is_clearer_upside_down(self, other: WayUp, *, does_print_agree: bool) -> bool:
        """Whether a half turn to this way up is right.

        Args:
            other: How it lies.
            does_print_agree: Whether its print says so too.
        """
        if does_print_agree:
            return self.says_enough and self.rank > other.rank
        return self._is_clearer(other, _CLEARLY_UPSIDE_DOWN)

    def _is_clearer(self, other: WayUp, clearly: float) -> bool:
        if not self.says_enough or (self.is_unclear and other.digits < _FEWEST):
            return False
        if self.evidence > clearly * other.evidence:
            return True
        return (
            other.is_unclear
            and self.evidence > other.evidence
            and self._of_each > _SURER * other._of_each
        )

    @property
    def is_unclear(self) -> bool:
        """Whether it gives many digits, of which hardly one is sure: print, the wrong way up."""
        return self.digits >= _FORM_DIGITS and self._of_each < _UNCLEAR

    @property
    def is_bare(self) -> bool:
        """Whether there are ten rows and more without a number or a word to each sure digit."""
        return self.bare > _BARE * self.evidence

    @property
    def rank(self) -> tuple[bool, bool, float]:
        """Of several ways up that are clearer than the one in which a page lies, the first."""
        return not self.is_bare, not self.is_unclear, self.evidence

    @property
    def _of_each(self) -> float:
        return self.evidence / max(1, self.digits)


def is_all_read(lines: Sequence[LineReading], readings: Sequence[RowReading]) -> bool:
    """Whether there are as many sure numbers as rows: then no other way up is asked for.

    Two digits say little of how a page lies, but that they are surely read says that it is upright;
    zeros alone do not, for they are zeros on their side.

    Args:
        lines: The page's numbers.
        readings: Of its rows.
    """
    is_sure = all(line.decision is Decision.ACCEPT for line in lines)
    is_upright = any(set(line.text) - {"0"} for line in lines)
    return is_sure and is_upright and len(lines) >= len(readings)


def _is_bare(reading: RowReading) -> bool:
    printed = sum(one.mark == PRINT_MARK for one in reading.characters)
    return printed < _WORD and len(reading.digits) < _FEWEST
