"""Pen strokes: what a pen, a finger or a mouse leaves behind, and how it is painted."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QPainter

MOUSE_PRESSURE: Final = 0.5
"""What a mouse or a finger, which tell none, count as."""

WRITTEN: Final = "written page"
"""Format of a page that was written on the pad."""

INK: Final = QColor("#101828")
PAPER: Final = QColor("#FFFFFF")


class PenPoint(NamedTuple):
    """Where the pen was.

    Attributes:
        x, y: In logical pixels of the pad, y downwards; fractions count.
        pressure: In [0, 1].
    """

    x: float
    y: float
    pressure: float = MOUSE_PRESSURE


Stroke: TypeAlias = tuple[PenPoint, ...]
"""From the pen's touching the paper to its leaving it; at least one point."""


def paint_strokes(painter: QPainter, strokes: Sequence[Stroke], width: float) -> None:
    """Paint strokes as smooth ink.

    Args:
        painter: With antialiasing on.
        width: Of a stroke at a mouse's pressure, in the painter's units; half of it at none,
            half as much again at full pressure.
    """
    pen = QPen(INK, width, Qt.PenStyle.SolidLine)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in strokes:
        for path, pressure in _pieces(stroke):
            pen.setWidthF(width * (0.5 + pressure))
            painter.setPen(pen)
            painter.drawPath(path)


def _pieces(stroke: Stroke) -> Iterator[tuple[QPainterPath, float]]:
    """Curves of one width each: all of the stroke where the pressure never changes.

    From the middle of each step to the middle of the next, the point between them steering:
    quadratic curves that join without a corner and pass each recorded step.
    """
    points = [QPointF(point.x, point.y) for point in stroke]
    middles = [points[0]]
    middles += [(one + other) / 2 for one, other in pairwise(points)]
    middles.append(points[-1])
    path, pressure = QPainterPath(middles[0]), stroke[0].pressure
    for steer, end, point in zip(points, middles[1:], stroke, strict=True):
        if point.pressure != pressure:
            yield path, pressure
            path, pressure = QPainterPath(path.currentPosition()), point.pressure
        path.quadTo(steer, end)
    if path.length() == 0:
        # A dot: a path without length is not drawn.
        path.lineTo(path.currentPosition() + QPointF(0.01, 0))
    yield path, pressure
