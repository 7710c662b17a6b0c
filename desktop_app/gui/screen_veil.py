"""A frozen, dimmed picture of one screen, on which a part is marked by mouse or keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from desktop_app.gui import strings, theme
from desktop_app.gui.crop_tool import CropTool

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QScreen

    from desktop_app.gui.theme import Theme
    from model.types import Box

_SHADE: Final = QColor(15, 18, 22, 140)
_WIDEST_HINT_PX: Final = 560


class ScreenVeil(QWidget):
    """Covers one screen.

    ``chosen`` carries the pixels of the part as a QImage, ``left`` is sent for Esc and for the
    right mouse button, ``taken`` when marking begins here, ``passed_on`` when Tab was pressed.
    """

    chosen = Signal(object)
    left = Signal()
    taken = Signal(object)
    passed_on = Signal()

    def __init__(self, the_theme: Theme, screen: QScreen, shot: QPixmap, hint: str) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint)
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setWindowTitle(strings.SCREEN_TITLE)
        self.setAccessibleName(strings.SCREEN_TITLE)
        self.setAccessibleDescription(hint)
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self._theme = the_theme
        self._hint = hint
        self._shot = shot
        # Its pixels are counted one by one from here on, whatever the screen's scale.
        self._shot.setDevicePixelRatio(1)
        self._dimmed = _dimmed(self._shot)
        self._marked = QRect()
        self.tool = CropTool(self)
        self.tool.changed.connect(self._on_changed)
        self.tool.read_wanted.connect(self._on_read_wanted)

    def start(self) -> None:
        """Mark the middle, to be moved by keys, and take them."""
        self.tool.start(self._shot.width(), self._shot.height())
        self.activateWindow()
        self.setFocus()

    def _scale(self) -> float:
        """Pixels of the shot for one of the widget's."""
        return self._shot.width() / max(1, self.width())

    def _on_screen(self, box: Box) -> QRectF:
        scale = self._scale()
        return QRectF(box.x / scale, box.y / scale, box.w / scale, box.h / scale)

    @Slot()
    def _on_changed(self) -> None:
        box = self.tool.box
        marked = QRect() if box is None else self._on_screen(box).toAlignedRect()
        old_hint = self._hint_rect()
        changed = QRegion(self._marked.adjusted(-3, -3, 3, 3)) | marked.adjusted(-3, -3, 3, 3)
        self._marked = marked
        self.update(changed | QRegion(old_hint) | QRegion(self._hint_rect()))

    @Slot(object)
    def _on_read_wanted(self, box: Box) -> None:
        self.chosen.emit(self._shot.copy(box.x, box.y, box.w, box.h).toImage())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif not self.tool.press_key(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, _forward: bool) -> bool:
        self.passed_on.emit()
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.taken.emit(self)
            self.tool.press(event.position() * self._scale())
        elif event.button() is Qt.MouseButton.RightButton:
            self.left.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.tool.drag(event.position() * self._scale())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.tool.release(event.position() * self._scale())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(QRectF(self.rect()), self._dimmed, QRectF(self._dimmed.rect()))
        if self._marked.isValid():
            marked = QRectF(self._marked)
            painter.drawPixmap(marked, self._shot, self._of_shot(marked))
            painter.setPen(QPen(theme.BED_ACTION, 2))
            painter.drawRect(marked)
        self._paint_hint(painter)
        painter.end()

    def _of_shot(self, part: QRectF) -> QRectF:
        scale = self._scale()
        return QRectF(part.topLeft() * scale, part.size() * scale)

    def _hint_rect(self) -> QRect:
        """At the top; at the foot where the marked part is in its way."""
        pad = self._theme.px(14)
        metrics = QFontMetrics(self._theme.font(15))
        room = min(self._theme.px(_WIDEST_HINT_PX), self.width() - 2 * pad - 32)
        words = metrics.boundingRect(
            QRect(0, 0, room, self.height()), int(Qt.TextFlag.TextWordWrap), self._hint
        )
        frame = QRect(0, 0, words.width() + 2 * pad, words.height() + 2 * pad)
        frame.moveCenter(QPointF(self.width() / 2, 0).toPoint())
        frame.moveTop(24)
        if frame.adjusted(-8, -8, 8, 8).intersects(self._marked):
            frame.moveBottom(self.height() - 24)
        return frame

    def _paint_hint(self, painter: QPainter) -> None:
        frame, pad = self._hint_rect(), self._theme.px(14)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.BED_LINE, 1))
        painter.setBrush(theme.BED_RAISED)
        painter.drawRoundedRect(QRectF(frame).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        painter.setPen(theme.BED_TEXT)
        painter.setFont(self._theme.font(15))
        words = frame.adjusted(pad, pad, -pad + 2, -pad)
        painter.drawText(words, int(Qt.TextFlag.TextWordWrap), self._hint)


def _dimmed(shot: QPixmap) -> QPixmap:
    dimmed = QPixmap(shot)
    painter = QPainter(dimmed)
    painter.fillRect(dimmed.rect(), _SHADE)
    painter.end()
    return dimmed
