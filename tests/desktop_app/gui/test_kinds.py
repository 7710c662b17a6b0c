"""Choosing what kind of number is read, and what the window makes of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from desktop_app.app import Program
from desktop_app.gui.kind_form import KindForm
from desktop_app.gui.kind_list import KindList
from desktop_app.gui.page_list import PageMark
from desktop_app.gui.page_strip import PageStrip
from desktop_app.gui.review import Review
from desktop_app.gui.reviewed_line import Mark
from desktop_app.gui.state import StatusTone
from desktop_app.storage.settings import SettingsFile
from model.fields.catalogue import find_kind
from model.types import Alternative, Decision, Doubt, PageReading
from tests.support.fakes import FakeReader, ports_of, reading_of, save_picture
from tests.support.window_driver import WindowDriver

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def _list(driver: WindowDriver) -> KindList:
    return next(one for one in driver.window.findChildren(KindList) if one.isVisible())


def _choose(driver: WindowDriver, title: str) -> None:
    """By the keyboard: the letters of its title jump to it."""
    driver.press(Qt.Key.Key_K)
    kinds = _list(driver)
    kinds.scrollToTop()
    item = next(
        item
        for item in kinds.findItems(title, Qt.MatchFlag.MatchStartsWith)
        if item.text().removesuffix("  ✓") == title
    )
    kinds.setCurrentItem(item)
    driver.press(Qt.Key.Key_Return)


def _date_in_doubt() -> PageReading:
    """12; and below, 31022016 or less likely 31072016."""
    (above, line) = reading_of("12", "31022016").lines
    digits = list(line.digits)
    digits[3] = replace(digits[3], digit=7, confidence=0.2, runner_up=2)
    other = Alternative(tuple(digits), "31072016", 0.2)
    doubtful = replace(
        line,
        confidence=0.7,
        decision=Decision.REVIEW,
        written="31022016",
        alternatives=(other,),
        doubts=(Doubt.UNSURE,),
        accept_above=0.95,
    )
    return PageReading((replace(above, written="12"), doubtful))


@pytest.fixture
def dated(driver: WindowDriver, reader: FakeReader, slip: Path) -> WindowDriver:
    reader.reading = _date_in_doubt()
    driver.open(slip)
    return driver


def test_a_kind_takes_the_number_that_keeps_its_rule_and_says_what_it_changed(
    dated: WindowDriver,
) -> None:
    _choose(dated, "Date, day first")

    assert dated.number == "31072016"
    assert dated.sees("Date, day first: 31 July 2016")
    assert dated.sees("Digit 4 was read as 2 and is taken as 7")
    assert dated.sees("Number 3 1 0 7 2 0 1 6")
    review = dated.state.number_review
    assert review is not None
    assert review.digit == 3  # where a person has to look
    assert review.current_line.groups == ("31", "07", "2016")


def test_a_typed_digit_counts_for_the_rule_at_once(dated: WindowDriver) -> None:
    _choose(dated, "Date, day first")

    dated.press(Qt.Key.Key_1)

    assert dated.number == "31012016"
    assert dated.sees("Date, day first: 31 January 2016")

    dated.press(Qt.Key.Key_2)

    assert dated.number == "31022016"
    assert dated.sees("This does not fit: Date, day first")
    assert dated.sees("The rule: A day of the calendar: day, month, year.")
    assert dated.state.status == "This does not fit: Date, day first."


def test_the_chosen_kind_is_told_in_whole_sentences(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    _choose(driver, "Date, day first")
    assert driver.state.status == (
        "From now on every number is read as: Date, day first. "
        "The rule: a day of the calendar: day, month, year."
    )
    _choose(driver, "PIN code (India)")
    assert driver.state.status == (
        f"From now on every number is read as: PIN code (India). The rule: {find_kind('pin').rule}"
    )


def test_a_page_whose_number_breaks_its_kind_has_no_green_mark(
    driver: WindowDriver, tmp_path: Path
) -> None:
    driver.open(*(save_picture(tmp_path / f"slip{at}.png") for at in range(2)))
    presenter = driver.program.presenter
    assert presenter is not None
    driver.qtbot.waitUntil(lambda: all(map(presenter.pages.kept, presenter.pages.places)))
    (strip,) = driver.window.findChildren(PageStrip)

    def told() -> list[str]:
        return [strip.pages.described(place) for place in presenter.pages.places]

    assert told() == ["slip0.png: read", "slip1.png: read"]
    _choose(driver, "Payment card")
    # The other page, too, which nobody looked at yet.
    assert told() == ["slip0.png: 1 digit to check", "slip1.png: 1 digit to check"]
    driver.press(Qt.Key.Key_Return)
    assert told()[0] == "slip0.png: does not fit its kind of number"
    assert strip.pages.mark(presenter.pages.places[0])[0] is PageMark.DOUBT
    driver.press(Qt.Key.Key_PageDown)
    driver.settle()
    driver.press(Qt.Key.Key_PageUp)
    driver.settle()
    assert driver.state.status.startswith("This does not fit: Payment card.")
    assert driver.state.tone is StatusTone.DOUBT
    _choose(driver, "Any number")
    assert told() == ["slip0.png: read", "slip1.png: read"]


def test_answers_stay_when_another_kind_is_chosen(dated: WindowDriver) -> None:
    dated.press(Qt.Key.Key_Down)
    dated.press(Qt.Key.Key_8)

    _choose(dated, "Date, day first")

    review = dated.state.number_review
    assert review is not None
    assert review.lines[1].text.count("8") == 1
    assert review.lines[1].count(Mark.CORRECTED) == 1


def test_any_number_is_as_it_was_read(dated: WindowDriver) -> None:
    _choose(dated, "Date, day first")
    _choose(dated, "Any number")

    assert not dated.sees("31 July 2016")
    review = dated.state.number_review
    assert review is not None
    assert [line.text for line in review.lines] == ["12", "31022016"]


def test_the_kind_is_kept_for_the_counter(driver: WindowDriver, tmp_path: Path) -> None:
    _choose(driver, "PIN code (India)")

    assert SettingsFile(tmp_path / "settings.json").settings.kind == "pin"
    assert driver.button("Kind of number: PIN code (India)").isVisible()


def test_a_kept_kind_is_read_at_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    SettingsFile(tmp_path / "settings.json").change(kind="date")

    driver = WindowDriver(qtbot, ports_of(FakeReader(_date_in_doubt())), tmp_path)

    kind = driver.state.kind
    assert kind is not None
    assert kind.name == "date"
    driver.close()


@pytest.mark.parametrize(
    ("settings", "shown"),
    [
        ({"kind": "pin", "titled_kind": "pin PIN code (India)"}, "PIN code (India)"),
        # Written by hand: the title of another kind, or none. Nothing is better than a wrong one.
        ({"kind": "card", "titled_kind": "pin PIN code (India)"}, ""),
        ({"kind": "card"}, ""),
        ({}, "Any number"),
    ],
)
def test_the_first_paint_shows_no_other_kind_than_the_kept_one(
    qtbot: QtBot, tmp_path: Path, settings: dict[str, str], shown: str
) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(settings))
    program = Program([], lambda: ports_of(FakeReader(reading_of())), path)

    program.show()
    assert program.presenter is None  # nothing is painted yet
    assert program.window.top_bar.kind_button.text() == shown

    qtbot.waitUntil(lambda: program.presenter is not None)
    kept = find_kind(settings["kind"]).title if settings else "Any number"
    assert program.window.top_bar.kind_button.text() == kept
    assert SettingsFile(path).settings.kind_title == (kept if settings else "")
    program.window.close()
    program.stop()


def test_a_kept_kind_that_there_is_no_more_is_forgotten(qtbot: QtBot, tmp_path: Path) -> None:
    SettingsFile(tmp_path / "settings.json").change(kind="passport")

    driver = WindowDriver(qtbot, ports_of(FakeReader(_date_in_doubt())), tmp_path)

    assert driver.state.kind is None
    driver.close()


def test_a_letter_jumps_in_the_list_and_is_no_command(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of("12", "34")
    driver.open(slip)
    driver.press(Qt.Key.Key_K)
    driver.press(Qt.Key.Key_R)
    assert _list(driver).currentItem().text() == "Routing number (ABA)"
    driver.press(Qt.Key.Key_Return)
    kind = driver.state.kind
    assert kind is not None
    assert kind.name == "routing"
    assert reader.regions == [None]  # R turned no page


def test_escape_leaves_the_list_and_the_kind_as_it_was(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    driver.press(Qt.Key.Key_K)
    assert _list(driver).currentItem().text() == "Any number  ✓"
    driver.press(Qt.Key.Key_Down)
    driver.press(Qt.Key.Key_Escape)
    assert not driver.window.findChildren(KindList)[0].isVisible()
    assert driver.state.kind is None
    assert driver.focus.accessibleName() == "Kind of number: Any number"


@pytest.mark.parametrize("percent", [100, 250])
def test_the_list_stays_within_the_window_and_its_last_kind_is_reached(
    driver: WindowDriver, percent: int
) -> None:
    driver.window.resize(900, 600)
    driver.program.theme.set_text_percent(percent)
    driver.press(Qt.Key.Key_K)
    kinds = _list(driver)
    assert driver.window.rect().contains(kinds.geometry())
    driver.press(Qt.Key.Key_End)
    last = kinds.currentItem()
    assert last.text() == "Another kind…"
    assert kinds.viewport().rect().contains(kinds.visualItemRect(last).center())


def _form(driver: WindowDriver) -> KindForm:
    _choose(driver, "Another kind…")
    return next(one for one in driver.window.findChildren(KindForm) if one.isVisible())


@pytest.mark.parametrize(
    ("sort", "lengths", "check", "name"),
    [
        ("account", (11, 11), "", "account:11"),
        ("cheque", (7, 7), "", "cheque:7"),
        ("custom", (8, 10), "", "custom:8-10"),
        ("custom", (9, 9), "luhn", "custom:9:luhn"),
        ("custom", (9, 9), "mod11-10", "custom:9:mod11-10"),
    ],
)
def test_the_form_yields_the_kinds_of_a_length(
    driver: WindowDriver, sort: str, lengths: tuple[int, int], check: str, name: str
) -> None:
    form = _form(driver)
    form.sort.setCurrentIndex(form.sort.findData(sort))
    form.most.setValue(lengths[1])
    form.least.setValue(lengths[0])
    form.check.setCurrentIndex(form.check.findData(check))
    driver.click("Read such numbers")

    kind = driver.state.kind
    assert kind is not None
    assert kind.name == name
    assert driver.sees(f"read as: {kind.title}. The rule: {kind.rule}")
    assert not driver.window.has_sheet


@pytest.mark.parametrize("sort", ["postcode", "phone", "iban"])
def test_the_form_yields_the_kinds_of_a_country(driver: WindowDriver, sort: str) -> None:
    form = _form(driver)
    form.sort.setCurrentIndex(form.sort.findData(sort))
    assert form.country.isVisible()
    assert not form.least.isVisible()
    form.country.setCurrentIndex(form.country.findText("Germany (DE)"))
    driver.click("Read such numbers")

    kind = driver.state.kind
    assert kind is not None
    assert kind.name == f"{sort}:DE"


def test_the_form_is_left_by_escape_and_its_keys_are_its_own(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    driver.open(slip)
    driver.press(Qt.Key.Key_Right)
    form = _form(driver)
    assert driver.focus is form.sort
    driver.press(Qt.Key.Key_C)  # jumps, and crops nothing
    assert form.sort.currentText() == "Cheque number"
    driver.press(Qt.Key.Key_Delete)
    driver.press(Qt.Key.Key_Escape)
    assert not driver.window.has_sheet
    assert driver.number == "561247"
    assert driver.focus.accessibleName().startswith("First digit: 5")
    assert driver.state.kind is None
    assert reader.regions == [None]


@pytest.mark.parametrize("sort", ["custom", "phone"])
def test_the_wheel_scrolls_past_the_fields_and_changes_none(
    driver: WindowDriver, sort: str
) -> None:
    form = _form(driver)
    form.sort.setCurrentIndex(form.sort.findData(sort))
    form.country.setCurrentIndex(1)
    before = form.name
    for field in (form.sort, form.least, form.most, form.check, form.country):
        middle = QPointF(field.rect().center())
        for turn in (120, -120):
            wheel = QWheelEvent(
                middle, field.mapToGlobal(middle), QPoint(), QPoint(0, turn),
                Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(field, wheel)
            assert form.name == before
    assert driver.focus is form.sort


def test_a_kind_of_a_country_without_such_numbers_is_asked_for_in_words(
    driver: WindowDriver,
) -> None:
    driver.window.kind_wanted.emit("postcode:XX")
    # Nothing is open before the first page but the front page.
    assert driver.state.kind is None
    assert driver.window.has_sheet
    assert driver.sees("postcode made of digits")


def test_a_number_that_speaks_for_itself_suggests_its_kind(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of("4111111111111111")
    driver.open(slip)

    driver.click("Read as: Payment card")

    kind = driver.state.kind
    assert kind is not None
    assert kind.name == "card"
    assert driver.sees("Number 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1")


def test_an_amount_is_copied_with_its_point_and_other_numbers_as_digits() -> None:
    (line,) = reading_of("125050").lines
    reading = PageReading((replace(line, written="1,250.50"),))

    amount = Review.of(reading, find_kind("amount")).current_line
    plain = Review.of(reading).current_line

    assert (amount.copied, amount.groups, amount.has_decimals) == (
        "1250.50",
        ("1", "250", "50"),
        True,
    )
    assert (plain.copied, plain.groups, plain.has_decimals) == ("125050", ("1", "250", "50"), False)


def test_the_kind_is_cut_short_where_the_bar_has_no_room(driver: WindowDriver) -> None:
    _choose(driver, "Routing number (ABA)")
    button = driver.program.window.top_bar.kind_button

    driver.window.resize(900, 600)
    driver.program.theme.set_text_percent(250)
    driver.qtbot.waitUntil(lambda: button.text().endswith("…"))
    assert button.text().startswith("Rout")
    assert button.accessibleName() == "Kind of number: Routing number (ABA)"
    bar = driver.program.window.top_bar
    assert bar.menu_button.geometry().right() < bar.width()

    driver.program.theme.set_text_percent(100)
    driver.qtbot.waitUntil(lambda: button.text() == "Routing number (ABA)")


def test_another_line_that_nearly_is_one_stays_in_doubt(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of("15032016", "31022016", "12")
    driver.open(slip)

    _choose(driver, "Date, day first")

    review = driver.state.number_review
    assert review is not None
    assert [bool(line.doubts) for line in review.lines] == [False, True, False]
    assert review.lines[2].kind is None


def test_no_rule_goes_against_what_the_clerk_said(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    (line,) = reading_of("4111111111111171", doubts={(0, 14)}).lines
    digits = (replace(line.digits[0], digit=7), *line.digits[1:])
    other = Alternative(digits, "7111111111111171", 0.1)
    reader.reading = PageReading(
        (replace(line, written=line.text, alternatives=(other,), doubts=(Doubt.UNSURE,)),)
    )
    driver.open(slip)
    driver.press(Qt.Key.Key_1)
    assert driver.number == "4111111111111111"

    _choose(driver, "Payment card")

    assert driver.number == "4111111111111111"
    review = driver.state.number_review
    assert review is not None
    assert review.current_line.count(Mark.CORRECTED) == 1
    assert not review.current_line.breaks_rule


def test_undo_outlives_the_choice_of_a_kind(dated: WindowDriver) -> None:
    dated.press(Qt.Key.Key_Down)
    dated.press(Qt.Key.Key_8)
    _choose(dated, "Date, day first")

    assert dated.state.can_undo
    dated.press_ctrl(Qt.Key.Key_Z)

    review = dated.state.number_review
    assert review is not None
    assert review.lines[1].text == "31072016"


def test_a_kind_chosen_while_reading_outlives_its_end(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of("15032016")
    driver.open(slip)
    reader.gate.clear()
    driver.press(Qt.Key.Key_R)
    _choose(driver, "Date, day first")
    driver.press(Qt.Key.Key_Escape)
    reader.gate.set()
    driver.settle()

    assert driver.state.kind is not None
    review = driver.state.review
    assert review is None or review.current_line.kind is driver.state.kind


def test_the_status_line_tells_of_the_line_as_its_kind(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    _choose(driver, "Date, day first")
    reader.reading = _date_in_doubt()

    driver.open(slip)

    assert "Please check" in driver.state.status


def test_a_copied_number_that_breaks_its_rule_is_said_to(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of("31022016")
    driver.open(slip)
    _choose(driver, "Date, day first")
    driver.press(Qt.Key.Key_Return)

    driver.press_ctrl(Qt.Key.Key_C)

    assert driver.state.status == "The number is copied. It does not fit its kind."
