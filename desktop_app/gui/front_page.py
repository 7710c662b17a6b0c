"""What a person sees first: what it is for, one large button, where to drop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.gui import brushwork, strings, theme
from desktop_app.gui.buttons import Button, Look, mixed
from desktop_app.gui.commands import Command
from desktop_app.gui.labels import Label
from model.formats import SUPPORTED_FORMATS

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from desktop_app.gui.actions import Actions
    from desktop_app.gui.notice_card import NoticeCard
    from desktop_app.gui.state import ViewState
    from desktop_app.gui.theme import Theme

# Around the card, within it left and right, and between its buttons.
_MARGIN: Final = 24
_SIDE: Final = 32
_BETWEEN: Final = 12


class DropCard(QWidget):
    """The dashed field that says where to drop; everything on it is centred.

    It tells of the window's first paint, because the window itself, all covered by opaque
    children, never gets a paint event.
    """

    first_painted = Signal()

    def __init__(self, the_theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._theme = the_theme
        self._has_painted = False
        self._title = Label(
            the_theme, strings.DROP_TITLE, size_px=32, weight=QFont.Weight.DemiBold, centred=True
        )
        self._purpose = Label(the_theme, strings.PURPOSE, size_px=16, quiet=True, centred=True)
        self.open_button = Button.for_command(
            actions,
            Command.OPEN,
            the_theme,
            "Open picture…",
            look=Look.ON_BED_FILLED,
            icon="folder-open",
            key="Ctrl+O",
        )
        self.open_button.set_large(56, 20)
        self._scan = Button.for_command(
            actions,
            Command.SCAN,
            the_theme,
            "Scan",
            look=Look.ON_BED,
            icon="scan-line",
            key="S",
        )
        self._paste = Button.for_command(
            actions,
            Command.PASTE,
            the_theme,
            "Paste",
            look=Look.ON_BED,
            icon="clipboard-paste",
            key="Ctrl+V",
        )
        self._write = Button.for_command(
            actions, Command.WRITE, the_theme, "Write", look=Look.ON_BED, icon="pen-line", key="D"
        )
        self._others = (self._scan, self._paste, self._write)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 40, _SIDE, 40)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._title)
        column.addSpacing(12)
        column.addWidget(self._purpose)
        column.addSpacing(28)
        column.addLayout(_centred(self.open_button))
        column.addSpacing(12)
        column.addLayout(_centred(*self._others))
        column.addStretch(1)

    def show_state(self, state: ViewState) -> None:
        """Say what is being opened, and how to stop it."""
        self._title.setText(state.status if state.is_busy else strings.DROP_TITLE)
        self._purpose.setText(strings.ESC_CANCELS if state.is_busy else strings.PURPOSE)

    def fit(self, width: int) -> None:
        """Leave out the keys where not all buttons fit beside them; tool tips have them, too."""
        for has_key in (True, False):
            for button in self._others:
                button.show_beside_words(key=has_key, icon=True)
            needed = sum(button.sizeHint().width() + _BETWEEN for button in self._others)
            if needed - _BETWEEN + 2 * _SIDE <= width:
                return

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ground = mixed(self._theme.tokens.bed, QColor("white"), 0.035)
        brushwork.fill_rounded(painter, frame, ground, 24)
        brushwork.outline_rounded(painter, frame, theme.BED_LINE, 24, width=2, dashes=(4, 3))
        painter.end()
        if not self._has_painted:
            self._has_painted = True
            self.first_painted.emit()


class FrontPage(QScrollArea):
    """The front page; scrolls where the text is large and the window small."""

    def __init__(self, the_theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._theme = the_theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAccessibleName("Start")
        self.card = DropCard(the_theme, actions)
        self._facts = Label(the_theme, _facts(), quiet=True, centred=True)
        self.notice: NoticeCard | None = None
        self._is_complete = False
        page = QWidget()
        self._column = QVBoxLayout()
        row = QHBoxLayout(page)
        row.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        row.addStretch(1)
        row.addLayout(self._column, 100)
        row.addStretch(1)
        self._column.setSpacing(20)
        self._column.addStretch(1)
        self._column.addWidget(self.card, 6)
        self._column.addWidget(self._facts)
        self._column.addStretch(1)
        self.setWidget(page)
        self._recolour()
        self._on_scaled()
        the_theme.recoloured.connect(self._recolour)
        the_theme.scaled.connect(self._on_scaled)

    def complete(self) -> None:
        """What can wait until after the first paint."""
        from PySide6.QtCore import Qt

        from desktop_app.gui.scroll_bar import use_slim_bar

        use_slim_bar(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._is_complete = True
        self._fit()

    def add_notice(self, notice: NoticeCard) -> None:
        """Give it the card for messages, built when there is the first one."""
        self.notice = notice
        self._column.insertWidget(1, notice)
        self._on_scaled()

    def show_state(self, state: ViewState) -> None:
        """Show the state's notice."""
        if self.notice is not None:
            self.notice.show_notice(state.notice)
        self.card.show_state(state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # Asked for a widget that Qt made itself, PySide first builds every class it might be of:
        # 10 ms, a tenth of the time to the first paint.
        room = self.viewport().size() if self._is_complete else self.maximumViewportSize()
        self.card.fit(room.width() - 2 * _MARGIN)

    @Slot()
    def _on_scaled(self) -> None:
        widest = self._theme.px(720)
        self.card.setMaximumWidth(widest)
        self.card.setMaximumHeight(self._theme.px(440))
        self._facts.setMaximumWidth(widest)
        if self.notice is not None:
            self.notice.setMaximumWidth(widest)
        self._fit()

    @Slot()
    def _recolour(self) -> None:
        theme.put_on_bed(self, self._theme.tokens)


def _centred(*buttons: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(_BETWEEN)
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


def _facts() -> str:
    return f"{', '.join(SUPPORTED_FORMATS)}  ·  {strings.PRIVACY}"
