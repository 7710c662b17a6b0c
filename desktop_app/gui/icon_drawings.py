"""The icons' SVG files, parsed once for each colour."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QPainter

ICON_FOLDER: Final = Path(__file__).parent.parent / "resources" / "icons"


class IconDrawings:
    """Keeps what it has parsed: few icons in few colours."""

    def __init__(self) -> None:
        self._parsed: dict[tuple[str, str], QSvgRenderer] = {}

    def paint(self, painter: QPainter, name: str, target: QRectF, colour: QColor) -> None:
        """Paint an icon into a square, its lines in the given colour."""
        key = (name, colour.name())
        if key not in self._parsed:
            drawing = (ICON_FOLDER / f"{name}.svg").read_bytes()
            coloured = drawing.replace(b"currentColor", key[1].encode())
            self._parsed[key] = QSvgRenderer(QByteArray(coloured))
        self._parsed[key].render(painter, target)
