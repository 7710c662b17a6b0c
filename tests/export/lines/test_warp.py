"""A kept line shown anew: another picture that says the same."""

from __future__ import annotations

import numpy as np
import pytest

from export.lines.targets import LineSample
from export.lines.warp import warp


def _line() -> LineSample:
    """Three strokes of 4 by 20 px."""
    frame = np.zeros((32, 90), dtype=np.uint8)
    boxes = np.array([[10 + 30 * i, 6, 4, 20] for i in range(3)], dtype=np.float32)
    for x, y, w, h in boxes.astype(int):
        frame[y : y + h, x : x + w] = 255
    return LineSample(frame, np.array([1, 1, 7]), boxes)


@pytest.mark.parametrize("seed", range(12))
def test_the_boxes_stay_on_their_ink(seed: int) -> None:
    changed = warp(_line(), np.random.default_rng(seed))

    for x, y, w, h in changed.boxes:
        middle = changed.frame[round(float(y + h / 2)), max(0, round(float(x)) - 2) :]
        assert middle[: round(float(w)) + 4].max() > 100


def test_it_says_the_same_and_looks_different() -> None:
    line = _line()

    changed = [warp(line, np.random.default_rng(seed)) for seed in range(8)]

    assert all(list(one.marks) == [1, 1, 7] for one in changed)
    assert len({one.frame.tobytes() for one in changed}) == 8
    assert all(one.frame.shape[0] == 32 for one in changed)
    assert line.frame.max() == 255
    assert (line.boxes == _line().boxes).all()


def test_the_same_seed_changes_it_alike() -> None:
    one, other = (warp(_line(), np.random.default_rng(3)) for _ in range(2))

    assert (one.frame == other.frame).all()


def test_a_line_without_boxes_is_warped_too() -> None:
    line = LineSample(_line().frame, np.array([1]), np.zeros((0, 4), np.float32), only_digits=True)

    changed = warp(line, np.random.default_rng(1))

    assert changed.only_digits
    assert changed.boxes.shape == (0, 4)
