"""Paper through the scan sheet, by keys, with scanners made up by the test."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop_app.gui.choice_box import ChoiceBox
from desktop_app.gui.scan_bed import ScanBed
from desktop_app.scanning import errors, platform_port, shrinking
from desktop_app.scanning.values import Colour, Source
from tests.desktop_app.gui.test_look import within_reach
from tests.support.fakes import FakeReader, ports_of, reading_of
from tests.support.scanners import DESK, STRIP_ROWS, STRIPS, TRAY, FakeScanners
from tests.support.window_driver import WindowDriver

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop_app.scanning.values import Scanner


@pytest.fixture
def scanners(monkeypatch: pytest.MonkeyPatch) -> FakeScanners:
    port = FakeScanners(DESK, TRAY)
    monkeypatch.setattr(platform_port, "open_scanner_port", lambda: port)
    return port


def open_sheet(driver: WindowDriver) -> None:
    driver.press(Qt.Key.Key_S)
    driver.qtbot.waitUntil(lambda: driver.focus.accessibleName() == "Scan")


def box(driver: WindowDriver, name: str) -> ChoiceBox:
    boxes = driver.window.findChildren(ChoiceBox)
    return next(one for one in boxes if one.accessibleName() == name)


def choose(driver: WindowDriver, name: str, title: str) -> None:
    """Go to a box and step down to a title, as a hand on the keyboard does."""
    chosen = box(driver, name)
    chosen.setFocus()
    for _ in range(chosen.count()):
        if chosen.currentText() == title:
            break
        driver.press(Qt.Key.Key_Down)
    assert chosen.currentText() == title


def use_feeder(driver: WindowDriver) -> None:
    choose(driver, "Where the paper lies", "In the feeder")


def rows_shown(driver: WindowDriver) -> int:
    return driver.window.findChildren(ScanBed)[0].rows_shown


def wait_for_words(driver: WindowDriver, words: str) -> None:
    driver.qtbot.waitUntil(lambda: driver.sees(words))


def test_two_keys_scan_and_read_a_sheet(driver: WindowDriver, scanners: FakeScanners) -> None:
    open_sheet(driver)
    driver.press(Qt.Key.Key_Return)
    driver.qtbot.waitUntil(lambda: driver.number == "561247")
    assert driver.state.page_name == "Sheet 1"
    assert driver.focus.accessibleName() == "Copy"
    assert [name for name, _ in scanners.asked] == ["desk"]


def test_sheet_appears_row_by_row(
    driver: WindowDriver, scanners: FakeScanners, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shrinking, "SEND_EVERY_S", 0)
    scanners.hold_after = 0
    open_sheet(driver)
    driver.press(Qt.Key.Key_Return)
    wait_for_words(driver, "Scanning…")
    assert rows_shown(driver) == 0
    for strips in range(1, STRIPS):
        scanners.hold_after = strips
        wait_for_words(driver, f"Scanning… {strips * 20}\u00a0%")
        assert rows_shown(driver) == strips * STRIP_ROWS
    scanners.hold_after = 1000
    driver.qtbot.waitUntil(lambda: driver.number == "561247")


def test_every_sheet_of_the_feeder_is_a_picture_of_the_queue(
    driver: WindowDriver, scanners: FakeScanners
) -> None:
    open_sheet(driver)
    use_feeder(driver)
    driver.press(Qt.Key.Key_Return)
    driver.qtbot.waitUntil(lambda: driver.number == "561247")
    names = [picture.name for picture in driver.state.queue.pictures]
    assert names == ["Sheet 1", "Sheet 2", "Sheet 3"]
    driver.press(Qt.Key.Key_N)
    driver.settle()
    assert driver.state.page_name == "Sheet 2"
    assert scanners.in_feeder == 0


def test_what_was_chosen_is_what_is_asked_for(driver: WindowDriver, scanners: FakeScanners) -> None:
    open_sheet(driver)
    choose(driver, "Scanner", "Tray 500")
    driver.qtbot.waitUntil(lambda: driver.focus.accessibleName() == "Scan")
    use_feeder(driver)
    choose(driver, "Area", "A6, 105 × 148 mm")
    choose(driver, "Resolution", "600 dpi, slow and fine")
    choose(driver, "Colour", "Grey")
    driver.press(Qt.Key.Key_Return)
    driver.qtbot.waitUntil(lambda: driver.number == "561247")
    ((name, options),) = scanners.asked
    assert (name, options.source, options.dpi) == ("tray", Source.FEEDER, 600)
    assert (options.colour, options.size_mm) == (Colour.GREY, (105, 148))


def test_preview_shows_the_glass_and_opens_nothing(
    driver: WindowDriver, scanners: FakeScanners
) -> None:
    open_sheet(driver)
    choose(driver, "Area", "A6, 105 × 148 mm")
    driver.press(Qt.Key.Key_P)
    driver.qtbot.waitUntil(lambda: rows_shown(driver) == STRIPS * STRIP_ROWS)
    driver.qtbot.waitUntil(lambda: driver.focus.accessibleName() == "Scan")
    ((_, options),) = scanners.asked
    assert (options.dpi, options.size_mm) == (0, None)
    assert driver.state.queue.pictures == ()


def test_feeder_has_no_preview(driver: WindowDriver, scanners: FakeScanners) -> None:
    open_sheet(driver)
    use_feeder(driver)
    assert not driver.sees("Preview")
    driver.press(Qt.Key.Key_P)
    assert scanners.asked == []


def test_escape_stops_the_scan_then_leaves(driver: WindowDriver, scanners: FakeScanners) -> None:
    scanners.hold_after = 2
    open_sheet(driver)
    driver.press(Qt.Key.Key_Return)
    driver.qtbot.waitUntil(lambda: rows_shown(driver) > 0)
    driver.press(Qt.Key.Key_Escape)
    assert driver.sees("Stopped.")
    assert driver.focus.accessibleName() == "Scan"
    scanners.hold_after = 1000
    driver.press(Qt.Key.Key_Escape)
    assert driver.sees("Drop a picture of a handwritten number")
    driver.press(Qt.Key.Key_S)
    driver.press(Qt.Key.Key_Return)
    driver.qtbot.waitUntil(lambda: driver.number == "561247")


def test_sheets_before_a_stop_are_kept(driver: WindowDriver, scanners: FakeScanners) -> None:
    scanners.hold_after = 2 * STRIPS + 2
    open_sheet(driver)
    use_feeder(driver)
    driver.press(Qt.Key.Key_Return)
    wait_for_words(driver, "Scanning sheet 3")
    driver.press(Qt.Key.Key_Escape)
    assert driver.sees("The 2 sheets before it are kept")
    # Even when the clerk looks at something else in between.
    driver.press(Qt.Key.Key_Escape)
    driver.press(Qt.Key.Key_S)
    driver.click("Read the 2 sheets")
    driver.qtbot.waitUntil(lambda: driver.number == "561247")
    assert len(driver.state.queue.pictures) == 2


def test_after_a_jam_the_rest_is_scanned_on(driver: WindowDriver, scanners: FakeScanners) -> None:
    scanners.error, scanners.fails_at_sheet = errors.jammed(), 2
    open_sheet(driver)
    use_feeder(driver)
    driver.press(Qt.Key.Key_Return)
    wait_for_words(driver, "Paper is stuck")
    assert driver.sees("take the paper out")
    assert driver.sees("The sheet before it is kept")
    driver.press(Qt.Key.Key_Return)
    driver.qtbot.waitUntil(lambda: driver.number == "561247")
    names = [picture.name for picture in driver.state.queue.pictures]
    assert names == ["Sheet 1", "Sheet 2", "Sheet 3"]


def test_without_a_scanner_it_says_so_and_looks_again(
    driver: WindowDriver, scanners: FakeScanners
) -> None:
    scanners.scanners = ()
    driver.press(Qt.Key.Key_S)
    wait_for_words(driver, "No scanner was found.")
    assert driver.sees("Switch it on")
    assert driver.sees("its driver may be missing")
    assert driver.sees("administrator")
    scanners.scanners = (DESK,)
    driver.press(Qt.Key.Key_F5)
    driver.qtbot.waitUntil(lambda: driver.focus.accessibleName() == "Scan")


def test_enter_in_haste_gives_nothing_up(
    driver: WindowDriver, scanners: FakeScanners, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()

    def list_slowly() -> tuple[Scanner, ...]:
        goes_on.wait(5)
        return (DESK,)

    monkeypatch.setattr(scanners, "list_scanners", list_slowly)
    driver.press(Qt.Key.Key_S)
    wait_for_words(driver, "Looking for scanners…")
    driver.press(Qt.Key.Key_Return, times=2)
    assert driver.sees("Looking for scanners…")
    goes_on.set()
    driver.qtbot.waitUntil(lambda: driver.focus.accessibleName() == "Scan")
    scanners.hold_after = 1
    driver.press(Qt.Key.Key_Return, times=2)
    wait_for_words(driver, "Scanning…")
    scanners.hold_after = 1000
    driver.qtbot.waitUntil(lambda: driver.number == "561247")


def test_without_the_library_everything_else_works(
    driver: WindowDriver, slip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> FakeScanners:
        raise errors.library_missing()

    monkeypatch.setattr(platform_port, "open_scanner_port", fail)
    driver.press(Qt.Key.Key_S)
    wait_for_words(driver, "libsane1")
    driver.open(slip)
    assert driver.number == "561247"
    assert not driver.sees("libsane1")


def test_scanner_that_is_busy_when_asked_can_be_asked_again(
    driver: WindowDriver, scanners: FakeScanners
) -> None:
    open_sheet(driver)
    scanners.error = errors.busy()
    choose(driver, "Scanner", "Tray 500")
    wait_for_words(driver, "The scanner is busy.")
    driver.press(Qt.Key.Key_F5)
    driver.qtbot.waitUntil(lambda: driver.focus.accessibleName() == "Scan")
    assert box(driver, "Scanner").currentText() == "Tray 500"


def test_last_scanner_and_choices_are_remembered(
    qtbot: QtBot, reader: FakeReader, scanners: FakeScanners, tmp_path: Path
) -> None:
    driver = WindowDriver(qtbot, ports_of(reader), tmp_path)
    open_sheet(driver)
    choose(driver, "Scanner", "Tray 500")
    driver.qtbot.waitUntil(lambda: driver.focus.accessibleName() == "Scan")
    use_feeder(driver)
    choose(driver, "Colour", "Black and white")
    driver.close()
    again = WindowDriver(qtbot, ports_of(reader), tmp_path)
    open_sheet(again)
    names = ("Scanner", "Where the paper lies", "Colour")
    chosen = [box(again, name).currentText() for name in names]
    assert chosen == ["Tray 500", "In the feeder", "Black and white"]
    again.close()


def test_keys_of_the_page_behind_do_nothing(
    driver: WindowDriver, reader: FakeReader, scanners: FakeScanners, slip: Path
) -> None:
    reader.reading = reading_of("561247", "12", doubts={(0, 4)})
    driver.open(slip)
    before = driver.state
    open_sheet(driver)
    for key in (Qt.Key.Key_9, Qt.Key.Key_R, Qt.Key.Key_N, Qt.Key.Key_Down, Qt.Key.Key_C):
        driver.press(key)
    driver.press_ctrl(Qt.Key.Key_Z)
    driver.press(Qt.Key.Key_Escape)
    assert driver.state is before
    assert driver.window.workspace.isVisible()
    assert scanners.asked == []


def test_dropped_picture_leaves_the_sheet_and_stops_the_scan(
    driver: WindowDriver, scanners: FakeScanners, slip: Path
) -> None:
    scanners.hold_after = 2
    open_sheet(driver)
    driver.press(Qt.Key.Key_Return)
    driver.qtbot.waitUntil(lambda: rows_shown(driver) > 0)
    driver.open(slip)
    assert driver.window.workspace.isVisible()
    assert driver.state.page_name == "slip.png"


def test_help_lies_over_the_scan_and_gives_it_back(
    driver: WindowDriver, scanners: FakeScanners
) -> None:
    scanners.hold_after = 2
    open_sheet(driver)
    driver.press(Qt.Key.Key_Return)
    driver.press(Qt.Key.Key_F1)
    assert driver.sees("Preview the whole glass")
    driver.press(Qt.Key.Key_Escape)
    assert driver.sees("Scanning…")
    scanners.hold_after = 1000
    driver.qtbot.waitUntil(lambda: driver.number == "561247")


def test_closing_the_window_mid_scan_leaves_no_thread(
    driver: WindowDriver, scanners: FakeScanners
) -> None:
    scanners.hold_after = 2
    open_sheet(driver)
    driver.press(Qt.Key.Key_Return)
    driver.qtbot.waitUntil(lambda: rows_shown(driver) > 0)
    driver.window.close()
    assert scanners.is_closed


@pytest.mark.parametrize("percent", [100, 200, 250])
@pytest.mark.parametrize("size", [(1280, 800), (900, 600)], ids=str)
def test_every_control_is_named_and_within_reach(
    driver: WindowDriver, scanners: FakeScanners, size: tuple[int, int], percent: int
) -> None:
    scanners.error, scanners.fails_at_sheet = errors.jammed(), 2
    driver.window.resize(*size)
    driver.program.theme.set_text_percent(percent)
    open_sheet(driver)
    use_feeder(driver)
    driver.press(Qt.Key.Key_Return)
    wait_for_words(driver, "Paper is stuck")
    driver.qtbot.wait(50)
    assert driver.window.width() == size[0]
    reached = set()
    for _ in range(30):
        reached.add(driver.focus)
        driver.press(Qt.Key.Key_Tab)
    controls = [
        widget
        for widget in driver.window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and isinstance(widget, QAbstractButton | ChoiceBox)
    ]
    assert len(controls) >= 12
    for control in controls:
        assert control.accessibleName()
        assert within_reach(control, driver.window), control.accessibleName()
        assert control in reached, control.accessibleName()
