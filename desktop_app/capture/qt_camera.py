"""The computer's cameras through QtMultimedia: the only module that imports it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCameraPermission, QCoreApplication, QObject, Qt, Signal, Slot
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QCameraFormat,
    QMediaCaptureSession,
    QMediaDevices,
    QVideoFrame,
    QVideoSink,
)

from desktop_app.capture.camera import CameraChoice, CameraTrouble

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QImage

# Beyond this a frame has more pixels than a number within it needs.
_MOST_PIXELS: Final = 2_600_000
_LEAST_FRAMES_PER_S: Final = 10


@dataclass(frozen=True, slots=True, eq=False)
class _QtFrame:
    frame: QVideoFrame

    def to_image(self) -> QImage:
        image: QImage = self.frame.toImage()
        return image


class QtCamera(QObject):
    """A ``Camera``."""

    begun = Signal()
    frame_arrived = Signal(object)
    troubled = Signal(object)
    choices_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices = QMediaDevices(self)
        self._devices.videoInputsChanged.connect(self._on_inputs_changed)
        self._sink = QVideoSink(self)
        self._sink.videoFrameChanged.connect(self._on_frame_changed)
        self._session = QMediaCaptureSession(self)
        self._session.setVideoSink(self._sink)
        self._camera: QCamera | None = None
        self._wanted = ""

    def choices(self) -> list[CameraChoice]:
        """Every camera that is there, the system's own choice first."""
        devices = sorted(QMediaDevices.videoInputs(), key=lambda device: not device.isDefault())
        return [CameraChoice(device.description(), _identity(device)) for device in devices]

    def start(self, identity: str) -> None:
        """Ask for permission where the system wants that, then send frames."""
        self.stop()
        self._wanted = identity
        permission = QCameraPermission()
        application = QCoreApplication.instance()
        if application is None:
            return
        status = application.checkPermission(permission)
        if status is Qt.PermissionStatus.Undetermined:
            application.requestPermission(permission, self, self._on_permission_answered)
        elif status is Qt.PermissionStatus.Denied:
            self.troubled.emit(CameraTrouble.REFUSED)
        else:
            self._begin()

    def stop(self) -> None:
        """Send no more, and let the camera go."""
        camera, self._camera = self._camera, None
        self._wanted = ""
        if camera is not None:
            camera.errorOccurred.disconnect(self._on_error)
            camera.stop()
            # Which also takes it out of the session.
            camera.deleteLater()

    def _begin(self) -> None:
        device = self._wanted_device()
        if device is None:
            self.troubled.emit(CameraTrouble.NO_CAMERA)
            return
        camera = self._camera = QCamera(device, self)
        camera.errorOccurred.connect(self._on_error)
        form = _finest_form(device)
        if form is not None:
            camera.setCameraFormat(form)
        self._session.setCamera(camera)
        # Before it may fail at once.
        self.begun.emit()
        camera.start()

    def _wanted_device(self) -> QCameraDevice | None:
        """None where none is wanted, or it is not there."""
        devices = QMediaDevices.videoInputs() if self._wanted else ()
        return next((one for one in devices if _identity(one) == self._wanted), None)

    def _on_permission_answered(self) -> None:
        application = QCoreApplication.instance()
        if application is None or not self._wanted:
            return
        if application.checkPermission(QCameraPermission()) is Qt.PermissionStatus.Granted:
            self._begin()
        else:
            self.troubled.emit(CameraTrouble.REFUSED)

    @Slot(QVideoFrame)
    def _on_frame_changed(self, frame: QVideoFrame) -> None:
        if frame.isValid():
            self.frame_arrived.emit(_QtFrame(frame))

    @Slot()
    def _on_error(self) -> None:
        # Most often another program holds it; Qt tells no reasons apart.
        is_there = self._wanted_device() is not None
        self.stop()
        self.troubled.emit(CameraTrouble.BUSY if is_there else CameraTrouble.TAKEN_AWAY)

    @Slot()
    def _on_inputs_changed(self) -> None:
        self.choices_changed.emit()
        if self._camera is not None and self._wanted_device() is None:
            self.stop()
            self.troubled.emit(CameraTrouble.TAKEN_AWAY)


def _identity(device: QCameraDevice) -> str:
    return bytes(device.id().data()).decode(errors="replace")


def _finest_form(device: QCameraDevice) -> QCameraFormat | None:
    """The most pixels that still come often enough; None leaves it to the system."""
    fit = [
        form
        for form in device.videoFormats()
        if form.maxFrameRate() >= _LEAST_FRAMES_PER_S and _pixels(form) <= _MOST_PIXELS
    ]
    return max(fit, key=_pixels, default=None)


def _pixels(form: QCameraFormat) -> int:
    size: QSize = form.resolution()
    return size.width() * size.height()
