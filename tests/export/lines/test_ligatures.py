"""Strokes between digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from export.lines.ligatures import link

if TYPE_CHECKING:
    from model.normalize import Ink

_BAR = np.ones((30, 4), dtype=np.float32)


def _pieces(canvas: Ink) -> int:
    return cv2.connectedComponents((canvas > 0.5).astype(np.uint8))[0] - 1


def _two_bars(gap: int) -> Ink:
    canvas = np.zeros((40, 20 + gap), dtype=np.float32)
    for left in (5, 9 + gap):
        canvas[5:35, left : left + 4] = 1
    return canvas


@pytest.mark.parametrize("zeros", [False, True])
def test_a_link_makes_one_piece_of_two_neighbours(zeros: bool) -> None:
    for seed in range(10):
        canvas = _two_bars(10)
        rng = np.random.default_rng(seed)

        link(canvas, (5, 5, _BAR), (19, 5, _BAR), width=3, rng=rng, zeros=zeros)

        assert _pieces(canvas) == 1


def test_zeros_hang_together_by_their_heads() -> None:
    for seed in range(10):
        canvas = _two_bars(10)
        rng = np.random.default_rng(seed)

        link(canvas, (5, 5, _BAR), (19, 5, _BAR), width=2, rng=rng, zeros=True)

        assert not canvas[30:, 10:18].any()


def test_the_pen_is_lifted_over_a_wide_gap() -> None:
    canvas = _two_bars(25)
    before = canvas.copy()

    link(canvas, (5, 5, _BAR), (34, 5, _BAR), width=3, rng=np.random.default_rng(0), zeros=False)

    assert np.array_equal(canvas, before)


def test_a_blank_character_is_linked_at_its_corner() -> None:
    canvas = np.zeros((40, 40), dtype=np.float32)
    blank = np.zeros((30, 4), dtype=np.float32)

    link(canvas, (5, 5, _BAR), (19, 5, blank), width=3, rng=np.random.default_rng(0), zeros=False)

    assert canvas[5, 19] > 0.3
