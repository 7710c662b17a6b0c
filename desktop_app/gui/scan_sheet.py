"""The sheet for scanning: glass and panel, in the place of the bed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.gui.announcements import announce
from desktop_app.gui.scan_bed import ScanBed
from desktop_app.gui.scan_panel import ScanPanel
from desktop_app.gui.scan_state import ScanPhase, ScanState
from desktop_app.gui.work_sheet import WorkSheet

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from desktop_app.gui.actions import Actions
    from desktop_app.gui.scan_desk import ScanDesk
    from desktop_app.gui.theme import Theme
    from desktop_app.scanning.values import Strip

PANEL_W: Final = 400
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class ScanSheet(WorkSheet):
    """Enter scans as soon as that can be done, P previews, F5 looks again, Esc stops or leaves."""

    def __init__(self, the_theme: Theme, actions: Actions, desk: ScanDesk) -> None:
        super().__init__()
        self._theme = the_theme
        self._desk = desk
        self._shown = ScanState()
        self.bed = ScanBed(the_theme)
        self.panel = ScanPanel(the_theme, actions, desk)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.bed, 1)
        row.addWidget(self.panel)
        self.setAccessibleName("Scan paper")
        desk.state_changed.connect(self._on_state_changed)
        desk.strip_arrived.connect(self._on_strip_arrived)
        the_theme.scaled.connect(self._arrange)
        self._on_state_changed(desk.state)

    @property
    def status(self) -> str:
        """What the scanner does, what is awaited of the clerk, or what went wrong."""
        notice = self._shown.notice
        return self.panel.status.text() if notice is None else notice.as_sentence()

    def go_back(self) -> bool:
        """Stop what is under way; False where the sheet itself may be left."""
        was_scanning = self._desk.state.is_scanning
        self._desk.cancel()
        return was_scanning

    @property
    def first_field(self) -> QWidget:
        """Where the next key is wanted."""
        panel, phase = self.panel, self._shown.phase
        if phase is ScanPhase.READY:
            return panel.scan_button
        # While it looks or scans, none: Enter on Stop, pressed twice in haste, would give it up.
        return panel.look_button if phase is ScanPhase.STUCK else self

    @Slot(object)
    def _on_state_changed(self, state: ScanState) -> None:
        before, self._shown = self._shown, state
        self.bed.show_state(state)
        self.panel.show_state(state)
        if state.phase is not before.phase and self.isVisible():
            self.first_field.setFocus()
            announce(self, self.panel.status.text())
        if state.notice is not None and state.notice is not before.notice:
            announce(self, state.notice.as_sentence())

    @Slot(object)
    def _on_strip_arrived(self, strip: Strip) -> None:
        self.bed.add(strip)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or event.isAutoRepeat():
            super().keyPressEvent(event)
        elif event.key() in _ENTER:
            self._desk.scan()
        elif event.key() == Qt.Key.Key_P:
            self._desk.preview()
        elif event.key() == Qt.Key.Key_F5:
            self._desk.look()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        self.panel.setFixedWidth(min(self._theme.px(PANEL_W), self.width() * 3 // 5))
