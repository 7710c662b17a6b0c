"""Adding digits that were not read, and removing those that are none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.gui import verdict
from desktop_app.gui.review import Review
from desktop_app.gui.review_history import ReviewHistory
from desktop_app.gui.reviewed_line import Mark
from model.fields.catalogue import find_kind
from model.types import Box, PageReading
from tests.support.fakes import FakeReader, reading_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.window_driver import WindowDriver

CARD = "4111111111111111"
Step = tuple[str, int, int]


def _written(row: str, written: str) -> PageReading:
    (line,) = reading_of(row).lines
    return PageReading((replace(line, written=written),))


def _edited(review: Review, step: Step) -> Review:
    deed, place, digit = step
    if not review.lines:
        return review
    if deed == "add":
        return review.opened(place).added(digit)
    return review.selected(0, place).without_selected()


_STEPS = st.lists(
    st.tuples(st.sampled_from(("add", "remove")), st.integers(0, 9), st.integers(0, 9)), max_size=9
)


@given(_STEPS)
def test_undoing_every_edit_restores_the_reading(steps: list[Step]) -> None:
    start = Review.of(_written("561247", "56,12.47/-"))
    history = ReviewHistory(start)
    for step in steps:
        history = history.changed(_edited(history.present, step))
    for _ in steps:
        history = history.undone()
    assert history.present.lines == start.lines


@given(_STEPS)
def test_the_written_number_has_the_digits_of_the_line(steps: list[Step]) -> None:
    review = Review.of(_written("561247", "56,12.47/-"))
    for step in steps:
        review = _edited(review, step)
        if review.lines:
            line = review.current_line
            assert "".join(c for c in line.written if c.isdecimal()) == line.text
            assert len(line.digits) == len(line.text)


@given(_STEPS)
def test_edits_outlive_the_choice_of_a_kind(steps: list[Step]) -> None:
    reading = _written("561247", "561247")
    review = Review.of(reading)
    for step in steps:
        review = _edited(review, step)
    again = Review.of(reading, find_kind("account:6"), review.given)
    assert [line.text for line in again.lines] == [line.text for line in review.lines]
    back = Review.of(reading, None, again.given)
    assert back.lines == review.lines


def test_an_added_digit_stands_in_the_gap_between_its_neighbours() -> None:
    line = Review.of(reading_of("56")).opened(1).added(7).current_line
    assert line.text == "576"
    assert line.digits[1].mark is Mark.ADDED
    # The digits of the made-up reading are 20 px wide and 10 px apart.
    assert line.digits[1].box == Box(40, 30, 10, 36)


def test_gaps_at_the_ends_are_as_wide_as_a_digit() -> None:
    review = Review.of(reading_of("56"))
    assert review.opened(0).spot == Box(0, 30, 20, 36)
    assert review.opened(2).spot == Box(70, 30, 20, 36)


def test_a_removed_added_digit_leaves_no_trace() -> None:
    start = Review.of(reading_of("56"))
    review = start.opened(1).added(7).without_selected()
    assert review.lines == start.lines
    assert not review.current_line.is_edited


def test_the_verdict_says_what_the_clerk_did() -> None:
    review = Review.of(reading_of("561247")).opened(2).added(3).opened(0).added(9)
    review = review.selected(0, 7).without_selected()
    assert verdict.of(review.current_line).sentence == "Two digits added and one removed by you"


@pytest.fixture
def short_card(driver: WindowDriver, reader: FakeReader, slip: Path) -> WindowDriver:
    """A card of which one 1 was not read."""
    reader.reading = reading_of(CARD[:-1])
    driver.open(slip)
    assert driver.program.presenter is not None
    driver.program.presenter.choose_kind(find_kind("card"))
    return driver


def test_a_card_whose_digit_was_not_read_is_completed_by_keys(short_card: WindowDriver) -> None:
    assert short_card.sees("It breaks the rule: 16 digits")
    short_card.press(Qt.Key.Key_Insert)
    assert short_card.sees("A digit after the first: which?")
    short_card.press(Qt.Key.Key_1)

    assert short_card.number == CARD
    review = short_card.state.number_review
    assert review is not None
    assert not review.current_line.breaks_rule
    assert not short_card.sees("It breaks the rule")
    assert short_card.focus.accessibleName() == "Second digit: 1, added by you."
    assert short_card.sees("Number " + " ".join(CARD))
    assert short_card.sees("One digit added")
    short_card.press_ctrl(Qt.Key.Key_C)
    assert short_card.clipboard == CARD


def type_into_gap(driver: WindowDriver, digits: str) -> None:
    """Behind the first digit of 561247."""
    driver.press(Qt.Key.Key_Right)
    driver.press(Qt.Key.Key_Plus)
    for digit in digits:
        driver.press(Qt.Key(ord(digit)))


def test_digits_typed_into_a_gap_are_added_one_after_another(
    driver: WindowDriver, slip: Path
) -> None:
    driver.open(slip)
    type_into_gap(driver, "33785")
    assert driver.number == "53378561247"
    assert driver.sees("Sixth digit: 5")
    assert driver.sees("Type the next digit, or end with Enter.")
    assert driver.sees("Five digits added by you")


@pytest.mark.parametrize(
    ("key", "selected"),
    [
        (Qt.Key.Key_Escape, "Third digit: 8"),
        (Qt.Key.Key_Left, "Second digit: 7"),
        (Qt.Key.Key_Right, "Fourth digit: 6"),
    ],
)
def test_a_digit_typed_after_the_gap_was_left_corrects_again(
    driver: WindowDriver, slip: Path, key: Qt.Key, selected: str
) -> None:
    driver.open(slip)
    type_into_gap(driver, "78")
    driver.press(key)
    assert driver.sees(selected)
    assert driver.sees("Type another digit to correct it.")
    driver.press(Qt.Key.Key_0)
    assert len(driver.number) == len("57861247")
    assert driver.sees(f"{selected[:-1]}0")


def test_enter_ends_the_adding_and_goes_to_the_next_doubt(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of("561247", doubts={(0, 4)})
    driver.open(slip)
    driver.press(Qt.Key.Key_Insert)
    QTest.keyClicks(driver.focus, "78")
    driver.press(Qt.Key.Key_Return)
    assert driver.focus.accessibleName().startswith("Fifth digit: 4, please check")
    driver.press(Qt.Key.Key_0)
    assert driver.number == "56120787"


def test_a_click_ends_the_adding(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    type_into_gap(driver, "78")
    bed = driver.window.workspace.slip
    assert bed.view is not None
    corner = bed.view.to_bed(Box(2, 2, 4, 4)).center().toPoint()
    QTest.mouseClick(bed, Qt.MouseButton.LeftButton, pos=corner)
    driver.press(Qt.Key.Key_0)
    assert driver.number == "57061247"


def test_copying_ends_the_adding(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    type_into_gap(driver, "78")
    driver.press_ctrl(Qt.Key.Key_C)
    assert driver.clipboard == "57861247"
    driver.press(Qt.Key.Key_0)
    assert driver.number == "57061247"


@pytest.mark.parametrize(
    "keys",
    [
        (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_an_added_digit_that_was_taken_back_is_typed_anew(
    driver: WindowDriver, slip: Path, keys: tuple[Qt.Key, Qt.KeyboardModifier]
) -> None:
    driver.open(slip)
    type_into_gap(driver, "78")
    driver.press(*keys)
    assert driver.number == "5761247"
    driver.press(Qt.Key.Key_9)
    assert driver.number == "57961247"
    driver.press(*keys, times=2)
    assert driver.sees("A digit after the first: which?")
    driver.press(Qt.Key.Key_4)
    driver.press(Qt.Key.Key_2)
    assert driver.number == "54261247"


def test_help_says_where_the_gap_opens(driver: WindowDriver) -> None:
    driver.press(Qt.Key.Key_F1)
    assert driver.sees("Insert or + opens a gap behind the selected digit, or at the end")


def test_plus_of_the_keypad_opens_the_gap(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    driver.press(Qt.Key.Key_Plus, Qt.KeyboardModifier.KeypadModifier)
    driver.press(Qt.Key.Key_7, Qt.KeyboardModifier.KeypadModifier)
    assert driver.number == "5612477"


def test_arrows_move_the_gap_and_escape_closes_it(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    driver.press(Qt.Key.Key_Right)
    driver.press(Qt.Key.Key_Insert)
    driver.press(Qt.Key.Key_Left)
    assert driver.sees("A digit before the first: which?")
    driver.press(Qt.Key.Key_3)
    assert driver.number == "3561247"

    driver.press(Qt.Key.Key_Insert)
    driver.press(Qt.Key.Key_Escape)
    driver.press(Qt.Key.Key_4)
    assert driver.number == "4561247"


def test_delete_and_backspace_remove_and_undo_brings_back(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    driver.press(Qt.Key.Key_Delete)
    assert driver.number == "561247"  # no digit is selected
    driver.press(Qt.Key.Key_Right, times=2)
    driver.press(Qt.Key.Key_Delete)
    assert driver.number == "51247"
    assert driver.focus.accessibleName().startswith("Second digit: 1")
    driver.press(Qt.Key.Key_Backspace)
    assert driver.number == "5247"
    assert driver.sees("Two digits removed by you")
    driver.press_ctrl(Qt.Key.Key_Z)
    driver.press_ctrl(Qt.Key.Key_Z)
    assert driver.number == "561247"
    driver.press_ctrl(Qt.Key.Key_Y)
    assert driver.number == "51247"


def test_the_mouse_adds_and_removes(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    driver.press(Qt.Key.Key_Right)
    driver.click("Add a digit before it")
    driver.click("Add 8")
    assert driver.number == "8561247"
    driver.click("Add a digit after it")
    driver.click("Add 0")
    assert driver.number == "80561247"
    driver.click("Remove the digit")
    assert driver.number == "8561247"


def test_a_line_without_digits_is_none_until_undo(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of("7", "561247")
    driver.open(slip)
    driver.press(Qt.Key.Key_Right)
    driver.press(Qt.Key.Key_Delete)
    assert driver.number == "561247"
    assert driver.sees("Line 1 of 1")
    assert "The line is gone" in driver.state.status
    driver.press_ctrl(Qt.Key.Key_Z)
    assert driver.number == "7"
    assert driver.sees("Line 1 of 2")


def test_after_a_line_went_the_focus_is_on_the_first_doubt_of_the_one_shown(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of("17", "561247", doubts={(1, 2), (1, 4)})
    driver.open(slip)
    driver.press(Qt.Key.Key_Up)
    driver.press(Qt.Key.Key_Right)
    driver.press(Qt.Key.Key_Delete, times=2)
    assert driver.number == "561247"
    assert driver.focus.accessibleName().startswith("Third digit: 1, please check")
    assert driver.sees("Third digit: what is written?")
    driver.press(Qt.Key.Key_Return, times=2)
    assert driver.focus.accessibleName() == "Copy"


def test_the_last_digit_of_all_can_be_brought_back(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of("7")
    driver.open(slip)
    driver.press(Qt.Key.Key_Right)
    driver.press(Qt.Key.Key_Delete)
    assert driver.sees("No digit is left")
    assert driver.focus.accessibleName() == "Undo"
    driver.press(Qt.Key.Key_Return)
    assert driver.number == "7"


def test_what_was_added_counts_in_the_comparison(short_card: WindowDriver) -> None:
    short_card.press(Qt.Key.Key_Right)
    short_card.press(Qt.Key.Key_Insert)
    short_card.press(Qt.Key.Key_1)
    short_card.press(Qt.Key.Key_E)
    QTest.keyClicks(short_card.focus, CARD)
    assert short_card.sees("Agrees with what was said")


def test_keys_of_the_comparison_edit_its_own_text(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    driver.press(Qt.Key.Key_Right)
    driver.press(Qt.Key.Key_E)
    QTest.keyClicks(driver.focus, "12+")
    driver.press(Qt.Key.Key_Backspace)
    driver.press(Qt.Key.Key_Insert)
    assert driver.number == "561247"
    assert driver.state.expected == "12"
    assert not driver.state.is_gap_open


def test_a_number_that_was_not_read_is_typed(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of()
    driver.open(slip)
    driver.press(Qt.Key.Key_Plus)
    assert driver.sees("Type the number as you see it.")
    for key in (Qt.Key.Key_1, Qt.Key.Key_0, Qt.Key.Key_7):
        driver.press(key)

    assert driver.number == "107"
    assert driver.sees("Three digits added by you")
    assert not driver.sees("No digits were found")
    boxes = [digit.box for digit in driver.state.number_review.current_line.digits]  # type: ignore[union-attr]
    assert boxes == sorted(boxes, key=lambda box: box.x)
    assert all(box.x >= 0 and box.right <= 400 and box.bottom <= 300 for box in boxes)
    driver.press_ctrl(Qt.Key.Key_C)
    assert driver.clipboard == "107"


def test_undoing_a_typed_number_leaves_the_page_as_it_was_read(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of()
    driver.open(slip)
    driver.press(Qt.Key.Key_4)
    driver.press_ctrl(Qt.Key.Key_Z)

    assert driver.sees("No digits were found")
    assert not driver.sees("No digit is left")
    driver.press_ctrl(Qt.Key.Key_Y)
    assert driver.number == "4"
    driver.press(Qt.Key.Key_Delete)
    assert driver.sees("No digit is left")
    driver.press(Qt.Key.Key_5)
    assert driver.number == "5"


def test_a_typed_number_is_of_the_kind_that_is_chosen_and_outlives_its_change() -> None:
    nothing, box = reading_of(), Box(4, 4, 12, 20)
    review = Review.of(nothing).begun(5, box, None).added(6)

    as_account = Review.of(nothing, find_kind("account:2"), review.given)
    assert [line.value for line in as_account.lines] == ["56"]
    assert Review.of(nothing, None, as_account.given).lines == review.lines


def test_nothing_is_typed_before_a_page_was_read(driver: WindowDriver) -> None:
    driver.press(Qt.Key.Key_5)
    assert driver.state.review is None
    assert not driver.state.can_type_number
