from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop_app.gui.state import Phase
from tests.support.fakes import FakeReader, reading_of, save_picture

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.window_driver import WindowDriver


def start_reading(driver: WindowDriver, reader: FakeReader, slip: Path) -> None:
    reader.gate.clear()
    driver.drop_files(slip)
    driver.qtbot.waitUntil(lambda: driver.state.phase is Phase.READING)


def test_page_is_shown_while_it_is_read(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    start_reading(driver, reader, slip)
    assert driver.sees("Reading slip.png…")
    assert driver.sees("Picture OK: 400 × 300 PNG. Reading…")
    assert driver.window.workspace.slip.is_sweeping
    reader.gate.set()
    driver.settle()
    assert not driver.window.workspace.slip.is_sweeping


def test_light_stands_still_with_reduced_motion(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    driver.window.set_reduce_motion(True)
    start_reading(driver, reader, slip)
    assert not driver.window.workspace.slip.is_sweeping


def test_escape_stops_the_reading_at_once(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    start_reading(driver, reader, slip)
    driver.press(Qt.Key.Key_Escape)
    assert driver.state.phase is Phase.FAILED
    assert driver.sees("This page was not read.")
    reader.gate.set()
    driver.click("Read this page")
    driver.settle()
    assert driver.number == "561247"


def test_escape_while_reading_again_returns_to_the_reading_before(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    driver.open(slip)
    reader.gate.clear()
    driver.press(Qt.Key.Key_C)
    driver.press(Qt.Key.Key_Return)
    assert driver.state.phase is Phase.READING
    driver.press(Qt.Key.Key_Escape)
    assert driver.number == "561247"
    assert driver.state.shown is not None
    assert driver.state.shown.region is None


def test_newer_picture_replaces_the_older_one(
    driver: WindowDriver, reader: FakeReader, slip: Path, tmp_path: Path
) -> None:
    start_reading(driver, reader, slip)
    newer = save_picture(tmp_path / "newer.png", 500, 200)
    reader.reading = reading_of("42")
    driver.drop_files(newer)
    reader.gate.set()
    driver.settle()
    assert driver.state.page_name == "newer.png"
    assert driver.number == "42"


def test_closing_while_reading_ends_the_worker(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    start_reading(driver, reader, slip)
    # The gate stays shut: only the cancel token can end the reading.
    driver.window.close()
    assert not driver.window.isVisible()


def test_unexpected_failure_of_the_reader_is_told_politely(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.error = ZeroDivisionError("no ink")
    driver.open(slip)
    assert driver.sees("Something unexpected went wrong")
    assert not driver.sees("ZeroDivisionError")


def test_turned_page_is_read_again(driver: WindowDriver, reader: FakeReader, slip: Path) -> None:
    driver.open(slip)
    driver.press(Qt.Key.Key_R)
    driver.settle()
    assert reader.sizes == [(400, 300), (300, 400)]
    driver.press(Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    driver.settle()
    assert reader.sizes[-1] == (400, 300)
    assert driver.state.page_name == "slip.png"
