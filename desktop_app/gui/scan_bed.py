"""The glass of the scanner: the sheet appears on it row by row, under a bar of light."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.gui import bed_painting, theme
from desktop_app.gui.scan_state import ScanPhase, ScanState

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from desktop_app.gui.theme import Theme
    from desktop_app.scanning.values import Strip

MARGIN_PX: Final = 28
# Where the scanner tells no size, the glass is drawn as A4, and a sheet of unknown height as long.
_USUAL_MM: Final = (210.0, 297.0)
_GLOW_PX: Final = 56.0
_UNSCANNED: Final = QColor(255, 255, 255, 22)


class ScanBed(QWidget):
    """Paints what has come in so far, each strip once."""

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self._theme = the_theme
        self._state = ScanState()
        self._pixels: NDArray[np.uint8] | None = None
        self._sheet = 0
        self._rows = 0
        self._is_preview = False
        self.setMinimumSize(220, 180)
        self.setAccessibleName("Scanner glass")
        theme.put_on_bed(self, the_theme.tokens)
        the_theme.recoloured.connect(self._recolour)

    def show_state(self, state: ScanState) -> None:
        """Show where the scan is."""
        before, self._state = self._state, state
        if state.is_scanning and not before.is_scanning:
            self._pixels, self._sheet, self._rows = None, 0, 0
            self._is_preview = state.phase is ScanPhase.PREVIEWING
        elif state.scanner != before.scanner or state.choice.source is not before.choice.source:
            self._pixels = None
        self.update()

    def add(self, strip: Strip) -> None:
        """Show rows; the first of a sheet clears the glass."""
        count, width = strip.pixels.shape[:2]
        if self._pixels is None or strip.sheet != self._sheet:
            height = strip.height or round(width * _USUAL_MM[1] / _USUAL_MM[0])
            self._pixels = np.zeros((max(height, count), width, 4), np.uint8)
            self._sheet = strip.sheet
        self._rows = strip.top + count
        if self._rows > len(self._pixels):
            self._pixels = np.concatenate([self._pixels, np.zeros_like(self._pixels)])
        self._pixels[strip.top : self._rows, :, :3] = strip.pixels
        self._pixels[strip.top : self._rows, :, 3] = 255
        self.update()

    @property
    def rows_shown(self) -> int:
        """How many rows of the sheet on the glass have come in."""
        return 0 if self._pixels is None else self._rows

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), self._theme.tokens.bed)
        glass = self._glass()
        painter.fillRect(glass, _UNSCANNED)
        if self._pixels is not None:
            self._paint_rows(painter, glass, self._pixels)
        if self._pixels is None or self._is_preview:
            self._paint_area(painter, glass)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.BED_LINE, 1))
        painter.drawRect(glass)
        painter.end()

    def _paint_rows(self, painter: QPainter, glass: QRectF, pixels: NDArray[np.uint8]) -> None:
        height, width = pixels.shape[:2]
        image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGBA8888)
        painter.drawImage(glass, image)
        if self._state.is_scanning:
            at = glass.top() + glass.height() * self._rows / height
            band = QRectF(glass.left(), at - _GLOW_PX, glass.width(), _GLOW_PX + 6)
            bed_painting.paint_sweep(painter, band.intersected(glass))

    def _paint_area(self, painter: QPainter, glass: QRectF) -> None:
        """What will be scanned, of a glass that is empty or was previewed."""
        size, reach = self._state.choice.area.size_mm, self._reach_mm()
        if size is None or self._state.able is None or self._state.is_scanning:
            return
        scale = glass.width() / reach[0]
        area = QRectF(glass.left(), glass.top(), size[0] * scale, size[1] * scale)
        bed_painting.paint_crop(painter, glass, area.intersected(glass))

    def _reach_mm(self) -> tuple[float, float]:
        able = self._state.able
        return _USUAL_MM if able is None or able.reach_mm is None else able.reach_mm

    def _glass(self) -> QRectF:
        """As large as fits, in the proportions of the sheet or of the whole glass."""
        if self._pixels is None:
            size = self._reach_mm()
        else:
            size = float(self._pixels.shape[1]), float(self._pixels.shape[0])
        room = QRectF(self.rect()).adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
        scale = max(0.01, min(room.width() / size[0], room.height() / size[1]))
        glass = QRectF(0, 0, size[0] * scale, size[1] * scale)
        glass.moveCenter(room.center())
        return glass

    def sizeHint(self) -> QSize:
        return QSize(820, 560)

    @Slot()
    def _recolour(self) -> None:
        theme.put_on_bed(self, self._theme.tokens)
