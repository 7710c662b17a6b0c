"""Which way up a page lies, by how much is read on it and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

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


@dataclass(frozen=True, slots=True)
class WayUp:
    """How clear a page's numbers are, one way up.

    Attributes:
        evidence: Of how many digits it is sure: each counts by its number's confidence, squared,
            for what lies upside down gives many digits that are doubtful.
        digits: How many were read in numbers of several digits.
    """

    evidence: float
    digits: int

    @classmethod
    def of(cls, lines: Sequence[LineReading]) -> Self:
        """By the numbers of several digits."""
        rows = [line for line in lines if len(line.digits) >= _FEWEST]
        evidence = sum(line.confidence**2 * len(line.digits) for line in rows)
        return cls(evidence, sum(len(line.digits) for line in rows))

    @property
    def is_upright(self) -> bool:
        """Whether nothing speaks for another way up."""
        return self.evidence >= _UPRIGHT and not self.is_unclear

    def is_clearer_than(self, other: WayUp, *, is_half_turn: bool = False) -> bool:
        """Whether this way up is right rather than the other, in which the page lies.

        Args:
            other: How it lies.
            is_half_turn: Whether it would lie upside down.
        """
        if self.evidence < _UPRIGHT or (self.is_unclear and other.digits < _FEWEST):
            return False
        clearly = _CLEARLY_UPSIDE_DOWN if is_half_turn else _CLEARLY
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
    def rank(self) -> tuple[bool, float]:
        """Of several ways up that are clearer than the one in which a page lies, the first."""
        return not self.is_unclear, self.evidence

    @property
    def _of_each(self) -> float:
        return self.evidence / max(1, self.digits)
