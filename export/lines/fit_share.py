"""Fit what each network's answer about a digit counts, on candidates whose labels are known."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray

from model.line_card import Fusion, Kind, Share
from model.line_decode import Character, log_evidence
from model.read_span import fuse
from model.second_look import Look

NONE: Final = 10
"""The label of what is no digit."""

_MISLABELLED: Final = 0.002
"""Share of labels that are wrong. (Of string labels 2 to 4 % are; those that were seen are
corrected.) Without it a few sure answers to wrong labels make all others doubtful."""

_EXPONENTS: Final = np.arange(0.0, 1.61, 0.2)
_NONES: Final = np.arange(-3.0, 4.1, 0.5)
_FINE: Final = 0.05
_FINE_NONE: Final = 0.25
_FAR: Final = 3
_AS_LIKELY: Final = 1.01
_FEWEST: Final = 30
_ROUNDS: Final = 8
_START: Final = Share(line=1.0, look=1.0, none=0.0)
"""With which the fitting begins, and ends where there are too few and nothing else is given."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

UNFITTED: Final = Fusion(
    single=_START,
    clear=_START,
    alone=_START,
    joined=_START,
    separator=_START,
    passed_over=_START,
    skipped=_START,
    sequence=1.0,
    digits=1.0,
    accept_above=1.0,
    accept_single=1.0,
)
"""With which the fitting begins."""


@dataclass(frozen=True, slots=True)
class Case:
    """What both networks say of one candidate, its label, and what it counts."""

    character: Character
    look: Look
    label: int
    weight: float


def fit_share(
    cases: Sequence[Case], *, prefers_right: bool = False, otherwise: Share = _START
) -> Share:
    """The share under which the labels are likeliest, if a few of them are wrong.

    Args:
        cases: Of one kind.
        prefers_right: Of shares that are about as likely, take the one that reads most.
        otherwise: What holds where there are too few cases to fit.
    """
    if len(cases) < _FEWEST:
        return otherwise
    lines = [log_evidence(np.array(case.character.digits)) for case in cases]
    looks = [_look_or_nothing(case.look) for case in cases]
    weights = np.array([case.weight for case in cases])
    weights /= weights.sum()
    odds = np.array([[line[0], look[0]] for line, look in zip(lines, looks, strict=True)])
    which = np.array([[line[1], look[1]] for line, look in zip(lines, looks, strict=True)])
    labels = np.array([case.label for case in cases])
    is_digit = labels != NONE
    digits = labels[is_digit]

    def loss(share: tuple[float, float, float]) -> float:
        """Mean negative log-likelihood, as ``model.read_span.fuse`` reckons; any label may err."""
        log_odds = odds @ share[:2] - share[2]
        presence = weights @ _unlikelihood(1 / (1 + np.exp(np.where(is_digit, -1, 1) * log_odds)))
        log_which = np.einsum("ikd,k->id", which[is_digit], np.array(share[:2]))
        top = log_which.max(axis=1)
        total = top + np.log(np.exp(log_which - top[:, None]).sum(axis=1))
        chances = np.exp(log_which[np.arange(len(digits)), digits] - total)
        return float(presence + weights[is_digit] @ _unlikelihood(chances))

    def read_rightly(share: tuple[float, float, float]) -> float:
        """Weight of the digits that come out as they are."""
        log_which = np.einsum("ikd,k->id", which[is_digit], np.array(share[:2]))
        return float(weights[is_digit] @ (log_which.argmax(axis=1) == digits))

    best = min(itertools.product(_EXPONENTS, _EXPONENTS, _NONES), key=loss)
    for _ in range(_ROUNDS):
        before, best = best, min(_around(best, 1), key=loss)
        if best == before:
            break
    if prefers_right:
        # A lone digit is decided by this alone: of shares that are as likely, who reads most.
        limit = _AS_LIKELY * loss(best)
        likely = [share for share in _around(best, _FAR) if loss(share) <= limit]
        best = max(likely, key=lambda share: (read_rightly(share), -loss(share)))
    return Share(*(round(float(value), 3) for value in best))


def _unlikelihood(chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """What labels cost that are this likely, nats, where one in so many is wrong.

    Args:
        chances: (n,) in [0, 1].
    """
    return np.asarray(-np.log(_MISLABELLED + (1 - _MISLABELLED) * chances), dtype=np.float64)


def _around(share: tuple[float, float, float], steps: int) -> list[tuple[float, float, float]]:
    """Shares so many fine steps away at most."""
    there = range(-steps, steps + 1)
    return [
        (max(0.0, share[0] + i * _FINE), max(0.0, share[1] + j * _FINE), share[2] + k * _FINE_NONE)
        for i, j, k in itertools.product(there, there, there)
    ]


def _look_or_nothing(look: Look) -> tuple[float, NDArray[np.float64]]:
    """Where there was no ink to look at, all answers count alike."""
    return (0.0, np.zeros(NONE)) if look.digits is None else log_evidence(look.digits)


def count_right(cases: Sequence[Case], share: Share) -> dict[str, int]:
    """How many are right by the line network, by the digit network, and by both."""
    fusion = with_shares(dict.fromkeys(KINDS, share))
    counts = {"count": len(cases), "by_line": 0, "by_look": 0, "by_both": 0}
    for case in cases:
        seen = np.zeros(NONE) if case.look.digits is None else case.look.digits
        both = fuse(case.character, case.look, fusion, "any")
        counts["by_line"] += int(_answer(np.array(case.character.digits)) == case.label)
        counts["by_look"] += int(_answer(seen) == case.label)
        counts["by_both"] += int(_answer(both) == case.label)
    return counts


def _answer(digits: NDArray[np.float64]) -> int:
    return int(digits.argmax()) if digits.sum() >= 0.5 else NONE


def with_shares(shares: Mapping[Kind, Share]) -> Fusion:
    """A fusion whose other numbers are not fitted yet."""
    return replace(
        UNFITTED,
        single=shares["single"],
        clear=shares["clear"],
        alone=shares["alone"],
        joined=shares["joined"],
        separator=shares["separator"],
        passed_over=shares["passed_over"],
        skipped=shares["skipped"],
    )
