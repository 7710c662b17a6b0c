"""Numbers about readings: distances, rates and how sure one can be of them. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from model.alignment import align

ANY_DIGIT: Final = "?"
Z_95: Final = 1.959964
BINS: Final = 15
"""Of equal width, as calibration is usually measured (Guo et al., 2017)."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its counts."""

    count: int
    total: int

    @property
    def share(self) -> float:
        """``count / total``; 0 where there is nothing to count."""
        return self.count / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of ``wilson_interval``."""
        return wilson_interval(self.count, self.total)


@dataclass(frozen=True, slots=True)
class ReadRate:
    """How much can be read without a person when errors may be so many.

    Attributes:
        rate: Read without a person, of all.
        threshold: The least confidence that is read without a person; 1 when nothing is.
    """

    rate: Rate
    threshold: float


def edit_distance(truth: str, read: str) -> int:
    """Insertions, deletions and substitutions between two strings (Levenshtein, 1966).

    ``?`` in the truth matches any one character.
    """
    above = list(range(len(read) + 1))
    for i, wanted in enumerate(truth, start=1):
        row = [i]
        for j, got in enumerate(read, start=1):
            changed = above[j - 1] + (wanted not in (got, ANY_DIGIT))
            row.append(min(above[j] + 1, row[-1] + 1, changed))
        above = row
    return above[-1]


def aligned(truth: str, read: str) -> list[bool | None]:
    """Whether each character that was read is right, by the least edit distance.

    Returns:
        One for each of ``read``; None where it stands for a ``?`` of the truth.
    """
    right: list[bool | None] = [False] * len(read)
    for i, j in align(truth, read, lambda wanted, got: wanted in (got, ANY_DIGIT)):
        if i is not None and j is not None:
            right[j] = None if truth[i] == ANY_DIGIT else truth[i] == read[j]
    return right


def calibration_error(outcomes: Sequence[tuple[float, bool]], bins: int = BINS) -> float:
    """Expected calibration error: by how much confidence misses the share that is right.

    Args:
        outcomes: Confidence in [0, 1] and whether it was right.
        bins: Of equal width (Guo et al., 2017).

    Returns:
        In [0, 1], weighed by how many lie in each bin; 0 of none.
    """
    sums = [[0, 0.0, 0] for _ in range(bins)]
    for confidence, right in outcomes:
        one = sums[min(bins - 1, int(confidence * bins))]
        one[0], one[1], one[2] = one[0] + 1, one[1] + confidence, one[2] + right
    missed = sum(abs(confidences - right) for _, confidences, right in sums)
    return missed / len(outcomes) if outcomes else 0.0


def wilson_interval(count: int, total: int, z: float = Z_95) -> tuple[float, float]:
    """Score interval of a share (E. B. Wilson, JASA 22, 1927).

    Unlike the textbook interval it stays inside [0, 1] and says something for 0 of 16.
    """
    if total == 0:
        return 0.0, 1.0
    share = count / total
    centre = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    # Rounding can miss 0 and 1 by an ulp, and then the share would lie outside its interval.
    low = 0.0 if count == 0 else (centre - spread) / scale
    high = 1.0 if count == total else (centre + spread) / scale
    return low, high


def read_rate_at_error(outcomes: Sequence[tuple[float, bool]], max_error: float = 0.01) -> ReadRate:
    """The largest share that can be read without a person at an error rate.

    Args:
        outcomes: Confidence in [0, 1] and whether the reading is right; 0 where nothing was read.
        max_error: Wrong ones among those read without a person.

    Returns:
        The best threshold of this very set: it is measured where it was chosen, so on new paper
        expect a little less.
    """
    ranked = sorted(outcomes, reverse=True)
    best, threshold, wrong = 0, 1.0, 0
    for rank, (confidence, right) in enumerate(ranked, start=1):
        if confidence <= 0:
            break
        wrong += not right
        # Equal confidences are read together or not at all.
        is_last_of_equals = rank == len(ranked) or ranked[rank][0] < confidence
        if is_last_of_equals and wrong <= max_error * rank:
            best, threshold = rank, confidence
    return ReadRate(Rate(best, len(outcomes)), threshold)


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which so many per cent lie, between neighbours by proportion; 0 of none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def box_overlap(one: Sequence[float], other: Sequence[float]) -> float:
    """Intersection over union of two boxes (x, y, w, h), in [0, 1]."""
    common = common_area(one, other)
    return float(common / (one[2] * one[3] + other[2] * other[3] - common))


def common_area(one: Sequence[float], other: Sequence[float]) -> float:
    """Area that two boxes (x, y, w, h) share, px²."""
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return max(0.0, across) * max(0.0, down)
