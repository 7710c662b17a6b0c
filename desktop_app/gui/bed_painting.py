"""What is drawn over the page on the bed: light bar, crop rectangle, dimmed parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPen

from desktop_app.gui.reviewed_line import Mark

if TYPE_CHECKING:
    from desktop_app.gui.theme import Theme, Tone

SWEEP_MS: Final = 900
_LIGHT: Final = QColor(214, 240, 255)


def tone_of(mark: Mark, theme: Theme) -> Tone:
    """The colours of a mark."""
    tokens = theme.tokens
    if mark is Mark.DOUBT:
        return tokens.doubt
    return tokens.person if mark in {Mark.CORRECTED, Mark.ADDED} else tokens.sure


def sweep_position(elapsed_ms: float) -> float:
    """Where the light bar is, 0 top to 1 bottom, once every SWEEP_MS."""
    return (elapsed_ms % SWEEP_MS) / SWEEP_MS


def sweep_rect(page: QRectF, position: float) -> QRectF:
    """The band that is lit: the bar and the glow behind it."""
    height = page.height()
    bar_at = page.top() + position * (height + 12)
    glow = max(40.0, height * 0.28)
    return QRectF(page.left(), bar_at - glow, page.width(), glow + 6).intersected(page)


def paint_sweep(painter: QPainter, band: QRectF) -> None:
    """A bar of light at the foot of the band, with a glow where it has been."""
    if band.isEmpty():
        return
    glow = QLinearGradient(band.topLeft(), band.bottomLeft())
    for at, alpha in ((0.0, 0), (0.6, 60), (0.92, 150), (1.0, 0)):
        glow.setColorAt(at, QColor(_LIGHT.red(), _LIGHT.green(), _LIGHT.blue(), alpha))
    painter.fillRect(band, glow)
    bar = QRectF(band.left(), band.bottom() - 8, band.width(), 4).intersected(band)
    painter.fillRect(bar, QColor(255, 255, 255, 235))


def paint_still_bar(painter: QPainter, page: QRectF) -> None:
    """The same without motion: a lit bar under the page's top edge."""
    bar = QRectF(page.left(), page.top(), page.width(), 6)
    painter.fillRect(bar, _LIGHT)


def paint_crop(painter: QPainter, bed: QRectF, frame: QRectF) -> None:
    """Everything but the rectangle darkened, its corners marked."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    path.addRect(bed)
    path.addRect(frame)
    painter.fillPath(path, QColor(8, 11, 15, 150))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("white"), 2))
    painter.drawRect(frame)
    painter.setPen(QPen(QColor("white"), 5))
    paint_corners(painter, frame, min(18.0, frame.width() / 3, frame.height() / 3))


def paint_corners(painter: QPainter, frame: QRectF, arm: float) -> None:
    """Each corner of a rectangle, ``arm`` px along both of its sides, by the painter's pen."""
    for corner, dx, dy in (
        (frame.topLeft(), arm, arm),
        (frame.topRight(), -arm, arm),
        (frame.bottomLeft(), arm, -arm),
        (frame.bottomRight(), -arm, -arm),
    ):
        painter.drawLine(corner, corner + QPointF(dx, 0))
        painter.drawLine(corner, corner + QPointF(0, dy))


def paint_kept(painter: QPainter, page: QRectF) -> None:
    """A page that stayed because another could not be opened is dimmed."""
    painter.fillRect(page, QColor(8, 11, 15, 110))


def paint_region(painter: QPainter, page: QRectF, region: QRectF) -> None:
    """The page outside the part that was read is dimmed."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    path.addRect(page)
    path.addRect(region)
    painter.fillPath(path, QColor(8, 11, 15, 110))
