"""The panel of the scan sheet: which scanner, how, and what it is doing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from desktop_app.gui import brushwork, strings
from desktop_app.gui.buttons import Button, Look
from desktop_app.gui.commands import Command
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.labels import Label
from desktop_app.gui.notice_card import NoticeCard
from desktop_app.gui.scan_form import ScanForm
from desktop_app.gui.scan_state import ScanPhase, ScanState
from desktop_app.gui.scroll_bar import use_slim_bar
from desktop_app.scanning.values import Source

if TYPE_CHECKING:
    from desktop_app.gui.actions import Actions
    from desktop_app.gui.scan_desk import ScanDesk
    from desktop_app.gui.theme import Theme

_FINE_STEPS: Final = 1000


class ShareBar(QProgressBar):
    """How much of the sheet is in."""

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self._theme = the_theme
        self.setRange(0, _FINE_STEPS)
        self.setTextVisible(False)
        self.setAccessibleName("Scanned")

    def sizeHint(self) -> QSize:
        return QSize(120, 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(self.rect())
        brushwork.fill_rounded(painter, track, self._theme.tokens.line, 3)
        track.setWidth(track.width() * self.value() / _FINE_STEPS)
        brushwork.fill_rounded(painter, track, self._theme.tokens.action, 3)
        painter.end()


class ScanPanel(QWidget):
    """The choices scroll where the text is large; what can be done stays at the foot."""

    def __init__(self, the_theme: Theme, actions: Actions, desk: ScanDesk) -> None:
        super().__init__()
        self._theme = the_theme
        self._title = Label(the_theme, strings.SCAN_TITLE, size_px=26, weight=QFont.Weight.DemiBold)
        self.form = ScanForm(the_theme, desk)
        self._notice = NoticeCard(the_theme)
        self._notice.dismissed.connect(desk.dismiss_notice)
        self.status = Label(the_theme)
        self._bar = ShareBar(the_theme)
        self.scan_button = Button(
            the_theme, "Scan", look=Look.FILLED, icon="scan-line", key="Enter"
        )
        self.scan_button.clicked.connect(desk.scan)
        self.read_button = Button(the_theme, "Read sheets")
        self.read_button.clicked.connect(desk.hand_over)
        self.preview_button = Button(the_theme, "Preview", key="P")
        self.preview_button.clicked.connect(desk.preview)
        self.look_button = Button(the_theme, "Look again", key="F5")
        self.look_button.clicked.connect(desk.look)
        self.back_button = Button.for_command(actions, Command.CANCEL, the_theme, "Back", key="Esc")
        self._lay_out()

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 20, 24, 12)
        column.setSpacing(12)
        for widget in (self._title, self._notice, self.status, self._bar, self.form):
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        use_slim_bar(area)
        area.setWidget(content)
        content.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        self._area = area
        foot = self._foot = QWidget()
        flow = FlowLayout(foot, spacing=8)
        for button in self._buttons():
            if not button.accessibleName():
                button.setAccessibleName(button.text())
            flow.addWidget(button)
        flow.setContentsMargins(24, 12, 24, 16)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addWidget(foot)

    def _buttons(self) -> tuple[Button, ...]:
        return (
            self.scan_button,
            self.read_button,
            self.preview_button,
            self.look_button,
            self.back_button,
        )

    def show_state(self, state: ScanState) -> None:
        """Show what can be chosen, and what is happening."""
        self.form.show_state(state)
        self._notice.show_notice(state.notice)
        if state.notice is not None:
            self._area.verticalScrollBar().setValue(0)
        self.status.setText(_status(state))
        self.status.setVisible(bool(self.status.text()))
        self._bar.setVisible(state.is_scanning)
        self._bar.setValue(round((state.share or 0) * _FINE_STEPS))
        is_ready = state.phase is ScanPhase.READY
        self.scan_button.setVisible(is_ready)
        self.preview_button.setVisible(state.can_preview)
        count = len(state.sheets)
        self.read_button.setVisible(is_ready and count > 0)
        words = "Read the sheet" if count == 1 else f"Read the {count} sheets"
        if count and words != self.read_button.text():
            self.read_button.show_text(words)
            self.read_button.setAccessibleName(words)
        # Where there is a scanner, the form has the same beside it.
        self.look_button.setVisible(state.phase is ScanPhase.STUCK)
        self._name_back_button("Stop" if state.is_busy else "Back")

    def _name_back_button(self, words: str) -> None:
        if words != self.back_button.text():
            self.back_button.show_text(words)
            self.back_button.setAccessibleName(words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.tokens.panel)
        painter.setPen(self._theme.tokens.line)
        painter.drawLine(0, self._foot.y(), self.width(), self._foot.y())
        painter.end()


def _status(state: ScanState) -> str:
    """What the scanner does, or what the clerk has to do first."""
    if state.phase is ScanPhase.LOOKING:
        return strings.LOOKING_FOR_SCANNERS
    if state.phase is ScanPhase.ASKING:
        return strings.ASKING_SCANNER
    if state.phase is ScanPhase.PREVIEWING:
        return strings.PREVIEWING
    is_feeder = state.choice.source is Source.FEEDER
    if state.phase is ScanPhase.SCANNING:
        what = f"Scanning sheet {len(state.sheets) + 1}…" if is_feeder else "Scanning…"
        share = state.share
        return what if share is None else f"{what} {round(share * 100)}\u00a0%"
    if state.phase is ScanPhase.READY and state.notice is None:
        return strings.PUT_IN_FEEDER if is_feeder else strings.LAY_ON_GLASS
    return ""
