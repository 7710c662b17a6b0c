"""Line icons, coloured as needed and crisp at any scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QPainter

    from desktop_app.gui.icon_drawings import IconDrawings

_drawings: list[IconDrawings] = []


def load() -> None:
    """Let icons be painted from now on.

    Until then their places stay free: the SVG module and the first seven icons take 8 ms, which
    the first paint of the window does not wait for.
    """
    if not _drawings:
        from desktop_app.gui.icon_drawings import IconDrawings

        _drawings.append(IconDrawings())


def paint_icon(painter: QPainter, name: str, target: QRectF, colour: QColor) -> None:
    """Paint an icon of the resources folder, by its file's stem, into a square."""
    for drawings in _drawings:
        drawings.paint(painter, name, target, colour)
