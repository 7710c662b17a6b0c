"""The few strokes that the first paint needs.

Why not setPen() and setBrush(): the first call of either makes PySide build all enums of the Qt
namespace, 20 ms or a tenth of the first paint (measured, PySide6 6.12). fillPath() and strokePath()
do not, nor do a brush taken from a palette and a pen without arguments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainterPath, QPalette, QPen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QPainter


def fill_rounded(painter: QPainter, frame: QRectF, colour: QColor, radius: float) -> None:
    """Fill a rounded rectangle."""
    path = QPainterPath()
    path.addRoundedRect(frame, radius, radius)
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Button, colour)
    painter.fillPath(path, palette.button())


def outline_rounded(
    painter: QPainter,
    frame: QRectF,
    colour: QColor,
    radius: float,
    *,
    width: float = 1.0,
    dashes: Sequence[float] = (),
) -> None:
    """Draw the outline of a rounded rectangle, dashed if asked for."""
    path = QPainterPath()
    path.addRoundedRect(frame, radius, radius)
    pen = QPen()
    pen.setColor(colour)
    pen.setWidthF(width)
    if dashes:
        pen.setDashPattern(dashes)
    painter.strokePath(path, pen)
