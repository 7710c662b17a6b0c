"""The card's levels: how many of the accepted numbers may be wrong."""

from __future__ import annotations

import math
from dataclasses import asdict

import pytest

from model.card import WEIGHTS_FOLDER
from model.line_card import DEFAULT_WRONG, Fusion, Level, Share, load_line_card

_SHARE = Share(1.0, 1.0, 0.0)
_LEVELS = (Level(0.001, 0.99, 0.98), Level(0.01, 0.9, 0.8))
_FUSION = Fusion(_SHARE, _SHARE, _SHARE, _SHARE, 1.0, 1.0, 0.99, 0.98, _LEVELS)


@pytest.mark.parametrize(
    ("wrong", "several", "single"),
    [(0.001, 0.99, 0.98), (0.009, 0.99, 0.98), (0.01, 0.9, 0.8), (1.0, 0.9, 0.8)],
)
def test_the_next_smaller_share_that_was_fitted_counts(
    wrong: float, several: float, single: float
) -> None:
    fusion = _FUSION.accepting(wrong)

    assert (fusion.accept_level(2), fusion.accept_level(1)) == (several, single)


@pytest.mark.parametrize("wrong", [0.0, 0.0009, -1.0, math.nan])
def test_below_all_shares_nothing_is_accepted(wrong: float) -> None:
    fusion = _FUSION.accepting(wrong)

    assert min(fusion.accept_level(1), fusion.accept_level(9)) > 1


def test_a_card_says_it_all() -> None:
    assert Fusion.of(asdict(_FUSION)) == _FUSION


def test_the_shipped_levels_fall_as_more_may_be_wrong() -> None:
    fusion = load_line_card(WEIGHTS_FOLDER).fusion
    shares = [level.wrong for level in fusion.levels]

    assert shares == sorted(shares)
    assert DEFAULT_WRONG in shares
    for stricter, looser in zip(fusion.levels, fusion.levels[1:], strict=False):
        assert stricter.several >= looser.several
        assert stricter.single >= looser.single
    assert fusion.accepting(DEFAULT_WRONG) == fusion
