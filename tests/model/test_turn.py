"""Turning boxes with their page, there and back."""

from __future__ import annotations

import numpy as np
import pytest

from model.turn import rotate_page, turn_box
from model.types import Box, Page


@pytest.mark.parametrize("quarters", [0, 1, 2, 3, 4, -1])
def test_a_box_goes_where_its_ink_goes(quarters: int) -> None:
    pixels = np.full((40, 70, 3), 255, dtype=np.uint8)
    box = Box(5, 12, 20, 7)
    pixels[box.y : box.bottom, box.x : box.right] = 0

    turned = rotate_page(Page(pixels, "picture"), quarters)

    ink = turned.pixels[..., 0] == 0
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    expected = Box(int(columns[0]), int(rows[0]), len(columns), len(rows))
    assert turn_box(box, quarters, 70, 40) == expected
    assert turn_box(expected, -quarters, turned.width, turned.height) == box
