"""From the line network's columns to characters with boxes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from model.line_frame import DIGIT_HEIGHT, LINE_HEIGHT
from model.marks import DIGITS, MARKS, SEPARATORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

STRIDE: Final = 2
"""Px of the frame for each column of answers. Two upright 1s stand 6 px apart: a sequence needs
a blank column between them."""

SIDES: Final = 4
"""Left, right, top and bottom of a character's box, seen from its column and the line's middle;
in digit heights."""

_LEAST_PEAK: Final = 0.3
_LEAST_PROPOSED: Final = 0.2
# Share of the narrower box's width; digits overlap, but not by more than this.
_MOST_COMMON: Final = 0.6
# Less than any probability that decides something.
_LEAST: Final = 1e-6
# From here on a separator is surely one, and as surely none below the rest.
_SURE_MARK: Final = 0.9
# A digit that is less likely in a column is not said there.
_LEAST_SAID: Final = 1e-5
# Columns by which another network may point at a digit beside where one does.
_NEAR: Final = 2
# Columns after which probabilities are brought back to 1; as many together can hardly reach 0.
_RESCALED: Final = 8


@dataclass(frozen=True, slots=True)
class Character:
    """One character of a line.

    Attributes:
        mark: Its number in model.marks.MARKS, by the network that it was read with.
        probability: Of that mark, by the same, before calibration.
        box: x, y, w, h in the frame, px.
        digits: Of each of the ten digits, by all networks that were asked. Those of a sequence
            lack of 1 what says that it is none; a detector judges each by itself.
        column: Where the network said so.
        is_passed_over: Whether the network saw nothing there, and only its ink speaks for it.
    """

    mark: int
    probability: float
    box: tuple[float, float, float, float]
    digits: tuple[float, ...]
    column: int = 0
    is_passed_over: bool = False


def decode_sequence(columns: NDArray[np.float32]) -> list[Character]:
    """The best path of a sequence (Graves et al., 2006): runs of one mark, blanks between them.

    Args:
        columns: (T, len(MARKS) + 1 + SIDES): logits, the blank last, then sides.
    """
    chances = _chances(columns)
    return [
        _character(mark, column, chances[column], columns)
        for mark, column, _, _ in _best_path(chances)
    ]


def propose_digits(
    columns: NDArray[np.float32], characters: Sequence[Character]
) -> list[Character]:
    """Where the best path says nothing, but a digit is not out of the question.

    Args:
        columns: As for ``decode_sequence``.
        characters: The best path.

    Returns:
        One character for each such place, under none of the others.
    """
    chances = _chances(columns)
    height = chances[:, : len(DIGITS)].sum(axis=1)
    for _, _, start, end in _best_path(chances):
        height[max(0, start - 1) : end + 1] = 0.0
    found: list[Character] = []
    for column in np.argsort(-height, kind="stable"):
        if height[column] < _LEAST_PROPOSED:
            break
        mark = int(chances[column, : len(DIGITS)].argmax())
        one = _character(mark, int(column), chances[column], columns)
        if all(_common(one, other) <= _MOST_COMMON for other in (*characters, *found)):
            found.append(one)
    return found


def _best_path(chances: NDArray[np.float64]) -> list[tuple[int, int, int, int]]:
    """Each run that is not blank: its mark, its surest column, its first, and the one behind it."""
    best = chances.argmax(axis=1)
    edges = np.flatnonzero(np.diff(best, prepend=-1, append=-1))
    return [
        (
            int(best[start]),
            int(start + chances[start:end, best[start]].argmax()),
            int(start),
            int(end),
        )
        for start, end in pairwise(edges)
        if best[start] != len(MARKS)
    ]


def sequence_probability(columns: NDArray[np.float32], digits: str) -> float:
    """``sequence_probabilities`` of one number."""
    return float(sequence_probabilities(columns, (digits,))[0])


def sequence_probabilities(
    columns: NDArray[np.float32], numbers: Sequence[str]
) -> NDArray[np.float64]:
    """Of all ways to read the columns, how much says just these digits (Graves et al., 2006).

    Separators, other marks and print count as blank, as they do for the number.

    Args:
        columns: As for ``decode_sequence``.
        numbers: Digits alone; empty for none. At least one number.

    Returns:
        (n,) in [0, 1], one for each number.
    """
    chances = _chances(columns)
    nothing = chances[:, len(DIGITS) :].sum(axis=1, keepdims=True)
    if not any(numbers):
        return np.full(len(numbers), nothing.prod())
    said = np.concatenate([chances[:, : len(DIGITS)], nothing], axis=1)  # (T, 11)
    # Of columns that surely say nothing, one in a row is enough: half of a line's are of these.
    is_blank = nothing[:, 0] > 1 - _LEAST_SAID
    is_needless = is_blank & np.append(False, is_blank[:-1])
    scale = float(np.log(nothing[is_needless]).sum())
    said = said[~is_needless]
    states = np.full((len(numbers), 2 * max(map(len, numbers)) + 1), len(DIGITS))
    for row, number in zip(states, numbers, strict=True):
        row[1 : 2 * len(number) : 2] = [DIGITS.index(digit) for digit in number]
    # From each state to itself, to the next one, and from a digit to another one behind it at once.
    leaps = np.zeros(states.shape)
    leaps[:, 3::2] = states[:, 3::2] != states[:, 1:-2:2]
    said = said[:, states]  # (T, n, states)
    # Two states that nothing reaches stand before the first: of each state there is one before.
    padded = np.zeros((len(numbers), 2 + states.shape[1]))
    ways, before, two_before = padded[:, 2:], padded[:, 1:-1], padded[:, :-2]
    ways[:, :2] = said[0, :, :2]
    reached, leapt = np.empty(states.shape), np.empty(states.shape)
    for start in range(1, len(said), _RESCALED):
        for now in said[start : start + _RESCALED]:
            # Into the same arrays each time: to make new ones takes as long as to add them up.
            np.add(ways, before, out=reached)
            np.add(reached, np.multiply(two_before, leaps, out=leapt), out=reached)
            np.multiply(reached, now, out=ways)
        largest = float(ways.max())
        if largest <= 0.0:
            return np.zeros(len(numbers))
        ways /= largest
        scale += math.log(largest)
    which, last = np.arange(len(numbers)), 2 * np.array([len(number) for number in numbers])
    # Ended by a blank or by the last digit; of no digits, by a blank alone.
    ended = ways[which, last] + np.where(last > 0, ways[which, last - 1], 0.0)
    return np.asarray(np.minimum(1.0, ended * math.exp(scale)), dtype=np.float64)


def are_marks_sure(columns: NDArray[np.float32]) -> bool:
    """Whether each point, comma or stroke is surely there, and no other may be.

    Args:
        columns: As for ``decode_sequence``.
    """
    chances = _chances(columns)
    marks = chances[:, len(DIGITS) : len(DIGITS) + len(SEPARATORS)].sum(axis=1)
    for mark, column, start, end in _best_path(chances):
        if len(DIGITS) <= mark < len(DIGITS) + len(SEPARATORS):
            if marks[column] < _SURE_MARK:
                return False
            marks[start:end] = 0.0
    return bool((marks < 1 - _SURE_MARK).all())


def chances_near(
    columns: NDArray[np.float32], mark: int, places: Sequence[int]
) -> NDArray[np.float64]:
    """(n,) probability of a mark at each of some columns, or right beside it if that is more."""
    chances = np.pad(_chances(columns)[:, mark], 1)
    inside = np.clip(places, 0, len(columns) - 1)
    return np.array([chances[place : place + 3].max() for place in inside])


def mean_log_probability(opinions: Sequence[NDArray[np.float32]], digits: str) -> float:
    """``mean_log_probabilities`` of one number."""
    return float(mean_log_probabilities(opinions, (digits,))[0])


def mean_log_probabilities(
    opinions: Sequence[NDArray[np.float32]], numbers: Sequence[str]
) -> NDArray[np.float64]:
    """Of numbers, by all networks that were asked, nats; each at least as likely as ``_LEAST``.

    Args:
        opinions: Columns of one frame by each of them, as for ``decode_sequence``; at least one.
        numbers: Digits alone; empty for none.

    Returns:
        (n,), one for each number.
    """
    chances = [sequence_probabilities(columns, numbers) for columns in opinions]
    return np.asarray(np.log(np.maximum(chances, _LEAST)).mean(axis=0), dtype=np.float64)


def digit_chances(columns: NDArray[np.float32]) -> NDArray[np.float64]:
    """(T, 10): of each digit, by the columns of a sequence."""
    return _chances(columns)[:, : len(DIGITS)]


def _chances(columns: NDArray[np.float32]) -> NDArray[np.float64]:
    """(T, len(MARKS) + 1): of each mark and of the blank; a row sums to 1."""
    logits = columns[:, : len(MARKS) + 1].astype(np.float64)
    chances = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(chances / chances.sum(axis=1, keepdims=True), dtype=np.float64)


def heard(characters: Sequence[Character], columns: NDArray[np.float32]) -> tuple[Character, ...]:
    """The characters with what another network says of the digit there, both alike.

    Args:
        characters: Of one row, from left to right; their marks stay.
        columns: The other's, of the same frame, as for ``decode_sequence``.
    """
    if not characters:
        return ()
    chances = digit_chances(columns)
    places = [one.column for one in characters]
    halfway = [(one + other) // 2 + 1 for one, other in pairwise(places)]
    return tuple(
        _with_opinion(
            one, chances[max(first, one.column - _NEAR) : min(stop, one.column + _NEAR + 1)]
        )
        for one, first, stop in zip(
            characters, [0, *halfway], [*halfway, len(chances)], strict=True
        )
    )


def _with_opinion(character: Character, near: NDArray[np.float64]) -> Character:
    """The character with another's word, that of the column that most likely holds a digit.

    Args:
        near: (n, 10): the other's, of the columns that are nearest to this character.
    """
    if not len(near):
        return character
    said = np.array(character.digits), near[near.sum(axis=1).argmax()]
    odds, which = zip(*map(log_evidence, said), strict=True)
    digits = with_odds(sum(odds) / len(odds), sum(which) / len(which))
    return replace(character, digits=tuple(map(float, digits)))


def log_evidence(digits: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """Log-odds of being a digit, and (10,) log-probabilities of which one it then is."""
    present = min(max(float(digits.sum()), _LEAST), 1 - _LEAST)
    which = np.maximum(digits / max(float(digits.sum()), _LEAST), _LEAST)
    return math.log(present / (1 - present)), np.log(which)


def with_odds(log_odds: float, log_which: NDArray[np.float64]) -> NDArray[np.float64]:
    """(10,) in [0, 1]: what ``log_evidence`` took apart; what they lack of 1 is no digit."""
    digits = np.exp(log_which - log_which.max())
    return np.asarray(digits / digits.sum() / (1 + np.exp(-log_odds)), dtype=np.float64)


def decode_detection(columns: NDArray[np.float32]) -> list[Character]:
    """The peaks of a detector, the surest first among those that claim the same ink.

    Args:
        columns: (T, len(MARKS) + SIDES): a logit for each mark's centre, then sides.
    """
    chances = 1 / (1 + np.exp(-columns[:, : len(MARKS)].astype(np.float64)))
    best = chances.argmax(axis=1)
    height = chances.max(axis=1)
    around = np.pad(height, 1)
    is_peak = (height >= around[:-2]) & (height > around[2:]) & (height > _LEAST_PEAK)
    found: list[Character] = []
    for column in sorted(np.flatnonzero(is_peak), key=lambda c: -height[c]):
        one = _character(int(best[column]), int(column), chances[column], columns)
        if all(_common(one, other) <= _MOST_COMMON for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.box[0] + one.box[2] / 2)


def _character(
    mark: int, column: int, chances: NDArray[np.float64], columns: NDArray[np.float32]
) -> Character:
    left, right, top, bottom = (float(side) * DIGIT_HEIGHT for side in columns[column, -SIDES:])
    here, middle = (column + 0.5) * STRIDE, LINE_HEIGHT / 2
    box = (here - left, middle - top, max(1.0, left + right), max(1.0, top + bottom))
    digits = tuple(float(chance) for chance in chances[: len(DIGITS)])
    return Character(mark, float(chances[mark]), box, digits, column)


def _common(one: Character, other: Character) -> float:
    """How much of the narrower box's width the two share."""
    start = max(one.box[0], other.box[0])
    end = min(one.box[0] + one.box[2], other.box[0] + other.box[2])
    return max(0.0, end - start) / min(one.box[2], other.box[2])
