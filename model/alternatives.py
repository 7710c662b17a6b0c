"""What else a span may say: its most probable numbers, by all networks together."""

from __future__ import annotations

import math
from collections import defaultdict
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
# A probability that is none: log(0) is not.
_NEVER: Final = 1e-9


def find_alternatives(
    places: Sequence[tuple[Character, NDArray[np.float64], Box]],
    characters: Sequence[Character],
    opinions: Sequence[NDArray[np.float32]],
    chosen: Sequence[int],
    *,
    confidence: float,
    fusion: Fusion,
) -> tuple[Alternative, ...]:
    """The numbers that a span says if it does not say the one that was chosen.

    Each candidate is one of ten digits or none, and every number that this makes is weighed as the
    chosen one was: by the digits, and by all ways in which the sequence says it (its lattice).

    Args:
        places: Each candidate, its (10,) probabilities, which lack of 1 that it is no digit, and
            where its ink lies.
        characters: All of the span, from left to right, the candidates among them.
        opinions: (T, outputs) of the span by each line network that was asked.
        chosen: Of each candidate, its digit or ``NO_DIGIT``.
        confidence: Probability in [0, 1] of that.
        fusion: How the networks' answers become one.

    Returns:
        The likeliest first; together with the chosen one they reach 1 at most.
    """
    if 1 - confidence < _LEAST:
        return ()
    chances = np.array([np.append(digits, max(0.0, 1 - digits.sum())) for _, digits, _ in places])
    log_chances = np.log(np.maximum(chances, _NEVER))
    ways: defaultdict[str, list[tuple[float, tuple[int, ...]]]] = defaultdict(list)
    for choice, weight in [(tuple(chosen), _weigh(log_chances, chosen)), *_likeliest(log_chances)]:
        ways[_text(choice)].append((weight, choice))
    said = mean_log_probabilities(opinions, list(ways))
    by_digits = [max(weight for weight, _ in found) for found in ways.values()]
    weights = fusion.sequence * said + fusion.digits * np.array(by_digits)
    weights = np.exp(weights - weights[0])  # the chosen one came first
    others = [(float(w), max(ways[text])[1]) for w, text in zip(weights, ways, strict=True)][1:]
    total = sum(weight for weight, _ in others) * confidence
    share = min(1.0, (1 - confidence) / total) if total > 0 else 0.0
    likely = [(weight * confidence * share, choice) for weight, choice in others]
    return tuple(
        _alternative(places, characters, choice, probability)
        for probability, choice in sorted(likely, reverse=True)
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


def _alternative(
    places: Sequence[tuple[Character, NDArray[np.float64], Box]],
    characters: Sequence[Character],
    choice: Sequence[int],
    probability: float,
) -> Alternative:
    digits = [
        decide_digit(chances, box, 1.0, digit=option)
        for (_, chances, box), option in zip(places, choice, strict=True)
        if option != NO_DIGIT
    ]
    written = write_out(characters, [candidate for candidate, _, _ in places], choice)
    return Alternative(tuple(digits), written, probability)
