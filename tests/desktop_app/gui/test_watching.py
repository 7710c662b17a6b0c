from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop_app.capture.folder_watch import FolderReport, FolderState
from desktop_app.gui.commands import Command
from desktop_app.gui.incoming import files_as_pictures
from desktop_app.gui.state import Phase
from desktop_app.storage.settings import SettingsFile
from tests.support.fakes import ports_of, reading_of, save_picture
from tests.support.window_driver import WindowDriver

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop_app.gui.folder_watching import FolderWatching
    from tests.support.fakes import FakeReader

ARRIVE_MS = 8_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "Scans"
    folder.mkdir()
    return folder


def _watch(driver: WindowDriver, folder: Path) -> None:
    """Choose the folder in the dialog that the key opens."""
    driver.press_ctrl(Qt.Key.Key_O, shift=True)
    dialog = driver.window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.fileSelected.emit(str(folder))
    dialog.reject()
    sentence = f"Watching the folder {folder.name}. New pictures in it are read as they arrive."
    # Said once the folder was listed: what comes later is new.
    driver.qtbot.waitUntil(lambda: driver.state.status == sentence)
    driver.window.activateWindow()
    driver.qtbot.waitUntil(driver.window.isActiveWindow)


def _watching(driver: WindowDriver) -> FolderWatching:
    from desktop_app.gui.folder_watching import FolderWatching

    (found,) = driver.window.findChildren(FolderWatching)
    assert isinstance(found, FolderWatching)
    return found


def _wait_for(driver: WindowDriver, count: int) -> None:
    driver.qtbot.waitUntil(lambda: len(driver.state.waiting) == count, timeout=ARRIVE_MS)


def test_a_picture_that_arrives_is_read_by_itself(driver: WindowDriver, folder: Path) -> None:
    save_picture(folder / "before.png")
    _watch(driver, folder)

    save_picture(folder / "scan1.png")

    driver.qtbot.waitUntil(lambda: driver.number == "561247", timeout=ARRIVE_MS)
    assert driver.state.page_name == "scan1.png"


def test_the_page_under_review_stays_and_the_new_ones_wait(
    driver: WindowDriver, reader: FakeReader, folder: Path, slip: Path
) -> None:
    reader.reading = reading_of("561247", doubts={(0, 2)})
    driver.open(slip)
    _watch(driver, folder)
    before = driver.state.shown

    save_picture(folder / "scan1.png")
    _wait_for(driver, 1)

    assert driver.state.shown is before
    assert driver.sees("1 new picture waits (N)")
    assert driver.sees("Next picture")
    save_picture(folder / "scan2.png")
    _wait_for(driver, 2)
    assert driver.sees("2 new pictures wait (N)")
    # Twice: a digit is left unchecked, which is said first.
    driver.press(Qt.Key.Key_N, times=2)
    driver.settle()
    assert driver.state.page_name == "scan1.png"
    assert driver.sees("File 2 of 3")
    assert not driver.sees("(N)")
    driver.press(Qt.Key.Key_N, times=2)
    driver.settle()
    assert driver.state.page_name == "scan2.png"


def test_pictures_that_wait_outlast_a_stopped_job_and_other_files(
    driver: WindowDriver, reader: FakeReader, slip: Path, folder: Path
) -> None:
    presenter = driver.program.presenter
    assert presenter is not None
    waiting = files_as_pictures([save_picture(folder / "scan1.png")])
    reader.gate.clear()
    driver.drop_files(slip)
    driver.qtbot.waitUntil(lambda: driver.state.phase is Phase.READING)

    presenter.let_wait(waiting)
    driver.press(Qt.Key.Key_Escape)
    assert driver.state.waiting == waiting
    reader.gate.set()
    driver.open(save_picture(folder / "other.png"))
    assert driver.state.waiting == waiting
    assert driver.state.page_name == "other.png"

    driver.press(Qt.Key.Key_N)
    driver.settle()
    assert driver.state.page_name == "scan1.png"
    assert driver.state.waiting == ()


def test_a_waiting_picture_whose_opening_is_stopped_waits_on(
    driver: WindowDriver, reader: FakeReader, slip: Path, folder: Path
) -> None:
    presenter = driver.program.presenter
    assert presenter is not None
    driver.open(slip)
    waiting = files_as_pictures([save_picture(folder / "scan1.png")])
    presenter.let_wait(waiting)
    presenter.go_next()
    presenter.cancel()
    assert driver.state.waiting == waiting
    presenter.go_next()
    driver.settle()
    assert driver.state.page_name == "scan1.png"
    assert driver.state.waiting == ()


def test_after_a_damaged_arrival_the_next_one_is_offered(
    driver: WindowDriver, slip: Path, folder: Path, tmp_path: Path
) -> None:
    presenter = driver.program.presenter
    assert presenter is not None
    _watch(driver, folder)
    damaged = tmp_path / "bad.jpg"
    damaged.write_text("Dear Sir or Madam")
    presenter.let_wait(files_as_pictures([damaged]))
    driver.settle()
    assert driver.sees("bad.jpg: ")
    presenter.let_wait(files_as_pictures([slip]))
    assert driver.sees("bad.jpg: ")
    assert driver.sees("1 new picture waits (N)")
    driver.press(Qt.Key.Key_N)
    driver.settle()
    assert driver.state.page_name == "slip.png"


def test_the_folder_is_remembered_and_can_be_forgotten(
    qtbot: QtBot, reader: FakeReader, tmp_path: Path, folder: Path
) -> None:
    first = WindowDriver(qtbot, ports_of(reader), tmp_path)
    assert not first.window.commands[Command.STOP_WATCHING].isEnabled()
    _watch(first, folder)
    first.close()

    second = WindowDriver(qtbot, ports_of(reader), tmp_path)
    qtbot.waitUntil(lambda: second.sees("Watching the folder Scans."))
    assert second.window.commands[Command.STOP_WATCHING].isEnabled()
    second.click("Stop watching the folder Scans")
    assert second.sees("The folder Scans is no longer watched.")
    assert not second.sees("Watching the folder")
    assert SettingsFile(tmp_path / "settings.json").settings.watched_folder == ""
    second.close()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (FolderState.GONE, "is not there any more. Connect its drive"),
        (FolderState.FORBIDDEN, "You do not have permission to look into the folder Scans."),
        (FolderState.UNREACHABLE, "cannot be reached. Check the network"),
    ],
)
def test_a_folder_out_of_reach_is_said_without_taking_the_focus(
    driver: WindowDriver, slip: Path, folder: Path, state: FolderState, words: str
) -> None:
    driver.open(slip)
    _watch(driver, folder)
    focus, watch = driver.focus, _watching(driver).watch

    watch.reported.emit(FolderReport(folder, state))

    assert driver.sees(words)
    assert driver.focus is focus
    assert driver.number == "561247"
    watch.reported.emit(FolderReport(folder, FolderState.WATCHED))
    assert driver.sees("The folder Scans is back; watching goes on.")


def test_a_real_folder_that_goes_is_said_and_its_return_too(
    driver: WindowDriver, folder: Path
) -> None:
    _watch(driver, folder)
    folder.rename(folder.with_name("away"))
    driver.qtbot.waitUntil(
        lambda: driver.sees("The folder Scans is not there any more."), timeout=ARRIVE_MS
    )
    folder.with_name("away").rename(folder)
    driver.qtbot.waitUntil(lambda: driver.sees("The folder Scans is back"), timeout=ARRIVE_MS)
