"""A list to choose from, painted as the buttons are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from desktop_app.gui import icons
from desktop_app.gui.buttons import CONTROL_PX, Colours, mixed, paint_control

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QWheelEvent

    from desktop_app.gui.theme import Theme

_OWN_KEYS: Final = {
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_F4,
}  # fmt: skip


class ChoiceBox(QComboBox):
    """Sends ``chosen`` with what the clerk chose, never for what the program shows."""

    chosen = Signal(object)

    def __init__(self, the_theme: Theme, name: str, *, has_letters: bool = False) -> None:
        """Build an empty list.

        Args:
            the_theme: For fonts and colours.
            name: For screen readers.
            has_letters: Whether a letter jumps to what begins with it; else it is the sheet's.
        """
        super().__init__()
        self._theme = the_theme
        self._has_letters = has_letters
        self._values: tuple[object, ...] = ()
        self._titles: tuple[str, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._on_activated)
        self._on_scaled()
        the_theme.scaled.connect(self._on_scaled)

    def offer(self, values: Sequence[object], titles: Sequence[str], current: object) -> None:
        """Show these to choose from; with one alone there is nothing to choose."""
        if (tuple(values), tuple(titles)) != (self._values, self._titles):
            self._values, self._titles = tuple(values), tuple(titles)
            self.clear()
            for value, title in zip(values, titles, strict=True):
                self.addItem(title, value)
        if current in self._values:
            self.setCurrentIndex(self._values.index(current))
        self.setToolTip(self.currentText())

    @Slot(int)
    def _on_activated(self, at: int) -> None:
        self.chosen.emit(self._values[at])

    @Slot()
    def _on_scaled(self) -> None:
        self.setFont(self._theme.font(15))
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        # Up and Down choose here; elsewhere in the window they go through the lines.
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter is the sheet's, and so are letters that jump nowhere.
        if _is_own(event) or (self._has_letters and event.text().isalpha()):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling past it must not change it.
        event.ignore()

    def sizeHint(self) -> QSize:
        widest = max((self._width_of(title) for title in self._titles), default=0)
        # Arrow and gaps, and the line on either side.
        room = self._theme.px(18) + 3 * self._theme.gap(14) + 2
        return QSize(min(widest, self._theme.px(260)) + room, self._theme.gap(CONTROL_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(90), self._theme.gap(CONTROL_PX))

    def _width_of(self, title: str) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(title)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.45)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        is_lit = self.isEnabled() and self.underMouse()
        ground = mixed(tokens.panel, tokens.text, 0.07 if is_lit else 0)
        paint_control(painter, self, Colours(ground, tokens.edge, tokens.text))
        side, gap = self._theme.px(18), self._theme.gap(14)
        arrow = QRectF(frame.right() - gap - side, (self.height() - side) / 2, side, side)
        icons.paint_icon(painter, "chevron-down", arrow, tokens.text)
        words = QRectF(frame.left() + gap, 0, arrow.left() - frame.left() - 2 * gap, self.height())
        painter.setFont(self.font())
        painter.setPen(tokens.text)
        shown = QFontMetrics(self.font()).elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, int(words.width())
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()


def _is_own(event: QKeyEvent) -> bool:
    keypad = Qt.KeyboardModifier.KeypadModifier
    return event.key() in _OWN_KEYS and not event.modifiers() & ~keypad
