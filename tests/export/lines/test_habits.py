"""Digits as other schools write them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from export.lines.habits import Habits
from export.lines.pens import Pen
from model.marks import DIGITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from model.normalize import Ink

_PEN = Pen(width=0.06, pressure=0, wobble=0, bleed=0.1, grain=0)
_AS_RECORDED = Habits(
    upstroke=0,
    reach=0.3,
    foot=0,
    loop=0,
    tall=1.0,
    lean=0,
    curl=0,
    stem_top=None,
    cross=0,
    stem=None,
    arm=0,
    zero=1.0,
    zeros_linked=0,
    others_linked=0,
)
_ABROAD = Habits(
    upstroke=0.8,
    reach=0.5,
    foot=0,
    loop=0,
    tall=1.0,
    lean=0,
    curl=0.4,
    stem_top=0.2,
    cross=0.5,
    stem=0.1,
    arm=0.6,
    zero=0.7,
    zeros_linked=1,
    others_linked=0,
)


def test_a_hand_of_the_recorded_school_writes_nothing_anew() -> None:
    rng = np.random.default_rng(0)

    assert all(_AS_RECORDED.write(digit, 40, 0, _PEN, rng) is None for digit in DIGITS)


@pytest.mark.parametrize("digit", "124579")
def test_a_digit_of_another_school_is_as_high_as_the_others(digit: str) -> None:
    for seed in range(10):
        ink = _ABROAD.write(digit, 40, 0, _PEN, np.random.default_rng(seed))
        assert ink is not None
        assert 36 <= ink.shape[0] <= 50
        assert ink.max() > 0.8


def test_a_tall_one_and_the_stroke_of_an_open_four_stand_out_above_the_digits() -> None:
    tall = replace(_ABROAD, tall=1.5)
    for seed in range(10):
        one, four, seven = (
            tall.write(digit, 40, 0, _PEN, np.random.default_rng(seed)) for digit in "147"
        )
        assert one is not None
        assert four is not None
        assert seven is not None
        assert 1.2 * seven.shape[0] < min(one.shape[0], four.shape[0])


def test_a_tall_one_is_no_bolder() -> None:
    def bold(tall: float) -> float:
        """Ink a row, px, over many hands without an upstroke."""
        hand, total = replace(_AS_RECORDED, tall=tall), 0.0
        for seed in range(20):
            ink = hand.write("1", 80, 0, _PEN, np.random.default_rng(seed))
            assert ink is not None
            total += float(ink.sum(axis=1).mean())
        return total / 20

    assert bold(1.6) == pytest.approx(bold(1.2), rel=0.05)


def test_a_four_whose_stem_begins_at_its_bar_has_no_ink_above_the_bar_at_its_right() -> None:
    flash, open_above = replace(_ABROAD, stem_top=0.7), replace(_ABROAD, stem_top=0.0)

    def above(habits: Habits) -> float:
        """Ink in the right upper corner, over many hands."""
        total = 0.0
        for seed in range(40):
            ink = habits.write("4", 80, 0, _PEN, np.random.default_rng(seed))
            assert ink is not None
            total += float(ink[: ink.shape[0] // 3, 2 * ink.shape[1] // 3 :].mean())
        return total / 40

    assert above(flash) < 0.5 * above(open_above)


def test_letters_and_other_digits_stay_as_recorded() -> None:
    rng = np.random.default_rng(0)

    assert all(_ABROAD.write(mark, 40, 0, _PEN, rng) is None for mark in "0368A-")


def test_only_pairs_of_digits_hang_together_and_only_by_habit() -> None:
    rng = np.random.default_rng(0)
    quick = replace(_ABROAD, others_linked=1)

    assert _ABROAD.runs_on("00", rng)
    assert not _ABROAD.runs_on("12", rng)
    assert quick.runs_on("12", rng)
    assert not any(quick.runs_on(pair, rng) for pair in ("1.", "-1", " 0", "A0"))
    assert not _AS_RECORDED.runs_on("00", rng)


def test_a_one_begins_to_the_left_of_its_stem_and_below_its_top() -> None:
    ink = _ABROAD.write("1", 60, 0, _PEN, np.random.default_rng(1))

    assert ink is not None
    top = np.flatnonzero(ink[3] > 0.3).mean()
    left = np.flatnonzero(ink[:, 3] > 0.3).mean()
    assert top > 0.4 * ink.shape[1]
    assert left > 0.5 * ink.shape[0]


def test_a_nine_like_a_p_has_its_bowl_at_the_top_right() -> None:
    ink = _ABROAD.write("9", 60, 0, _PEN, np.random.default_rng(2))

    assert ink is not None
    paper = (ink < 0.3).astype(np.uint8)
    count, _, stats, centres = cv2.connectedComponentsWithStats(np.pad(paper, 1, constant_values=1))
    bowls = [centres[i] for i in range(1, count) if stats[i][0] > 0 and stats[i][4] > 20]
    assert len(bowls) == 1
    assert bowls[0][1] < 0.5 * ink.shape[0]


def test_a_short_upstroke_does_not_reach_as_far_as_a_sevens_bar() -> None:
    rng = np.random.default_rng(3)
    hands = [Habits.draw(rng) for _ in range(500)]

    short = replace(
        hands[0], upstroke=0.2, reach=max(h.reach for h in hands if 0 < h.upstroke < 0.3)
    )
    ones, sevens = (
        [hand.write(digit, 60, 0, _PEN, np.random.default_rng(seed)) for seed in range(20)]
        for hand, digit in ((short, "1"), (_ABROAD, "7"))
    )
    assert _top_width(ones) < 0.8 * _top_width(sevens)
    assert 0.3 < np.mean([hand.upstroke > 0 for hand in hands]) < 0.5
    assert replace(_ABROAD, upstroke=0.0).strokes("1", rng) == ()


def test_a_one_with_a_loop_encloses_paper() -> None:
    looped = replace(_ABROAD, loop=0.3)
    for seed in range(10):
        ink = looped.write("1", 80, 0, _PEN, np.random.default_rng(seed))
        assert ink is not None
        assert _holes(ink) >= 1


def test_the_farther_a_two_begins_inside_its_bowl_the_more_ink_is_there() -> None:
    def inside(curl: float) -> float:
        """Share of ink in the middle of the bowl, over many hands."""
        total = 0.0
        for seed in range(40):
            ink = replace(_ABROAD, curl=curl).write("2", 80, 0, _PEN, np.random.default_rng(seed))
            assert ink is not None
            h, w = ink.shape
            total += float(ink[h // 4 : h // 2, w // 4 : w // 2].mean())
        return total / 40

    assert inside(0.7) > 1.5 * inside(0.1)


def test_a_leaning_one_begins_to_the_right_of_its_foot() -> None:
    leaning = replace(_ABROAD, lean=0.4)
    for seed in range(10):
        ink = leaning.write("1", 80, 0, _PEN, np.random.default_rng(seed))
        assert ink is not None
        top, foot = (np.flatnonzero(ink[row] > 0.3).mean() for row in (3, -4))
        assert top - foot > 0.2 * 80


def test_an_open_four_encloses_no_paper() -> None:
    whole = [
        replace(_ABROAD, stem_top=0.4).write("4", 80, 0, _PEN, np.random.default_rng(seed))
        for seed in range(20)
    ]
    assert sum(ink is not None and _holes(ink) == 0 for ink in whole) >= 18


def _top_width(inks: Sequence[Ink | None]) -> float:
    """Of the ink in the topmost sixth, on average, px."""
    assert all(ink is not None for ink in inks)
    return float(np.mean([(ink[:10] > 0.3).any(axis=0).sum() for ink in inks if ink is not None]))


def _holes(ink: Ink) -> int:
    paper = np.pad((ink < 0.3).astype(np.uint8), 1, constant_values=1)
    return int(cv2.connectedComponents(paper, connectivity=4)[0]) - 2
