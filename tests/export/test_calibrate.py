import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.calibrate import WRONG_ACCEPTED, accept_level, fit_temperature


@pytest.mark.parametrize("true_temperature", [0.5, 1.0, 2.5])
def test_the_temperature_that_spoiled_the_logits_is_found(true_temperature: float) -> None:
    rng = np.random.default_rng(1)
    honest = rng.normal(0, 2.5, size=(6_000, 10))
    chances = np.exp(honest) / np.exp(honest).sum(axis=1, keepdims=True)
    labels = np.array([rng.choice(10, p=row) for row in chances])

    found = fit_temperature((honest * true_temperature).astype(np.float32), labels)

    assert found == pytest.approx(true_temperature, rel=0.08)


def test_everything_is_accepted_where_nothing_is_wrong() -> None:
    confidence = np.linspace(0.2, 1, 50)

    assert accept_level(confidence, np.ones(50, dtype=bool)) == pytest.approx(0.2)


def test_nothing_is_accepted_where_the_surest_is_wrong() -> None:
    confidence = np.array([0.99, 0.9, 0.8])

    assert accept_level(confidence, np.array([False, True, True])) > 0.99


@given(st.integers(0, 999))
def test_what_is_accepted_keeps_the_promise(seed: int) -> None:
    rng = np.random.default_rng(seed)
    confidence = rng.random(2_000)
    right = rng.random(2_000) < confidence**0.02

    accepted = confidence >= accept_level(confidence, right)

    assert (~right[accepted]).sum() <= WRONG_ACCEPTED * max(1, accepted.sum())


def test_a_wrong_answer_counts_for_as_much_as_it_weighs() -> None:
    confidence = np.array([0.9, 0.8, 0.7, 0.6])
    right = np.array([True, False, True, True])
    heavy, light = np.array([1.0, 1.0, 1.0, 1.0]), np.array([1.0, 0.01, 1.0, 1.0])

    assert accept_level(confidence, right, 0.1, heavy) == pytest.approx(0.9)
    assert accept_level(confidence, right, 0.1, light) == pytest.approx(0.6)
