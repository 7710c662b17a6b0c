"""From logits to a digit with calibrated confidence, and whether a person must look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from model.types import Box, Decision, DigitReading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from model.card import Calibration

DIGITS: Final = 10


def to_confidence(logits: NDArray[np.float32], calibration: Calibration) -> NDArray[np.float64]:
    """Probability that the ink is a digit and that it is each one.

    Args:
        logits: (n, 11): ten digit logits, then the log-odds of being a digit at all.

    Returns:
        (n, 10) in [0, 1]; a row sums to the probability of being a digit at all.
    """
    digits = logits[:, :DIGITS].astype(np.float64) / calibration.digit_temperature
    digits = np.exp(digits - digits.max(axis=1, keepdims=True))
    digits /= digits.sum(axis=1, keepdims=True)
    log_odds = logits[:, DIGITS:].astype(np.float64) - calibration.presence_shift
    log_odds /= calibration.presence_temperature
    return np.asarray(digits * presence(log_odds), dtype=np.float64)


def presence(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logistic function, safe for any log-odds."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * log_odds)), dtype=np.float64)


def decide_digit(
    probabilities: NDArray[np.float64], box: Box, accept_above: float, *, digit: int | None = None
) -> DigitReading:
    """The most probable digit, its runner-up, and whether a person must look.

    Args:
        probabilities: (10,) of one digit, from ``to_confidence`` or ``model.read_span.fuse``.
        box: Where its ink lies.
        accept_above: Confidence in [0, 1] from which nobody has to look.
        digit: Taken instead of the most probable one; the runner-up is the likeliest other.
    """
    best = int(probabilities.argmax()) if digit is None else digit
    runner_up = int(np.where(np.arange(DIGITS) == best, -1.0, probabilities).argmax())
    confidence = float(probabilities[best])
    sure = confidence >= accept_above
    return DigitReading(
        digit=best,
        confidence=confidence,
        decision=Decision.ACCEPT if sure else Decision.REVIEW,
        box=box,
        runner_up=runner_up,
        runner_up_confidence=float(probabilities[runner_up]),
    )
