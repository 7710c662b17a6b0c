from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.apply_care import adjusted, care_for, paper_size, propose_brightness
from model.care import NO_CARE, Care
from model.turn import rotate_page
from model.types import Page
from tests.support.pages import ink_page, on_paper
from tests.support.photographed import Camera, photograph, table

SLIP = on_paper(ink_page("561247"), (228, 222, 208))
SHARE = st.floats(0.0, 1.0)
CORNERS = ((0.1, 0.2), (0.9, 0.1), (0.8, 0.9), (0.2, 0.7))


def page_of(pixels: np.ndarray) -> Page:
    pixels.flags.writeable = False
    return Page(pixels, "picture")


@given(turns=st.integers(-9, 9), corners=st.tuples(*[st.tuples(SHARE, SHARE)] * 4))
def test_turning_there_and_back_changes_nothing(
    turns: int, corners: tuple[tuple[float, float], ...]
) -> None:
    first, second, third, fourth = corners
    care = Care(1, (first, second, third, fourth), 3.0, 20)
    back = care.turned(turns).turned(-turns)
    assert back.quarter_turns == 1
    assert back.corners is not None
    np.testing.assert_allclose(back.corners, corners, atol=1e-9)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_turned_after_its_care_is_the_same_page_turned(turns: int) -> None:
    page, care = SLIP, Care(corners=CORNERS, tilt_deg=4.0, brightness=10)
    cared, bare = care_for(page, care)
    turned, _ = care_for(bare, care.turned(turns))
    expected = rotate_page(cared, turns).pixels
    assert turned.pixels.shape == expected.shape
    apart = np.abs(turned.pixels.astype(int) - expected.astype(int))
    assert float(apart.mean()) < 1.0


def test_no_care_is_the_very_page() -> None:
    cared, bare = care_for(SLIP, NO_CARE)
    assert cared is SLIP
    assert bare is SLIP


def test_a_turn_alone_needs_no_second_page() -> None:
    cared, bare = care_for(SLIP, Care(3), lies=2)
    assert cared is bare
    assert (cared.width, cared.height) == (SLIP.height, SLIP.width)


def test_taking_all_care_back_gives_the_very_pixels() -> None:
    before = SLIP.pixels.copy()
    care = Care(corners=CORNERS, tilt_deg=-7.5, brightness=40)
    _, bare = care_for(SLIP, care)
    again, _ = care_for(bare, NO_CARE)
    assert again is SLIP
    np.testing.assert_array_equal(SLIP.pixels, before)


def test_what_comes_out_is_read_only() -> None:
    cared, _ = care_for(SLIP, Care(tilt_deg=2.0))
    assert not cared.pixels.flags.writeable


@pytest.mark.parametrize(
    ("camera", "tolerance"),
    [
        (Camera(), 0.02),
        (Camera(25, 20, 8), 0.02),
        (Camera(-20, 35, -15), 0.02),
        # One pair of sides stays parallel, so the camera's angle has to be guessed.
        (Camera(pitch_deg=30), 0.2),
        (Camera(yaw_deg=30), 0.2),
    ],
)
def test_a_slip_seen_aslant_gets_its_proportions_back(camera: Camera, tolerance: float) -> None:
    photo = photograph(SLIP.pixels, table(1000, 750, (90, 70, 50)), camera)
    width, height = paper_size(photo.corners, 1000, 750)
    assert width / height == pytest.approx(SLIP.width / SLIP.height, rel=tolerance)


def test_a_slip_seen_aslant_looks_again_as_from_above() -> None:
    photo = photograph(SLIP.pixels, table(1400, 1000, (90, 70, 50)), Camera(25, 20, 8))
    flat = adjusted(photo.pixels, Care(corners=photo.corners))
    rows, columns = np.nonzero(flat[..., 0] < 120)
    ink_rows, ink_columns = np.nonzero(SLIP.pixels[..., 0] < 120)
    for found, true, length, whole in (
        (rows, ink_rows, flat.shape[0], SLIP.height),
        (columns, ink_columns, flat.shape[1], SLIP.width),
    ):
        for quantile in (0.01, 0.5, 0.99):
            there, here = np.quantile(found, quantile), np.quantile(true, quantile)
            assert there / length == pytest.approx(here / whole, abs=0.01)


def test_a_marked_slip_never_holds_more_pixels_than_the_picture() -> None:
    sliver = ((0.0, 0.0), (1.0, 0.02), (1.0, 0.04), (0.0, 1.0))
    width, height = paper_size(sliver, 4000, 3000)
    assert width * height <= 1.01 * 4000 * 3000


def test_a_straightened_page_keeps_its_corners() -> None:
    pixels = np.full((100, 300, 3), 255, np.uint8)
    pixels[:8, :8] = pixels[-8:, -8:] = 0
    level = adjusted(pixels, Care(tilt_deg=10.0))
    assert level.shape[1] > 300
    assert level.shape[0] > 100
    assert int((level[..., 0] < 100).sum()) >= 2 * 50


def test_positive_tilt_is_turned_back_to_the_left() -> None:
    falling = np.full((200, 300, 3), 255, np.uint8)
    for x in range(20, 280):
        y = round(60 + 0.2 * x)
        falling[y - 2 : y + 2, x] = 0
    level = adjusted(falling, Care(tilt_deg=float(np.degrees(np.arctan(0.2)))))
    rows, columns = np.nonzero(level[..., 0] < 100)
    slope, _ = np.polyfit(columns, rows, 1)
    assert slope == pytest.approx(0.0, abs=0.01)


@pytest.mark.parametrize("brightness", [-60, 60])
def test_brightness_keeps_black_and_white(brightness: int) -> None:
    pixels = np.repeat(np.array([[0, 128, 255]], np.uint8)[..., None], 3, axis=2)
    black, middle, white = adjusted(pixels, Care(brightness=brightness))[0, :, 0]
    assert (black, white) == (0, 255)
    assert bool(middle > 128) is (brightness > 0)


def test_dim_paper_is_proposed_to_be_as_light_as_paper() -> None:
    dim = np.full((50, 80, 3), 150, np.uint8)
    brightness = propose_brightness(dim)
    assert 0 < brightness <= 100
    lighter = adjusted(dim, Care(brightness=brightness))
    assert lighter.mean() == pytest.approx(0.85 * 255, abs=4)


def test_light_paper_is_left_as_it_is() -> None:
    assert propose_brightness(SLIP.pixels) == 0


@given(
    moves=st.tuples(*[st.tuples(st.floats(0.0, 0.45), st.floats(0.0, 0.45))] * 4),
    width=st.integers(1, 9000),
    height=st.integers(1, 9000),
)
def test_any_slip_has_a_size(
    moves: tuple[tuple[float, float], ...], width: int, height: int
) -> None:
    (a, b), (c, d), (e, f), (g, h) = moves
    corners = ((a, b), (1 - c, d), (1 - e, 1 - f), (g, 1 - h))
    across, down = paper_size(corners, width, height)
    assert 1 <= across < 32_768
    assert 1 <= down < 32_768
    assert across * down <= 1.1 * width * height + across + down


def test_a_very_long_strip_is_straightened() -> None:
    strip = np.full((30, 60_000, 3), 255, np.uint8)
    level = adjusted(strip, Care(tilt_deg=1.0))
    assert max(level.shape) < 32_768


@pytest.mark.parametrize("care", [Care(tilt_deg=15.0), Care(corners=CORNERS), Care(brightness=9)])
def test_a_single_pixel_stays_a_picture(care: Care) -> None:
    assert adjusted(np.zeros((1, 1, 3), np.uint8), care).size > 0
