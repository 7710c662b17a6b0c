"""Items beside each other, wrapped into rows as words are: nothing is cut at any text size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class FlowLayout(QLayout):
    """Qt has no such layout; hidden widgets take no room."""

    def __init__(
        self, parent: QWidget | None = None, *, spacing: int = 8, aligns_top: bool = False
    ) -> None:
        super().__init__(parent)
        self._aligns_top = aligns_top
        self._items: list[QLayoutItem] = []
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
        return self._arrange(QRect(0, 0, width, 0), move=False).height()

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

    def _arrange(self, rect: QRect, *, move: bool) -> QSize:
        """Place the items, or only measure: the size that they take within the width of rect."""
        margins = self.contentsMargins()
        inner = rect.marginsRemoved(margins)
        y, widest = inner.top(), 0
        for row in self._rows(inner.width()):
            height = max(item.sizeHint().height() for item in row)
            x = inner.left()
            for item in row:
                size = item.sizeHint()
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

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        """The items that stand beside each other, row by row."""
        rows: list[list[QLayoutItem]] = []
        room = 0
        for item in self._items:
            if item.isEmpty():
                continue
            needed = item.sizeHint().width()
            if not rows or needed > room:
                rows.append([])
                room = width
            rows[-1].append(item)
            room -= needed + self.spacing()
        return rows
