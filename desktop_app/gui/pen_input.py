"""Pen, finger and mouse, whichever writes: their events as strokes."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QEventPoint, QInputDevice, QMouseEvent, QTabletEvent, QTouchEvent

from desktop_app.capture.strokes import MOUSE_PRESSURE, PenPoint, Stroke

if TYPE_CHECKING:
    from collections.abc import Callable


class _Tool(Enum):
    MOUSE = auto()
    PEN = auto()
    FINGER = auto()


class PenInput(QObject):
    """Takes a widget's input events; one tool writes at a time, the others are ignored.

    A palm that rests on the screen while the pen writes therefore leaves no ink, and neither does
    a second finger.
    """

    begun = Signal()
    moved = Signal()
    ended = Signal(object)

    def __init__(self, place: Callable[[QPointF], QPointF]) -> None:
        """Write where the pen is.

        Args:
            place: From a position in the widget to one on the paper.
        """
        super().__init__()
        self._place = place
        self._tool: _Tool | None = None
        self._finger = 0
        self._points: list[PenPoint] = []

    @property
    def stroke(self) -> Stroke:
        """The one that is being written; empty between strokes."""
        return tuple(self._points)

    def stop(self) -> None:
        """Forget a stroke that has not ended."""
        self._tool = None
        self._points.clear()

    def take(self, event: QEvent) -> bool:
        """Write with an event of the widget; true where it is one that writes."""
        kinds = QEvent.Type
        if isinstance(event, QMouseEvent):
            return self._take_mouse(event)
        if isinstance(event, QTabletEvent):
            return self._take_pen(event)
        if event.type() == kinds.TouchCancel and self._tool is _Tool.FINGER:
            self._end()
            return True
        return isinstance(event, QTouchEvent) and self._take_touch(event)

    def _take_mouse(self, event: QMouseEvent) -> bool:
        kinds, left = QEvent.Type, Qt.MouseButton.LeftButton
        if event.type() in {kinds.MouseButtonPress, kinds.MouseButtonDblClick}:
            # The second tap of a double click is a second dot.
            if event.button() == left:
                self._begin(_Tool.MOUSE, event.position(), MOUSE_PRESSURE)
        elif event.type() == kinds.MouseMove and self._tool is _Tool.MOUSE:
            self._go_to(event.position(), MOUSE_PRESSURE)
        elif event.type() == kinds.MouseButtonRelease and event.button() == left:
            if self._tool is _Tool.MOUSE:
                self._go_to(event.position(), MOUSE_PRESSURE)
                self._end()
        else:
            return False
        return True

    def _take_pen(self, event: QTabletEvent) -> bool:
        kinds = QEvent.Type
        pressure = event.pressure() if _tells_pressure(event) else MOUSE_PRESSURE
        if event.type() == kinds.TabletPress and event.button() == Qt.MouseButton.LeftButton:
            self._begin(_Tool.PEN, event.position(), pressure)
        elif event.type() == kinds.TabletMove and self._tool is _Tool.PEN:
            self._go_to(event.position(), pressure)
        elif event.type() == kinds.TabletRelease and self._tool is _Tool.PEN:
            # Its pressure is that of a pen in the air.
            self._end()
        return True

    def _take_touch(self, event: QTouchEvent) -> bool:
        states = QEventPoint.State
        if event.type() == QEvent.Type.TouchBegin and self._tool is _Tool.FINGER:
            self._end()
        for point in event.points():
            is_writing = self._tool is _Tool.FINGER and point.id() == self._finger
            if point.state() == states.Pressed and self._tool is None:
                self._finger = point.id()
                self._begin(_Tool.FINGER, point.position(), MOUSE_PRESSURE)
            elif is_writing and point.state() == states.Updated:
                self._go_to(point.position(), MOUSE_PRESSURE)
            elif is_writing and point.state() == states.Released:
                self._go_to(point.position(), MOUSE_PRESSURE)
                self._end()
        return True

    def _begin(self, tool: _Tool, at: QPointF, pressure: float) -> None:
        if self._tool is tool:
            # Its end went to another window.
            self._end()
        if self._tool is None:
            self._tool = tool
            self._points = [self._point(at, pressure)]
            self.begun.emit()

    def _go_to(self, at: QPointF, pressure: float) -> None:
        point = self._point(at, pressure)
        last = self._points[-1]
        if (point.x, point.y) != (last.x, last.y):
            self._points.append(point)
            self.moved.emit()

    def _end(self) -> None:
        stroke = self.stroke
        self.stop()
        self.ended.emit(stroke)

    def _point(self, at: QPointF, pressure: float) -> PenPoint:
        placed = self._place(at)
        return PenPoint(placed.x(), placed.y(), min(max(pressure, 0.0), 1.0))


def _tells_pressure(event: QTabletEvent) -> bool:
    return event.pointingDevice().hasCapability(QInputDevice.Capability.Pressure)
