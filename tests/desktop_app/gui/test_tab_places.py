"""No digit's tab lies on a neighbour's ink, or on another tab."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSizeF

from desktop_app.gui.tab_places import TabPlaces

BED = QRectF(0, 0, 800, 600)
TAB = QSizeF(34, 18)


def test_a_tab_stands_above_its_frame_flush_left() -> None:
    place = TabPlaces(BED).find(TAB, QRectF(100, 100, 40, 60))
    assert place == QRectF(99, 80, 34, 18)


def test_a_tab_gives_way_to_a_taller_neighbour() -> None:
    places = TabPlaces(BED)
    places.take(QRectF(125, 60, 20, 100))
    place = places.find(TAB, QRectF(100, 100, 20, 60))
    assert place is not None
    assert place.right() <= 125
    assert place.bottom() <= 100


def test_a_tab_goes_below_where_there_is_no_room_above() -> None:
    places = TabPlaces(BED)
    assert places.find(TAB, QRectF(100, 5, 40, 60)) == QRectF(99, 67, 34, 18)


def test_a_tab_without_room_is_left_out() -> None:
    places = TabPlaces(QRectF(0, 0, 60, 60))
    assert places.find(TAB, QRectF(5, 5, 50, 50)) is None


_BOX = st.builds(
    QRectF,
    st.integers(0, 300),
    st.integers(0, 200),
    st.integers(5, 60),
    st.integers(5, 90),
)


@given(st.lists(_BOX, max_size=12))
def test_tabs_cover_neither_ink_nor_each_other(inks: list[QRectF]) -> None:
    places = TabPlaces(BED)
    for ink in inks:
        places.take(ink)
    taken = [*inks]
    for ink in inks:
        place = places.find(TAB, ink.adjusted(-4, -4, 4, 4))
        if place is not None:
            assert not any(place.intersects(other) for other in taken)
            taken.append(place)
