"""What else a span may say: its most probable numbers, by all networks together."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from model.decode import decide_digit
from model.line_decode import mean_log_probabilities
from model.marks import DIGITS, MARKS, SEPARATORS
from model.types import Alternative

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from model.line_card import Fusion
    from model.line_decode import Character
    from model.types import Box

NO_DIGIT: Final = len(DIGITS)
"""The choice that a candidate is no digit."""

# So many numbers are weighed. A digit that is e^10 times less likely than another in its place
# is in none of the ten likeliest.
_MOST: Final = 24
_HOPELESS: Final = 10.0
# What is less likely is no help to anybody, nor is an alternative to what is surer than this.
_LEAST: Final = 1e-4
# Of the numbers that were misread on validation lines, the right one was among the alternatives so
# often (215 of 400); the rest of what the chosen number lacks of 1 is that it is none of these.
_KNOWN: Final = 0.55
# A probability that is none: log(0) is not.
_NEVER: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """The candidates of a span, and what all networks together say of each.

    Attributes:
        characters: All of the span, from left to right, the candidates among them.
        candidates: Those that may be digits, in the same order.
        chances: (10,) probabilities of each; what they lack of 1 says that it is no digit.
        boxes: Where their ink lies.
    """

    characters: Sequence[Character]
    candidates: Sequence[Character]
    chances: Sequence[NDArray[np.float64]]
    boxes: Sequence[Box]


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """The likeliest numbers of a span, the chosen one first.

    Attributes:
        choices: Of each number, the likeliest way to make it: of each candidate, its digit or
            ``NO_DIGIT``.
        said: (n,) log-probability of each number by the sequences, nats.
        seen: (n,) the same of its choice by the candidates.
    """

    choices: Sequence[tuple[int, ...]]
    said: NDArray[np.float64]
    seen: NDArray[np.float64]


def weigh_numbers(
    places: Places, opinions: Sequence[NDArray[np.float32]], chosen: Sequence[int]
) -> Lattice:
    """Every number that a span may say, by its digits and by all ways in which it is said.

    Args:
        places: Its candidates: each is one of ten digits or none.
        opinions: (T, outputs) of the span by each line network that was asked.
        chosen: Of each candidate, its digit or ``NO_DIGIT``.
    """
    chances = np.array([np.append(one, max(0.0, 1 - one.sum())) for one in places.chances])
    log_chances = np.log(np.maximum(chances, _NEVER))
    best: dict[str, tuple[float, tuple[int, ...]]] = {
        _text(chosen): (_weigh(log_chances, chosen), tuple(chosen))
    }
    # A number may be made in several ways; of those the likeliest counts, but for the chosen one.
    for choice, weight in _likeliest(log_chances):
        best.setdefault(_text(choice), (weight, choice))
    return Lattice(
        [choice for _, choice in best.values()],
        mean_log_probabilities(opinions, list(best)),
        np.array([weight for weight, _ in best.values()]),
    )


def find_alternatives(
    places: Places, lattice: Lattice, *, confidence: float, fusion: Fusion
) -> tuple[Alternative, ...]:
    """The numbers that a span says if it does not say the one that was chosen.

    Each is weighed against the chosen one by the exponents with which a line is: by its digits, and
    by the sequences.

    Args:
        places: The candidates of the span.
        lattice: Its likeliest numbers.
        confidence: Probability in [0, 1] of the chosen one.
        fusion: How the networks' answers become one.

    Returns:
        The likeliest first; together with the chosen one they stay below 1, because the right
        number may be none of them.
    """
    if 1 - confidence < _LEAST:
        return ()
    weights = fusion.sequence * lattice.said + fusion.digits * lattice.seen
    chances = confidence * np.exp(weights - weights[0])[1:]
    total = float(chances.sum())
    if total > _KNOWN * (1 - confidence):
        chances *= _KNOWN * (1 - confidence) / total
    likely = sorted(zip(chances.tolist(), lattice.choices[1:], strict=True), reverse=True)
    return tuple(
        _alternative(places, choice, probability)
        for probability, choice in likely
        if probability >= _LEAST and any(digit != NO_DIGIT for digit in choice)
    )


def write_out(
    characters: Sequence[Character], candidates: Sequence[Character], choice: Sequence[int]
) -> str:
    """The number as it is written, with its separators: "1,250/-".

    Args:
        characters: Of the span, from left to right.
        candidates: Those among them that may be digits, in the same order.
        choice: Of each candidate, its digit or ``NO_DIGIT``.
    """
    digits = {id(one): digit for one, digit in zip(candidates, choice, strict=True)}
    written = []
    for one in characters:
        digit = digits.get(id(one), NO_DIGIT)
        if digit != NO_DIGIT:
            written.append(DIGITS[digit])
        elif MARKS[one.mark] in SEPARATORS:
            written.append(MARKS[one.mark])
    return "".join(written)


def _likeliest(log_chances: NDArray[np.float64]) -> list[tuple[tuple[int, ...], float]]:
    """The choices with the largest sums of their rows' values, each with its sum; best first.

    Exact: what is not among the best of the first rows cannot be among those of all.

    Args:
        log_chances: (n, 11).
    """
    best: list[tuple[tuple[int, ...], float]] = [((), 0.0)]
    for row in log_chances:
        options = [(int(i), float(row[i])) for i in np.flatnonzero(row > row.max() - _HOPELESS)]
        longer = [
            ((*choice, option), weight + chance)
            for choice, weight in best
            for option, chance in options
        ]
        best = sorted(longer, key=lambda one: -one[1])[:_MOST]
    return best


def _weigh(log_chances: NDArray[np.float64], choice: Sequence[int]) -> float:
    return math.fsum(row[option] for row, option in zip(log_chances, choice, strict=True))


def _text(choice: Sequence[int]) -> str:
    return "".join(DIGITS[option] for option in choice if option != NO_DIGIT)


def _alternative(places: Places, choice: Sequence[int], probability: float) -> Alternative:
    digits = [
        decide_digit(chances, box, 1.0, digit=option)
        for chances, box, option in zip(places.chances, places.boxes, choice, strict=True)
        if option != NO_DIGIT
    ]
    written = write_out(places.characters, places.candidates, choice)
    return Alternative(tuple(digits), written, probability)
