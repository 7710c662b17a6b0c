"""Line icons, coloured as needed and crisp at any scale."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QRectF

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter
    from PySide6.QtSvg import QSvgRenderer

ICON_FOLDER: Final = Path(__file__).parent.parent / "resources" / "icons"


@lru_cache(maxsize=128)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    from PySide6.QtSvg import QSvgRenderer

    drawing = (ICON_FOLDER / f"{name}.svg").read_bytes()
    return QSvgRenderer(QByteArray(drawing.replace(b"currentColor", colour.encode())))


def paint_icon(painter: QPainter, name: str, target: QRectF, colour: QColor) -> None:
    """Paint an icon of the resources folder, by its file's stem, into a square."""
    _renderer(name, colour.name()).render(painter, target)
