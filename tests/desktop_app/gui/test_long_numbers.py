"""More digits than anyone writes must not hold up the window."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

from desktop_app.gui.digit_boxes import DigitBoxes
from desktop_app.gui.digit_cards import CARDS_AT_ONCE, DigitCard
from desktop_app.gui.number_view import wrapped
from desktop_app.gui.review import Review
from desktop_app.gui.theme import Theme
from desktop_app.gui.viewport import Viewport
from tests.support.event_loop_gaps import LIMIT_MS
from tests.support.fakes import FakeReader, reading_of
from tests.support.heartbeat import Heartbeat

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop_app.gui.reviewed_line import Mark
    from tests.support.window_driver import WindowDriver

LONG = "0123456789" * 30


@pytest.fixture
def long_line(driver: WindowDriver, reader: FakeReader, slip: Path) -> WindowDriver:
    reader.reading = reading_of(LONG, doubts={(0, 170)})
    driver.open(slip)
    return driver


def shown_cards(driver: WindowDriver) -> list[DigitCard]:
    return [card for card in driver.window.findChildren(DigitCard) if card.isVisible()]


def test_long_line_has_cards_around_the_selected_digit_alone(long_line: WindowDriver) -> None:
    cards = shown_cards(long_line)
    assert len(cards) == CARDS_AT_ONCE
    assert {card.at for card in cards} == set(range(144, 180))
    assert long_line.sees("Digits 145 to 180 of 300")
    assert long_line.focus.accessibleName().startswith("171st digit: 0, please check")


def test_cards_follow_the_selection_and_answer_to_clicks(long_line: WindowDriver) -> None:
    assert long_line.program.presenter is not None
    long_line.program.presenter.desk.select_digit(0, 299)
    assert long_line.sees("Digits 289 to 300 of 300")
    assert long_line.focus.accessibleName().startswith("300th digit: 9")
    shown_cards(long_line)[0].click()
    assert long_line.state.number_review is not None
    assert long_line.state.number_review.digit == 288


def test_only_cards_that_changed_are_painted_again(
    long_line: WindowDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_line.qtbot.wait(50)
    painted: list[int] = []
    monkeypatch.setattr(DigitCard, "update", lambda card: painted.append(card.at))
    long_line.press(Qt.Key.Key_Right)
    assert sorted(painted) == [170, 171]


def test_short_line_has_all_its_cards_and_no_count(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    assert len(shown_cards(driver)) == 6
    assert not driver.sees("Digits 1 to")


def test_page_of_twelve_hundred_digits_is_shown_within_the_limit(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of(*["0123456789" * 3] * 40, doubts={(3, 3), (9, 20)})
    driver.open(slip)
    heartbeat = Heartbeat()
    heartbeat.start()
    driver.window.workspace.slip.zoom(1)
    driver.window.workspace.slip.repaint()
    driver.qtbot.wait(50)
    assert heartbeat.stop().work_ms < LIMIT_MS


def test_heartbeat_tells_how_long_the_loop_stood_still(qtbot: QtBot) -> None:
    heartbeat = Heartbeat()
    heartbeat.start()
    qtbot.wait(20)
    quiet = heartbeat.stop()
    heartbeat.start()
    qtbot.wait(20)
    sum(range(2_000_000))
    busy = heartbeat.stop()
    assert busy.work_ms > 10
    assert busy.wall_ms >= busy.work_ms > quiet.work_ms


def test_boxes_out_of_sight_are_not_painted(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert qtbot is not None
    painted: list[str] = []
    boxes = DigitBoxes(Theme())
    draw = boxes._tab

    def drawn(words: str, mark: Mark) -> QPixmap:
        painted.append(words)
        return draw(words, mark)

    monkeypatch.setattr(boxes, "_tab", drawn)
    review = Review.of(reading_of(LONG))
    canvas = QPixmap(200, 100)
    painter = QPainter(canvas)
    # As far zoomed in as digits of 30 px step fill a bed of 200 px at 2 : 1.
    boxes.paint(painter, review, Viewport(9100, 300, 200, 100, zoom=2.0), ratio=1.0)
    painter.end()
    assert 3 <= len(painted) <= 6


@pytest.mark.parametrize("digits", ["9845012345", "89370400440532013000"])
@pytest.mark.parametrize("size", [(1280, 800), (900, 600)])
def test_a_number_of_two_rows_is_shown_whole_from_the_start(
    driver: WindowDriver, reader: FakeReader, slip: Path, digits: str, size: tuple[int, int]
) -> None:
    driver.window.resize(*size)
    reader.reading = reading_of(digits)

    driver.open(slip)

    number = driver.program.window.workspace.panel.sheet.number
    driver.qtbot.waitUntil(lambda: number.height() >= number.heightForWidth(number.width()))


def test_number_wraps_at_groups_and_then_at_digits() -> None:
    assert [row for _, row in wrapped("561247", 45.0, 10.0)] == [0, 0, 0, 1, 1, 1]
    assert [row for _, row in wrapped("561247", 200.0, 10.0)] == [0] * 6
    assert [row for _, row in wrapped("5612", 25.0, 10.0)] == [0, 0, 1, 1]


def test_qt_paints_without_waiting_for_other_threads(driver: WindowDriver) -> None:
    assert driver.window.isVisible()
    assert os.environ["QT_NO_GUI_THREADPOOL"] == "1"


@pytest.mark.parametrize(
    ("count", "is_sure"),
    [(6, False), (7, False), (8, False), *((count, True) for count in (7, 8, 12, 14))],
)
def test_no_card_is_half_hidden(
    driver: WindowDriver, reader: FakeReader, slip: Path, count: int, *, is_sure: bool
) -> None:
    doubts = set() if is_sure else {(0, count - 1)}
    reader.reading = reading_of("56124709812345"[:count], doubts=doubts)
    driver.open(slip)
    sheet = driver.window.workspace.panel.sheet
    driver.qtbot.waitUntil(lambda: len(sheet.findChildren(DigitCard)) == count)
    foot, side = sheet.viewport().height(), sheet.viewport().width()

    def are_whole() -> bool:
        cards = sheet.findChildren(DigitCard)
        ends = [card.mapTo(sheet.viewport(), card.rect().bottomRight()) for card in cards]
        return all(end.y() < foot and end.x() < side for end in ends)

    driver.qtbot.waitUntil(are_whole)


@pytest.mark.parametrize("count", [7, 12, 16])
@pytest.mark.parametrize("sizes", [(100, 900, 600), (200, 1280, 800), (200, 900, 600)])
def test_every_card_can_be_scrolled_into_sight(
    driver: WindowDriver, reader: FakeReader, slip: Path, count: int, sizes: tuple[int, int, int]
) -> None:
    percent, width, height = sizes
    reader.reading = reading_of("5612470981234567"[:count])
    driver.open(slip)
    driver.window.resize(width, height)
    driver.program.theme.set_text_percent(percent)
    sheet = driver.window.workspace.panel.sheet

    def fits(card: DigitCard) -> bool:
        sheet.ensureWidgetVisible(card)
        corner = card.mapTo(sheet.viewport(), card.rect().topLeft())
        return sheet.viewport().rect().contains(card.rect().translated(corner))

    cards = sheet.findChildren(DigitCard)
    driver.qtbot.waitUntil(lambda: all(map(fits, cards)))
