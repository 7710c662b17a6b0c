"""Comparing the number on the paper with what the customer says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from model.fields.catalogue import find_kind
from model.types import PageReading
from tests.support.fakes import FakeReader, reading_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.window_driver import WindowDriver


@pytest.fixture
def asked(driver: WindowDriver, reader: FakeReader, slip: Path) -> WindowDriver:
    """561247 with the 4 in doubt, and the clerk has pressed E."""
    reader.reading = reading_of("561247", doubts={(0, 4)})
    driver.open(slip)
    driver.press(Qt.Key.Key_E)
    return driver


def _type(driver: WindowDriver, words: str) -> None:
    QTest.keyClicks(driver.focus, words)


def test_what_was_said_agrees(asked: WindowDriver) -> None:
    assert isinstance(asked.focus, QLineEdit)
    assert not asked.sees("Agrees")

    _type(asked, "561 247")

    assert asked.sees("Agrees with what was said")
    assert asked.number == "561247"  # typed there, it corrects no digit


def test_the_digits_that_differ_are_named(asked: WindowDriver) -> None:
    _type(asked, "561297")

    assert asked.sees("Differs: digit 5 is 4 on the paper, not 9")


def test_what_is_missing_or_too_many_is_named_by_its_place(asked: WindowDriver) -> None:
    _type(asked, "561")
    assert asked.sees("Differs: digits 4 to 6 are too many")

    _type(asked, "8247")
    assert asked.sees("Differs: one digit is missing after digit 3: 8")


def test_a_correction_is_compared_at_once(asked: WindowDriver) -> None:
    _type(asked, "561297")
    asked.press(Qt.Key.Key_Tab)

    asked.press(Qt.Key.Key_9)

    assert asked.sees("Agrees with what was said")


def test_escape_ends_it_and_the_next_picture_begins_without(
    asked: WindowDriver, slip: Path
) -> None:
    _type(asked, "5")
    asked.press(Qt.Key.Key_Escape)
    assert not asked.sees("The customer says")

    asked.press(Qt.Key.Key_E)
    _type(asked, "5")
    asked.open(slip)
    assert not asked.sees("The customer says")


def test_it_can_be_pasted(asked: WindowDriver) -> None:
    QApplication.clipboard().setText("561247")

    asked.press_ctrl(Qt.Key.Key_V)

    assert asked.sees("Agrees with what was said")


def test_ctrl_c_copies_the_number_on_paper_from_there_too(asked: WindowDriver) -> None:
    _type(asked, "561297")
    QApplication.clipboard().setText("before")

    asked.press_ctrl(Qt.Key.Key_C)

    assert asked.clipboard == "561247"


def test_arrows_up_and_down_leave_the_line_alone(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of("561247", "12")
    driver.open(slip)
    driver.press(Qt.Key.Key_E)

    driver.press(Qt.Key.Key_Down)

    assert driver.number == "561247"
    assert isinstance(driver.focus, QLineEdit)


def test_the_same_digits_with_a_point_elsewhere_do_not_agree(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    (line,) = reading_of("1250").lines
    reader.reading = PageReading((replace(line, written="12.50"),))
    driver.open(slip)
    assert driver.program.presenter is not None
    driver.program.presenter.choose_kind(find_kind("amount"))
    driver.press(Qt.Key.Key_E)

    _type(driver, "1250")

    assert driver.sees("Differs: 12.50 on the paper, 1 250 said")


def test_what_is_typed_after_enter_is_said_again_and_corrects_nothing(
    asked: WindowDriver,
) -> None:
    _type(asked, "561297")
    asked.press(Qt.Key.Key_Return)
    assert asked.sees("Fifth digit: what is written?")  # Enter there accepted nothing

    _type(asked, "561247")

    assert asked.number == "561247"
    assert asked.sees("Agrees with what was said")


def test_it_comes_into_sight_in_a_small_window(asked: WindowDriver) -> None:
    sheet = asked.program.window.workspace.panel.sheet
    asked.press(Qt.Key.Key_Escape)
    asked.window.resize(900, 600)
    asked.program.theme.set_text_percent(150)

    asked.press(Qt.Key.Key_E)

    def is_in_sight() -> bool:
        entry = sheet.comparison.entry
        top = entry.mapTo(sheet.viewport(), entry.rect().topLeft()).y()
        return top >= 0 and top + entry.height() <= sheet.viewport().height()

    asked.qtbot.waitUntil(is_in_sight)
