import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from model.normalize import DIGIT_SIZE, FRAME_SIZE, THINNEST_STROKE, normalize_crop, stroke_width


def _bar(height: int, width: int, *, margin: int = 0) -> NDArray[np.float32]:
    return np.pad(np.ones((height, width), dtype=np.float32), margin)


def test_a_crop_without_ink_is_refused() -> None:
    with pytest.raises(ValueError, match="without ink"):
        normalize_crop(np.zeros((12, 9), dtype=np.float32))


def test_one_pixel_of_ink_is_enough() -> None:
    assert normalize_crop(_bar(1, 1)).max() == 1


@pytest.mark.parametrize(("height", "width"), [(20, 4), (200, 40), (4, 20), (60, 60), (9, 7)])
def test_the_longer_side_gets_twenty_pixels(height: int, width: int) -> None:
    frame = normalize_crop(_bar(height, width))

    rows, columns = np.flatnonzero(frame.any(axis=1)), np.flatnonzero(frame.any(axis=0))
    assert max(np.ptp(rows), np.ptp(columns)) + 1 == DIGIT_SIZE
    assert frame.shape == (FRAME_SIZE, FRAME_SIZE)


def test_the_centre_of_mass_lies_in_the_middle() -> None:
    shape = np.zeros((30, 30), dtype=np.float32)
    shape[5:25, 8:12] = 1
    shape[21:25, 8:26] = 1

    frame = normalize_crop(shape)

    rows = frame.sum(axis=1) @ np.arange(FRAME_SIZE) / frame.sum()
    columns = frame.sum(axis=0) @ np.arange(FRAME_SIZE) / frame.sum()
    assert abs(rows - FRAME_SIZE / 2) <= 0.5
    assert abs(columns - FRAME_SIZE / 2) <= 0.5


def test_a_hair_line_keeps_its_ink() -> None:
    ring = np.zeros((300, 300), dtype=np.float32)
    ring[[0, -1], :] = 1
    ring[:, [0, -1]] = 1

    frame = normalize_crop(ring)

    assert stroke_width(frame) >= 0.8 * THINNEST_STROKE


@pytest.mark.parametrize("width", [2, 3, 5, 8])
def test_stroke_width_is_that_of_a_long_bar(width: int) -> None:
    assert stroke_width(_bar(80, width, margin=2)) == pytest.approx(width, rel=0.25)


@given(margins=st.tuples(*[st.integers(0, 15)] * 4), seed=st.integers(0, 99))
def test_paper_around_a_digit_changes_nothing(margins: tuple[int, ...], seed: int) -> None:
    ink = np.random.default_rng(seed).random((14, 10), dtype=np.float32) + np.float32(0.01)
    above, below, left, right = margins
    ink = np.clip(ink, 0, 1)

    padded = np.pad(ink, ((above, below), (left, right)))

    assert np.array_equal(normalize_crop(ink), normalize_crop(padded))


@given(height=st.integers(1, 90), width=st.integers(1, 90), seed=st.integers(0, 9))
def test_a_frame_is_between_paper_and_ink(height: int, width: int, seed: int) -> None:
    ink = np.random.default_rng(seed).random((height, width), dtype=np.float32)

    frame = normalize_crop(ink)

    assert frame.dtype == np.float32
    assert frame.min() >= 0
    assert frame.max() <= 1
