"""In the status line: which folder is watched, whether it can be, and how many pictures wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.gui import strings
from desktop_app.gui.buttons import Button
from desktop_app.gui.labels import Label
from desktop_app.gui.status_line import ToneIcon

if TYPE_CHECKING:
    from desktop_app.gui.theme import Theme

WIDEST_NAME_PX: Final = 180
ROOM_FOR_NAME_PX: Final = 800


class StopButton(Button):
    """As low as the line that it stands in."""

    def sizeHint(self) -> QSize:
        side = self._theme.px(26)
        return QSize(side, side)


class WatchChip(QWidget):
    """Hidden while no folder is watched and no picture waits."""

    stop_wanted = Signal()

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self._theme = the_theme
        self._folder = ""
        self._waiting = 0
        self._has_trouble = False
        self.waits = Label(the_theme, size_px=14, weight=QFont.Weight.DemiBold, wrap=False)
        self.waits.setForegroundRole(QPalette.ColorRole.Link)
        self._icon = ToneIcon(the_theme)
        self._name = Label(the_theme, size_px=14, quiet=True, wrap=False)
        self.stop_button = StopButton(the_theme, icon="x")
        self.stop_button.clicked.connect(self.stop_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.waits)
        row.addWidget(self._icon)
        row.addWidget(self._name)
        row.addWidget(self.stop_button)
        the_theme.scaled.connect(self._fit)
        self.show_folder("", sentence="")
        self.show_waiting(0)

    def show_folder(self, name: str, *, sentence: str, has_trouble: bool = False) -> None:
        """Show the folder's name; an empty one means that none is watched.

        Args:
            name: Of the folder, without the folders that it lies in.
            sentence: How it stands, for the tool tip and for screen readers.
            has_trouble: Whether it is out of reach.
        """
        self._folder, self._has_trouble = name, has_trouble
        self._icon.show_icon("circle-alert" if has_trouble else "folder-sync")
        stop = strings.stop_watching(name)
        self.stop_button.setToolTip(stop)
        self.stop_button.setAccessibleName(stop)
        self.stop_button.setAccessibleDescription(sentence)
        self.setToolTip(sentence)
        self._icon.setVisible(bool(name))
        self.stop_button.setVisible(bool(name))
        self._fit()

    def show_waiting(self, count: int) -> None:
        """Say how many pictures wait; 0 says nothing."""
        self._waiting = count
        self._fit()

    @Slot()
    def _fit(self) -> None:
        self.setVisible(bool(self._folder) or self._waiting > 0)
        # With large text in a small window the sentence needs the room; the tool tip has the name.
        window = self.window()
        has_room = window is self or window.width() >= self._theme.px(ROOM_FOR_NAME_PX)
        words = strings.pictures_wait(self._waiting)
        self.waits.setText(words if has_room else strings.pictures_wait_short(self._waiting))
        self.waits.setAccessibleName(words)
        self.waits.setVisible(self._waiting > 0)
        self._name.setVisible(bool(self._folder) and has_room)
        metrics = QFontMetrics(self._name.font())
        widest = self._theme.px(WIDEST_NAME_PX)
        self._name.setText(metrics.elidedText(self._folder, Qt.TextElideMode.ElideMiddle, widest))
        self._name.setAccessibleName(strings.watching(self._folder) if self._folder else "")

    def fit(self) -> None:
        """Leave the name out where the window is narrow."""
        self._fit()
