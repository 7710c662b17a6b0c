from __future__ import annotations

import numpy as np
import pytest

from desktop_app.jobs.levels import SMALLEST_LEVEL_PX, build_levels
from model.cancel import Cancelled, CancelToken
from model.types import Page
from tests.support.fakes import blank_page


def test_levels_halve_down_to_a_size_that_paints_fast() -> None:
    page = blank_page(4000, 1000)
    levels = build_levels(page, cancel=CancelToken())
    assert [level.scale for level in levels] == [1.0, 0.5, 0.25]
    assert levels[0].pixels is page.pixels
    assert levels[-1].pixels.shape == (250, 1000, 3)
    assert max(levels[-1].pixels.shape) <= SMALLEST_LEVEL_PX


def test_hair_thin_line_survives_the_halving() -> None:
    pixels = np.full((2048, 2048, 3), 255, np.uint8)
    pixels[:, 1001] = 0
    levels = build_levels(Page(pixels, "PNG"), cancel=CancelToken())
    assert levels[-1].pixels[:, 500].max() < 160


def test_cancelled_halving_stops() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        build_levels(blank_page(4000, 1000), cancel=token)
