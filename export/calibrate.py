"""Fit how logits become confidence, on validation pictures alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from export.datasets import Samples
from export.to_onnx import run_onnx
from model.card import Calibration
from model.decode import to_confidence

_GRID: Final = np.exp(np.linspace(np.log(0.3), np.log(4.0), 60))
_SHIFTS: Final = np.linspace(-2.0, 6.0, 81)

WRONG_ACCEPTED: Final = 0.001
"""Share of wrong answers among the accepted that the accept level is set for."""


def fit_calibration(
    content: bytes, validation: Sequence[Samples]
) -> tuple[Calibration, dict[str, Any]]:
    """Temperatures by least negative log-likelihood (Guo et al., 2017), then the accept level.

    Returns:
        The calibration, and what it gives on the validation pictures.
    """
    frames = np.concatenate([part.frames for part in validation]).astype(np.float32) / np.float32(
        255
    )
    labels = np.concatenate([part.labels for part in validation]).astype(int)
    logits = run_onnx(content, frames)
    is_digit = labels >= 0
    digit = fit_temperature(logits[is_digit, :10], labels[is_digit])
    presence, shift = min(
        ((float(t), float(s)) for t in _GRID for s in _SHIFTS),
        key=lambda chosen: _presence_loss((logits[:, 10] - chosen[1]) / chosen[0], is_digit),
    )
    confidence, best = _read(logits, Calibration(digit, presence, shift, 0.0))
    right = best == labels
    level = rounded_level(confidence, right, WRONG_ACCEPTED)
    accepted = confidence >= level
    return Calibration(round(digit, 4), round(presence, 4), round(shift, 4), level), {
        "validation": len(labels),
        "validation_digits": int(is_digit.sum()),
        "validation_digits_right": int(right[is_digit].sum()),
        "validation_digits_accepted": int((accepted & is_digit).sum()),
        "validation_wrong_accepted": int((accepted & ~right).sum()),
        "validation_others_accepted": int((accepted & ~is_digit).sum()),
    }


def fit_temperature(logits: NDArray[np.float32], labels: NDArray[np.int_]) -> float:
    """The temperature, from 0.3 to 4, under which the labels are likeliest.

    Args:
        logits: (n, 10).
        labels: (n,) the digits.
    """
    return float(min(_GRID, key=lambda t: _digit_loss(logits / t, labels)))


def _read(
    logits: NDArray[np.float32], calibration: Calibration
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    probabilities = to_confidence(logits, calibration)
    return probabilities.max(axis=1), probabilities.argmax(axis=1)


def _digit_loss(logits: NDArray[np.float32], labels: NDArray[np.int_]) -> float:
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(shifted).sum(axis=1))
    return float((log_sum - shifted[np.arange(len(labels)), labels]).mean())


def _presence_loss(log_odds: NDArray[np.float32], is_digit: NDArray[np.bool_]) -> float:
    """Half the weight to digits, half to the rest, however many there are of each."""
    loss = np.logaddexp(0, log_odds) - is_digit * log_odds
    return float(loss[is_digit].mean() + loss[~is_digit].mean())


def accept_level(
    confidence: NDArray[np.float64],
    right: NDArray[np.bool_],
    wrong_accepted: float = WRONG_ACCEPTED,
    weights: NDArray[np.float64] | None = None,
) -> float:
    """The lowest confidence from which at most this share of the answers is wrong.

    Where even the surest answer is wrong, a level that nothing reaches.

    Args:
        confidence: (n,) in [0, 1].
        right: (n,).
        wrong_accepted: The share.
        weights: (n,) what each answer counts; all alike where there are none.
    """
    counts = np.ones(len(right)) if weights is None else weights
    # Of equally sure answers the wrong ones come first: they are accepted together.
    order = np.lexsort((right, -confidence))
    wrong = np.cumsum(counts[order] * ~right[order]) / np.cumsum(counts[order])
    last_of_equals = np.append(np.diff(confidence[order]) != 0, True)
    allowed = np.flatnonzero((wrong <= wrong_accepted) & last_of_equals)
    return float(confidence[order[allowed[-1]]]) if allowed.size else np.nextafter(1.0, 2.0)


def rounded_level(
    confidence: NDArray[np.float64],
    right: NDArray[np.bool_],
    wrong_accepted: float,
    weights: NDArray[np.float64] | None = None,
) -> float:
    """``accept_level`` to four digits, rounded up: no more is accepted than it was set for."""
    exact = accept_level(confidence, right, wrong_accepted, weights)
    return exact if exact > 1 else min(1.0, math.ceil(exact * 1e4) / 1e4)
