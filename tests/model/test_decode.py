import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from model.card import Calibration
from model.decode import decide_digit, to_confidence
from model.types import Box, Decision

_PLAIN = Calibration(
    digit_temperature=1.0, presence_temperature=1.0, presence_shift=0.0, accept_above=0.9
)
_BOX = Box(1, 2, 3, 4)


def _logits(digit: int, *, strength: float = 12.0, presence: float = 12.0) -> NDArray[np.float32]:
    row = np.zeros(11, dtype=np.float32)
    row[digit], row[10] = strength, presence
    return row[None]


@given(hnp.arrays(np.float32, (3, 11), elements=st.floats(-80, 80, width=32)))
def test_probabilities_sum_to_that_of_being_a_digit(logits: NDArray[np.float32]) -> None:
    probabilities = to_confidence(logits, _PLAIN)

    odds = logits[:, 10].astype(np.float64)
    assert np.allclose(probabilities.sum(axis=1), 1 / (1 + np.exp(-odds)), atol=1e-9)
    assert (probabilities >= 0).all()


def test_a_higher_temperature_is_less_sure() -> None:
    warm = Calibration(
        digit_temperature=3.0, presence_temperature=1.0, presence_shift=0.0, accept_above=0.9
    )

    assert to_confidence(_logits(4), warm).max() < to_confidence(_logits(4), _PLAIN).max()


def test_clear_ink_is_accepted() -> None:
    reading = decide_digit(to_confidence(_logits(7), _PLAIN)[0], _BOX, _PLAIN.accept_above)

    assert (reading.digit, reading.decision, reading.box) == (7, Decision.ACCEPT, _BOX)


def test_a_clear_shape_that_is_hardly_a_digit_goes_to_a_person() -> None:
    reading = decide_digit(
        to_confidence(_logits(7, presence=0.0), _PLAIN)[0], _BOX, _PLAIN.accept_above
    )

    assert reading.decision is Decision.REVIEW
    assert reading.confidence == pytest.approx(0.5, abs=0.01)


def test_the_runner_up_is_the_second_likeliest() -> None:
    logits = _logits(4, strength=3.0)
    logits[0, 9] = 2.0

    reading = decide_digit(to_confidence(logits, _PLAIN)[0], _BOX, _PLAIN.accept_above)

    assert (reading.digit, reading.runner_up) == (4, 9)
    assert reading.runner_up_confidence < reading.confidence
