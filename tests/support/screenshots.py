"""Pictures of every state of the window: ``python -m tests.support.screenshots FOLDER``.

The page is drawn, the reading made up; nothing is needed but a display, real or virtual.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.app import Program
from desktop_app.gui.commands import Command
from desktop_app.gui.corner_handle import CornerHandle
from desktop_app.gui.incoming import files_as_pictures
from desktop_app.gui.kind_list import KindList
from desktop_app.gui.scan_bed import ScanBed
from desktop_app.gui.scan_form import ScanForm
from desktop_app.scanning import errors, platform_port
from desktop_app.singleton_guard import hold_singletons
from model.fields.catalogue import find_kind
from model.types import Alternative, Box, Doubt, PageReading
from tests.support.fakes import FakeReader, ports_of, ports_without_network, reading_of
from tests.support.pages import digit_ink, ink_page, on_paper
from tests.support.photographed import Camera, photograph, table
from tests.support.scanners import DESK, TRAY, FakeScanners

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from desktop_app.gui.presenter import Presenter
    from desktop_app.jobs.worker import ReadPorts

SETTLE_MS = 250


class Photographer:
    """One window, brought into one state after another."""

    def __init__(self, folder: Path, ports: ReadPorts) -> None:
        self._folder = folder
        self._scratch = Path(tempfile.mkdtemp())
        self.program = Program([], lambda: ports, self._scratch / "settings.json")
        self.program.show()
        self.wait(lambda: self.program.presenter is not None)
        self.program.window.activateWindow()

    @property
    def presenter(self) -> Presenter:
        assert self.program.presenter is not None
        return self.program.presenter

    def wait(self, condition: Callable[[], bool]) -> None:
        while not condition():
            QTest.qWait(10)

    def settle(self) -> None:
        self.wait(lambda: not self.presenter.state.is_busy)

    def take(self, name: str) -> None:
        QTest.qWait(SETTLE_MS)
        self.program.window.grab().save(str(self._folder / f"{name}.png"))

    def slip(self, *rows: str) -> Path:
        """A page with these digits on it."""
        path = self._scratch / "slip.png"
        Image.fromarray(on_paper(ink_page(*rows, height=90), (228, 222, 208)).pixels).save(path)
        return path

    def open(self, *paths: Path) -> None:
        self.presenter.open_pictures(files_as_pictures(paths))

    def want(self, command: Command) -> None:
        self.program.window.commands[command].trigger()


def main(folder: Path) -> None:
    """Take them all."""
    folder.mkdir(parents=True, exist_ok=True)
    reader = FakeReader(placed("561247"))
    camera = Photographer(folder, ports_of(reader))
    camera.take("front")
    slip = camera.slip("561247")
    take_readings(camera, reader, slip)
    take_sizes_and_themes(camera, reader, slip)
    take_adjusting(camera, reader)
    take_scanning(camera)
    camera.program.window.close()
    camera.program.stop()
    alone = Photographer(folder, ports_without_network())
    alone.wait(lambda: alone.presenter.state.notice is not None)
    alone.take("no_network")
    alone.program.window.close()
    alone.program.stop()


def take_readings(camera: Photographer, reader: FakeReader, slip: Path) -> None:
    reader.gate.clear()
    camera.open(slip)
    camera.wait(lambda: camera.presenter.state.shown is not None)
    camera.take("reading")
    reader.gate.set()
    camera.settle()
    camera.take("result")
    camera.want(Command.NEXT_DIGIT)
    camera.take("digit_selected")
    camera.want(Command.CROP)
    camera.take("crop")
    camera.want(Command.CANCEL)
    letter = slip.with_name("letter.jpg")
    letter.write_text("Dear Sir or Madam")
    camera.open(letter)
    camera.settle()
    camera.take("error")
    reader.reading = reading_of()
    camera.open(slip)
    camera.settle()
    camera.take("no_digits")
    reader.reading = placed("56124", "88912", doubts={(0, 2), (1, 3)})
    camera.open(camera.slip("56124", "88912"), slip)
    camera.settle()
    camera.take("lines")
    take_pages(camera, reader)
    take_kinds(camera, reader)


def take_pages(camera: Photographer, reader: FakeReader) -> None:
    """Five pages beside the bed, read ahead; one of them has a digit to check."""
    reader.reading = placed("561247")
    page = Image.open(camera.slip("561247")).convert("RGB")
    path = camera.slip("561247").with_name("slips.tif")
    page.save(path, save_all=True, append_images=[page] * 4)
    camera.open(path)
    camera.settle()
    reader.reading = placed("561247", doubts={(0, 3)})
    presenter = camera.presenter
    camera.wait(lambda: all(presenter.pages.kept(place) for place in presenter.pages.places))
    camera.want(Command.NEXT_PAGE)
    camera.settle()
    camera.take("pages")


def take_kinds(camera: Photographer, reader: FakeReader) -> None:
    """A date whose rule changed a digit, a number that is none, and the menu."""
    (line,) = placed("31022016").lines
    digits = list(line.digits)
    digits[3] = replace(digits[3], digit=7, confidence=0.2, runner_up=2)
    other = Alternative(tuple(digits), "31072016", 0.2)
    doubts = (Doubt.UNSURE, Doubt.OTHER_MARKS)
    reader.reading = PageReading(
        (
            replace(
                line,
                written="31022016",
                alternatives=(other,),
                confidence=0.7,
                doubts=doubts,
                accept_above=0.9,
            ),
        )
    )
    camera.open(camera.slip("31022016"))
    camera.settle()
    camera.take("kind_suggested")
    camera.presenter.choose_kind(find_kind("date"))
    camera.take("kind_changed")
    camera.presenter.desk.expect("31052016")
    camera.take("compared")
    camera.presenter.desk.expect(None)
    camera.presenter.desk.answer(2)
    camera.take("kind_broken")
    camera.program.window.resize(900, 600)
    camera.program.theme.set_text_percent(150)
    camera.take("kind_broken_900x600_text_150")
    camera.program.theme.set_text_percent(100)
    camera.program.window.resize(1280, 800)
    camera.presenter.choose_kind(None)
    camera.want(Command.KIND)
    camera.take("kinds")
    kinds = camera.program.window.findChildren(KindList)[0]
    kinds.other_wanted.emit()
    camera.take("kind_form")
    camera.want(Command.CANCEL)


def take_sizes_and_themes(camera: Photographer, reader: FakeReader, slip: Path) -> None:
    reader.reading = placed("561247", doubts={(0, 4)})
    camera.open(camera.slip("561247"))
    camera.settle()
    camera.take("doubt")
    camera.presenter.desk.correct(9)
    camera.take("corrected")
    camera.presenter.desk.undo()
    camera.want(Command.ADD_DIGIT)
    camera.take("gap")
    camera.presenter.desk.correct(1)
    camera.take("added")
    camera.presenter.desk.undo()
    camera.want(Command.HELP)
    camera.take("help")
    camera.want(Command.HELP)
    camera.program.window.resize(900, 600)
    for percent in (100, 130, 150, 200, 250):
        camera.program.theme.set_text_percent(percent)
        camera.take(f"doubt_900x600_text_{percent}")
    camera.program.theme.set_text_percent(200)
    camera.program.window.resize(1280, 800)
    camera.take("doubt_text_200")
    camera.program.theme.set_text_percent(100)
    camera.program.theme.show_scheme(is_dark=True)
    camera.take("doubt_dark")
    camera.want(Command.HELP)
    camera.take("help_dark")
    camera.want(Command.HELP)
    camera.want(Command.LEVEL)
    camera.take("level_dark")
    camera.want(Command.CANCEL)
    camera.want(Command.KIND)
    camera.program.window.findChildren(KindList)[-1].other_wanted.emit()
    camera.take("kind_form_dark")
    camera.want(Command.CANCEL)
    camera.program.theme.show_scheme(is_dark=False)


def take_adjusting(camera: Photographer, reader: FakeReader) -> None:
    """A slip photographed from the side: offered, marked, straightened, and taken back."""
    window, theme = camera.program.window, camera.program.theme
    slip = on_paper(ink_page("561247", height=90), (228, 222, 208)).pixels
    photo = photograph(slip, table(1600, 1200, (95, 72, 52)), Camera(28, 24, 8), grain=3)
    path = camera.slip("561247").with_name("photo.png")
    Image.fromarray(photo.pixels).save(path)
    reader.reading = reading_of()
    camera.open(path)
    camera.settle()
    camera.take("no_digits_aslant")
    reader.reading = placed("561247", doubts={(0, 2)})
    camera.open(path)
    camera.settle()
    camera.take("slip_offered")
    camera.want(Command.ADJUST)
    camera.take("adjust_slip")
    window.findChildren(CornerHandle)[2].setFocus()
    theme.show_scheme(is_dark=True)
    camera.take("adjust_slip_dark")
    theme.show_scheme(is_dark=False)
    window.resize(900, 600)
    for percent in (100, 200):
        theme.set_text_percent(percent)
        camera.take(f"adjust_slip_900x600_text_{percent}")
    theme.set_text_percent(100)
    window.resize(1280, 800)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_P)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_S)
    camera.take("adjust_whole_picture")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_P)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    camera.settle()
    camera.take("adjusted")


def take_scanning(camera: Photographer) -> None:
    """The scan sheet: ready, at work, and after a jam, in both themes and large."""
    port = FakeScanners(DESK, TRAY)
    platform_port.open_scanner_port = lambda: port
    window = camera.program.window

    def press(key: Qt.Key) -> None:
        QTest.keyClick(window.focusWidget(), key)

    def is_ready() -> bool:
        return window.focusWidget().accessibleName() == "Scan"

    camera.want(Command.SCAN)
    camera.wait(is_ready)
    camera.take("scan_ready")
    port.hold_after = 3
    press(Qt.Key.Key_Return)
    (bed,) = window.findChildren(ScanBed)
    camera.wait(lambda: bed.rows_shown > 0)
    camera.take("scan_at_work")
    camera.want(Command.CANCEL)
    port.hold_after = 1000
    port.error, port.fails_at_sheet = errors.jammed(), 2
    (form,) = window.findChildren(ScanForm)
    form.source.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    camera.wait(lambda: port.error is None and is_ready())
    camera.take("scan_jam")
    camera.program.theme.show_scheme(is_dark=True)
    camera.take("scan_jam_dark")
    camera.program.theme.show_scheme(is_dark=False)
    camera.program.window.resize(900, 600)
    camera.program.theme.set_text_percent(200)
    camera.take("scan_jam_900x600_text_200")
    camera.program.theme.set_text_percent(100)
    camera.want(Command.CANCEL)


def placed(*rows: str, doubts: Container[tuple[int, int]] = ()) -> PageReading:
    """A made-up reading whose boxes lie on the digits of ``slip``."""
    made_up = reading_of(*rows, doubts=doubts)
    lines = []
    for row, line in enumerate(made_up.lines):
        # As tests.support.pages lays them out: 50 px margin, 24 px gap, rows 140 px apart.
        left, digits = 50, []
        for digit in line.digits:
            ink = digit_ink(digit.digit, 90)
            box = Box(left, 50 + 140 * row, ink.shape[1], 90)
            digits.append(replace(digit, box=box))
            left += ink.shape[1] + 24
        whole = Box(50, 50 + 140 * row, left - 74, 90)
        lines.append(replace(line, digits=tuple(digits), box=whole))
    return PageReading(tuple(lines))


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    hold_singletons()
    main(Path(sys.argv[1]))
