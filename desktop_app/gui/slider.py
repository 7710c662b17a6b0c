"""A slider in the program's colours, drawn by mouse or arrow keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider

from desktop_app.gui.buttons import CONTROL_PX

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent

    from desktop_app.gui.theme import Theme

WIDTH_PX: Final = 140
_ARROWS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
}


class Slider(QSlider):
    """Its middle, 0, is marked; a double click goes back there."""

    def __init__(self, the_theme: Theme, name: str, furthest: int, far: int) -> None:
        """A slider from -furthest to furthest; Shift and an arrow go ``far``."""
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = the_theme
        self.setRange(-furthest, furthest)
        self.setPageStep(far)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, self._theme.gap(CONTROL_PX))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _ARROWS.get(Qt.Key(event.key()))
        if way is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            # Enter and letters are the sheet's.
            event.ignore()
            return
        is_far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.setValue(self.value() + way * (self.pageStep() if is_far else self.singleStep()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._draw_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._draw_to(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.setValue(0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling past it must not change it.
        event.ignore()

    def _draw_to(self, at: QPointF) -> None:
        groove = self._groove()
        share = (at.x() - groove.left()) / max(groove.width(), 1.0)
        self.setValue(round(self.minimum() + share * (self.maximum() - self.minimum())))

    def _groove(self) -> QRectF:
        reach = self._theme.gap(9) + 3
        middle = self.height() / 2
        return QRectF(reach, middle - 2, self.width() - 2 * reach, 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, groove = self._theme.tokens, self._groove()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.quiet)
        painter.drawRoundedRect(groove, 2, 2)
        middle = groove.center()
        painter.drawRect(QRectF(middle.x() - 1, middle.y() - 7, 2, 14))
        share = (self.value() - self.minimum()) / (self.maximum() - self.minimum())
        knob = QPointF(groove.left() + share * groove.width(), middle.y())
        between = QRectF(middle, knob).normalized().adjusted(0, -2, 0, 2)
        painter.setBrush(tokens.action)
        painter.drawRect(between)
        reach = self._theme.gap(9)
        painter.setPen(QPen(tokens.panel, 2))
        painter.drawEllipse(knob, reach, reach)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.text, 2))
            painter.drawEllipse(knob, reach + 2, reach + 2)
        painter.end()
