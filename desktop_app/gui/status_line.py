"""The line at the bottom: what was checked and found, in a full sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.gui import icons, strings
from desktop_app.gui.bar import Bar
from desktop_app.gui.labels import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPaintEvent, QResizeEvent

    from desktop_app.gui.state import ViewState
    from desktop_app.gui.theme import Theme
    from desktop_app.gui.watch_chip import WatchChip


ROOM_FOR_NAME_PX: Final = 640


class ToneIcon(QWidget):
    """How the sentence is meant: a shape of its own in a colour of its own."""

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self._theme = the_theme
        self._icon = "shield-check"

    def show_icon(self, icon: str) -> None:
        """Change the shape, and with it the colour."""
        if icon != self._icon:
            self._icon = icon
            self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.px(18)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = min(self.width(), self.height())
        target = QRectF(0, (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        icons.paint_icon(painter, self._icon, target, self._colour())
        painter.end()

    def _colour(self) -> QColor:
        tokens = self._theme.tokens
        colours = {
            "triangle-alert": tokens.doubt.text,
            "circle-alert": tokens.failure.text,
            "info": tokens.quiet,
            "folder-sync": tokens.quiet,
        }
        return colours.get(self._icon, tokens.sure.text)


class StatusLine(Bar):
    """The sentence with its tone, and on the right where the clerk is among the pictures."""

    def __init__(self, the_theme: Theme) -> None:
        super().__init__(line_above=True)
        self._theme = the_theme
        self._name = self._at = ""
        self._state: ViewState | None = None
        self._instead = ""
        self._icon = ToneIcon(the_theme)
        self.sentence = Label(the_theme, strings.READY, size_px=14)
        self.place = Label(the_theme, size_px=14, quiet=True, wrap=False)
        row = QHBoxLayout()
        row.setContentsMargins(16, 11, 16, 11)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.place)
        self._row = row
        self._chip: WatchChip | None = None
        self._waiting = 0
        self.set_content(row)
        the_theme.scaled.connect(self._say_place)

    def add_chip(self, chip: WatchChip) -> None:
        """Show at the end of the line how the watched folder stands."""
        self._chip = chip
        self._row.addWidget(chip)
        chip.show_waiting(self._waiting)

    def show_state(self, state: ViewState) -> None:
        """Show the state's sentence."""
        self._waiting = len(state.waiting)
        if self._chip is not None:
            self._chip.show_waiting(self._waiting)
        self._state = state
        self._say()
        # Of a picture that failed, not of the page that is still shown, which has its own title.
        self._name = state.queue.name if state.is_kept else state.page_name
        self._at = state.queue.place()
        self._say_place()

    @Slot(str)
    def say_instead(self, words: str) -> None:
        """Say what goes on on a sheet of the window, while that lies over the page."""
        self._instead = words
        self._say()

    @Slot()
    def go_back(self) -> None:
        """Say again what is true of the page."""
        self.say_instead("")

    def _say(self) -> None:
        words, icon, state = self._instead, "info", self._state
        if not words and state is not None and state.is_gap_open:
            words = strings.GAP_WAITS
        elif not words:
            words = strings.READY if state is None else state.status
            icon = "shield-check" if state is None else state.tone.value
        self.sentence.setText(words)
        self.sentence.setAccessibleName(words)
        self._icon.show_icon(icon)

    @Slot()
    def _say_place(self) -> None:
        # With large text in a small window the sentence needs the room; the title has the name.
        has_room = self.width() >= self._theme.px(ROOM_FOR_NAME_PX)
        words = [self._name if has_room else "", self._at]
        self.place.setText(" · ".join(word for word in words if word))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_place()
        if self._chip is not None:
            self._chip.fit()
