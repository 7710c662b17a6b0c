from __future__ import annotations

import cv2
import numpy as np
import pytest

from model.apply_care import adjusted
from model.care import Care
from model.find_tilt import find_tilt
from tests.support.pages import ink_page, on_paper


def ruled(ink: np.ndarray) -> np.ndarray:
    lined = ink.copy()
    for y in range(20, lined.shape[0], 45):
        lined[y : y + 2] = np.maximum(lined[y : y + 2], 0.6)
    return lined


ONE_ROW = on_paper(ink_page("5612478")).pixels
FOUR_ROWS = on_paper(ink_page("56124", "78902", "31416", "27182")).pixels
RULED = on_paper(ruled(ink_page("561", "24", "7"))).pixels


@pytest.mark.parametrize("pixels", [ONE_ROW, FOUR_ROWS, RULED], ids=["row", "rows", "ruled"])
@pytest.mark.parametrize("tilt", [-13.0, -6.0, -1.5, 0.0, 2.5, 8.0, 14.0])
def test_tilt_is_found_within_half_a_degree(pixels: np.ndarray, tilt: float) -> None:
    # Turned the other way, a level page is tilted.
    found = find_tilt(adjusted(pixels, Care(tilt_deg=-tilt)))
    assert found is not None
    assert found == pytest.approx(tilt, abs=0.5)


def test_a_large_page_tells_the_same() -> None:
    large = cv2.resize(ONE_ROW, None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC)
    found = find_tilt(adjusted(np.asarray(large, np.uint8), Care(tilt_deg=-5.0)))
    assert found == pytest.approx(5.0, abs=0.5)


@pytest.mark.parametrize(
    "pixels",
    [np.full((300, 400, 3), 236, np.uint8), on_paper(ink_page("7")).pixels, np.zeros((4, 4, 3))],
    ids=["blank", "one digit", "tiny"],
)
def test_where_nothing_tells_there_is_no_tilt(pixels: np.ndarray) -> None:
    assert find_tilt(pixels.astype(np.uint8)) is None
