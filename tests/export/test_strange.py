"""Ink that is no digit of ours: drawn from a seed, and what it is drawn from stays in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from export.evaluation.sets import LOADERS
from export.strange import NUMERALS, draw_blot, draw_numeral, strike_out
from export.strange_samples import KINDS, load_strange
from export.synthesize import draw_strokes
from tests.support.unipen import write_unipen

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BAR = [np.array([[50, 0], [50, 100]], dtype=np.float32)]


@pytest.fixture(scope="module")
def singles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Characters of forty writers, some of whom measure."""
    folder = tmp_path_factory.mktemp("singles")
    write_unipen(folder, {"digits": "0123456789", "upper": "AX", "lower": "ac"})
    return folder


@pytest.mark.parametrize("digit", ["7", "8"])
def test_a_struck_out_digit_is_all_there_with_lines_across_it(digit: str) -> None:
    for seed in range(20):
        struck = strike_out(digit, _BAR, np.random.default_rng(seed))

        assert struck[0] is _BAR[0]
        lines = struck[1:]
        assert 1 + (digit == "7") <= len(lines) or len(lines[0]) >= 5  # or a zigzag
        across = np.concatenate(lines)
        assert across[:, 0].min() < 45
        assert across[:, 0].max() > 60


@pytest.mark.parametrize("numeral", sorted(NUMERALS))
def test_a_numeral_differs_from_hand_to_hand(numeral: str) -> None:
    first, second = (draw_numeral(numeral, np.random.default_rng(seed)) for seed in (1, 2))

    assert first.max() > 0.5
    assert first.shape != second.shape or not np.array_equal(first, second)
    again = draw_numeral(numeral, np.random.default_rng(1))
    assert np.array_equal(first, again)


def test_a_blot_is_wider_than_any_stroke() -> None:
    def widest(ink: NDArray[np.float32]) -> float:
        return float(cv2.distanceTransform((ink > 0.5).astype(np.uint8), cv2.DIST_L2, 5).max())

    rngs = [np.random.default_rng(seed) for seed in range(20)]
    strokes = [widest(draw_strokes(_BAR, rng)) for rng in rngs]

    assert min(widest(draw_blot(rng)) for rng in rngs) > np.median(strokes)


def test_frames_of_each_kind_are_no_digit_and_the_measuring_ones_are_others(
    singles: Path,
) -> None:
    shown, held = (
        load_strange(singles, 12, np.random.default_rng(1), held_back=held)
        for held in (False, True)
    )

    assert [part.source for part in shown] == list(KINDS)
    for part in (*shown, *held):
        assert part.frames.shape == (12, 28, 28)
        assert (part.labels < 0).all()
        assert (part.frames.reshape(12, -1).max(axis=1) > 200).all()
    assert not np.array_equal(shown[0].frames, held[0].frames)


def test_the_measuring_pictures_are_without_a_digit(singles: Path) -> None:
    data = singles.parent / "data"
    data.mkdir(exist_ok=True)
    (data / "single").symlink_to(singles)

    pictures = LOADERS["struck_digits"](data)

    assert len(pictures.samples) == 500
    assert {sample.truth for sample in pictures.samples} == {""}
    assert len({sample.source for sample in pictures.samples}) == 500
