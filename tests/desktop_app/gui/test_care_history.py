from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.gui.care_history import NO_CARES, CareHistory
from model.care import NO_CARE, Care

CARES = st.builds(Care, st.integers(0, 3), brightness=st.integers(-100, 100))


@given(st.lists(CARES, max_size=6))
def test_undoing_every_step_gives_the_page_as_it_came(cares: list[Care]) -> None:
    history = NO_CARES
    for care in cares:
        history = history.changed(care)
    while history.past:
        history = history.undone()
    assert history.present == NO_CARE


@given(st.lists(CARES, min_size=1, max_size=6))
def test_redo_brings_back_what_undo_took(cares: list[Care]) -> None:
    history = NO_CARES
    for care in cares:
        history = history.changed(care)
    assert history.undone().redone() == history


def test_the_same_care_again_is_no_step() -> None:
    assert NO_CARES.changed(NO_CARE) is NO_CARES


def test_what_is_drawn_is_one_step() -> None:
    history = NO_CARES.changed(Care(brightness=1)).drawn(Care(brightness=2))
    assert history == CareHistory(Care(brightness=2), (NO_CARE,))
    assert history.undone().present == NO_CARE


def test_nothing_is_undone_or_redone_where_nothing_was_done() -> None:
    assert NO_CARES.undone() is NO_CARES
    assert NO_CARES.redone() is NO_CARES
