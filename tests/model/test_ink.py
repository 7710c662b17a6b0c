"""Ink: large pictures are shrunk without losing what is written on them."""

from __future__ import annotations

import numpy as np
import pytest

from model.ink import WORKING_PIXELS, find_ink


@pytest.mark.parametrize(
    ("height", "width"), [(3001, 4003), (1501, 2003), (500, 12_000), (30, 20_000), (4000, 1000)]
)
def test_a_large_page_is_shrunk_and_keeps_its_strokes(height: int, width: int) -> None:
    page = np.full((height, width, 3), 225, dtype=np.uint8)
    top, left = height // 3, width // 3
    page[top : top + height // 4, left : left + max(6, height // 40)] = 30

    ink = find_ink(page)

    assert ink.scale > 1
    assert ink.solid.size <= 1.01 * WORKING_PIXELS
    rows, columns = np.flatnonzero(ink.solid.any(axis=1)), np.flatnonzero(ink.solid.any(axis=0))
    assert rows[0] * ink.scale == pytest.approx(top, abs=3 * ink.scale + 1)
    assert rows[-1] * ink.scale == pytest.approx(top + height // 4, abs=3 * ink.scale + 1)
    assert columns[0] * ink.scale == pytest.approx(left, abs=3 * ink.scale + 1)
    assert ink.soft.max() == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("side", [1500, 1700, 2000, 2200, 2400, 2600, 2780])
def test_no_thin_stroke_falls_between_the_pixels(side: int) -> None:
    page = np.full((side, side, 3), 225, dtype=np.uint8)
    strokes = range(100, side - 100, 47)
    for x in strokes:
        page[200 : side - 200, x] = 30

    ink = find_ink(page)

    line = ink.solid[ink.solid.shape[0] // 2]
    for x in strokes:
        at = round(x / ink.scale)
        assert line[at - 2 : at + 3].any()
