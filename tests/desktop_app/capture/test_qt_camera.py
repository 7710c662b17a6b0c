"""The adapter of QtMultimedia; runs where the camera extra is installed. No camera is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage

from desktop_app.capture.camera import CameraSession, CameraTrouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

multimedia = pytest.importorskip(
    "PySide6.QtMultimedia",
    reason="needs the camera extra and libpulse0",
    exc_type=ImportError,
)
# QtMultimedia says that there is no graphics card.
pytestmark = [pytest.mark.qt_log_ignore(".*RHI backend", extend=True)]


def test_a_frame_keeps_its_pixels_on_its_way(qtbot: QtBot) -> None:
    from desktop_app.capture.qt_camera import QtCamera

    camera = QtCamera()
    session = CameraSession(camera)
    session._thread.start()
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    image.setPixelColor(7, 5, Qt.GlobalColor.red)

    with qtbot.waitSignal(session.seen) as seen:
        camera._sink.setVideoFrame(multimedia.QVideoFrame(image))

    (frame,) = seen.args or [None]
    assert frame.image.size() == image.size()
    assert frame.image.pixelColor(7, 5) == image.pixelColor(7, 5)
    assert frame.image.pixelColor(8, 5) == image.pixelColor(8, 5)
    session.stop()


def test_an_unknown_camera_is_told(qtbot: QtBot) -> None:
    from desktop_app.capture.qt_camera import QtCamera

    camera = QtCamera()
    with qtbot.waitSignal(camera.troubled) as troubled:
        camera.start("no such camera")
    assert troubled.args == [CameraTrouble.NO_CAMERA]
    camera.stop()


def test_a_refusal_of_the_system_is_told(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_app.capture.qt_camera import QtCamera

    monkeypatch.setattr(QCoreApplication, "checkPermission", lambda *_: Qt.PermissionStatus.Denied)
    camera = QtCamera()
    with qtbot.waitSignal(camera.troubled) as troubled:
        camera.start("any")
    assert troubled.args == [CameraTrouble.REFUSED]


def test_the_camera_begins_once_the_system_allows_it(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_app.capture import qt_camera

    answers = [Qt.PermissionStatus.Undetermined, Qt.PermissionStatus.Granted]
    monkeypatch.setattr(QCoreApplication, "checkPermission", lambda *_: answers.pop(0))
    asked: list[Callable[[], None]] = []
    monkeypatch.setattr(QCoreApplication, "requestPermission", lambda *call: asked.append(call[-1]))
    device = multimedia.QCameraDevice()
    monkeypatch.setattr(multimedia.QMediaDevices, "videoInputs", lambda: [device])
    monkeypatch.setattr(qt_camera, "_identity", lambda _: "the one")
    camera = qt_camera.QtCamera()
    begun: list[bool] = []
    camera.begun.connect(lambda: begun.append(True))
    camera.start("the one")
    (answer,) = asked
    assert begun == []

    answer()

    assert begun == [True]
    camera.stop()


def test_every_name_that_the_adapter_uses_is_there() -> None:
    """What only a machine with a camera calls: Qt's names at least must be right."""
    for owner, names in {
        multimedia.QCamera: ("errorOccurred", "setCameraFormat", "start", "stop"),
        multimedia.QCameraDevice: ("description", "id", "isDefault", "videoFormats"),
        multimedia.QCameraFormat: ("maxFrameRate", "resolution"),
        multimedia.QMediaCaptureSession: ("setCamera", "setVideoSink"),
        multimedia.QMediaDevices: ("videoInputs", "videoInputsChanged"),
        multimedia.QVideoFrame: ("isValid", "toImage"),
    }.items():
        assert [name for name in names if not hasattr(owner, name)] == []
