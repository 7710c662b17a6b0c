"""Items beside each other, wrapped into rows as words are: nothing is cut at any text size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class FlowLayout(QLayout):
    """Qt has no such layout; hidden widgets take no room.

    What it measured is kept until Qt invalidates it: a resize asks for the same a dozen times.
    """

    def __init__(
        self, parent: QWidget | None = None, *, spacing: int = 8, aligns_top: bool = False
    ) -> None:
        self._items: list[QLayoutItem] = []
        self._sizes: list[tuple[QLayoutItem, QSize]] | None = None
        self._heights: dict[int, int] = {}
        super().__init__(parent)
        self._aligns_top = aligns_top
        self.setSpacing(spacing)
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False).height()
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """All in one row."""
        return self._arrange(QRect(0, 0, 1 << 20, 0), move=False)

    def minimumSize(self) -> QSize:  # noqa: N802
        widest = max((item.minimumSize().width() for item in self._items), default=0)
        margins = self.contentsMargins()
        return QSize(widest + margins.left() + margins.right(), 0)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def invalidate(self) -> None:
        self._sizes = None
        self._heights.clear()
        super().invalidate()

    def _arrange(self, rect: QRect, *, move: bool) -> QSize:
        """Place the items, or only measure: the size that they take within the width of rect."""
        margins = self.contentsMargins()
        inner = rect.marginsRemoved(margins)
        y, widest = inner.top(), 0
        for row in self._rows(inner.width()):
            height = max(size.height() for _, size in row)
            x = inner.left()
            for item, size in row:
                if move:
                    top = y if self._aligns_top else y + (height - size.height()) // 2
                    item.setGeometry(QRect(QPoint(x, top), size))
                x += size.width() + self.spacing()
            widest = max(widest, x - self.spacing() - inner.left())
            y += height + self.spacing()
        height = max(0, y - self.spacing() - inner.top())
        return QSize(
            widest + margins.left() + margins.right(), height + margins.top() + margins.bottom()
        )

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The items that stand beside each other, row by row."""
        rows: list[list[tuple[QLayoutItem, QSize]]] = []
        room, spacing = 0, self.spacing()
        for item, size in self._measured():
            needed = size.width()
            if not rows or needed > room:
                rows.append([])
                room = width
            rows[-1].append((item, size))
            room -= needed + spacing
        return rows

    def _measured(self) -> list[tuple[QLayoutItem, QSize]]:
        """The items that take room, with the size that each wants."""
        if self._sizes is None:
            self._sizes = [(item, item.sizeHint()) for item in self._items if not item.isEmpty()]
        return self._sizes
