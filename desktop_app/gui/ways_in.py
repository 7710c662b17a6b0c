"""Every way in which paper comes into the program; each is built when it is first asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop_app.gui import strings
from desktop_app.gui.commands import Command
from desktop_app.gui.state import StatusTone

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.capture.folder_opening import FolderOpening
    from desktop_app.gui.camera_opening import CameraOpening
    from desktop_app.gui.folder_watching import FolderWatching
    from desktop_app.gui.incoming import Unsorted
    from desktop_app.gui.main_window import MainWindow
    from desktop_app.gui.scan_way import ScanWay
    from desktop_app.gui.screen_part import ScreenPart
    from desktop_app.gui.theme import Theme
    from desktop_app.storage.settings import SettingsFile
    from model.errors import PictureError


class WaysIn(QObject):
    """Sends ``offered`` with a tuple of ``Picture``, or with a ``Refusal`` in their place.

    ``arrived`` carries pictures that came by themselves, ``told`` a sentence and its tone.
    """

    offered = Signal(object)
    arrived = Signal(object)
    told = Signal(str, object)

    def __init__(self, window: MainWindow, settings: SettingsFile, the_theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._theme = the_theme
        self._watching: FolderWatching | None = None
        self._camera: CameraOpening | None = None
        self._screen_part: ScreenPart | None = None
        self._folders: FolderOpening | None = None
        self._dialog: QFileDialog | None = None
        self._scan: ScanWay | None = None

    def table(self) -> dict[Command, Callable[[], object]]:
        """What each of these commands does."""
        return {
            Command.OPEN: self.ask_for_files,
            Command.PASTE: self.paste,
            Command.CAMERA: self._open_camera,
            Command.SCREEN_PART: self._read_screen,
            Command.WATCH_FOLDER: self._watch_folder,
            Command.STOP_WATCHING: self._stop_watching,
            Command.SCAN: self.scan,
        }

    def go_back(self) -> bool:
        """Stop what is under way on the sheet that is open; False where nothing is."""
        return self._scan is not None and self._scan.go_back()

    def scan(self) -> None:
        """Open the scan sheet; its thread starts with its first question."""
        if self._scan is None:
            from desktop_app.gui.scan_way import ScanWay

            self._scan = ScanWay(self._window, self._settings)
            self._scan.scanned.connect(self.offered)
        self._scan.open()

    @Slot()
    def ask_for_files(self) -> None:
        """Open the system's file dialog, without a nested event loop."""
        from model.formats import SUPPORTED_SUFFIXES

        if self._dialog is not None:
            self._dialog.raise_()
            return
        dialog = QFileDialog(self._window, "Open picture", self._settings.settings.last_folder)
        endings = " ".join(f"*{suffix}" for suffix in SUPPORTED_SUFFIXES)
        dialog.setNameFilters([f"Pictures ({endings})", "All files (*)"])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._on_files_selected)
        dialog.finished.connect(self._on_dialog_finished)
        self._dialog = dialog
        dialog.open()

    @Slot(list)
    def _on_files_selected(self, names: list[str]) -> None:
        from desktop_app.gui.incoming import files_as_pictures

        paths = [Path(name) for name in names]
        if paths:
            self._settings.change(last_folder=str(paths[0].parent))
            self.offered.emit(files_as_pictures(paths))

    @Slot(int)
    def _on_dialog_finished(self, _result: int) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()

    @property
    def watching(self) -> FolderWatching:
        """The watched folder, if any; its part of the program is loaded at the first call."""
        if self._watching is None:
            from desktop_app.gui.folder_watching import FolderWatching

            self._watching = FolderWatching(self._window, self._settings, self._theme)
            self._watching.arrived.connect(self.arrived)
            self._watching.told.connect(self.told)
        return self._watching

    def _watch_folder(self) -> None:
        self.watching.ask()

    def _stop_watching(self) -> None:
        self.watching.stop_watching()

    def _open_camera(self) -> None:
        if self._camera is None:
            from desktop_app.gui.camera_opening import CameraOpening

            self._camera = CameraOpening(self._window, self._settings, self._theme)
            self._camera.offered.connect(self.offered)
            self._window.closing.connect(self._camera.close)
        self._camera.open()

    def _read_screen(self) -> None:
        if self._screen_part is None:
            from desktop_app.gui.screen_part import ScreenPart

            self._screen_part = ScreenPart(self._window, self._theme)
            self._screen_part.offered.connect(self.offered)
        self._screen_part.choose()

    def resume(self) -> None:
        """Go on with what was going on by itself when the program ended."""
        if self._settings.settings.watched_folder:
            self.watching.resume()
        else:
            self._window.commands[Command.STOP_WATCHING].setEnabled(False)

    def sort_out(self, unsorted: Unsorted) -> None:
        """Offer the files, and the pictures of the folders, among these paths."""
        if self._folders is None:
            from desktop_app.capture.folder_opening import FolderOpening

            self._folders = FolderOpening(self)
            self._folders.opened.connect(self._on_folders_opened)
            self._folders.refused.connect(self._on_folders_refused)
            self._window.closing.connect(self._folders.stop)
        self.told.emit(strings.LOOKING_INTO_FOLDER, StatusTone.BUSY)
        self._folders.open(unsorted.paths)

    @Slot(object)
    def _on_folders_opened(self, paths: tuple[Path, ...]) -> None:
        from desktop_app.gui.incoming import files_as_pictures

        self.offered.emit(files_as_pictures(paths))

    @Slot(object)
    def _on_folders_refused(self, error: PictureError) -> None:
        from desktop_app.gui.incoming import Refusal

        self.offered.emit(Refusal(error.user_message, error.hint))

    def paste(self) -> None:
        """Take what the clipboard holds."""
        from desktop_app.gui.incoming import pictures_from

        mime = QGuiApplication.clipboard().mimeData()
        self.offered.emit(pictures_from(mime, pasted=True))
