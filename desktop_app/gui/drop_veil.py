"""What lies over the window while something is dragged across it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.gui import strings, theme

if TYPE_CHECKING:
    from desktop_app.gui.theme import Theme


class DropVeil(QWidget):
    """Covers its parent and lets the drag through."""

    def __init__(self, the_theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = the_theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        """Lie over the whole window."""
        self.setGeometry(self.window().rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(15, 18, 22, 205))
        frame = QRectF(self.rect()).adjusted(24, 24, -24, -24)
        pen = QPen(theme.BED_ACTION, 3)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawRoundedRect(frame, 24, 24)
        painter.setFont(self._theme.font(30, QFont.Weight.DemiBold))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, strings.DROP_NOW)
        painter.end()
