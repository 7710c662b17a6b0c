from __future__ import annotations

import cv2
import numpy as np
import pytest

from model.find_slip import find_slip, is_aslant
from tests.support.pages import ink_page, on_paper
from tests.support.photographed import Camera, photograph, table

SLIP = on_paper(ink_page("561247"), (228, 222, 208)).pixels


@pytest.mark.parametrize(
    "camera",
    [Camera(), Camera(20, -15, 5), Camera(-25, 25, -12), Camera(35, 10, 15), Camera(5, 35, 3)],
)
@pytest.mark.parametrize("ground", [(90, 70, 50), (40, 60, 46), (60, 64, 80)])
def test_a_slip_on_a_table_is_found_within_a_few_pixels(
    camera: Camera, ground: tuple[int, int, int]
) -> None:
    photo = photograph(SLIP, table(1000, 750, ground), camera, grain=3)
    found = find_slip(photo.pixels)
    assert found is not None
    apart = np.abs(np.array(found) - photo.corners) * (1000, 750)
    assert float(apart.max()) < 6


def test_a_large_photograph_gives_the_same_shares_as_a_small_one() -> None:
    photo = photograph(SLIP, table(1600, 1200, (90, 70, 50)), Camera(20, -15, 5))
    small = cv2.resize(photo.pixels, (800, 600), interpolation=cv2.INTER_AREA)
    np.testing.assert_allclose(
        find_slip(np.asarray(small, np.uint8)) or (), find_slip(photo.pixels) or (), atol=0.006
    )


def test_a_dark_slip_on_a_light_table_is_found_too() -> None:
    slip = on_paper(ink_page("88"), (60, 80, 120), (240, 240, 240)).pixels
    photo = photograph(slip, table(1000, 750, (190, 186, 180)), Camera(15, 15, 5))
    assert find_slip(photo.pixels) is not None


def framed() -> np.ndarray:
    pixels = np.full((600, 800, 3), 230, np.uint8)
    cv2.rectangle(pixels, (150, 150), (650, 450), (40, 40, 40), 3)
    return pixels


def cut_off() -> np.ndarray:
    pixels = table(800, 600, (90, 70, 50))
    pixels[100:500, 300:] = 225
    return pixels


def round_one() -> np.ndarray:
    pixels = table(800, 600, (90, 70, 50))
    cv2.circle(pixels, (400, 300), 220, (225, 225, 225), -1)
    return pixels


def two_tables() -> np.ndarray:
    pixels = table(800, 600, (90, 70, 50))
    pixels[:, 400:] = 225
    return pixels


@pytest.mark.parametrize(
    "pixels",
    [
        SLIP,
        np.full((300, 400, 3), 236, np.uint8),
        table(800, 600, (90, 70, 50)),
        np.random.default_rng(3).integers(0, 255, (300, 400, 3), dtype=np.uint8),
        np.full((10, 10, 3), 255, np.uint8),
        framed(),
        cut_off(),
        round_one(),
        two_tables(),
    ],
    ids=["page", "blank", "table", "noise", "tiny", "frame", "cut off", "round", "half"],
)
def test_where_there_is_no_whole_slip_none_is_found(pixels: np.ndarray) -> None:
    assert find_slip(pixels) is None


@pytest.mark.parametrize(
    ("camera", "expected"), [(Camera(), False), (Camera(roll_deg=10), True), (Camera(30, 20), True)]
)
def test_only_a_slip_that_lies_aslant_is_worth_an_offer(camera: Camera, expected: bool) -> None:
    photo = photograph(SLIP, table(1000, 750, (90, 70, 50)), camera)
    assert is_aslant(photo.corners, 1000, 750) is expected
