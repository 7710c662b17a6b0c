"""The panel while the worker is at work: what it does, a bar, and how to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop_app.gui.buttons import Button
from desktop_app.gui.commands import Command
from desktop_app.gui.labels import Label
from desktop_app.gui.state import Phase, ViewState

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from desktop_app.gui.actions import Actions
    from desktop_app.gui.theme import Theme

PERIOD_MS: Final = 900


class BusyBar(QWidget):
    """How long a reading takes is unknown, so a part of the bar wanders; or it stands still."""

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self._theme = the_theme
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(16)
        self._timer.timeout.connect(self.update)
        self._reduce_motion = False
        self.setFixedHeight(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Reading in progress")

    def set_reduce_motion(self, reduce: bool) -> None:
        """Whether the bar stands still."""
        self._reduce_motion = reduce
        if reduce:
            self._timer.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        if not self._reduce_motion:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(self.rect())
        painter.setBrush(self._theme.tokens.line)
        painter.drawRoundedRect(track, 3, 3)
        painter.setBrush(self._theme.tokens.action)
        length = track.width() * 0.4
        if self._reduce_motion:
            start = 0.0
        else:
            share = (self._clock.elapsed() % PERIOD_MS) / PERIOD_MS
            start = share * (track.width() + length) - length
        part = QRectF(start, 0, length, track.height()).intersected(track)
        painter.drawRoundedRect(part, 3, 3)
        painter.end()


class ProgressView(QWidget):
    """Shown in LOADING and READING."""

    def __init__(self, the_theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._words = Label(the_theme)
        self.bar = BusyBar(the_theme)
        cancel = Button.for_command(actions, Command.CANCEL, the_theme, "Cancel", key="Esc")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(self._words)
        column.addWidget(self.bar)
        column.addSpacing(4)
        column.addWidget(cancel)
        column.addStretch(1)

    def show_state(self, state: ViewState) -> None:
        """Say what is being done."""
        is_reading = state.phase is Phase.READING
        self._words.setText(f"Reading {state.page_name}…" if is_reading else state.status)
