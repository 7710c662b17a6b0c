"""Puts the scan sheet together: its desk, its thread, and its place in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.gui.scan_desk import ScanDesk
from desktop_app.gui.scan_sheet import ScanSheet
from desktop_app.scanning import platform_port
from desktop_app.scanning.service import ScanService

if TYPE_CHECKING:
    from desktop_app.gui.main_window import MainWindow
    from desktop_app.storage.settings import SettingsFile


class ScanWay(QObject):
    """Sends ``scanned`` with a tuple of ``Picture``, one for each sheet."""

    scanned = Signal(object)

    def __init__(self, window: MainWindow, settings: SettingsFile) -> None:
        super().__init__(window)
        self._window = window
        self._service = ScanService(platform_port.open_scanner_port, self)
        self._desk = ScanDesk(self._service, settings)
        self._service.arrived.connect(self._desk.on_arrived)
        self._sheet = ScanSheet(window.theme, window.commands, self._desk)
        self._desk.scanned.connect(self.scanned)
        # After the sheet's own, whose words it passes on.
        self._desk.state_changed.connect(self._on_state_changed)
        window.sheets_left.connect(self._on_sheets_left)
        window.closing.connect(self._on_closing)

    def open(self) -> None:
        """Show the sheet and make it ready."""
        self._desk.begin()
        self._window.show_sheet(self._sheet)

    def go_back(self) -> bool:
        """Stop a scan that is on the screen; False where there is none."""
        return self._sheet.isVisible() and self._sheet.go_back()

    @Slot()
    def _on_state_changed(self) -> None:
        if self._sheet.isVisible():
            self._window.status_line.say_instead(self._sheet.status)

    @Slot()
    def _on_sheets_left(self) -> None:
        self._desk.cancel()

    @Slot()
    def _on_closing(self) -> None:
        self._service.stop()
