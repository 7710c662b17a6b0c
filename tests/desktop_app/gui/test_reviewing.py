from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.gui.state import StatusTone
from model.fields.catalogue import find_kind
from model.types import Doubt, PageReading
from tests.support.fakes import FakeReader, reading_of, save_picture

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.window_driver import WindowDriver


@pytest.fixture
def doubtful(driver: WindowDriver, reader: FakeReader, slip: Path) -> WindowDriver:
    """561247 with the 4 in doubt, 9 the runner-up."""
    reader.reading = reading_of("561247", doubts={(0, 4)})
    driver.open(slip)
    return driver


def test_focus_stands_on_the_doubtful_digit_with_its_question(doubtful: WindowDriver) -> None:
    assert doubtful.focus.accessibleName().startswith("Fifth digit: 4, please check, 61")
    assert doubtful.sees("Fifth digit: what is written?")
    assert doubtful.sees("Please check 1 digit")


def test_enter_accepts_and_the_focus_goes_to_copy(doubtful: WindowDriver) -> None:
    doubtful.press(Qt.Key.Key_Return)
    assert doubtful.sees("One digit confirmed by you")
    assert doubtful.focus.accessibleName() == "Copy"


def test_typed_digit_corrects_and_undo_takes_it_back(doubtful: WindowDriver) -> None:
    doubtful.press(Qt.Key.Key_9)
    assert doubtful.number == "561297"
    assert doubtful.sees("One digit corrected by you")
    assert doubtful.sees("It was read as 4")
    doubtful.press_ctrl(Qt.Key.Key_Z)
    assert doubtful.number == "561247"
    assert doubtful.sees("Please check 1 digit")
    doubtful.press_ctrl(Qt.Key.Key_Y)
    assert doubtful.number == "561297"


def test_status_line_says_what_is_left_to_check_after_each_answer(doubtful: WindowDriver) -> None:
    sentence = doubtful.window.status_line.sentence
    assert "Please check 1 digit" in sentence.text()
    doubtful.press(Qt.Key.Key_9)
    assert sentence.text() == "Nothing is left to check."
    doubtful.press_ctrl(Qt.Key.Key_Z)
    assert sentence.text() == "Still to check: one digit."


def test_clicked_runner_up_corrects_and_goes_on(doubtful: WindowDriver) -> None:
    doubtful.click("It is 9")
    assert doubtful.number == "561297"
    assert doubtful.focus.accessibleName() == "Copy"


def test_digit_without_selection_changes_nothing(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    driver.press(Qt.Key.Key_9)
    assert driver.number == "561247"


def test_arrows_go_through_the_digits(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    driver.press(Qt.Key.Key_Right, times=2)
    assert driver.sees("Second digit: 6")
    assert driver.sees("Sure, over 99")
    assert not driver.sees("100")
    driver.press(Qt.Key.Key_Left)
    assert driver.sees("First digit: 5")


def test_click_on_the_page_selects_a_digit(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    bed = driver.window.workspace.slip
    assert bed.view is not None
    review = driver.state.review
    assert review is not None
    box = review.lines[0].digits[3].box
    QTest.mouseClick(bed, Qt.MouseButton.LeftButton, pos=bed.view.to_bed(box).center().toPoint())
    assert driver.sees("Fourth digit: 2")


def test_lines_are_stepped_with_the_arrows(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of("12345", "6879", "888")
    driver.open(slip)
    assert driver.sees("Line 1 of 3")
    driver.press(Qt.Key.Key_Down)
    assert driver.sees("Line 2 of 3")
    assert driver.number == "6879"
    driver.press(Qt.Key.Key_N)
    assert driver.number == "888"
    driver.press(Qt.Key.Key_Up, times=2)
    assert driver.number == "12345"


def test_enter_goes_from_doubt_to_doubt_over_the_lines(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of("12", "34", doubts={(0, 1), (1, 0)})
    driver.open(slip)
    driver.press(Qt.Key.Key_Return)
    assert driver.sees("Line 2 of 2")
    assert driver.sees("First digit: what is written?")
    driver.press(Qt.Key.Key_Return)
    assert driver.focus.accessibleName() == "Copy"


def test_copy_takes_the_digits_alone(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    driver.press_ctrl(Qt.Key.Key_C)
    assert driver.clipboard == "561247"
    assert driver.sees("The number is copied.")
    assert driver.focus.accessibleName() == "Open next"


def test_copy_of_a_doubtful_number_says_so(doubtful: WindowDriver) -> None:
    doubtful.press_ctrl(Qt.Key.Key_C)
    assert doubtful.clipboard == "561247"
    assert doubtful.sees("Still to check: one digit.")


def test_all_lines_are_copied(driver: WindowDriver, reader: FakeReader, slip: Path) -> None:
    reader.reading = reading_of("12", "34")
    driver.open(slip)
    driver.press_ctrl(Qt.Key.Key_C, shift=True)
    assert driver.clipboard == "12\n34"


def test_next_says_first_that_digits_are_not_checked(
    driver: WindowDriver, reader: FakeReader, tmp_path: Path
) -> None:
    reader.reading = reading_of("561247", doubts={(0, 1), (0, 4)})
    driver.open(*(save_picture(tmp_path / f"slip{at}.png") for at in range(2)))
    driver.press(Qt.Key.Key_N)
    driver.settle()
    assert driver.state.page_name == "slip0.png"
    assert driver.sees("2 digits are not checked. Press N again to go on.")
    driver.press(Qt.Key.Key_N)
    driver.settle()
    assert driver.state.page_name == "slip1.png"


def test_next_says_how_many_digits_are_not_checked_where_nothing_else_waits(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of("561247", doubts={(0, 1), (0, 4)})
    driver.open(slip)
    for _ in range(3):
        driver.press(Qt.Key.Key_N)
        assert driver.state.status == "Nothing else waits, but 2 digits are not checked."
        assert driver.state.tone is StatusTone.DOUBT
    driver.press(Qt.Key.Key_Return, times=2)
    driver.press(Qt.Key.Key_N)
    assert driver.state.status == "Nothing else waits. Ctrl+O opens a picture."
    assert driver.state.tone is StatusTone.READY


def test_next_does_not_look_green_beside_a_number_that_breaks_its_kind(
    driver: WindowDriver, slip: Path
) -> None:
    driver.open(slip)
    assert driver.program.presenter is not None
    driver.program.presenter.choose_kind(find_kind("date"))
    driver.press(Qt.Key.Key_N)
    assert driver.state.status.startswith("Nothing else waits")
    assert driver.state.tone is StatusTone.DOUBT


def test_an_answer_after_the_warning_is_followed_by_another_one(
    driver: WindowDriver, reader: FakeReader, tmp_path: Path
) -> None:
    reader.reading = reading_of("561247", doubts={(0, 1), (0, 4)})
    driver.open(*(save_picture(tmp_path / f"slip{at}.png") for at in range(2)))
    driver.press(Qt.Key.Key_N)
    driver.press(Qt.Key.Key_Return)
    driver.press(Qt.Key.Key_N)
    assert driver.sees("1 digit is not checked. Press N again to go on.")
    driver.press(Qt.Key.Key_Return)
    driver.press(Qt.Key.Key_N)
    driver.settle()
    assert driver.state.page_name == "slip1.png"


def test_next_line_asks_only_for_the_digits_of_the_line_that_it_leaves(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of("12", "34", "56", doubts={(1, 0)})
    driver.open(slip)
    assert driver.sees("Line 2 of 3")
    driver.press(Qt.Key.Key_Up)
    driver.press(Qt.Key.Key_N)
    assert driver.sees("Line 2 of 3")
    driver.press(Qt.Key.Key_N)
    assert driver.sees("Line 2 of 3")
    assert driver.sees("1 digit of this line is not checked.")
    driver.press(Qt.Key.Key_N)
    assert driver.sees("Line 3 of 3")


@pytest.mark.parametrize(
    ("confidence", "told"),
    [
        (0.61, "Not sure: 61\u00a0% for 4, 3\u00a0% for 9."),
        (0.97, "Not quite sure: 4, 97.0\u00a0%; perhaps 9, 3\u00a0%."),
        (0.9869, "Not quite sure: 4, 98.6\u00a0%; perhaps 9, 3\u00a0%."),
        # Where the administrator asks for more.
        (0.99996, "Not quite sure: 4, 99.9\u00a0%; perhaps 9, 3\u00a0%."),
    ],
)
def test_how_sure_a_digit_is_that_is_asked_about(
    driver: WindowDriver, reader: FakeReader, slip: Path, confidence: float, told: str
) -> None:
    (line,) = reading_of("561247", doubts={(0, 4)}).lines
    digits = list(line.digits)
    digits[4] = replace(digits[4], confidence=confidence, runner_up_confidence=0.03)
    reader.reading = PageReading((replace(line, digits=tuple(digits), accept_above=0.99999),))
    driver.open(slip)
    assert driver.sees(told)
    detail = driver.window.workspace.panel.sheet.detail
    assert detail.facts.toolTip() == "Digits pass unasked from 99.9\u00a0% on."


def test_the_question_is_in_sight_where_its_frame_is_higher_than_the_panel(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    driver.window.resize(900, 600)
    driver.program.theme.set_text_percent(250)
    reader.reading = reading_of("561247", doubts={(0, 4)})
    driver.open(slip)
    sheet = driver.window.workspace.panel.sheet

    def is_in_sight() -> bool:
        title = sheet.detail.title
        top = title.mapTo(sheet.viewport(), title.rect().topLeft()).y()
        return 0 <= top < sheet.viewport().height()

    driver.qtbot.waitUntil(is_in_sight)


def with_unread_ink(text: str) -> PageReading:
    (line,) = reading_of(text).lines
    return PageReading((line.doubted(Doubt.UNREAD_INK),))


def test_writing_that_was_not_read_is_told_with_the_verdict(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = with_unread_ink("561247")
    driver.open(slip)
    pill, status = driver.window.workspace.panel.sheet.pill, driver.window.status_line.sentence
    assert pill.text == ("Please check 1 digit. Some writing was not read: look at the whole page")
    assert "Some writing was not read." in status.text()
    driver.press(Qt.Key.Key_Return)
    assert pill.text == (
        "One digit confirmed by you. Some writing was not read: look at the whole page"
    )
    assert status.text() == "Some writing was not read: look at the whole page."
    driver.press(Qt.Key.Key_Insert)
    driver.press(Qt.Key.Key_9)
    assert "not read" not in pill.text
