"""What a level means: how many numbers pass without a person, in words. Pure values, no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.line_card import CurvePoint, LineCard


@dataclass(frozen=True, slots=True)
class Choice:
    """A level that the administrator can choose.

    Attributes:
        wrong: Share of the numbers that pass that may be wrong.
        point: What was measured there; None where nothing was.
        lets_pass: Whether there is a confidence from which a number passes.
    """

    wrong: float
    point: CurvePoint | None = None
    lets_pass: bool = True


def choices_of(card: LineCard) -> tuple[Choice, ...]:
    """All of them, the strictest first: that a person looks at every number."""
    nobody = Choice(0.0, lets_pass=False)
    return nobody, *(
        Choice(one.wrong, _point_at(card, one.several), lets_pass=one.several <= 1)
        for one in card.fusion.levels
    )


def in_force(choices: tuple[Choice, ...], wrong: float) -> Choice:
    """The one that holds for a share, which may lie between two of them: the stricter one."""
    return max((one for one in choices if one.wrong <= wrong), key=lambda one: one.wrong)


def name_of(choice: Choice) -> str:
    """As in "1 wrong in 1,000"."""
    return one_in(choice.wrong) if choice.wrong else "A person looks at every number"


def passing(choice: Choice) -> str:
    """As in "about 44 of 100 pass"; empty where it is not known."""
    if not choice.lets_pass:
        return "none passes"
    if choice.point is None:
        return ""
    return f"{_of_hundred(choice.point.accepted)} pass"


def told(choice: Choice) -> str:
    """A sentence for the administrator."""
    if not choice.wrong:
        return "A person looks at every number; none passes by itself."
    if not choice.lets_pass:
        return f"At {one_in(choice.wrong)} no number passes; a person looks at every one."
    if choice.point is None:
        return f"At {one_in(choice.wrong)} it was not measured how many numbers pass."
    accepted = _of_hundred(choice.point.accepted)
    return f"At {one_in(choice.wrong)}, {accepted} numbers pass without a person."


def measured(choice: Choice) -> str:
    """How many of those that pass were wrong when it was measured; empty where it was not."""
    if choice.point is None:
        return ""
    if not choice.point.wrong:
        return "Measured: none of them was wrong."
    return f"Measured: {one_in(choice.point.wrong)} of them."


def one_in(share: float) -> str:
    """A share of wrong ones for people, as in "1 wrong in 1,000"."""
    count = 1 / share
    if abs(count - round(count)) < 0.01 * count:
        return f"1 wrong in {round(count):,}"
    return f"{share * 100:g} wrong in 100"


def _of_hundred(share: float) -> str:
    count = round(share * 100)
    if share > 0 and count == 0:
        return "fewer than 1 of 100"
    return f"about {count} of 100"


def _point_at(card: LineCard, level: float) -> CurvePoint | None:
    """What was measured at a confidence, or at the next higher one that was."""
    above = [point for point in card.curve if point.level >= level]
    return min(above, key=lambda point: point.level, default=None)
