"""The window's side of a watched folder: choosing it, saying how it stands, stopping."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from desktop_app.capture.folder_watch import FolderReport, FolderState, FolderWatch
from desktop_app.gui import strings
from desktop_app.gui.commands import Command
from desktop_app.gui.incoming import files_as_pictures
from desktop_app.gui.state import StatusTone
from desktop_app.gui.watch_chip import WatchChip

if TYPE_CHECKING:
    from desktop_app.gui.main_window import MainWindow
    from desktop_app.gui.theme import Theme
    from desktop_app.storage.settings import SettingsFile

_TROUBLE: Final = {
    FolderState.GONE: strings.FOLDER_GONE,
    FolderState.FORBIDDEN: strings.FOLDER_FORBIDDEN,
    FolderState.UNREACHABLE: strings.FOLDER_UNREACHABLE,
}


class FolderWatching(QObject):
    """Built when a folder is first watched.

    ``arrived`` carries a tuple of ``Picture``, ``told`` a sentence and its ``StatusTone``.
    """

    arrived = Signal(object)
    told = Signal(str, object)

    def __init__(self, window: MainWindow, settings: SettingsFile, the_theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._dialog: QFileDialog | None = None
        self._has_trouble = False
        self._is_new = False
        self.watch = FolderWatch(parent=self)
        self.watch.arrived.connect(self._on_arrived)
        self.watch.reported.connect(self._on_reported)
        self.chip = WatchChip(the_theme)
        self.chip.stop_wanted.connect(self.stop_watching)
        window.status_line.add_chip(self.chip)
        window.closing.connect(self.watch.stop)
        self._show_folder("", "")

    def ask(self) -> None:
        """Open the system's dialog for a folder, without a nested event loop."""
        if self._dialog is not None:
            self._dialog.raise_()
            return
        kept = self._settings.settings
        start = kept.watched_folder or kept.last_folder
        dialog = QFileDialog(self._window, strings.WATCH_TITLE, start)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, strings.WATCH_CHOOSE)
        dialog.fileSelected.connect(self._on_folder_selected)
        dialog.finished.connect(self._on_dialog_finished)
        self._dialog = dialog
        dialog.open()

    def resume(self) -> None:
        """Go on with the folder that was watched when the program ended."""
        folder = self._settings.settings.watched_folder
        if folder:
            self._watch(Path(folder))

    @Slot()
    def stop_watching(self) -> None:
        """Watch no folder any more, neither now nor at the next start."""
        folder = self.watch.folder
        self.watch.unwatch()
        self._settings.change(watched_folder="")
        self._has_trouble = False
        self._show_folder("", "")
        if folder is not None:
            self.told.emit(strings.not_watched(_name(folder)), StatusTone.READY)

    def _watch(self, folder: Path) -> None:
        self._has_trouble = False
        self._settings.change(watched_folder=str(folder))
        self._show_folder(_name(folder), strings.watching(_name(folder)))
        self.watch.watch(folder)

    def _show_folder(self, name: str, sentence: str) -> None:
        self.chip.show_folder(name, sentence=sentence, has_trouble=self._has_trouble)
        self._window.commands[Command.STOP_WATCHING].setEnabled(bool(name))

    @Slot(str)
    def _on_folder_selected(self, name: str) -> None:
        if name:
            self._is_new = True
            self._watch(Path(name))

    @Slot(int)
    def _on_dialog_finished(self, _result: int) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()

    @Slot(object)
    def _on_arrived(self, paths: tuple[Path, ...]) -> None:
        self.arrived.emit(files_as_pictures(paths))

    @Slot(object)
    def _on_reported(self, report: FolderReport) -> None:
        name, had_trouble = _name(report.folder), self._has_trouble
        trouble = _TROUBLE.get(report.state)
        self._has_trouble = trouble is not None
        sentence = strings.watching(name) if trouble is None else trouble.format(folder=name)
        self._show_folder(name, sentence)
        if trouble is not None:
            self.told.emit(sentence, StatusTone.FAILURE)
        elif had_trouble:
            self.told.emit(strings.folder_is_back(name), StatusTone.READY)
        elif self._is_new:
            # Not at every start: the chip says it.
            self.told.emit(sentence, StatusTone.READY)
        self._is_new = False


def _name(folder: Path) -> str:
    return folder.name or str(folder)
