"""The visible part of the page, scaled once for each zoom and position, not for each repaint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QRegion

if TYPE_CHECKING:
    from desktop_app.gui.viewport import Viewport
    from desktop_app.jobs.levels import PageLevel
    from model.types import Box

SHADOW_PX: Final = 28


def image_of(level: PageLevel) -> QImage:
    """The level's pixels as an image that shares them; keep the level alive as long."""
    height, width = level.pixels.shape[:2]
    return QImage(level.pixels.data, width, height, width * 3, QImage.Format.Format_RGB888)


def level_for(levels: tuple[PageLevel, ...], scale: float) -> PageLevel:
    """The smallest level with at least ``scale`` pixels per page pixel, else the page itself."""
    fine = [level for level in levels if level.scale >= scale]
    return fine[-1] if fine else levels[0]


def crop_pixmap(levels: tuple[PageLevel, ...], box: Box, side_px: int, ratio: float) -> QPixmap:
    """A part of the page in a square of ``side_px`` logical pixels, its longer side filling it."""
    scale = side_px * ratio / max(box.w, box.h, 1)
    level = level_for(levels, scale)
    source = QRectF(
        box.x * level.scale, box.y * level.scale, box.w * level.scale, box.h * level.scale
    )
    size = QSize(max(1, round(box.w * scale)), max(1, round(box.h * scale)))
    pixmap = QPixmap(size)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(0, 0, size.width(), size.height()), image_of(level), source)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


class PagePixmap:
    """Caches bed, shadow and page as they lie, so that the light bar repaints them cheaply."""

    def __init__(self) -> None:
        self._key: tuple[Viewport, float, int] | None = None
        self._levels: tuple[PageLevel, ...] = ()
        self._pixmap = QPixmap()

    def let_go(self) -> None:
        """Keep the page's pixels in memory no longer; the next paint brings others."""
        self._key, self._levels = None, ()

    def paint(
        self,
        painter: QPainter,
        levels: tuple[PageLevel, ...],
        view: Viewport,
        *,
        ratio: float,
        bed: QColor,
    ) -> None:
        """Paint everything under the digit boxes; costs little unless the viewport changed."""
        key = (view, ratio, bed.rgb())
        if key != self._key or levels is not self._levels:
            self._key, self._levels = key, levels
            self._pixmap = _rendered(levels, view, ratio, bed)
        painter.drawPixmap(0, 0, self._pixmap)


def _rendered(levels: tuple[PageLevel, ...], view: Viewport, ratio: float, bed: QColor) -> QPixmap:
    whole = QRectF(0, 0, view.bed_width, view.bed_height)
    pixmap = QPixmap(QSize(round(whole.width() * ratio), round(whole.height() * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(bed)
    target = view.page_rect.intersected(whole)
    if target.isEmpty():
        return pixmap
    level = level_for(levels, view.zoom * ratio)
    corner = view.to_page(target.topLeft())
    share = level.scale
    source = QRectF(
        corner.x() * share,
        corner.y() * share,
        target.width() / view.zoom * share,
        target.height() / view.zoom * share,
    )
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    # Only where it is seen: under the page, 14 layers of it would take as long as the page itself.
    under = target.toAlignedRect().adjusted(1, 1, -1, -1)
    painter.setClipRegion(QRegion(whole.toAlignedRect()) - QRegion(under))
    _paint_shadow(painter, view.page_rect.intersected(whole.adjusted(-80, -80, 80, 80)))
    painter.setClipping(False)
    painter.drawImage(target, image_of(level), source)
    painter.end()
    return pixmap


def _paint_shadow(painter: QPainter, page: QRectF) -> None:
    """A soft shadow, a little below the page, as on a scanner's glass."""
    painter.setPen(Qt.PenStyle.NoPen)
    for reach in range(SHADOW_PX, 0, -2):
        painter.setBrush(QColor(0, 0, 0, 9))
        around = page.adjusted(-reach, -reach + 10, reach, reach + 10)
        painter.drawRoundedRect(around, reach, reach)
