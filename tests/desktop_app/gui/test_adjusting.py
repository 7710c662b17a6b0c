"""Straightening, marking the slip and brightening, before a page is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop_app.gui.adjust_sheet import AdjustSheet
from desktop_app.gui.commands import Command
from model.care import NO_CARE, Care
from tests.support.fakes import reading_of
from tests.support.pages import ink_page, on_paper
from tests.support.photographed import Camera, Photograph, photograph, table

if TYPE_CHECKING:
    from pathlib import Path

    from desktop_app.gui.state import ShownPage
    from tests.support.fakes import FakeReader
    from tests.support.window_driver import WindowDriver

SIZE = (1000, 750)


@pytest.fixture(scope="module")
def photo() -> Photograph:
    slip = on_paper(ink_page("561247"), (228, 222, 208)).pixels
    return photograph(slip, table(*SIZE, (90, 70, 50)), Camera(25, 20, 8), grain=2)


@pytest.fixture
def photo_file(photo: Photograph, tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    Image.fromarray(photo.pixels).save(path)
    return path


@pytest.fixture
def tilted_file(tmp_path: Path) -> Path:
    page = Image.fromarray(on_paper(ink_page("5612478")).pixels)
    path = tmp_path / "tilted.png"
    # Pillow turns to the left; the writing then climbs.
    page.rotate(5, expand=True, fillcolor=(225, 225, 225), resample=Image.Resampling.BICUBIC).save(
        path
    )
    return path


def shown(driver: WindowDriver) -> ShownPage:
    page = driver.state.shown
    assert page is not None
    return page


def care(driver: WindowDriver) -> Care:
    return shown(driver).cares.present


def sheet_of(driver: WindowDriver) -> AdjustSheet:
    (sheet,) = driver.window.findChildren(AdjustSheet)
    return sheet


def adjust(driver: WindowDriver, path: Path) -> AdjustSheet:
    driver.open(path)
    driver.press(Qt.Key.Key_A)
    sheet = sheet_of(driver)
    assert sheet.isVisible()
    return sheet


def marked(sheet: AdjustSheet) -> bool:
    return sheet.care.corners is not None


def finish(driver: WindowDriver) -> None:
    driver.press(Qt.Key.Key_Return)
    driver.settle()


def test_a_straightened_page_is_read_again_and_the_file_stays(
    driver: WindowDriver, tilted_file: Path, reader: FakeReader
) -> None:
    before = tilted_file.read_bytes()
    adjust(driver, tilted_file)
    original = shown(driver).page

    driver.press(Qt.Key.Key_S)
    finish(driver)

    assert care(driver).tilt_deg == pytest.approx(-5, abs=0.5)
    assert shown(driver).page is not original
    assert shown(driver).bare is original
    assert len(reader.sizes) == 2
    assert reader.sizes[1] != reader.sizes[0]
    assert tilted_file.read_bytes() == before


def test_esc_leaves_the_page_as_it_was(
    driver: WindowDriver, tilted_file: Path, reader: FakeReader
) -> None:
    adjust(driver, tilted_file)
    driver.press(Qt.Key.Key_S)
    assert not driver.sees("Read in")
    driver.press(Qt.Key.Key_Escape)
    assert not sheet_of(driver).isVisible()
    assert care(driver) == NO_CARE
    assert len(reader.sizes) == 1
    assert driver.sees("Read in")


def test_done_without_a_change_reads_nothing_again(
    driver: WindowDriver, tilted_file: Path, reader: FakeReader
) -> None:
    adjust(driver, tilted_file)
    finish(driver)
    assert len(reader.sizes) == 1
    assert driver.number == "561247"


def test_undo_gives_the_very_page_back_and_redo_the_adjusted_one(
    driver: WindowDriver, tilted_file: Path
) -> None:
    adjust(driver, tilted_file)
    original = shown(driver).page
    driver.press(Qt.Key.Key_S)
    finish(driver)
    adjusted = care(driver)

    driver.press_ctrl(Qt.Key.Key_Z)
    driver.settle()
    assert shown(driver).page is original
    assert not driver.window.commands[Command.UNDO].isEnabled()

    driver.press_ctrl(Qt.Key.Key_Y)
    driver.settle()
    assert care(driver) == adjusted


def test_undo_takes_the_answers_back_before_the_care(
    driver: WindowDriver, tilted_file: Path
) -> None:
    adjust(driver, tilted_file)
    driver.press(Qt.Key.Key_S)
    finish(driver)
    driver.press(Qt.Key.Key_Right)
    driver.press(Qt.Key.Key_9)
    driver.press_ctrl(Qt.Key.Key_Z)
    assert driver.number == "561247"
    assert care(driver) != NO_CARE
    driver.press_ctrl(Qt.Key.Key_Z)
    driver.settle()
    assert care(driver) == NO_CARE


def test_a_turn_is_taken_back_too(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    driver.press(Qt.Key.Key_R)
    driver.settle()
    assert (shown(driver).page.width, shown(driver).page.height) == (300, 400)
    driver.press_ctrl(Qt.Key.Key_Z)
    driver.settle()
    assert (shown(driver).page.width, shown(driver).page.height) == (400, 300)


def test_the_slip_of_a_photograph_is_marked_and_read_after_enter(
    driver: WindowDriver, photo_file: Path, photo: Photograph, reader: FakeReader
) -> None:
    sheet = adjust(driver, photo_file)
    assert driver.sees("The slip was found")
    assert sheet.care.corners is not None
    apart = np.abs(np.array(sheet.care.corners) - photo.corners) * SIZE
    assert float(apart.max()) < 6
    assert reader.sizes == [SIZE]

    finish(driver)
    width, height = reader.sizes[1]
    assert width / height == pytest.approx(506 / 210, rel=0.05)


def test_the_reader_sees_a_photograph_as_it_is_until_the_clerk_says_otherwise(
    driver: WindowDriver, photo_file: Path, reader: FakeReader
) -> None:
    adjust(driver, photo_file)
    driver.press(Qt.Key.Key_Escape)
    assert reader.sizes == [SIZE]
    assert shown(driver).page is shown(driver).bare


def test_a_doubtful_photograph_of_a_slip_is_offered_to_be_straightened(
    driver: WindowDriver, photo_file: Path, reader: FakeReader
) -> None:
    reader.reading = reading_of("561247", doubts={(0, 2)})
    driver.open(photo_file)
    driver.qtbot.waitUntil(lambda: "press A to straighten" in driver.state.status)
    adjust(driver, photo_file)
    finish(driver)
    QTest.qWait(20)
    assert "press A" not in driver.state.status


def steps(driver: WindowDriver) -> list[str]:
    """The buttons beside a page without a number, as one reads them."""
    sheet = driver.window.workspace.panel.empty
    buttons = [one for one in sheet.findChildren(QPushButton) if one.isVisible()]
    buttons.sort(key=lambda one: (one.y(), one.x()))
    return [one.accessibleName() for one in buttons]


def test_where_no_digits_were_found_on_a_slip_aslant_adjust_is_offered_first(
    driver: WindowDriver, photo_file: Path, tilted_file: Path, reader: FakeReader
) -> None:
    reader.reading = reading_of()
    driver.open(photo_file)
    driver.qtbot.waitUntil(lambda: "Adjust" in steps(driver))
    QTest.qWait(0)
    assert steps(driver) == ["Adjust", "Crop", "Turn right", "Type the number"]
    assert driver.sees("A slip of paper lies aslant here: straighten it with Adjust")
    driver.click("Adjust")
    finish(driver)
    assert steps(driver) == ["Crop", "Turn right", "Type the number"]
    driver.open(tilted_file)
    QTest.qWait(50)
    assert steps(driver) == ["Crop", "Turn right", "Type the number"]
    assert not driver.sees("A slip of paper lies aslant")


def test_a_sure_reading_is_not_disturbed_by_an_offer(
    driver: WindowDriver, photo_file: Path
) -> None:
    driver.open(photo_file)
    QTest.qWait(50)
    assert "press A" not in driver.state.status


def test_corners_move_by_arrow_keys(driver: WindowDriver, photo_file: Path) -> None:
    sheet = adjust(driver, photo_file)
    before = sheet.care.corners
    handle = sheet.bed.handles[2]
    assert handle.accessibleName() == "Bottom right corner of the slip"
    handle.setFocus()
    driver.press(Qt.Key.Key_Right)
    driver.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    after = sheet.care.corners
    assert before is not None
    assert after is not None
    assert after[2][0] == pytest.approx(before[2][0] + 0.002)
    assert after[2][1] == pytest.approx(before[2][1] + 0.02 * SIZE[0] / SIZE[1])
    assert after[:2] == before[:2]
    assert "down the picture" in handle.accessibleDescription()


def test_corners_are_dragged_and_the_result_follows(driver: WindowDriver, photo_file: Path) -> None:
    sheet = adjust(driver, photo_file)
    handle, size = sheet.bed.handles[0], sheet.bed.result_size
    middle, left = handle.rect().center(), Qt.MouseButton.LeftButton
    QTest.mousePress(handle, left, pos=middle)
    for step in (6, 12, 18):
        QTest.mouseMove(handle, middle + QPoint(-step, -step))
    QTest.mouseRelease(handle, left, pos=middle)
    assert sheet.bed.result_size != size
    driver.press_ctrl(Qt.Key.Key_Z)
    assert sheet.bed.result_size == size


def test_corners_never_cross(driver: WindowDriver, photo_file: Path) -> None:
    sheet = adjust(driver, photo_file)
    sheet.bed.handles[0].setFocus()
    driver.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, times=60)
    corners = sheet.care.corners
    assert corners is not None
    assert corners[0][0] < corners[1][0]


def test_without_a_slip_the_corners_stand_near_the_edges(driver: WindowDriver, slip: Path) -> None:
    sheet = adjust(driver, slip)
    assert not marked(sheet)
    driver.press(Qt.Key.Key_P)
    assert sheet.care.corners == ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9))
    assert driver.sees("No slip was found by itself")
    assert driver.focus is sheet.bed.handles[0]
    driver.press(Qt.Key.Key_P)
    assert not marked(sheet)


def test_sliders_turn_and_brighten_by_arrow_keys(driver: WindowDriver, slip: Path) -> None:
    sheet = adjust(driver, slip)
    assert driver.focus is sheet.tools.tilt
    driver.press(Qt.Key.Key_Right, times=3)
    driver.press(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert sheet.care.tilt_deg == pytest.approx(0.7)
    assert sheet.tools.tilt.accessibleDescription() == "0.7 degrees to the left"
    sheet.tools.brightness.setFocus()
    driver.press(Qt.Key.Key_Up, times=5)
    assert sheet.care.brightness == 5
    finish(driver)
    assert care(driver) == Care(tilt_deg=0.7, brightness=5)
    assert shown(driver).page.pixels.mean() > shown(driver).bare.pixels.mean()


def test_a_slider_is_drawn_by_the_mouse_in_one_step(driver: WindowDriver, slip: Path) -> None:
    sheet = adjust(driver, slip)
    slider = sheet.tools.brightness
    left, middle = Qt.MouseButton.LeftButton, slider.rect().center()
    QTest.mousePress(slider, left, pos=middle)
    QTest.mouseMove(slider, middle + QPoint(10, 0))
    QTest.mouseMove(slider, middle + QPoint(30, 0))
    QTest.mouseRelease(slider, left, pos=middle + QPoint(30, 0))
    assert sheet.care.brightness > 20
    driver.press_ctrl(Qt.Key.Key_Z)
    assert sheet.care.brightness == 0


def test_dim_paper_is_brightened_by_one_key(driver: WindowDriver, tmp_path: Path) -> None:
    path = tmp_path / "dim.png"
    Image.new("RGB", (400, 300), (110, 108, 104)).save(path)
    sheet = adjust(driver, path)
    driver.press(Qt.Key.Key_B)
    assert sheet.care.brightness > 20
    driver.press(Qt.Key.Key_B)
    assert driver.sees("bright enough")


def test_as_it_was_takes_all_care_off(driver: WindowDriver, tilted_file: Path) -> None:
    adjust(driver, tilted_file)
    driver.press(Qt.Key.Key_S)
    finish(driver)
    driver.press(Qt.Key.Key_A)
    assert sheet_of(driver).care.tilt_deg != 0
    driver.click("As it was")
    assert sheet_of(driver).care == NO_CARE
    finish(driver)
    assert shown(driver).page is shown(driver).bare


def test_a_page_without_rows_says_that_nothing_tells(driver: WindowDriver, slip: Path) -> None:
    adjust(driver, slip)
    driver.press(Qt.Key.Key_S)
    assert driver.sees("No row or ruled line tells how it lies")


def test_digits_and_letters_do_nothing_to_the_number_meanwhile(
    driver: WindowDriver, slip: Path, reader: FakeReader
) -> None:
    adjust(driver, slip)
    driver.press(Qt.Key.Key_9)
    driver.press(Qt.Key.Key_R)
    driver.press(Qt.Key.Key_C)
    assert sheet_of(driver).isVisible()
    assert driver.number == "561247"
    assert len(reader.sizes) == 1


def test_care_stays_with_its_page(driver: WindowDriver, tilted_file: Path, slip: Path) -> None:
    driver.drop_files(tilted_file, slip)
    driver.settle()
    driver.press(Qt.Key.Key_R)
    driver.settle()
    driver.press(Qt.Key.Key_A)
    driver.press(Qt.Key.Key_Right, times=4)
    finish(driver)
    wanted, size = care(driver), (shown(driver).page.width, shown(driver).page.height)
    assert wanted == Care(1, tilt_deg=-0.4)

    driver.press(Qt.Key.Key_PageDown)
    driver.settle()
    assert care(driver) == NO_CARE
    driver.press(Qt.Key.Key_PageUp)
    driver.settle()
    assert care(driver) == wanted
    assert (shown(driver).page.width, shown(driver).page.height) == size

    driver.press_ctrl(Qt.Key.Key_Z)
    driver.settle()
    assert care(driver) == Care(1)


def test_a_page_without_care_is_held_only_once_when_it_comes_back(
    driver: WindowDriver, tilted_file: Path, slip: Path
) -> None:
    driver.drop_files(tilted_file, slip)
    driver.settle()
    driver.press(Qt.Key.Key_PageDown)
    driver.settle()
    driver.press(Qt.Key.Key_PageUp)
    driver.settle()
    assert shown(driver).page is shown(driver).bare


def test_a_marked_part_is_left_for_the_sheet(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    driver.press(Qt.Key.Key_C)
    driver.window.commands[Command.ADJUST].trigger()
    driver.press(Qt.Key.Key_Escape)
    assert not driver.window.workspace.slip.crop.is_on


def test_a_cancelled_adjustment_leaves_page_and_care(
    driver: WindowDriver, tilted_file: Path, reader: FakeReader
) -> None:
    adjust(driver, tilted_file)
    original = shown(driver).page
    driver.press(Qt.Key.Key_S)
    reader.gate.clear()
    driver.press(Qt.Key.Key_Return)
    driver.qtbot.waitUntil(lambda: shown(driver).page is not original)
    driver.press(Qt.Key.Key_Escape)
    reader.gate.set()
    driver.settle()
    assert shown(driver).cares.past == (NO_CARE,)
    driver.press_ctrl(Qt.Key.Key_Z)
    driver.settle()
    assert shown(driver).page is original
    assert driver.number == "561247"


def test_every_tool_has_a_name_and_is_reached_by_tab(
    driver: WindowDriver, photo_file: Path
) -> None:
    sheet = adjust(driver, photo_file)
    names = set()
    for _ in range(40):
        names.add(driver.focus.accessibleName())
        driver.press(Qt.Key.Key_Tab)
    assert {
        "Turned", "Brightness", "Whole picture", "Straighten", "Brighten", "As it was", "Leave",
        "Done", "Top left corner of the slip", "Bottom left corner of the slip",
    } <= names  # fmt: skip
    assert "" not in names
    assert sheet.isVisible()


@pytest.mark.parametrize("percent", [100, 200])
def test_at_the_smallest_size_nothing_is_cut(
    driver: WindowDriver, photo_file: Path, percent: int
) -> None:
    sheet = adjust(driver, photo_file)
    driver.window.resize(900, 600)
    driver.program.theme.set_text_percent(percent)
    QTest.qWait(50)
    assert (driver.window.width(), driver.window.height()) == (900, 600)
    tools = sheet.tools
    for tool in (tools.slip_button, tools.tilt, tools.brightness, tools.done_button):
        corner = tool.mapTo(sheet, QPoint(tool.width(), tool.height()))
        assert corner.x() <= sheet.width()
        assert corner.y() <= sheet.height()
    assert sheet.bed.height() > 180
