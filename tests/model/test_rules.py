"""Printed lines and frames go, and what is written in them stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from model.components import find_components
from model.rules import erase_frames, erase_rules
from model.types import Box


def _form() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """A comb of eight boxes in a wide page, with nothing written in it."""
    page = np.zeros((400, 900), dtype=np.uint8)
    cv2.rectangle(page, (200, 100), (680, 160), 1, 2)
    for x in range(260, 680, 60):
        cv2.line(page, (x, 100), (x, 160), 1, 2)
    return page


def test_the_comb_goes_and_the_digits_in_it_stay() -> None:
    form = _form()
    written = form.copy()
    cv2.circle(written, (230, 130), 15, 1, 3)
    cv2.line(written, (290, 115), (290, 145), 1, 3)
    digits = np.asarray((written == 1) & (form == 0))

    left, frames = erase_frames(written, find_components(written))

    assert frames == [Box(199, 99, 483, 63)]
    assert left[digits].all()
    assert left.sum() <= digits.sum() + 0.05 * form.sum()


def test_a_digit_that_touches_its_box_stays_whole() -> None:
    form = _form()
    written = form.copy()
    cv2.ellipse(written, (350, 132), (16, 30), 0, 0, 360, 1, 3)
    digit = np.asarray((written == 1) & (form == 0))

    left, _ = erase_frames(written, find_components(written))

    assert left[digit].mean() > 0.97


def test_writing_without_a_frame_is_left_alone() -> None:
    page = np.zeros((400, 900), dtype=np.uint8)
    cv2.putText(page, "20571", (100, 250), cv2.FONT_HERSHEY_SIMPLEX, 5, 1, 8)

    left, frames = erase_frames(page, find_components(page))

    assert (left == page).all()
    assert not frames


@pytest.mark.parametrize(("height", "width"), [(300, 1000), (300, 1399), (300, 1400), (300, 1401)])
def test_a_broken_rule_goes_up_to_the_edge_and_what_crosses_it_stays(
    height: int, width: int
) -> None:
    page = np.zeros((height, width), dtype=np.uint8)
    for x in range(0, width, 60):
        cv2.line(page, (x, 150), (min(width - 1, x + 40), 150), 1, 2)
    rule = page.copy()
    cv2.line(page, (width // 2, 120), (width // 2, 180), 1, 5)

    left = erase_rules(page)

    assert left[120:180, width // 2].all()
    assert left[(rule == 1) & (np.abs(np.arange(width) - width // 2) > 10)].sum() == 0
