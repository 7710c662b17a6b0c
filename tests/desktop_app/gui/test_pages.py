"""Several pages: the strip, the keys, what is kept of each page, and what is read ahead."""

from __future__ import annotations

import weakref
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.gui.page_list import PageMark
from desktop_app.gui.page_memory import Place
from desktop_app.gui.page_strip import PageStrip
from desktop_app.gui.state import Phase
from desktop_app.jobs.levels import SKETCH_PX
from model.intake import open_pages
from model.types import Box, PageReading
from tests.support.fakes import (
    FakeReader,
    ports_of,
    ports_without_network,
    reading_of,
    save_picture,
)
from tests.support.many_pages import save_pdf, save_tiff
from tests.support.pdfs import pdf_of
from tests.support.window_driver import WindowDriver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from model.cancel import CancelToken
    from model.page_file import PageFile
    from model.types import Page


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A TIFF of five pages, 300 to 304 px wide."""
    path = tmp_path / "pages.tif"
    first, *others = (Image.new("RGB", (300 + at, 200), "white") for at in range(5))
    first.save(path, save_all=True, append_images=others)
    return path


def strip_of(driver: WindowDriver) -> PageStrip:
    strip = driver.window.findChild(PageStrip)
    assert strip is not None
    return strip


def width_on_bed(driver: WindowDriver) -> int:
    assert driver.state.shown is not None
    return driver.state.shown.page.width


def click_page(driver: WindowDriver, row: int) -> None:
    strip = strip_of(driver)
    strip.scrollTo(strip.pages.index(row))
    where = strip.visualRect(strip.pages.index(row)).center()
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=where)
    driver.settle()


def marks(driver: WindowDriver) -> list[PageMark]:
    listed = strip_of(driver).pages
    return [listed.mark(listed.place(row))[0] for row in range(listed.rowCount())]


def wait_until_all_are_read(driver: WindowDriver) -> None:
    driver.qtbot.waitUntil(lambda: PageMark.UNREAD not in marks(driver))


def test_a_single_page_has_no_strip(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)

    assert driver.window.findChild(PageStrip) is None


def test_strip_lists_every_page_and_marks_the_one_on_the_bed(
    driver: WindowDriver, pages: Path
) -> None:
    driver.open(pages)

    strip = strip_of(driver)
    assert strip.isVisible()
    assert [strip.pages.index(row).data() for row in range(5)] == ["1", "2", "3", "4", "5"]
    assert strip.currentIndex().row() == 0
    assert driver.sees("Page 1 of 5")


def test_strip_goes_when_a_single_picture_is_opened(
    driver: WindowDriver, pages: Path, slip: Path
) -> None:
    driver.open(pages)
    driver.open(slip)

    assert not strip_of(driver).isVisible()


def test_sketch_of_the_page_on_the_bed_is_as_small_as_the_others(
    driver: WindowDriver, tmp_path: Path
) -> None:
    path = tmp_path / "large.tif"
    large = Image.new("RGB", (800, 600), "white")
    large.save(path, save_all=True, append_images=[large])
    driver.open(path)

    sketch = strip_of(driver).pages.sketch(Place(0, 1))
    assert sketch is not None
    assert (sketch.width(), sketch.height()) == (SKETCH_PX, SKETCH_PX * 3 // 4)


def test_page_keys_go_through_the_pages_of_all_files(
    driver: WindowDriver, pages: Path, slip: Path
) -> None:
    driver.open(pages, slip)
    driver.press(Qt.Key.Key_PageUp)
    driver.settle()
    assert width_on_bed(driver) == 300

    for _ in range(5):
        driver.press(Qt.Key.Key_PageDown)
        driver.settle()
    assert driver.state.page_name == "slip.png"
    assert strip_of(driver).currentIndex().row() == 5

    driver.press(Qt.Key.Key_PageUp)
    driver.settle()
    assert width_on_bed(driver) == 304
    assert driver.sees("File 1 of 2 · Page 5 of 5")


def test_click_goes_to_a_page(driver: WindowDriver, pages: Path) -> None:
    driver.open(pages)

    click_page(driver, 3)

    assert width_on_bed(driver) == 303
    assert strip_of(driver).currentIndex().row() == 3


def test_arrows_go_through_the_strip_while_it_has_the_focus(
    driver: WindowDriver, pages: Path
) -> None:
    driver.open(pages)
    strip_of(driver).setFocus()

    driver.press(Qt.Key.Key_Down)
    driver.settle()

    assert width_on_bed(driver) == 301


def test_digit_typed_in_the_strip_corrects_the_number(
    driver: WindowDriver, pages: Path, reader: FakeReader
) -> None:
    reader.reading = reading_of("561247", doubts={(0, 4)})
    driver.open(pages)
    strip_of(driver).setFocus()

    driver.press(Qt.Key.Key_3)

    assert driver.number == "561237"
    assert width_on_bed(driver) == 300


def test_page_that_was_corrected_comes_back_as_it_was_without_being_read_again(
    driver: WindowDriver, pages: Path, reader: FakeReader
) -> None:
    reader.reading = reading_of("561247", doubts={(0, 4)})
    driver.open(pages)
    wait_until_all_are_read(driver)
    driver.press(Qt.Key.Key_3)
    driver.press(Qt.Key.Key_PageDown)
    driver.settle()
    assert driver.number == "561247"
    times_read = len(reader.sizes)

    driver.press(Qt.Key.Key_PageUp)
    driver.settle()

    assert driver.number == "561237"
    assert driver.state.can_undo
    assert driver.sees("Nothing is left to check.")
    assert len(reader.sizes) == times_read
    driver.press_ctrl(Qt.Key.Key_Z)
    assert driver.number == "561247"


def test_page_that_was_turned_comes_back_turned(
    driver: WindowDriver, pages: Path, reader: FakeReader
) -> None:
    driver.open(pages)
    driver.press(Qt.Key.Key_R)
    driver.settle()
    assert width_on_bed(driver) == 200

    driver.press(Qt.Key.Key_PageDown)
    driver.settle()
    assert width_on_bed(driver) == 301
    driver.press(Qt.Key.Key_PageUp)
    driver.settle()

    assert width_on_bed(driver) == 200
    assert driver.state.phase is Phase.REVIEWING


def test_part_that_was_read_comes_back_as_that_part(driver: WindowDriver, pages: Path) -> None:
    driver.open(pages)
    assert driver.program.presenter is not None
    driver.program.presenter.read_part(Box(10, 10, 100, 80))
    driver.settle()

    driver.press(Qt.Key.Key_PageDown)
    driver.settle()
    driver.press(Qt.Key.Key_PageUp)
    driver.settle()

    assert driver.state.shown is not None
    assert driver.state.shown.region == Box(10, 10, 100, 80)


def test_other_pages_are_read_ahead_and_come_at_once(
    driver: WindowDriver, pages: Path, reader: FakeReader
) -> None:
    reader.reading = reading_of("561247", doubts={(0, 1)})
    driver.open(pages)
    wait_until_all_are_read(driver)

    assert marks(driver) == [PageMark.DOUBT] * 5
    assert [width for width, _ in reader.sizes] == [300, 301, 302, 303, 304]
    reader.gate.clear()
    click_page(driver, 4)
    assert driver.number == "561247"
    assert width_on_bed(driver) == 304


def test_page_that_is_asked_for_goes_before_what_is_read_ahead(
    driver: WindowDriver, pages: Path, reader: FakeReader, qtbot: QtBot
) -> None:
    driver.open(pages)
    wait_until_all_are_read(driver)
    reader.sizes.clear()
    reader.gate.clear()
    other = pages.with_name("other.tif")
    first, *others = (Image.new("RGB", (400 + at, 200), "white") for at in range(5))
    first.save(other, save_all=True, append_images=others)
    driver.drop_files(other)
    qtbot.waitUntil(lambda: reader.sizes == [(400, 200)])
    reader.gate.set()
    driver.settle()
    reader.gate.clear()
    qtbot.waitUntil(lambda: reader.sizes[-1] == (401, 200))

    driver.press(Qt.Key.Key_PageDown, times=4)
    qtbot.waitUntil(lambda: reader.sizes[-1] == (404, 200))
    reader.gate.set()
    driver.settle()

    assert width_on_bed(driver) == 404
    wait_until_all_are_read(driver)


def test_sketches_come_for_the_pages_in_sight(driver: WindowDriver, tmp_path: Path) -> None:
    path = tmp_path / "many.pdf"
    path.write_bytes(pdf_of(*[b"10 10 30 30 re f"] * 60))
    driver.open(path)
    strip = strip_of(driver)

    driver.qtbot.waitUntil(lambda: not strip.unsketched)

    assert strip.pages.sketch(Place(0, 2)) is not None
    strip.scrollToBottom()
    driver.qtbot.waitUntil(lambda: strip.pages.sketch(Place(0, 60)) is not None)


def test_damaged_page_is_marked_and_the_others_are_still_read(
    driver: WindowDriver, tmp_path: Path, slip: Path
) -> None:
    (tmp_path / "letter.jpg").write_text("Dear Sir or Madam")
    driver.open(slip, tmp_path / "letter.jpg", save_picture(tmp_path / "last.png"))
    wait_until_all_are_read(driver)

    assert marks(driver) == [PageMark.SURE, PageMark.FAILED, PageMark.SURE]
    assert strip_of(driver).pages.described(Place(1, 1)) == "letter.jpg: cannot be opened"
    click_page(driver, 1)
    assert driver.state.phase is Phase.FAILED
    assert driver.sees("letter.jpg: ")
    click_page(driver, 2)
    assert driver.state.page_name == "last.png"


def test_pages_of_a_later_file_are_listed_once_it_was_looked_at(
    driver: WindowDriver, slip: Path, pages: Path
) -> None:
    driver.open(slip, pages)
    wait_until_all_are_read(driver)

    strip = strip_of(driver)
    assert strip.pages.rowCount() == 6
    assert strip.pages.index(1).data() == "1 · pages.tif"
    assert strip.pages.described(Place(1, 5)) == "pages.tif, page 5 of 5: read"
    assert strip.currentIndex().row() == 0


def test_missing_network_ends_reading_ahead_but_not_sketching(
    qtbot: QtBot, tmp_path: Path, pages: Path
) -> None:
    driver = WindowDriver(qtbot, ports_without_network(), tmp_path)
    qtbot.waitUntil(lambda: driver.sees("The network file is missing."))
    driver.open(pages)
    strip = strip_of(driver)
    qtbot.waitUntil(lambda: not strip.unsketched)

    assert set(marks(driver)) == {PageMark.UNREAD}
    driver.close()


def test_page_keys_scroll_the_help_while_it_is_open(driver: WindowDriver, pages: Path) -> None:
    driver.open(pages)
    driver.press(Qt.Key.Key_F1)
    driver.press(Qt.Key.Key_PageDown)
    driver.press(Qt.Key.Key_F1)
    driver.settle()

    assert width_on_bed(driver) == 300


def covers(widget: QWidget, other: QWidget) -> bool:
    return widget.geometry().intersects(other.geometry())


@pytest.mark.parametrize("percent", [100, 200])
def test_strip_stands_beside_the_bed_in_the_least_window(
    driver: WindowDriver, pages: Path, percent: int
) -> None:
    driver.window.resize(900, 600)
    driver.program.theme.set_text_percent(percent)
    driver.open(pages)
    strip, workspace = strip_of(driver), driver.window.workspace

    assert strip.isVisible()
    assert not covers(strip, workspace.slip)
    assert not covers(strip, workspace.panel)
    assert workspace.slip.width() >= 240


@pytest.mark.parametrize("ending", ["tif", "pdf"])
def test_first_of_fifty_pages_is_read_before_any_other_is_loaded(
    qtbot: QtBot, tmp_path: Path, reader: FakeReader, ending: str
) -> None:
    loads = CountedLoads()
    ports = replace(ports_of(reader), open_pages=loads.open_pages)
    driver = WindowDriver(qtbot, ports, tmp_path)
    reader.gate.clear()
    path = {"tif": save_tiff, "pdf": save_pdf}[ending](tmp_path / f"many.{ending}", 50, (400, 300))

    driver.drop_files(path)
    qtbot.waitUntil(lambda: len(reader.sizes) == 1)
    assert loads.numbers == [1]
    reader.gate.set()
    driver.settle()
    assert driver.sees("Page 1 of 50")

    reader.gate.clear()
    loads.numbers.clear()
    assert driver.program.presenter is not None
    driver.program.presenter.go_to_page(Place(0, 48))
    qtbot.waitUntil(lambda: 48 in loads.numbers)
    # What was looked at ahead meanwhile are the next ones to be seen, none of them on the way.
    assert all(number < 12 for number in loads.numbers if number != 48)
    reader.gate.set()
    driver.settle()
    driver.close()


class CountedLoads:
    """The real intake, and the number of every page that was unpacked."""

    def __init__(self) -> None:
        self.numbers: list[int] = []

    @contextmanager
    def open_pages(
        self, source: Path | bytes, *, cancel: CancelToken | None = None
    ) -> Iterator[PageFile]:
        with open_pages(source, cancel=cancel) as file:
            yield CountedFile(file, self.numbers)


@dataclass(frozen=True)
class CountedFile:
    file: PageFile
    numbers: list[int]

    @property
    def page_count(self) -> int:
        return self.file.page_count

    def load(self, number: int, *, enough_px: int | None = None) -> Page:
        self.numbers.append(number)
        return self.file.load(number, enough_px=enough_px)


class FirstPageReader(FakeReader):
    """Finds its number on the page of 300 px alone."""

    def read(
        self, page: Page, *, region: Box | None = None, cancel: CancelToken | None = None
    ) -> PageReading:
        reading = super().read(page, region=region, cancel=cancel)
        return reading if page.width == 300 else PageReading(())


def test_page_that_left_the_bed_is_let_go(qtbot: QtBot, pages: Path, tmp_path: Path) -> None:
    driver = WindowDriver(qtbot, ports_of(FirstPageReader(reading_of("561247"))), tmp_path)
    driver.open(pages)
    assert driver.state.shown is not None
    left = weakref.ref(driver.state.shown.page.pixels)

    driver.press(Qt.Key.Key_PageDown)
    driver.settle()

    # Not even by the cards of its digits, though the page after it has none.
    assert driver.number == ""
    qtbot.waitUntil(lambda: left() is None)
    driver.close()
