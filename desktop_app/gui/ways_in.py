"""Every way in which paper comes into the program; each is built when it is first asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop_app.gui.commands import Command

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.gui.main_window import MainWindow
    from desktop_app.gui.scan_way import ScanWay
    from desktop_app.storage.settings import SettingsFile


class WaysIn(QObject):
    """Sends ``offered`` with a tuple of ``Picture``, or with a ``Refusal`` in their place."""

    offered = Signal(object)

    def __init__(self, window: MainWindow, settings: SettingsFile) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._dialog: QFileDialog | None = None
        self._scan: ScanWay | None = None

    def table(self) -> dict[Command, Callable[[], object]]:
        """What each of these commands does."""
        return {
            Command.OPEN: self.ask_for_files,
            Command.PASTE: self.paste,
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

    def paste(self) -> None:
        """Take what the clipboard holds."""
        from desktop_app.gui.incoming import pictures_from

        mime = QGuiApplication.clipboard().mimeData()
        self.offered.emit(pictures_from(mime, pasted=True))
