"""A corner of the slip on the page, moved by mouse or arrow keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.gui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from desktop_app.gui.theme import Theme

NAMES: Final = ("Top left", "Top right", "Bottom right", "Bottom left")
SIDE_PX: Final = 40
STEP: Final = 0.002
FAR: Final = 0.02
"""How far an arrow key goes, and one with Shift: shares of the picture's longer side."""

_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class CornerHandle(QWidget):
    """Sends where it was dragged, as a point of its parent, or which way a key moves it."""

    dragged = Signal(QPointF)
    pushed = Signal(float, float)
    let_go = Signal()

    def __init__(self, the_theme: Theme, at: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = the_theme
        self._grip = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setAccessibleName(f"{NAMES[at]} corner of the slip")
        self.setToolTip(f"{NAMES[at]} corner: drag it, or move it with the arrow keys")

    def stand_at(self, point: QPointF, words: str) -> None:
        """Stand with the middle there; ``words`` say where that is."""
        side = self._theme.gap(SIDE_PX)
        self.setFixedSize(side, side)
        self.move(round(point.x() - side / 2), round(point.y() - side / 2))
        self.setAccessibleDescription(words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grip = event.position() - QPointF(self.width() / 2, self.height() / 2)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(self.mapToParent(event.position()) - self._grip)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.let_go.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _ARROWS.get(Qt.Key(event.key()))
        if way is None:
            event.ignore()
            return
        is_far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = FAR if is_far else STEP
        self.pushed.emit(way[0] * step, way[1] * step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        reach = self._theme.gap(9)
        painter.setPen(QPen(QColor(8, 11, 15), 5))
        painter.setBrush(QColor(255, 255, 255, 40))
        painter.drawEllipse(middle, reach, reach)
        painter.setPen(QPen(theme.BED_ACTION, 3))
        painter.drawEllipse(middle, reach, reach)
        if self.hasFocus():
            painter.setBrush(theme.BED_ACTION)
            painter.drawEllipse(middle, reach - 4, reach - 4)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.BED_ACTION, 2))
            painter.drawEllipse(middle, reach + 6, reach + 6)
        painter.end()
