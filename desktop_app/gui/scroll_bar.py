"""A scroll bar without arrows, as thin as can still be hit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractScrollArea

WIDTH_PX: Final = 12
# Between light and dark: seen on the panel of both themes and on the bed.
_THUMB: Final = QColor(125, 136, 150, 190)


class ScrollBar(QScrollBar):
    """Vertical; its thumb is where the style says, so that dragging fits what is painted."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        thumb = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_THUMB)
        body = QRectF(thumb).adjusted(3, 1, -3, -1)
        painter.drawRoundedRect(body, body.width() / 2, body.width() / 2)
        painter.end()


def use_slim_bar(area: QAbstractScrollArea) -> None:
    """Replace an area's vertical scroll bar."""
    area.setVerticalScrollBar(ScrollBar())
