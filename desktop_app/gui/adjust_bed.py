"""The page as its care makes it; beside it, while the slip is marked, the page as it was."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop_app.gui import theme
from desktop_app.gui.corner_handle import NAMES, CornerHandle
from model.apply_care import adjusted
from model.care import NO_CARE

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from desktop_app.gui.theme import Theme
    from model.care import Care, Corner, Corners

MARGIN_PX: Final = 24
# Corners closer together than this share of the picture's area mark nothing.
_SMALLEST: Final = 0.002


class AdjustBed(QWidget):
    """Sends ``marked`` with the slip's corners as one is moved, ``let_go`` after a drag."""

    marked = Signal(object)
    let_go = Signal()

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self._theme = the_theme
        self._bare: NDArray[np.uint8] = np.full((1, 1, 3), 255, np.uint8)
        self._care: Care = NO_CARE
        self._result = self._bare
        self.setMinimumSize(240, 140)
        self.setAccessibleName("Page")
        self.handles = [CornerHandle(the_theme, at, self) for at in range(4)]
        for at, handle in enumerate(self.handles):
            handle.dragged.connect(partial(self._on_dragged, at))
            handle.pushed.connect(partial(self._on_pushed, at))
            handle.let_go.connect(self.let_go)
            handle.hide()
        the_theme.scaled.connect(self._place_handles)
        the_theme.recoloured.connect(self.update)

    def begin(self, bare: NDArray[np.uint8]) -> None:
        """Show another page.

        Args:
            bare: (h, w, 3) uint8 RGB, a small copy of the page, only turned.
        """
        self._bare = np.ascontiguousarray(bare)

    def show_care(self, care: Care) -> None:
        """Show what this care makes of the page."""
        self._care = care
        self._result = np.ascontiguousarray(adjusted(self._bare, care))
        for handle in self.handles:
            handle.setVisible(care.corners is not None)
        self._place_handles()
        self.update()

    @property
    def result_size(self) -> tuple[int, int]:
        """Width and height, px, of what is shown of the result."""
        return self._result.shape[1], self._result.shape[0]

    def point_of(self, corner: Corner) -> QPointF:
        """Where a share of the picture lies on the bed."""
        pane = self._panes()[0]
        x, y = corner
        return QPointF(pane.left() + x * pane.width(), pane.top() + y * pane.height())

    # Corners

    def _on_dragged(self, at: int, point: QPointF) -> None:
        pane = self._panes()[0]
        share = (
            (point.x() - pane.left()) / pane.width(),
            (point.y() - pane.top()) / pane.height(),
        )
        self._move_corner(at, share)

    def _on_pushed(self, at: int, right: float, down: float) -> None:
        if self._care.corners is not None:
            height, width = self._bare.shape[:2]
            longer = max(height, width)
            x, y = self._care.corners[at]
            self._move_corner(at, (x + right * longer / width, y + down * longer / height))

    def _move_corner(self, at: int, to: Corner) -> None:
        if self._care.corners is None:
            return
        corners = list(self._care.corners)
        corners[at] = min(max(to[0], 0.0), 1.0), min(max(to[1], 0.0), 1.0)
        first, second, third, fourth = corners
        if _can_be_slip((first, second, third, fourth)):
            self.marked.emit((first, second, third, fourth))

    @Slot()
    def _place_handles(self) -> None:
        if self._care.corners is not None:
            for handle, corner, name in zip(self.handles, self._care.corners, NAMES, strict=True):
                x, y = corner
                words = f"{name}: {x:.0%} across and {y:.0%} down the picture"
                handle.stand_at(self.point_of(corner), words.replace("%", " %"))

    # Painting

    def _panes(self) -> tuple[QRectF, QRectF]:
        """Where the page as it was lies, and the result; beside or above each other."""
        margin = min(MARGIN_PX, self.height() / 10)
        room = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        if self._care.corners is None:
            return room, _fitted(self._result, room)
        across, down = QRectF(room), QRectF(room)
        across.setWidth((room.width() - 2 * margin) / 2)
        down.setHeight((room.height() - 2 * margin) / 2)
        half = max(across, down, key=lambda part: _fitted(self._bare, part).width())
        other = QRectF(half)
        other.moveBottomRight(room.bottomRight())
        return _fitted(self._bare, half), _fitted(self._result, other)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), self._theme.tokens.bed)
        before, after = self._panes()
        painter.drawImage(after, _image_of(self._result))
        if self._care.corners is not None:
            painter.drawImage(before, _image_of(self._bare))
            self._paint_outline(painter, before, self._care.corners)
        painter.end()

    def _paint_outline(self, painter: QPainter, pane: QRectF, corners: Corners) -> None:
        outline = QPolygonF([self.point_of(corner) for corner in corners])
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.OddEvenFill)
        path.addRect(pane)
        path.addPolygon(outline)
        path.closeSubpath()
        painter.fillPath(path, QColor(8, 11, 15, 130))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(8, 11, 15), 4))
        painter.drawPolygon(outline)
        painter.setPen(QPen(theme.BED_ACTION, 2))
        painter.drawPolygon(outline)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_handles()

    def sizeHint(self) -> QSize:
        return QSize(820, 420)


def _can_be_slip(corners: Corners) -> bool:
    """Whether they go round a part of the page in order."""
    quad = np.array(corners, dtype=np.float32)
    area = cv2.contourArea(quad, oriented=True)
    return bool(cv2.isContourConvex(quad)) and area > _SMALLEST


def _fitted(pixels: NDArray[np.uint8], room: QRectF) -> QRectF:
    """As large as it goes within the room, in the middle of it."""
    height, width = pixels.shape[:2]
    scale = max(0.01, min(room.width() / width, room.height() / height))
    placed = QRectF(0, 0, width * scale, height * scale)
    placed.moveCenter(room.center())
    return placed


def _image_of(pixels: NDArray[np.uint8]) -> QImage:
    """An image that shares the pixels; keep these alive as long."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, width * 3, QImage.Format.Format_RGB888)
