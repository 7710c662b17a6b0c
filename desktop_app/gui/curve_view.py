"""The error-reject curve: how many numbers pass, against how many of those are wrong."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.gui.theme import Theme
    from model.line_card import CurvePoint

ACROSS: Final = "numbers of 100 that pass without a person"
UP: Final = "wrong ones among those that pass"
_STEPS: Final = (0, 25, 50, 75, 100)
_LEAST: Final = (320, 280)


class CurveView(QWidget):
    """Accepted share across, wrong share up on a logarithmic scale; two of its points marked."""

    def __init__(self, the_theme: Theme, curve: Sequence[CurvePoint]) -> None:
        super().__init__()
        self._theme = the_theme
        self._curve = sorted(curve, key=lambda point: point.accepted)
        self._decades = decades_of([point.wrong for point in self._curve])
        self._in_force: CurvePoint | None = None
        self._chosen: CurvePoint | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_points(self, in_force: CurvePoint | None, chosen: CurvePoint | None) -> None:
        """Mark the level that holds now, and the one that is looked at."""
        self._in_force, self._chosen = in_force, chosen
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(*(self._theme.gap(side) for side in _LEAST))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(13))
        field = self._field()
        self._paint_grid(painter, field)
        painter.setPen(QPen(self._theme.tokens.text, 2.5))
        painter.drawPolyline(QPolygonF([self._at(point, field) for point in self._curve]))
        if self._chosen is not None:
            self._paint_chosen(painter, self._at(self._chosen, field), field)
        if self._in_force is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.tokens.text)
            painter.drawEllipse(self._at(self._in_force, field), 5, 5)
        painter.end()

    def _field(self) -> QRectF:
        """Where the curve lies, within its labels."""
        metrics = QFontMetrics(self._theme.font(13))
        labels = [metrics.horizontalAdvance(_one_in(decade)) for decade in self._decades]
        left, row = max(labels) + 12, metrics.height()
        return QRectF(self.rect()).adjusted(left, 1.6 * row, -1.2 * row, -2.6 * row)

    def _paint_grid(self, painter: QPainter, field: QRectF) -> None:
        tokens, metrics = self._theme.tokens, painter.fontMetrics()
        row, centre = metrics.height(), Qt.AlignmentFlag.AlignCenter
        for decade in self._decades:
            y = self._y(10.0**decade, field)
            painter.setPen(QPen(tokens.line, 1))
            painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
            label = QRectF(0, y - row / 2, field.left() - 8, row)
            painter.setPen(tokens.quiet)
            painter.drawText(label, int(Qt.AlignmentFlag.AlignRight), _one_in(decade))
        for step in _STEPS:
            x = field.left() + field.width() * step / 100
            painter.setPen(QPen(tokens.line, 1))
            painter.drawLine(QPointF(x, field.top()), QPointF(x, field.bottom()))
            painter.setPen(tokens.quiet)
            painter.drawText(QRectF(x - 40, field.bottom() + 4, 80, row), int(centre), str(step))
        painter.setPen(tokens.text)
        painter.drawText(QPointF(0, metrics.ascent()), UP)
        below = QRectF(0, self.height() - 1.2 * row, self.width(), row)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignRight), ACROSS)

    def _paint_chosen(self, painter: QPainter, at: QPointF, field: QRectF) -> None:
        """A ring, and from it the way to both scales."""
        pen = QPen(self._theme.tokens.action, 2)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawLine(at, QPointF(at.x(), field.bottom()))
        painter.drawLine(at, QPointF(field.left(), at.y()))
        painter.setPen(QPen(self._theme.tokens.action, 3))
        painter.setBrush(self._theme.tokens.panel)
        painter.drawEllipse(at, 9, 9)

    def _at(self, point: CurvePoint, field: QRectF) -> QPointF:
        x = field.left() + field.width() * point.accepted
        return QPointF(x, self._y(point.wrong, field))

    def _y(self, wrong: float, field: QRectF) -> float:
        low, high = self._decades[0], self._decades[-1]
        height = low if wrong <= 0 else max(low, math.log10(wrong))
        return field.bottom() - field.height() * (height - low) / (high - low)


def decades_of(wrong: Sequence[float]) -> range:
    """The powers of ten between which shares of wrong ones lie, at least two of them.

    None at all counts as the lowest: a logarithmic scale has no place for it.
    """
    some = [share for share in wrong if share > 0] or [0.001]
    low, high = math.floor(math.log10(min(some))), math.ceil(math.log10(max(some)))
    return range(low, max(high, low + 1) + 1)


def _one_in(decade: int) -> str:
    return "all" if decade == 0 else f"1 in {10**-decade:,}"
