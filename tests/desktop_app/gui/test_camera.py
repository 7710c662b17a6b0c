from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from desktop_app.app import reader_ports
from desktop_app.capture.camera import CameraTrouble
from desktop_app.gui import camera_opening
from desktop_app.gui.camera_opening import CameraOpening
from desktop_app.storage.settings import SettingsFile
from model.intake import load_page
from tests.support.fake_camera import FakeCamera, frame_around
from tests.support.fakes import blank_page
from tests.support.pages import ink_page, on_paper
from tests.support.window_driver import WindowDriver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop_app.gui.camera_dialog import CameraDialog

SLIP = on_paper(ink_page("561247", height=90)).pixels


@pytest.fixture
def camera(monkeypatch: pytest.MonkeyPatch) -> FakeCamera:
    camera = FakeCamera("Desk camera", "Lid camera")
    monkeypatch.setattr(camera_opening, "qt_camera", lambda: camera)
    return camera


def _open(driver: WindowDriver) -> CameraDialog:
    driver.press(Qt.Key.Key_P)
    (opening,) = driver.window.findChildren(CameraOpening)
    assert isinstance(opening, CameraOpening)
    assert opening.dialog is not None
    driver.qtbot.waitUntil(opening.dialog.isActiveWindow)
    return opening.dialog


def _send(driver: WindowDriver, dialog: CameraDialog, image: QImage, times: int = 4) -> None:
    """Send a frame so often that its hint is steady, each after the one before was judged."""
    camera = dialog.session.camera
    assert isinstance(camera, FakeCamera)
    for _ in range(times):
        with driver.qtbot.waitSignal(dialog.session.seen):
            camera.send(image)


def test_space_takes_what_is_within_the_guide(driver: WindowDriver, camera: FakeCamera) -> None:
    dialog = _open(driver)
    assert not dialog.take_button.isEnabled()
    _send(driver, dialog, frame_around(SLIP))
    assert dialog.sentence.text() == "Sharp. Press Space."

    QTest.keyClick(dialog.view, Qt.Key.Key_Space)

    driver.qtbot.waitUntil(lambda: driver.number == "561247")
    assert driver.state.page_name == "Camera picture"
    assert driver.state.shown is not None
    assert np.array_equal(driver.state.shown.page.pixels, SLIP)
    assert not camera.is_on
    assert camera.threads.isdisjoint({threading.get_ident()})


def test_esc_leaves_and_lets_the_camera_go(driver: WindowDriver, camera: FakeCamera) -> None:
    before = driver.state
    dialog = _open(driver)
    _send(driver, dialog, frame_around(SLIP), times=1)
    QTest.keyClick(dialog.view, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not camera.is_on
    assert driver.state is before


def test_closing_the_window_lets_the_camera_go(driver: WindowDriver, camera: FakeCamera) -> None:
    dialog = _open(driver)
    _send(driver, dialog, frame_around(SLIP), times=1)
    driver.window.close()
    assert not camera.is_on


def test_hints_say_what_is_wrong_and_stay_readable(
    driver: WindowDriver, camera: FakeCamera
) -> None:
    import cv2

    dialog = _open(driver)
    _send(driver, dialog, frame_around(blank_page().pixels))
    assert dialog.sentence.text() == "Hold the number inside the frame."
    soft = np.asarray(cv2.GaussianBlur(SLIP, (0, 0), 6), np.uint8)
    _send(driver, dialog, frame_around(soft), times=2)
    assert dialog.sentence.text() == "Hold the number inside the frame."
    _send(driver, dialog, frame_around(soft), times=2)
    assert dialog.sentence.text() == "Not sharp. Hold the paper still, or a little further away."
    shining = SLIP.copy()
    cv2.ellipse(shining, (320, 190), (120, 40), 0, 0, 360, (255, 255, 255), -1)
    _send(driver, dialog, frame_around(shining))
    assert dialog.sentence.text() == "Light is reflected. Tilt the paper a little."
    dialog.reject()


def test_only_the_newest_frame_waits(driver: WindowDriver, camera: FakeCamera) -> None:
    dialog = _open(driver)
    seen: list[int] = []
    dialog.session.seen.connect(lambda frame: seen.append(frame.image.pixelColor(0, 0).red()))
    for shade in range(10, 110, 10):
        image = QImage(320, 240, QImage.Format.Format_RGB888)
        image.fill(shade << 16 | shade << 8 | shade)
        camera.send(image)
    driver.qtbot.waitUntil(lambda: seen[-1:] == [100])
    assert seen == [10, 100]
    dialog.reject()


def test_the_chosen_camera_is_remembered(
    driver: WindowDriver, camera: FakeCamera, tmp_path: Path
) -> None:
    dialog = _open(driver)
    assert camera.started == ["id of Desk camera"]
    QTest.mouseClick(dialog.choice_button, Qt.MouseButton.LeftButton)
    (menu,) = dialog.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == ["Desk camera", "Lid camera"]
    menu.actions()[1].trigger()
    menu.close()
    assert camera.started[-1] == "id of Lid camera"
    dialog.reject()
    driver.qtbot.waitUntil(driver.window.isActiveWindow)
    assert SettingsFile(tmp_path / "settings.json").settings.camera == "id of Lid camera"
    again = _open(driver)
    assert camera.started[-1] == "id of Lid camera"
    assert again.choice_button.accessibleName() == "Which camera: Lid camera"
    again.reject()


def test_without_a_camera_it_says_so_and_starts_by_itself(
    driver: WindowDriver, camera: FakeCamera
) -> None:
    camera.names.clear()
    dialog = _open(driver)
    assert dialog.view.accessibleDescription().startswith("There is no camera. Plug one in")
    assert not dialog.take_button.isEnabled()
    camera.plug_in("New camera")
    assert camera.started == ["id of New camera"]
    _send(driver, dialog, frame_around(SLIP))
    assert dialog.take_button.isEnabled()
    dialog.reject()


def test_a_camera_that_is_taken_away_is_said_and_comes_back(
    driver: WindowDriver, camera: FakeCamera
) -> None:
    camera.names = ["Desk camera"]
    dialog = _open(driver)
    _send(driver, dialog, frame_around(SLIP))
    camera.take_away("Desk camera")
    assert dialog.view.accessibleDescription().startswith("The camera was unplugged.")
    assert not dialog.sentence.isVisible()
    QTest.keyClick(dialog.view, Qt.Key.Key_Space)
    assert dialog.isVisible()
    camera.plug_in("Desk camera")
    _send(driver, dialog, frame_around(SLIP))
    assert dialog.sentence.text() == "Sharp. Press Space."
    dialog.reject()


@pytest.mark.parametrize(
    ("trouble", "title", "hint"),
    [
        (CameraTrouble.REFUSED, "does not let Numberglass use the camera", "Privacy, Camera"),
        (CameraTrouble.BUSY, "The camera does not start.", "Close other programs"),
    ],
)
def test_trouble_says_what_to_do_and_can_be_tried_again(
    driver: WindowDriver, camera: FakeCamera, trouble: CameraTrouble, title: str, hint: str
) -> None:
    camera.trouble_on_start = trouble
    dialog = _open(driver)
    assert title in dialog.view.accessibleDescription()
    assert hint in dialog.view.accessibleDescription()
    camera.trouble_on_start = None
    QTest.mouseClick(dialog.again_button, Qt.MouseButton.LeftButton)
    _send(driver, dialog, frame_around(SLIP))
    assert dialog.take_button.isEnabled()
    dialog.reject()


def test_a_camera_that_sends_nothing_is_said(
    driver: WindowDriver, camera: FakeCamera, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_app.capture import camera as camera_module

    monkeypatch.setattr(camera_module, "_SILENCE_MS", 50)
    dialog = _open(driver)
    driver.qtbot.waitUntil(
        lambda: "The camera sends no picture." in dialog.view.accessibleDescription()
    )
    assert not camera.is_on
    dialog.reject()


def test_the_clerk_may_take_time_to_allow_the_camera(
    driver: WindowDriver, camera: FakeCamera, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_app.capture import camera as camera_module

    monkeypatch.setattr(camera_module, "_SILENCE_MS", 50)
    camera.asks_first = True
    dialog = _open(driver)
    told: list[CameraTrouble] = []
    dialog.session.troubled.connect(told.append)
    waiting = QTimer()
    waiting.setSingleShot(True)
    with driver.qtbot.waitSignal(waiting.timeout):
        waiting.start(200)
    assert (told, camera.is_on) == ([], True)

    camera.allow()

    driver.qtbot.waitUntil(lambda: told == [CameraTrouble.SILENT])
    dialog.reject()


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (
            ModuleNotFoundError("PySide6.QtMultimedia"),
            "camera part of Numberglass is not installed",
        ),
        (ImportError("libpulse.so.0: cannot open"), "This system lacks a library"),
    ],
)
def test_a_missing_library_is_said_and_the_rest_works(
    driver: WindowDriver,
    monkeypatch: pytest.MonkeyPatch,
    slip: Path,
    error: ImportError,
    title: str,
) -> None:
    def fail() -> FakeCamera:
        raise error

    monkeypatch.setattr(camera_opening, "qt_camera", fail)
    driver.press(Qt.Key.Key_P)
    assert driver.sees(title)
    assert driver.sees("open a photo or paste it")
    driver.open(slip)
    assert driver.number == "561247"


def test_the_real_door_says_that_the_part_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    monkeypatch.delitem(sys.modules, "desktop_app.capture.qt_camera", raising=False)
    with pytest.raises(ModuleNotFoundError):
        camera_opening.qt_camera()


def test_the_top_bar_has_the_button_where_the_part_is_installed(driver: WindowDriver) -> None:
    from importlib.util import find_spec

    button = driver.window.top_bar.camera_button
    assert (button is not None) == (find_spec("PySide6.QtMultimedia") is not None)


@pytest.fixture
def real_driver(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDriver]:
    driver = WindowDriver(qtbot, reader_ports(tmp_path / "settings.json"), tmp_path)
    yield driver
    driver.close()


def _read_by_camera(driver: WindowDriver, pixels: np.ndarray) -> str:
    dialog = _open(driver)
    _send(driver, dialog, frame_around(pixels), times=1)
    before = driver.state.shown
    QTest.keyClick(dialog.view, Qt.Key.Key_Space)
    driver.qtbot.waitUntil(
        lambda: driver.state.shown is not before and not driver.state.is_busy, timeout=20_000
    )
    driver.qtbot.waitUntil(driver.window.isActiveWindow)
    return driver.number


@pytest.mark.usefixtures("camera")
def test_a_captured_frame_goes_through_the_whole_reader(real_driver: WindowDriver) -> None:
    assert _read_by_camera(real_driver, SLIP) == "561247"


@pytest.mark.usefixtures("camera")
def test_real_photographs_are_read_as_their_files_are(
    real_driver: WindowDriver, shared_data: Path
) -> None:
    paths = sorted((shared_data / "photos_dev" / "images").glob("*.jpg"))[:40:8]
    assert len(paths) == 5
    for path in paths:
        real_driver.open(path)
        by_file = real_driver.number
        real_driver.qtbot.waitUntil(real_driver.window.isActiveWindow)
        assert _read_by_camera(real_driver, load_page(path).pixels) == by_file
