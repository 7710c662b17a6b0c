"""Marking the part of the page that is to be read, with the mouse or with the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPointF, Qt, Signal

from desktop_app.gui import crop

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from model.types import Box

_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
KEYS: Final = frozenset({*_ARROWS, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape})


class CropTool(QObject):
    """On while the clerk marks a part; ``read_wanted`` carries it."""

    changed = Signal()
    read_wanted = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._box: Box | None = None
        self._anchor: QPointF | None = None
        self._page = (1, 1)

    @property
    def is_on(self) -> bool:
        """Whether the page is being cropped."""
        return self._box is not None

    @property
    def box(self) -> Box | None:
        """The rectangle in pixels of the page."""
        return self._box

    def start(self, page_width: int, page_height: int, box: Box | None = None) -> None:
        """Begin with a rectangle, or with the middle of the page."""
        self._page = (page_width, page_height)
        self._box = box or crop.middle_of(page_width, page_height)
        self.changed.emit()

    def leave(self) -> None:
        """Leave without reading."""
        if self._box is not None:
            self._box = self._anchor = None
            self.changed.emit()

    def read(self) -> None:
        """Leave and ask for the rectangle to be read."""
        box = self._box
        self.leave()
        if box is not None:
            self.read_wanted.emit(box)

    def press(self, point: QPointF) -> None:
        """The mouse went down at a point of the page."""
        self._anchor = point

    def drag(self, point: QPointF) -> None:
        """The mouse moved while down: the rectangle spans from where it went down."""
        if self._anchor is None:
            return
        box = crop.between(self._anchor, point, *self._page)
        if box is not None:
            self._box = box
            self.changed.emit()

    def release(self, point: QPointF) -> None:
        """The mouse went up: a drag is read at once, a mere click changes nothing."""
        anchor, self._anchor = self._anchor, None
        if anchor is not None and crop.between(anchor, point, *self._page) is not None:
            self.read()

    def press_key(self, event: QKeyEvent) -> bool:
        """Move, resize, read or leave by key; False for a key that is not the tool's."""
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.read()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif key in _ARROWS and self._box is not None:
            right, down = _ARROWS[key]
            step = crop.key_step(*self._page)
            change = (
                crop.resized
                if event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                else crop.moved
            )
            self._box = change(self._box, right * step, down * step, *self._page)
            self.changed.emit()
        else:
            return False
        return True
