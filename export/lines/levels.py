"""From where nobody has to look: levels of confidence, from what came out right and wrong."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from model.decode import presence

_LEAST: Final = 1e-7
_ROUNDS: Final = 200
_POINTS: Final = 60


def fit_levels(
    surety: NDArray[np.float64],
    right: NDArray[np.bool_],
    weights: NDArray[np.float64],
    wrong_accepted: tuple[float, ...],
) -> list[float]:
    """The lowest surety from which so many of the accepted are likely to be wrong.

    One wrong number in a thousand cannot be counted among a thousand: whether the surest error of
    all is there decides it. So how many are wrong at each surety is taken from a logistic curve
    through all of them (Platt, 1999), and what is accepted from a level up is wrong as often as
    that curve says on the average.

    Args:
        surety: (n,) in (0, 1].
        right: (n,) whether each was read rightly.
        weights: (n,) what each counts.
        wrong_accepted: Shares in (0, 1) of the accepted that may be wrong.

    Returns:
        A level for each share, to four digits and rounded up; above 1 where none is accepted.
    """
    found, wrong, _ = _accepted(surety, right, weights)
    levels = []
    for allowed in wrong_accepted:
        enough = np.flatnonzero(wrong <= allowed)
        if enough.size:
            levels.append(min(1.0, math.ceil(float(found[enough[-1]]) * 1e4) / 1e4))
        else:
            levels.append(float(np.nextafter(1.0, 2.0)))
    return levels


def draw_curve(
    surety: NDArray[np.float64],
    right: NDArray[np.bool_],
    weights: NDArray[np.float64],
    total: float,
) -> list[dict[str, float]]:
    """The error-reject curve: how many are accepted, and how many of these are wrong, by level.

    Args:
        surety: (n,) in (0, 1] of those that were read.
        right: (n,) whether each was read rightly.
        weights: (n,) what each counts.
        total: What all count together, those of which nothing was read among them.

    Returns:
        ``level``, ``accepted`` and ``wrong``, all in [0, 1], the strictest level first.
    """
    found, wrong, accepted = _accepted(surety, right, weights)
    if not len(found):
        return []
    chosen = np.unique(np.linspace(0, len(found) - 1, _POINTS).round().astype(int))
    return [
        {
            "level": round(float(found[i]), 4),
            "accepted": round(min(1.0, float(accepted[i]) / total), 4),
            "wrong": round(float(wrong[i]), 6),
        }
        for i in chosen
    ]


def _accepted(
    surety: NDArray[np.float64], right: NDArray[np.bool_], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Each surety, the largest first; the share of wrong ones from it up, and their weight."""
    if not len(surety):
        return np.empty(0), np.empty(0), np.empty(0)
    order = np.argsort(-surety, kind="stable")
    wrong = (1 - _chances(surety, right, weights))[order]
    weight = np.cumsum(weights[order])
    return surety[order], np.cumsum(weights[order] * wrong) / weight, weight


def _chances(
    surety: NDArray[np.float64], right: NDArray[np.bool_], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(n,) probability that each is right: a logistic curve over the log-odds of its surety."""
    clipped = np.clip(surety, _LEAST, 1 - _LEAST)
    inputs = np.stack([np.ones_like(clipped), np.log(clipped / (1 - clipped))], axis=1)
    curve = np.array([0.0, 1.0])
    for _ in range(_ROUNDS):
        chances = presence(inputs @ curve)
        # A little of the curve that takes surety at its word, for where all are right.
        slope = inputs.T @ (weights * (chances - right)) + curve - [0.0, 1.0]
        bend = (inputs.T * (weights * chances * (1 - chances))) @ inputs + np.eye(2)
        step = np.linalg.solve(bend, slope)
        # Newton's steps, held short: far from the end they may lead away from it.
        curve -= step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < _LEAST:
            break
    return presence(inputs @ curve)
