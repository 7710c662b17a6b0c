"""One of several choices, its circle as large as its words, seen in both themes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton

if TYPE_CHECKING:
    from desktop_app.gui.theme import Theme

_CIRCLE_PX: Final = 16


class Radio(QRadioButton):
    """Qt's own keeps its circle small beside large text, and dark on dark ground."""

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self._theme = the_theme

    def _words_font(self) -> QFont:
        weight = QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal
        return self._theme.font(15, weight)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font(15, QFont.Weight.DemiBold))
        width = self._theme.px(_CIRCLE_PX + 18) + metrics.horizontalAdvance(self.text())
        return QSize(width, metrics.height() + self._theme.gap(10))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, at: QPoint) -> bool:  # noqa: N802
        return self.rect().contains(at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, side = self._theme.tokens, self._theme.px(_CIRCLE_PX)
        circle = QRectF(4, (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(tokens.action, 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.setPen(QPen(tokens.action if self.isChecked() else tokens.quiet, 2))
        painter.drawEllipse(circle)
        if self.isChecked():
            dot = side * 0.26
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.action)
            painter.drawEllipse(circle.adjusted(dot, dot, -dot, -dot))
        painter.setFont(self._words_font())
        painter.setPen(tokens.text)
        words = QRectF(self.rect()).adjusted(side + self._theme.px(12), 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.end()
