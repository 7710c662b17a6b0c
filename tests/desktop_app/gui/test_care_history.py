from __future__ import annotations

from desktop_app.gui.care_history import NO_CARES, CareHistory
from model.care import NO_CARE, Care

STEPS = (Care(1), Care(1, brightness=5), Care(1, brightness=5, tilt_deg=2.0), Care(2))


def done() -> CareHistory:
    history = NO_CARES
    for care in STEPS:
        history = history.changed(care)
    return history


def test_undoing_every_step_gives_the_page_as_it_came() -> None:
    history, seen = done(), []
    while history.past:
        seen.append(history.present)
        history = history.undone()
    assert seen == list(reversed(STEPS))
    assert history.present == NO_CARE


def test_redo_brings_back_what_undo_took() -> None:
    history = done()
    assert history.undone().undone().redone().redone() == history


def test_a_new_step_forgets_what_was_undone() -> None:
    history = done().undone().changed(Care(3))
    assert history.present == Care(3)
    assert not history.future


def test_the_same_care_again_is_no_step() -> None:
    assert NO_CARES.changed(NO_CARE) is NO_CARES


def test_what_is_drawn_is_one_step() -> None:
    history = NO_CARES.changed(Care(brightness=1)).drawn(Care(brightness=2))
    assert history == CareHistory(Care(brightness=2), (NO_CARE,))
    assert history.undone().present == NO_CARE


def test_nothing_is_undone_or_redone_where_nothing_was_done() -> None:
    assert NO_CARES.undone() is NO_CARES
    assert NO_CARES.redone() is NO_CARES
