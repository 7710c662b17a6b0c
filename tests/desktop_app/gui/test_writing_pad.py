from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.capture.written_page import DIGIT_PX, MARGIN_SHARE
from desktop_app.gui.commands import Command
from desktop_app.gui.state import Phase
from desktop_app.gui.theme import LIGHT
from desktop_app.gui.writing_desk import PAUSE_MS
from model.errors import PictureError
from model.types import Doubt, PageReading
from tests.support.fakes import FakeReader, reading_of
from tests.support.recorded_pen import replay

if TYPE_CHECKING:
    from pathlib import Path

    from desktop_app.gui.writing_pad import WritingPad
    from tests.support.window_driver import WindowDriver


@pytest.fixture
def writer(driver: WindowDriver) -> Writer:
    driver.press(Qt.Key.Key_D)
    return Writer(driver)


class Writer:
    """Somebody at the pad."""

    def __init__(self, driver: WindowDriver) -> None:
        self.driver = driver

    @property
    def pad(self) -> WritingPad:
        pad = self.driver.window.workspace.pad
        assert pad is not None
        return pad

    @property
    def stroke_count(self) -> int:
        writing = self.driver.state.writing
        return -1 if writing is None else len(writing.strokes)

    def stroke(self, x: float = 100, height: float = 120) -> None:
        corner = np.array([self.pad.paper.left() + x, self.pad.paper.top() + 30])
        steps = np.linspace(0, height, 10)[:, None] * np.array([0.1, 1.0])
        replay(self.pad, [steps + corner])

    def rest(self) -> None:
        """Until what was written is read."""
        self.driver.qtbot.waitUntil(lambda: self.driver.state.phase is Phase.REVIEWING)

    def undo(self) -> None:
        self.driver.press_ctrl(Qt.Key.Key_Z)


def test_writing_is_read_as_the_pen_rests(writer: Writer) -> None:
    writer.stroke()
    assert writer.driver.sees("Writing…")
    writer.rest()
    assert writer.driver.number == "561247"
    assert writer.pad.isVisible()


def test_a_further_stroke_before_the_pause_puts_the_reading_off(
    writer: Writer, reader: FakeReader
) -> None:
    writer.stroke(100)
    writer.driver.qtbot.wait(PAUSE_MS // 2)
    writer.stroke(200)
    writer.driver.qtbot.wait(PAUSE_MS // 2)
    assert reader.sizes == []
    writer.rest()
    assert len(reader.sizes) == 1


def test_no_number_is_shown_while_it_is_written_on(writer: Writer) -> None:
    writer.stroke()
    writer.rest()
    QTest.mousePress(writer.pad, Qt.MouseButton.LeftButton, pos=writer.pad.rect().center())
    assert writer.driver.number == ""
    assert writer.driver.sees("Go on writing")
    assert not writer.driver.window.commands[Command.COPY].isEnabled()
    QTest.mouseRelease(writer.pad, Qt.MouseButton.LeftButton, pos=writer.pad.rect().center())
    writer.rest()
    assert writer.driver.number == "561247"
    assert writer.stroke_count == 2


def test_a_reading_under_way_stops_at_a_new_stroke_and_the_new_one_counts(
    writer: Writer, reader: FakeReader
) -> None:
    reader.gate.clear()
    writer.stroke(100)
    writer.driver.qtbot.waitUntil(lambda: len(reader.sizes) == 1)
    reader.reading = reading_of("78")
    writer.stroke(300)
    assert writer.driver.state.notice is None
    reader.gate.set()
    writer.rest()
    assert writer.driver.number == "78"
    assert reader.sizes[1][0] > reader.sizes[0][0]


def test_undo_takes_back_the_last_stroke_and_redo_writes_it_again(writer: Writer) -> None:
    writer.stroke(100)
    writer.stroke(200)
    writer.undo()
    assert writer.stroke_count == 1
    writer.driver.press_ctrl(Qt.Key.Key_Y)
    assert writer.stroke_count == 2
    writer.undo()
    writer.undo()
    assert writer.stroke_count == 0
    assert writer.driver.sees("Write a number")


def test_undo_takes_back_a_correction_before_the_stroke(writer: Writer) -> None:
    writer.stroke()
    writer.rest()
    writer.driver.press(Qt.Key.Key_Right)
    writer.driver.press(Qt.Key.Key_9)
    assert "9" in writer.driver.number
    writer.undo()
    assert writer.driver.number == "561247"
    assert writer.stroke_count == 1
    writer.undo()
    assert writer.stroke_count == 0


def test_cleared_writing_comes_back_by_undo(writer: Writer) -> None:
    writer.stroke(100)
    writer.stroke(200)
    writer.driver.click("Clear")
    assert writer.stroke_count == 0
    writer.undo()
    assert writer.stroke_count == 2
    writer.rest()


def test_next_takes_a_fresh_sheet(writer: Writer) -> None:
    writer.stroke()
    writer.rest()
    assert writer.driver.button("Write next").isVisible()
    writer.driver.press(Qt.Key.Key_N)
    assert writer.stroke_count == 0
    assert writer.pad.hasFocus()


def test_done_lays_the_writing_on_the_bed_with_its_number(writer: Writer) -> None:
    writer.stroke()
    writer.rest()
    writer.driver.click("Done")
    assert not writer.pad.isVisible()
    assert writer.driver.number == "561247"
    assert writer.driver.window.commands[Command.CROP].isEnabled()


def test_done_before_the_pause_reads_at_once(writer: Writer) -> None:
    writer.stroke()
    writer.driver.press(Qt.Key.Key_D)
    writer.rest()
    assert writer.driver.number == "561247"
    assert not writer.pad.isVisible()


def test_the_pad_comes_back_with_what_was_written(writer: Writer) -> None:
    writer.stroke()
    writer.rest()
    writer.driver.click("Done")
    writer.driver.press(Qt.Key.Key_D)
    assert writer.stroke_count == 1
    writer.rest()
    writer.undo()
    assert writer.stroke_count == 0


def test_an_empty_pad_gives_back_the_page_that_lay_there(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    assert driver.number == "561247"
    driver.press(Qt.Key.Key_D)
    assert driver.number == ""
    assert driver.window.commands[Command.CROP].isEnabled() is False
    driver.press(Qt.Key.Key_Escape)
    assert driver.number == "561247"
    assert driver.state.page_name == "slip.png"


def test_esc_gives_back_the_page_and_keeps_the_writing_for_the_pad(
    driver: WindowDriver, slip: Path, reader: FakeReader
) -> None:
    driver.open(slip)
    driver.press(Qt.Key.Key_D)
    writer = Writer(driver)
    reader.reading = reading_of("78")
    writer.stroke()
    writer.rest()
    assert driver.number == "78"
    driver.press(Qt.Key.Key_Escape)
    assert driver.number == "561247"
    assert driver.state.page_name == "slip.png"
    assert driver.sees("D brings it back")
    driver.press(Qt.Key.Key_D)
    assert writer.stroke_count == 1
    writer.rest()
    assert driver.number == "78"


def test_esc_before_the_pause_reads_nothing(writer: Writer, reader: FakeReader) -> None:
    writer.stroke()
    writer.driver.press(Qt.Key.Key_Escape)
    writer.driver.qtbot.wait(PAUSE_MS + 150)
    assert reader.sizes == []
    assert writer.driver.window.front_page.isVisible()


def test_esc_puts_a_notice_over_the_pad_away_first(writer: Writer, tmp_path: Path) -> None:
    writer.stroke()
    writer.rest()
    letter = tmp_path / "letter.jpg"
    letter.write_text("Dear Sir or Madam")
    writer.driver.open(letter)
    writer.driver.press(Qt.Key.Key_Escape)
    assert writer.driver.state.notice is None
    assert writer.pad.isVisible()
    assert writer.stroke_count == 1


def test_a_blank_pad_on_the_front_page_is_left_to_it(writer: Writer) -> None:
    assert not writer.driver.window.front_page.isVisible()
    writer.driver.press(Qt.Key.Key_Escape)
    assert writer.driver.window.front_page.isVisible()
    assert writer.driver.state.phase is Phase.EMPTY


def test_a_picture_opened_over_the_pad_takes_its_place(writer: Writer, slip: Path) -> None:
    writer.stroke()
    writer.rest()
    writer.driver.open(slip)
    assert not writer.pad.isVisible()
    assert writer.driver.state.page_name == "slip.png"
    writer.driver.press(Qt.Key.Key_D)
    assert writer.stroke_count == 0


def test_a_pause_that_ends_over_another_picture_reads_nothing(
    writer: Writer, slip: Path, reader: FakeReader
) -> None:
    writer.stroke()
    writer.driver.open(slip)
    read = len(reader.sizes)
    writer.driver.qtbot.wait(PAUSE_MS + 150)
    assert len(reader.sizes) == read
    assert writer.driver.state.page_name == "slip.png"


def test_a_picture_that_cannot_be_opened_leaves_the_writing(writer: Writer, tmp_path: Path) -> None:
    writer.stroke()
    writer.rest()
    letter = tmp_path / "letter.jpg"
    letter.write_text("Dear Sir or Madam")
    writer.driver.open(letter)
    assert writer.driver.state.phase is Phase.FAILED
    assert writer.pad.isVisible()
    assert writer.stroke_count == 1


def test_a_failed_reading_says_so_and_the_next_stroke_tries_again(
    writer: Writer, reader: FakeReader
) -> None:
    reader.error = PictureError("It cannot be read.", "Write it again.")
    writer.stroke()
    writer.driver.qtbot.waitUntil(lambda: writer.driver.state.phase is Phase.FAILED)
    assert writer.driver.sees("It cannot be read.")
    assert writer.stroke_count == 1
    reader.error = None
    writer.stroke(200)
    assert writer.driver.state.notice is None
    writer.rest()
    assert writer.driver.number == "561247"


def test_no_digits_are_told_with_what_to_do(writer: Writer, reader: FakeReader) -> None:
    reader.reading = reading_of()
    writer.stroke()
    writer.rest()
    assert writer.driver.sees("No digits were found")
    assert writer.driver.sees("Write it larger")


def test_boxes_lie_on_the_strokes(writer: Writer) -> None:
    writer.stroke(100, 120)
    writer.rest()
    view, paper = writer.pad.view(), writer.pad.paper
    ink_left, ink_top = paper.left() + 100, paper.top() + 30
    at = view.to_page(QPointF(ink_left, ink_top))
    margin = MARGIN_SHARE * DIGIT_PX
    assert (at.x(), at.y()) == pytest.approx((margin, margin), abs=1.5)


def test_all_of_the_writing_stays_in_sight_in_a_smaller_window(writer: Writer) -> None:
    writer.stroke(700, 400)
    writer.rest()
    writer.driver.window.resize(900, 600)
    writer.driver.qtbot.waitUntil(lambda: writer.pad.width() <= 900)
    view, paper = writer.pad.view(), writer.pad.paper
    page = view.page_rect
    margin = page.height() * MARGIN_SHARE / (1 + 2 * MARGIN_SHARE)
    assert paper.contains(page.adjusted(margin, margin, -margin, -margin))


@pytest.mark.parametrize("is_dark", [False, True])
def test_paper_is_white_in_both_themes(writer: Writer, *, is_dark: bool) -> None:
    writer.driver.program.theme.show_scheme(is_dark=is_dark)
    image = writer.pad.grab().toImage()
    corner = writer.pad.paper.topLeft().toPoint()
    assert image.pixelColor(corner.x() + 12, corner.y() + 12) == QColor("white")


def test_a_pen_writes_with_its_pressure(writer: Writer) -> None:
    tablet = QPointingDevice(
        "stylus",
        7,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
        1,
        1,
    )
    kinds = QEvent.Type
    for kind, y, pressure in (
        (kinds.TabletPress, 60, 0.2),
        (kinds.TabletMove, 120, 0.9),
        (kinds.TabletRelease, 120, 0.0),
    ):
        press_pen(writer.pad, tablet, kind, (90, y), pressure)
    writing = writer.driver.state.writing
    assert writing is not None
    assert [point.pressure for point in writing.strokes[0]] == pytest.approx([0.2, 0.9], abs=1e-6)


def press_pen(
    pad: WritingPad,
    tablet: QPointingDevice,
    kind: QEvent.Type,
    at: tuple[float, float],
    pressure: float,
) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    position = QPointF(*at)
    event = QTabletEvent(
        kind,
        tablet,
        position,
        pad.mapToGlobal(position),
        pressure,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        Qt.KeyboardModifier.NoModifier,
        none if kind is QEvent.Type.TabletMove else left,
        none if kind is QEvent.Type.TabletRelease else left,
    )
    QApplication.sendEvent(pad, event)


def test_a_finger_writes_and_a_second_one_does_not(writer: Writer) -> None:
    finger = QTest.createTouchDevice()
    here, there = writer.pad.rect().center(), writer.pad.rect().center() / 2
    QTest.touchEvent(writer.pad, finger).press(0, here, writer.pad).commit()
    QTest.touchEvent(writer.pad, finger).move(0, here / 1.5, writer.pad).press(
        1, there, writer.pad
    ).commit()
    QTest.touchEvent(writer.pad, finger).release(0, here / 1.5, writer.pad).release(
        1, there, writer.pad
    ).commit()
    writing = writer.driver.state.writing
    assert writing is not None
    assert [len(stroke) for stroke in writing.strokes] == [2]


def test_ink_that_runs_off_the_paper_stays_at_its_edge(writer: Writer) -> None:
    replay(writer.pad, [np.array([[60.0, 60.0], [5000.0, 60.0]])])
    writing = writer.driver.state.writing
    assert writing is not None
    assert max(point.x for point in writing.strokes[0]) <= writer.pad.paper.width()


def test_the_pad_is_named_for_screen_readers(writer: Writer) -> None:
    assert writer.pad.accessibleName() == "Writing pad"
    assert "read when you pause" in writer.pad.accessibleDescription()
    for name in ("Undo", "Clear", "Done"):
        assert writer.driver.button(name).isVisible()


def test_ink_that_was_not_read_is_told_on_the_pad(writer: Writer, reader: FakeReader) -> None:
    def amber() -> int:
        foot = writer.pad.paper.toRect()
        image = writer.pad.grab(foot.adjusted(0, foot.height() - 60, 0, 0)).toImage()
        row = range(0, image.width(), 4)
        return sum(image.pixelColor(x, image.height() // 2) == LIGHT.doubt.ground for x in row)

    writer.stroke()
    writer.rest()
    assert amber() == 0
    (line,) = reading_of("56").lines
    reader.reading = PageReading((line.doubted(Doubt.UNREAD_INK),))
    writer.stroke(200)
    writer.rest()
    assert amber() > 20
    assert "Some writing was not read" in writer.pad.accessibleDescription()
