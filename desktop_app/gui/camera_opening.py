"""Opens the camera's window, where the camera part is installed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.gui.incoming import Refusal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.capture.camera import Camera
    from desktop_app.gui.camera_dialog import CameraDialog
    from desktop_app.gui.theme import Theme
    from desktop_app.storage.settings import SettingsFile

logger = logging.getLogger(__name__)


def qt_camera() -> Camera:
    """The computer's own.

    Raises:
        ImportError: QtMultimedia is not installed, or a library of the system is missing.
    """
    from desktop_app.capture.qt_camera import QtCamera

    return QtCamera()


class CameraOpening(QObject):
    """Sends ``offered`` with the picture that was taken, or with a ``Refusal``."""

    offered = Signal(object)

    def __init__(self, window: QWidget, settings: SettingsFile, the_theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._theme = the_theme
        self._camera: Camera | None = None
        self.dialog: CameraDialog | None = None

    def open(self) -> None:
        """Open the camera's window, without a nested event loop."""
        from desktop_app.capture.camera import CameraTrouble
        from desktop_app.gui.camera_dialog import CameraDialog
        from desktop_app.gui.camera_words import TROUBLES

        if self.dialog is not None:
            self.dialog.raise_()
            return
        try:
            self._camera = self._camera or qt_camera()
        except ImportError as error:
            logger.info("camera: %s", error)
            is_absent = isinstance(error, ModuleNotFoundError)
            trouble = CameraTrouble.NOT_INSTALLED if is_absent else CameraTrouble.LIBRARY_MISSING
            self.offered.emit(Refusal(*TROUBLES[trouble]))
            return
        dialog = self.dialog = CameraDialog(self._window, self._camera, self._settings, self._theme)
        dialog.taken.connect(self.offered)
        dialog.finished.connect(self._on_finished)
        dialog.resize(self._window.size() * 0.92)
        dialog.open()
        dialog.start()

    @Slot()
    def close(self) -> None:
        """Let the camera go with the window."""
        if self.dialog is not None:
            self.dialog.reject()

    @Slot()
    def _on_finished(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()
            self._window.activateWindow()
