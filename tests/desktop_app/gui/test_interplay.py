"""Ways in, pages and the writing pad, one over the other: nothing is lost between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop_app.gui.buttons import Button
from desktop_app.gui.incoming import files_as_pictures
from desktop_app.gui.state import Phase
from desktop_app.gui.ways_in import WaysIn
from desktop_app.scanning import platform_port
from desktop_app.storage.settings import TEXT_SIZES
from model.fields.catalogue import find_kind
from tests.desktop_app.gui.test_pages import click_page, strip_of
from tests.desktop_app.gui.test_writing_pad import Writer
from tests.support.fakes import reading_of, save_picture
from tests.support.scanners import DESK, FakeScanners

if TYPE_CHECKING:
    from pathlib import Path

    from desktop_app.gui.presenter import Presenter
    from tests.support.fakes import FakeReader
    from tests.support.window_driver import WindowDriver


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A TIFF of three pages."""
    path = tmp_path / "pages.tif"
    first, *others = (Image.new("RGB", (300 + at, 200), "white") for at in range(3))
    first.save(path, save_all=True, append_images=others)
    return path


@pytest.fixture
def scanners(monkeypatch: pytest.MonkeyPatch) -> FakeScanners:
    port = FakeScanners(DESK)
    monkeypatch.setattr(platform_port, "open_scanner_port", lambda: port)
    return port


def presenter_of(driver: WindowDriver) -> Presenter:
    presenter = driver.program.presenter
    assert presenter is not None
    return presenter


def arrive(driver: WindowDriver, path: Path) -> None:
    """As if it came into the watched folder."""
    ways_in = driver.window.findChild(WaysIn)
    assert ways_in is not None
    ways_in.arrived.emit(files_as_pictures([path]))


def test_picture_that_arrives_over_the_pad_waits_behind_the_page_under_it(
    driver: WindowDriver, pages: Path, slip: Path
) -> None:
    driver.open(pages)
    driver.press(Qt.Key.Key_PageDown)
    driver.settle()
    driver.press(Qt.Key.Key_D)
    arrive(driver, slip)
    driver.press(Qt.Key.Key_Escape)

    assert driver.state.queue.page_number == 2
    assert [picture.name for picture in driver.state.waiting] == ["slip.png"]
    driver.press(Qt.Key.Key_N)
    driver.settle()
    assert driver.state.queue.page_number == 3
    driver.press(Qt.Key.Key_N)
    driver.settle()
    assert driver.state.page_name == "slip.png"


def test_picture_that_arrives_over_an_empty_pad_is_opened_once_it_is_left(
    driver: WindowDriver, slip: Path
) -> None:
    driver.press(Qt.Key.Key_D)
    arrive(driver, slip)
    assert driver.state.writing is not None
    driver.press(Qt.Key.Key_Escape)
    driver.qtbot.waitUntil(lambda: driver.number == "561247")
    assert driver.state.page_name == "slip.png"


def test_writing_on_the_bed_is_none_of_the_pages_in_the_strip(
    driver: WindowDriver, pages: Path
) -> None:
    driver.open(pages)
    strip = strip_of(driver)
    assert strip.currentIndex().row() == 0
    driver.press(Qt.Key.Key_D)
    writer = Writer(driver)
    writer.stroke()
    writer.rest()
    driver.click("Done")
    assert driver.state.page_name == "Writing"
    assert strip.isVisible()
    assert strip.currentIndex().row() == -1
    click_page(driver, 0)
    assert driver.state.page_name == "pages.tif"
    assert strip.currentIndex().row() == 0


def test_kind_that_was_chosen_at_the_empty_pad_stays(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    driver.press(Qt.Key.Key_D)
    presenter_of(driver).choose_kind(find_kind("amount"))
    driver.press(Qt.Key.Key_Escape)
    assert driver.state.kind is not None
    assert driver.state.review is not None
    assert driver.state.review.current_line.kind == driver.state.kind


def test_pad_is_asked_for_with_the_help_over_the_scan_sheet(
    driver: WindowDriver, scanners: FakeScanners
) -> None:
    driver.press(Qt.Key.Key_S)
    driver.qtbot.waitUntil(lambda: driver.focus.accessibleName() == "Scan")
    driver.press(Qt.Key.Key_F1)
    driver.click("Write")
    assert Writer(driver).pad.isVisible()
    driver.press(Qt.Key.Key_F1)
    assert not Writer(driver).pad.isVisible()
    driver.click("Write")
    assert Writer(driver).pad.isVisible()


def test_scan_goes_on_where_a_picture_arrives(
    driver: WindowDriver, scanners: FakeScanners, slip: Path
) -> None:
    driver.press(Qt.Key.Key_S)
    driver.qtbot.waitUntil(lambda: driver.focus.accessibleName() == "Scan")
    arrive(driver, slip)
    assert driver.window.has_sheet
    assert driver.state.phase is Phase.EMPTY
    driver.press(Qt.Key.Key_Return)
    driver.qtbot.waitUntil(lambda: driver.number == "561247")
    assert driver.state.page_name == "Sheet 1"
    assert [picture.name for picture in driver.state.waiting] == ["slip.png"]
    driver.press(Qt.Key.Key_N)
    driver.settle()
    assert driver.state.page_name == "slip.png"


def test_picture_that_arrived_behind_the_help_is_opened_once_it_is_left(
    driver: WindowDriver, slip: Path
) -> None:
    driver.press(Qt.Key.Key_F1)
    arrive(driver, slip)
    assert driver.window.is_helping
    driver.press(Qt.Key.Key_F1)
    driver.qtbot.waitUntil(lambda: driver.number == "561247")


def test_del_takes_the_selected_digit_before_the_writing(
    driver: WindowDriver, reader: FakeReader
) -> None:
    reader.reading = reading_of("561247", doubts={(0, 2)})
    driver.press(Qt.Key.Key_D)
    writer = Writer(driver)
    writer.stroke()
    writer.rest()
    driver.press(Qt.Key.Key_Delete)
    assert driver.number == "56247"
    assert writer.stroke_count == 1
    reader.reading = reading_of("7")
    writer.stroke(x=200)
    writer.rest()
    driver.press(Qt.Key.Key_Delete)
    assert writer.stroke_count == 0


def test_answers_given_after_a_failure_among_the_pages_are_kept(
    driver: WindowDriver, reader: FakeReader, slip: Path, tmp_path: Path
) -> None:
    reader.reading = reading_of("561247", doubts={(0, 2)})
    driver.open(slip)
    bad = tmp_path / "bad.png"
    bad.write_text("Dear Sir or Madam")
    arrive(driver, bad)
    driver.press(Qt.Key.Key_N, times=2)
    driver.settle()
    driver.press(Qt.Key.Key_Escape)
    driver.press(Qt.Key.Key_9)
    assert driver.number == "569247"
    driver.press(Qt.Key.Key_PageUp)
    driver.settle()
    assert driver.state.page_name == "slip.png"
    assert driver.number == "569247"


def test_answers_outlast_an_opening_that_was_stopped(
    driver: WindowDriver, reader: FakeReader, slip: Path, tmp_path: Path
) -> None:
    reader.reading = reading_of("561247", doubts={(0, 2)})
    driver.open(slip)
    driver.press(Qt.Key.Key_9)
    presenter = presenter_of(driver)
    arrive(driver, save_picture(tmp_path / "scan1.png"))
    presenter.skip_picture()
    presenter.cancel()
    driver.press(Qt.Key.Key_8)
    presenter.skip_picture()
    driver.settle()
    assert driver.state.page_name == "scan1.png"
    driver.press(Qt.Key.Key_PageUp)
    driver.settle()
    assert driver.number == "568247"


def test_buttons_of_the_front_page_fit_the_least_window_at_every_text_size(
    driver: WindowDriver,
) -> None:
    driver.window.resize(900, 600)
    page = driver.window.front_page
    last = next(one for one in page.findChildren(Button) if one.accessibleName() == "Write")
    for percent in TEXT_SIZES:
        driver.program.theme.set_text_percent(percent)
        driver.qtbot.waitUntil(lambda: last.size() == last.sizeHint())
        end = last.mapTo(page, last.rect().topRight()).x()
        assert end < page.viewport().width(), percent


@pytest.mark.parametrize("is_stopped", [True, False])
def test_pages_stay_where_another_file_is_stopped_or_fails(
    driver: WindowDriver, reader: FakeReader, pages: Path, tmp_path: Path, *, is_stopped: bool
) -> None:
    reader.reading = reading_of("561247", doubts={(0, 2)})
    driver.open(pages)
    driver.press(Qt.Key.Key_9)
    bad = tmp_path / "bad.png"
    bad.write_text("Dear Sir or Madam")
    driver.drop_files(bad)
    if is_stopped:
        presenter_of(driver).cancel()
    driver.settle()
    assert driver.sees("bad.png") is not is_stopped
    driver.press(Qt.Key.Key_Escape)
    assert strip_of(driver).pages.rowCount() == 3
    driver.press(Qt.Key.Key_PageDown)
    driver.settle()
    assert driver.state.queue.page_number == 2
    assert driver.state.page_name == "pages.tif"
    driver.press(Qt.Key.Key_PageUp)
    driver.settle()
    assert driver.number == "569247"


def test_status_line_says_what_goes_on_at_the_gap(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    sentence = driver.window.status_line.sentence
    before = sentence.text()
    driver.press(Qt.Key.Key_Insert)
    assert "Waiting for the digit to add" in sentence.text()
    driver.press(Qt.Key.Key_Escape)
    assert sentence.text() == before
    driver.press(Qt.Key.Key_Insert)
    driver.press(Qt.Key.Key_7)
    assert sentence.text() == "Nothing is left to check."


def test_status_line_says_what_goes_on_at_the_scan_sheet(
    driver: WindowDriver, scanners: FakeScanners, slip: Path
) -> None:
    driver.open(slip)
    sentence = driver.window.status_line.sentence
    before = sentence.text()
    driver.press(Qt.Key.Key_S)
    driver.qtbot.waitUntil(lambda: "face down on the glass" in sentence.text())
    scanners.hold_after = 1
    driver.press(Qt.Key.Key_Return)
    driver.qtbot.waitUntil(lambda: sentence.text().startswith("Scanning…"))
    driver.press(Qt.Key.Key_F1)
    assert sentence.text() == "Keys and help. Esc goes back."
    driver.press(Qt.Key.Key_F1)
    assert sentence.text().startswith("Scanning…")
    driver.press(Qt.Key.Key_Escape)
    driver.qtbot.waitUntil(lambda: sentence.text().startswith("Stopped."))
    driver.press(Qt.Key.Key_Escape)
    assert sentence.text() == before


def test_next_opens_no_dialog_where_nothing_waits(driver: WindowDriver, slip: Path) -> None:
    driver.press(Qt.Key.Key_N)
    assert driver.sees("Nothing else waits. Ctrl+O opens a picture.")
    driver.open(slip)
    driver.press(Qt.Key.Key_N)
    assert driver.sees("Nothing else waits. Ctrl+O opens a picture.")
    assert driver.window.findChildren(QFileDialog) == []
    assert driver.number == "561247"
    driver.click("Open next")
    (dialog,) = driver.window.findChildren(QFileDialog)
    dialog.reject()


def write_number(driver: WindowDriver) -> None:
    """On the pad, and leave it with its number."""
    driver.press(Qt.Key.Key_D)
    writer = Writer(driver)
    writer.stroke()
    writer.rest()
    driver.click("Done")
    assert driver.state.page_name == "Writing"


def test_pictures_go_on_after_a_number_was_written(
    driver: WindowDriver, pages: Path, slip: Path
) -> None:
    driver.open(pages, slip)
    driver.press(Qt.Key.Key_PageDown)
    driver.settle()
    write_number(driver)
    driver.click("Next page")
    driver.settle()
    assert (driver.state.page_name, driver.state.queue.page_number) == ("pages.tif", 3)
    write_number(driver)
    driver.click("Next picture")
    driver.settle()
    assert driver.state.page_name == "slip.png"


def test_page_before_leads_back_from_the_writing_to_what_it_hid(
    driver: WindowDriver, reader: FakeReader, pages: Path
) -> None:
    driver.open(pages)
    driver.press(Qt.Key.Key_PageDown)
    driver.settle()
    reader.reading = reading_of("78")
    write_number(driver)
    assert driver.number == "78"
    driver.press(Qt.Key.Key_PageUp)
    driver.settle()
    assert (driver.number, driver.state.queue.page_number) == ("561247", 2)


def test_written_number_is_kept_beside_what_came_after_it(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of("561247", doubts={(0, 2)})
    write_number(driver)
    driver.press(Qt.Key.Key_9)
    arrive(driver, slip)
    driver.press(Qt.Key.Key_N)
    driver.settle()
    assert driver.state.page_name == "slip.png"
    count = len(reader.sizes)
    driver.press(Qt.Key.Key_PageUp)
    driver.settle()
    assert (driver.state.page_name, driver.number) == ("Writing", "569247")
    assert len(reader.sizes) == count


@pytest.mark.parametrize("is_answered", [True, False])
def test_unfinished_number_is_kept_where_a_file_is_dropped_over_it(
    driver: WindowDriver, reader: FakeReader, slip: Path, tmp_path: Path, *, is_answered: bool
) -> None:
    reader.reading = reading_of("561247", doubts={(0, 2)})
    driver.open(slip)
    if is_answered:
        driver.press(Qt.Key.Key_9)
    reader.reading = reading_of("78")
    driver.open(save_picture(tmp_path / "other.png"))
    assert (driver.state.page_name, driver.number) == ("other.png", "78")
    driver.press(Qt.Key.Key_PageUp)
    driver.settle()
    assert driver.number == ("569247" if is_answered else "561247")


def test_finished_number_gives_way_to_a_file_that_is_dropped(
    driver: WindowDriver, slip: Path, tmp_path: Path
) -> None:
    driver.open(slip)
    driver.open(save_picture(tmp_path / "other.png"))
    assert [one.name for one in driver.state.queue.pictures] == ["other.png"]


def test_answers_stay_where_the_first_of_several_files_fails(
    driver: WindowDriver, reader: FakeReader, slip: Path, tmp_path: Path
) -> None:
    reader.reading = reading_of("561247", doubts={(0, 2)})
    driver.open(slip)
    driver.press(Qt.Key.Key_9)
    bad = tmp_path / "bad.png"
    bad.write_text("Dear Sir or Madam")
    driver.open(bad, save_picture(tmp_path / "other.png"))
    driver.press(Qt.Key.Key_Escape)
    assert driver.number == "569247"
    driver.press(Qt.Key.Key_N, times=2)
    driver.settle()
    assert driver.state.page_name == "other.png"
    driver.press(Qt.Key.Key_PageUp, times=2)
    driver.settle()
    assert (driver.state.page_name, driver.number) == ("slip.png", "569247")


def test_page_that_opens_at_a_second_try_is_marked_as_failed_no_more(
    driver: WindowDriver, slip: Path, tmp_path: Path
) -> None:
    late = tmp_path / "late.png"
    late.write_text("Dear Sir or Madam")
    driver.open(slip, late)
    place = presenter_of(driver).pages.places[1]
    driver.qtbot.waitUntil(lambda: presenter_of(driver).pages.has_failed(place))
    save_picture(late)
    driver.press(Qt.Key.Key_PageDown)
    driver.settle()
    assert not presenter_of(driver).pages.has_failed(place)
