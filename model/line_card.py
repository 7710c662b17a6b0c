"""What the program has to know of the line network that it ships with, read from its card."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from model.card import REINSTALL
from model.errors import NetworkError
from model.marks import MARKS, SEPARATORS

if TYPE_CHECKING:
    from pathlib import Path

    from model.line_decode import Character
    from model.second_look import Look

LINE_CARD_NAME: Final = "lines.json"

Kind: TypeAlias = Literal[
    "single", "clear", "alone", "joined", "separator", "passed_over", "skipped"
]

Company: TypeAlias = Literal["none", "clear", "any"]
"""What a character stands in: nothing else, a span that the digit network knows, any other."""


@dataclass(frozen=True, slots=True)
class Share:
    """What each network's answer about a digit counts.

    Attributes:
        line: Exponent of the line network's probabilities.
        look: Exponent of the digit network's.
        none: Added to the log-odds of its being no digit.
    """

    line: float
    look: float
    none: float


@dataclass(frozen=True, slots=True)
class Level:
    """From where nobody has to look, if so many of the accepted numbers may be wrong.

    Attributes:
        wrong: Share of the accepted numbers that may be wrong, in [0, 1].
        several: Confidence for a number of several digits.
        single: The same for one digit alone: what stands alone may be anything.
    """

    wrong: float
    several: float
    single: float


DEFAULT_WRONG: Final = 0.001
"""One accepted number in a thousand may be wrong, unless the administrator says otherwise."""

NOBODY: Final = 2.0
"""A level that no confidence reaches."""


@dataclass(frozen=True, slots=True)
class Fusion:
    """How the networks' answers become a digit, a line and a decision; fitted on validation lines.

    Attributes:
        single: For a digit that is the only one of its span, its ink standing by itself.
        clear: For the others whose ink stands by itself, in a span that the digit network knows.
        alone: For the rest of those.
        joined: For digits that were cut out of a larger piece of ink.
        separator: For what the line network takes for a point, a comma or a stroke.
        passed_over: For ink of which the line network says nothing, by itself.
        skipped: For the same among digits that it reads.
        sequence: Exponent of the line network's probability of the whole number.
        digits: Exponent of the probability of a span's candidates: that its digits are these and
            the others none.
        accept_above: Confidence from which nobody has to look at a number of several digits.
        accept_single: The same for one digit alone.
        levels: What both would be for other shares of wrong ones, the strictest first.
    """

    single: Share
    clear: Share
    alone: Share
    joined: Share
    separator: Share
    passed_over: Share
    skipped: Share
    sequence: float
    digits: float
    accept_above: float
    accept_single: float
    levels: tuple[Level, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError where confidence could not be computed."""
        weights = [self.sequence, self.digits]
        numbers = [*weights, self.accept_above, self.accept_single]
        for level in self.levels:
            numbers += [level.wrong, level.several, level.single]
        for share in self._shares().values():
            numbers += [share.line, share.look, share.none]
        if not all(map(math.isfinite, numbers)) or min(weights) < 0:
            raise ValueError("exponents must be finite and not negative")

    def share(self, character: Character, look: Look, company: Company) -> Share:
        """The share that holds for a digit."""
        return self._shares()[kind_of(character, look, company)]

    def _shares(self) -> dict[Kind, Share]:
        return {
            "single": self.single,
            "clear": self.clear,
            "alone": self.alone,
            "joined": self.joined,
            "separator": self.separator,
            "passed_over": self.passed_over,
            "skipped": self.skipped,
        }

    def line_confidence(self, sequence: float, digits: float) -> float:
        """Probability in [0, 1] that a line is right.

        Args:
            sequence: Log-probability of the number, by the line networks.
            digits: Log-probability by its span's candidates: that its digits are these and the
                others none.
        """
        return min(1.0, math.exp(self.sequence * sequence + self.digits * digits))

    def accept_level(self, count: int) -> float:
        """Confidence from which nobody has to look at a number of so many digits."""
        return self.accept_single if count == 1 else self.accept_above

    def accepting(self, wrong: float) -> Fusion:
        """The same where so many of the accepted numbers may be wrong.

        Args:
            wrong: In [0, 1]. Of the shares that were fitted the next smaller one counts; below
                all of them nothing is accepted.
        """
        level = Level(wrong, NOBODY, NOBODY)
        for one in self.levels:
            if one.wrong <= wrong:
                level = one
        return replace(self, accept_above=level.several, accept_single=level.single)

    @classmethod
    def of(cls, facts: dict[str, Any]) -> Fusion:
        """From the card's words."""
        return cls(
            single=Share(**facts["single"]),
            clear=Share(**facts["clear"]),
            alone=Share(**facts["alone"]),
            joined=Share(**facts["joined"]),
            separator=Share(**facts["separator"]),
            passed_over=Share(**facts["passed_over"]),
            skipped=Share(**facts["skipped"]),
            sequence=float(facts["sequence"]),
            digits=float(facts["digits"]),
            accept_above=float(facts["accept_above"]),
            accept_single=float(facts["accept_single"]),
            levels=tuple(
                Level(float(level["wrong"]), float(level["several"]), float(level["single"]))
                for level in facts["levels"]
            ),
        )


def kind_of(character: Character, look: Look, company: Company) -> Kind:
    """Which share of a ``Fusion`` holds for a digit."""
    if character.is_passed_over:
        return "passed_over" if company == "none" else "skipped"
    if MARKS[character.mark] in SEPARATORS:
        return "separator"
    if not look.stands_alone:
        return "joined"
    if company == "none":
        return "single"
    return "clear" if company == "clear" else "alone"


@dataclass(frozen=True, slots=True)
class NetworkFile:
    """A network beside the card.

    Attributes:
        version: The same stands in the file.
        file: Its name.
        sha256: Of the file, hexadecimal.
    """

    version: str
    file: str
    sha256: str

    @classmethod
    def of(cls, facts: dict[str, Any]) -> NetworkFile:
        """From the card's words."""
        return cls(str(facts["version"]), str(facts["file"]), str(facts["sha256"]))


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What happens if the numbers from some confidence on are accepted (error-reject curve).

    Attributes:
        level: That confidence.
        accepted: Share of all numbers that are accepted, in [0, 1].
        wrong: Share of the accepted ones that are wrong, in [0, 1].
    """

    level: float
    accepted: float
    wrong: float

    def __post_init__(self) -> None:
        """Raise ValueError where it could not be drawn."""
        shares = (self.accepted, self.wrong)
        if not math.isfinite(self.level) or not all(0 <= share <= 1 for share in shares):
            raise ValueError("a level must be finite, and shares lie in [0, 1]")

    @classmethod
    def of(cls, facts: dict[str, Any]) -> CurvePoint:
        """From the card's words."""
        return cls(float(facts["level"]), float(facts["accepted"]), float(facts["wrong"]))


@dataclass(frozen=True, slots=True)
class LineCard:
    """The part of the card that the program uses; people read ``LINES.md``.

    Attributes:
        first: The network that reads each line.
        second: The one that is asked in doubt; None without one.
        fusion: Fitted on validation lines.
        curve: How many numbers are accepted and how many of them are wrong, by level; empty where
            it was not measured.
    """

    first: NetworkFile
    second: NetworkFile | None
    fusion: Fusion
    curve: tuple[CurvePoint, ...] = ()

    @property
    def files(self) -> tuple[NetworkFile, ...]:
        """All networks that there are."""
        return (self.first, self.second) if self.second else (self.first,)


def load_line_card(folder: Path) -> LineCard:
    """Read the card beside the line networks.

    Raises:
        NetworkError: it is missing or damaged.
    """
    try:
        facts = json.loads((folder / LINE_CARD_NAME).read_text(encoding="utf-8"))
        second = facts.get("second")
        return LineCard(
            first=NetworkFile.of(facts),
            second=NetworkFile.of(second) if second else None,
            fusion=Fusion.of(facts["fusion"]),
            curve=tuple(map(CurvePoint.of, facts.get("curve", ()))),
        )
    except FileNotFoundError as error:
        raise NetworkError("The line network is missing.", REINSTALL) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NetworkError("The line network's model card is damaged.", REINSTALL) from error
