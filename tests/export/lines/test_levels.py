"""From where nobody has to look."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from export.lines.levels import draw_curve, fit_levels

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _calibrated(count: int, seed: int = 1) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Sureties that say just how often they are right."""
    rng = np.random.default_rng(seed)
    surety = 1 - rng.uniform(0, 0.3, count) ** 2
    return surety, rng.uniform(size=count) < surety


@pytest.mark.parametrize("wrong", [0.002, 0.01, 0.03])
def test_as_many_are_wrong_as_were_allowed(wrong: float) -> None:
    surety, right = _calibrated(4_000)
    (level,) = fit_levels(surety, right, np.ones(4_000), (wrong,))

    others, truth = _calibrated(200_000, seed=2)
    accepted = others >= level

    assert accepted.any()
    assert np.mean(~truth[accepted]) == pytest.approx(wrong, rel=0.5)


def test_one_sure_error_more_or_less_moves_the_level_little() -> None:
    surety, right = _calibrated(2_000)
    surest = int(np.argmax(surety))
    levels = []
    for is_right in (True, False):
        right[surest] = is_right
        levels += fit_levels(surety, right, np.ones(2_000), (0.005,))

    assert levels[0] <= levels[1] <= levels[0] + 0.02


def test_a_wrong_one_that_counts_little_raises_the_level_little() -> None:
    surety, right = _calibrated(2_000)
    right[np.argsort(-surety)[:100]] = False
    light, heavy = np.ones(2_000), np.ones(2_000)
    light[~right] = 0.01

    assert fit_levels(surety, right, light, (0.02,)) < fit_levels(surety, right, heavy, (0.02,))


def test_nothing_is_accepted_where_nothing_is_right_or_nothing_was_read() -> None:
    surety = np.full(200, 0.9)

    assert min(fit_levels(surety, np.zeros(200, bool), np.ones(200), (0.001, 0.05))) > 1
    assert min(fit_levels(np.empty(0), np.empty(0, bool), np.empty(0), (0.001,))) > 1


def test_the_curve_accepts_more_and_errs_more_from_point_to_point() -> None:
    surety, right = _calibrated(2_000)

    curve = draw_curve(surety, right, np.ones(2_000), 2_500.0)

    assert len(curve) > 20
    for before, after in pairwise(curve):
        assert before["level"] >= after["level"]
        assert before["accepted"] <= after["accepted"]
        assert before["wrong"] <= after["wrong"]
    assert curve[-1]["accepted"] == pytest.approx(2_000 / 2_500)
    assert draw_curve(np.empty(0), np.empty(0, bool), np.empty(0), 1.0) == []
