from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from desktop_app.gui import crop
from desktop_app.gui.viewport import Viewport
from model.types import Box

sizes = st.integers(1, 9000)


@given(sizes, sizes)
def test_fitted_page_lies_inside_the_bed(width: int, height: int) -> None:
    page = Viewport(width, height, 860, 700).fitted().page_rect
    assert page.left() >= 0
    assert page.top() >= 0
    assert page.right() <= 860.001
    assert page.bottom() <= 700 - 84 + 0.001


@given(sizes, sizes, st.floats(-5000, 5000), st.floats(-5000, 5000), st.floats(0.2, 5))
def test_some_of_the_page_stays_in_sight(
    width: int, height: int, dx: float, dy: float, factor: float
) -> None:
    view = Viewport(width, height, 860, 700).fitted().zoomed(factor).panned(dx, dy)
    page = view.page_rect
    assert page.right() > 0
    assert page.bottom() > 0
    assert page.left() < 860
    assert page.top() < 700


def test_resized_bed_keeps_a_fitted_page_fitted() -> None:
    view = Viewport(1200, 800, 860, 700).fitted()
    assert view.resized(600, 500) == Viewport(1200, 800, 600, 500).fitted()


def test_box_out_of_sight_is_brought_into_sight() -> None:
    view = Viewport(2000, 2000, 860, 700).fitted().zoomed(10, QPointF(0, 0))
    box = Box(1900, 1900, 20, 20)
    assert view.to_bed(box).left() > 860
    shown = view.showing(box).to_bed(box)
    assert 0 <= shown.left() <= shown.right() <= 860


@given(st.integers(1, 500), st.integers(1, 500), st.integers(-900, 900), st.integers(-900, 900))
def test_cropped_box_never_leaves_the_page(width: int, height: int, dx: int, dy: int) -> None:
    box = crop.middle_of(width, height)
    for change in (crop.moved, crop.resized):
        changed = change(box, dx, dy, width, height)
        assert changed.x >= 0
        assert changed.y >= 0
        assert changed.right <= width
        assert changed.bottom <= height
        assert changed.w >= 1
        assert changed.h >= 1


def test_rectangle_too_small_to_read_is_none() -> None:
    assert crop.between(QPointF(5, 5), QPointF(7, 90), 100, 100) is None
    assert crop.between(QPointF(90, 80), QPointF(10, -20), 100, 100) == Box(10, 0, 80, 80)
