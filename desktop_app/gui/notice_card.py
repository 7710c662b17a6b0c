"""A notice: what happened, what to do, and the next step as a button. Never a modal box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from desktop_app.gui import icons
from desktop_app.gui.buttons import Button
from desktop_app.gui.labels import Label

if TYPE_CHECKING:
    from desktop_app.gui.state import Notice, Remedy
    from desktop_app.gui.theme import Theme, Tone

MARGIN_PX: Final = 16

_NARROW_PX: Final = 340
"""Below this width, at 100 % text, the words have the whole width, under the icon and the cross."""


class NoticeCard(QWidget):
    """Shows a notice, or hides. Sends what the clerk chose."""

    chosen = Signal(object)
    dismissed = Signal()

    def __init__(self, the_theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = the_theme
        self._notice: Notice | None = None
        self._title = Label(the_theme, weight=QFont.Weight.DemiBold)
        self._hint = Label(the_theme)
        self._remedies = QWidget()
        self._buttons = QHBoxLayout(self._remedies)
        self._buttons.setContentsMargins(0, 8, 0, 0)
        self._buttons.setSpacing(8)
        self._close = Button(the_theme, icon="x")
        self._close.setAccessibleName("Close this message")
        self._close.setToolTip("Close this message (Esc)")
        self._close.clicked.connect(self.dismissed)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._lay_out()
        self._recolour()
        the_theme.recoloured.connect(self._recolour)
        self.hide()

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._is_narrow: bool | None = None
        self._on_scaled()
        self._theme.scaled.connect(self._on_scaled)

    @Slot()
    def _on_scaled(self) -> None:
        self.arrange_for(self.width())

    def arrange_for(self, width: int) -> None:
        """Give the words the room that they need.

        Args:
            width: Of the card, px.
        """
        is_narrow = width < self._theme.px(_NARROW_PX)
        beside_icon = 0 if is_narrow else self._theme.px(32)
        self._grid.setContentsMargins(MARGIN_PX + beside_icon, MARGIN_PX, 12, MARGIN_PX)
        if is_narrow is self._is_narrow:
            return
        self._is_narrow = is_narrow
        first, across, down = (1, 2, 1) if is_narrow else (0, 1, 3)
        for item in (self._title, self._hint, self._close, self._remedies):
            self._grid.removeWidget(item)
        self._grid.addWidget(self._close, 0, 1, down, 1, Qt.AlignmentFlag.AlignTop)
        for row, item in enumerate((self._title, self._hint, self._remedies), start=first):
            self._grid.addWidget(item, row, 0, 1, across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange_for(event.size().width())

    def show_notice(self, notice: Notice | None) -> None:
        """Show a notice, or none."""
        if notice is None:
            self.hide()
            self._notice = None
        elif notice is not self._notice:
            self._notice = notice
            self._show(notice)

    def focus_first_remedy(self) -> None:
        """Put the focus on the first button."""
        item = self._buttons.itemAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, notice: Notice) -> None:
        title = f"{notice.subject}: {notice.title}" if notice.subject else notice.title
        self._title.setText(title)
        self._hint.setText(notice.hint)
        while (item := self._buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for remedy in notice.remedies:
            button = self._remedy_button(remedy)
            # The focus goes there: a screen reader that knows no announcements still says why.
            button.setAccessibleDescription(notice.as_sentence())
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self.setAccessibleName(notice.as_sentence())
        self._recolour()
        self.show()
        self.updateGeometry()

    def _remedy_button(self, remedy: Remedy) -> Button:
        button = Button(self._theme, remedy.value)
        button.setAccessibleName(remedy.value.rstrip("…"))
        button.setProperty("remedy", remedy)
        button.clicked.connect(self._on_remedy_clicked)
        return button

    @Slot()
    def _on_remedy_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.chosen.emit(sender.property("remedy"))

    def _tone(self) -> Tone:
        tokens = self._theme.tokens
        is_failure = self._notice is None or self._notice.is_failure
        return tokens.failure if is_failure else tokens.person

    @Slot()
    def _recolour(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self._tone().text)
        self.setPalette(palette)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tone = self._tone()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tone.box, 1))
        painter.setBrush(tone.ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        side = self._theme.px(22)
        icon = "circle-alert" if self._notice is None or self._notice.is_failure else "info"
        icons.paint_icon(painter, icon, QRectF(MARGIN_PX, MARGIN_PX, side, side), tone.text)
        painter.end()
