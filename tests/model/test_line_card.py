"""The card's levels: how many of the accepted numbers may be wrong."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest

from model.card import WEIGHTS_FOLDER
from model.errors import NetworkError
from model.line_card import (
    DEFAULT_WRONG,
    LINE_CARD_NAME,
    CurvePoint,
    Fusion,
    Level,
    Share,
    load_line_card,
)

if TYPE_CHECKING:
    from pathlib import Path

_SHARE = Share(1.0, 1.0, 0.0)
_LEVELS = (Level(0.001, 0.99, 0.98), Level(0.01, 0.9, 0.8))
_FUSION = Fusion(
    _SHARE, _SHARE, _SHARE, _SHARE, _SHARE, _SHARE, _SHARE, 1.0, 1.0, 0.99, 0.98, _LEVELS
)


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


def test_a_card_of_before_is_refused(tmp_path: Path) -> None:
    facts = json.loads((WEIGHTS_FOLDER / LINE_CARD_NAME).read_text(encoding="utf-8"))
    del facts["fusion"]["clear"]
    (tmp_path / LINE_CARD_NAME).write_text(json.dumps(facts), encoding="utf-8")

    with pytest.raises(NetworkError, match="damaged"):
        load_line_card(tmp_path)


def test_the_shipped_levels_fall_as_more_may_be_wrong() -> None:
    fusion = load_line_card(WEIGHTS_FOLDER).fusion
    shares = [level.wrong for level in fusion.levels]

    assert shares == sorted(shares)
    assert DEFAULT_WRONG in shares
    for stricter, looser in zip(fusion.levels, fusion.levels[1:], strict=False):
        assert stricter.several >= looser.several
        assert stricter.single >= looser.single
    assert fusion.accepting(DEFAULT_WRONG) == fusion


def _card_with(folder: Path, curve: object) -> Path:
    facts = json.loads((WEIGHTS_FOLDER / LINE_CARD_NAME).read_text(encoding="utf-8"))
    facts["curve"] = curve
    (folder / LINE_CARD_NAME).write_text(json.dumps(facts), encoding="utf-8")
    return folder


def test_a_curve_is_read_where_there_is_one(tmp_path: Path) -> None:
    points = [{"accepted": 0.44, "wrong": 0.001, "level": 0.99}]
    card = load_line_card(_card_with(tmp_path, points))
    assert card.curve == (CurvePoint(level=0.99, accepted=0.44, wrong=0.001),)
    assert load_line_card(_card_with(tmp_path, [])).curve == ()


@pytest.mark.parametrize(
    "point",
    [
        {"accepted": 1.44, "wrong": 0.001, "level": 0.99},
        {"accepted": 0.44, "wrong": -0.1, "level": 0.99},
        {"accepted": 0.44, "wrong": 0.1, "level": math.nan},
        {"accepted": 0.44, "wrong": 0.1},
    ],
)
def test_a_curve_that_cannot_be_drawn_is_a_damaged_card(
    tmp_path: Path, point: dict[str, float]
) -> None:
    with pytest.raises(NetworkError, match="damaged"):
        load_line_card(_card_with(tmp_path, [point]))
