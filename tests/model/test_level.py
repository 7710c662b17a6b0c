"""Forms that were scanned aslant are laid level before they are read."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from model.apply_care import adjusted
from model.care import Care
from model.ink import find_ink
from model.level import find_level_ink
from model.types import Box, Decision, DigitReading, LineReading
from tests.support.pages import ink_page, on_paper

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TOP, _LEFT = 150, 100


def _table() -> NDArray[np.uint8]:
    """A page of 900 x 800 px with five level lines, and a square of ink in its first row."""
    ink = np.zeros((900, 800), dtype=np.float32)
    for i in range(5):
        ink[_TOP + 120 * i : _TOP + 120 * i + 2, _LEFT:700] = 1
    ink[190:230, 200:240] = 1
    return on_paper(ink).pixels


def _stroke() -> NDArray[np.uint8]:
    ink = np.zeros((900, 800), dtype=np.float32)
    ink[400:403, 100:700] = 1
    return on_paper(ink).pixels


def _tilted(pixels: NDArray[np.uint8], tilt_deg: float) -> NDArray[np.uint8]:
    """Falling to the right by so many degrees: turned the other way, a level page is tilted."""
    return adjusted(pixels, Care(tilt_deg=-tilt_deg))


def _reading(box: Box) -> LineReading:
    digit = DigitReading(4, 0.9, Decision.ACCEPT, box, 9, 0.5)
    return LineReading((digit,), 0.9, Decision.ACCEPT, box)


@pytest.mark.parametrize("tilt", [-6.0, -3.0, 1.5, 4.0])
def test_a_tilted_table_is_laid_level_and_its_boxes_come_back(tilt: float) -> None:
    page = _tilted(_table(), tilt)

    level = find_level_ink(page)

    ink = find_ink(page)
    assert level.back is not None
    # The lines are level: each fills a few rows, and there are no others.
    rows = level.ink.solid[:, _LEFT + 60 : 640].mean(axis=1) > 0.5
    assert 5 <= rows.sum() <= 25
    # The square, found on the level page, lies on that of the tilted one.
    apart = cv2.morphologyEx(level.ink.solid, cv2.MORPH_OPEN, np.ones((15, 15), np.uint8))
    square = Box(*cv2.boundingRect(apart))
    back = level.as_it_lies(_reading(square)).digits[0].box
    there = cv2.morphologyEx(ink.solid, cv2.MORPH_OPEN, np.ones((15, 15), np.uint8))
    x, y, w, h = cv2.boundingRect(there)
    assert abs(back.x + back.w / 2 - x - w / 2) <= 2
    assert abs(back.y + back.h / 2 - y - h / 2) <= 2


def test_a_line_that_comes_back_holds_its_digits() -> None:
    level = find_level_ink(_tilted(_table(), 4.0))
    digits = tuple(_reading(Box(x, 200, 20, 30)).digits[0] for x in (100, 300, 500))
    line = LineReading(digits, 0.9, Decision.ACCEPT, Box(100, 200, 420, 30))

    back = level.as_it_lies(line)

    fall = 400 * math.tan(math.radians(4))
    assert back.box.y == min(digit.box.y for digit in back.digits)
    assert back.box.h == pytest.approx(30 + fall, abs=4)


@pytest.mark.parametrize(
    "pixels",
    [
        _table(),
        _tilted(_table(), 0.5),
        _tilted(_table(), 12.0),
        _tilted(on_paper(ink_page("5612478")).pixels, 3.0),
        _tilted(_stroke(), 3.0),
        _tilted(_table()[:380], 3.0),
        np.full((900, 800, 3), 236, np.uint8),
    ],
    ids=["level", "nearly level", "steep", "no lines", "one stroke", "cut out", "blank"],
)
def test_what_is_no_tilted_form_stays_as_it_is(pixels: NDArray[np.uint8]) -> None:
    level = find_level_ink(pixels)

    assert level.back is None
    assert np.array_equal(level.ink.solid, find_ink(pixels).solid)
