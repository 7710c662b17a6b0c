from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from desktop_app.capture.strokes import PenPoint, Stroke
from desktop_app.capture.written_page import (
    DIGIT_PX,
    MAX_PAGE_PIXELS,
    PEN_SHARE,
    Sheet,
    WrittenPage,
    digit_height,
)


def line(*corners: tuple[float, float], pressure: float = 0.5) -> Stroke:
    return tuple(PenPoint(x, y, pressure) for x, y in corners)


def upright(x: float, top: float, height: float, pressure: float = 0.5) -> Stroke:
    steps = np.linspace(top, top + height, 12)
    return line(*((x, float(y)) for y in steps), pressure=pressure)


def widths(*strokes: Stroke) -> list[int]:
    """How many pixels of each row of the page are dark."""
    dark = WrittenPage(strokes).to_page().pixels[..., 0] < 128
    return [int(count) for count in dark.sum(axis=1) if count]


@pytest.mark.parametrize("height", [30, 60, 300])
def test_ink_is_as_high_and_as_wide_however_large_it_was_written(height: float) -> None:
    rows = widths(upright(100, 50, height))
    assert len(rows) == pytest.approx((1 + PEN_SHARE) * DIGIT_PX, abs=2)
    assert np.median(rows) == pytest.approx(PEN_SHARE * DIGIT_PX, abs=1)


def test_harder_pressed_ink_is_wider() -> None:
    light, heavy = (float(np.median(widths(upright(9, 9, 90, p)))) for p in (0.2, 0.9))
    assert heavy > 1.5 * light


def test_pressure_may_change_along_a_stroke() -> None:
    stroke = upright(50, 0, 100, 0.1)[:6] + upright(50, 0, 100, 0.9)[6:]
    rows = widths(stroke)
    assert np.median(rows[-20:]) > 1.5 * np.median(rows[:20])


def test_a_tap_leaves_a_dot() -> None:
    rows = widths(upright(10, 0, 100), line((60, 90)))
    assert max(rows) >= 2 * PEN_SHARE * DIGIT_PX - 3


def test_paper_is_white_and_ink_is_dark() -> None:
    pixels = WrittenPage((upright(50, 50, 80),)).to_page().pixels
    assert (pixels[0] == 255).all()
    assert (pixels[-1] == 255).all()
    assert pixels.min() < 48
    assert not pixels.flags.writeable


def test_a_page_point_lies_where_it_was_written() -> None:
    strokes = (upright(300, 40, 120),)
    sheet = Sheet.around(strokes)
    dark = WrittenPage(strokes).to_page().pixels[..., 0] < 128
    ys, xs = np.nonzero(dark)
    middle = QPointF(float(xs.mean() + 0.5), float(ys.mean() + 0.5))
    placed = middle / sheet.scale + sheet.area.topLeft()
    assert (placed.x(), placed.y()) == pytest.approx((300, 100), abs=1)


@given(
    st.lists(
        st.lists(
            st.tuples(st.floats(0, 4000), st.floats(0, 3000), st.floats(0, 1)),
            min_size=1,
            max_size=8,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_strokes_become_a_page_of_bounded_size(
    raw: list[list[tuple[float, float, float]]],
) -> None:
    strokes = tuple(tuple(PenPoint(*point) for point in stroke) for stroke in raw)
    page = WrittenPage(strokes).to_page()
    assert page.width * page.height <= 1.01 * MAX_PAGE_PIXELS
    assert page.pixels.min() < 255


def test_a_bar_far_above_its_five_belongs_to_its_height() -> None:
    body, bar = upright(100, 60, 60), line((95, 30), (130, 25))
    assert digit_height([body, bar]) == pytest.approx(95)


def test_a_bar_belongs_to_the_nearer_of_two_rows() -> None:
    above, below = upright(100, 0, 60), upright(100, 90, 60)
    bar = line((90, 82), (120, 80))
    assert digit_height([above, below, bar]) == pytest.approx(70)


def test_a_dash_beside_a_digit_is_no_part_of_it() -> None:
    assert digit_height([upright(100, 0, 60), line((120, 30), (160, 30))]) == pytest.approx(60)
