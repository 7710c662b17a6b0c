"""The kinds of numbers in a list that scrolls, below the button that opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QWidget

from desktop_app.gui.scroll_bar import WIDTH_PX, ScrollBar
from desktop_app.gui.sheet import is_plain_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent

    from desktop_app.gui.theme import Theme

OTHER: Final = "Another kind…"
_ROW_PX: Final = 34
_GROUP_GAP_PX: Final = 9
_MARGIN_PX: Final = 8
_INSET_PX: Final = 6


class KindList(QListWidget):
    """Letters jump, Enter or a click chooses, Esc or a click elsewhere leaves."""

    chosen = Signal(str)
    other_wanted = Signal()

    def __init__(self, the_theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = the_theme
        self._window = window
        self._opener: QWidget | None = None
        self.setVerticalScrollBar(ScrollBar())
        self.setAccessibleName("Kind of number")
        self.setFrameShape(QFrame.Shape.Box)
        self.setFrameShadow(QFrame.Shadow.Plain)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setViewportMargins(_INSET_PX, _INSET_PX, 2, _INSET_PX)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.itemEntered.connect(self.setCurrentItem)
        self.itemClicked.connect(self._take)
        the_theme.scaled.connect(self.hide)
        self.hide()

    def open(
        self, opener: QWidget, groups: Sequence[Sequence[tuple[str, str]]], current: str
    ) -> None:
        """Show names by their titles, in groups, the current one marked.

        Args:
            opener: The widget below which it opens, and to which the focus goes back.
            groups: Name and title of each kind.
            current: The name of the kind that is read now.
        """
        self.clear()
        self._opener = opener
        self.setFont(self._theme.font(15))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.tokens.line)
        self.setPalette(palette)
        for group in groups:
            for name, title in group:
                self._add(title, name, is_current=name == current)
            self._add_gap()
        self._add(OTHER, "", is_current=False)
        self._place(opener)
        self.show()
        self.raise_()
        self.setFocus()
        self.scrollToItem(self.currentItem())

    def _add(self, title: str, name: str, *, is_current: bool) -> None:
        # Behind the title, where it is not in the way of its first letter.
        item = QListWidgetItem(f"{title}  ✓" if is_current else title, self)
        item.setData(Qt.ItemDataRole.UserRole, name)
        item.setSizeHint(QSize(0, self._theme.px(_ROW_PX)))
        if is_current:
            item.setFont(self._theme.font(15, QFont.Weight.DemiBold))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, chosen")
            self.setCurrentItem(item)

    def _add_gap(self) -> None:
        gap = QListWidgetItem("", self)
        gap.setFlags(Qt.ItemFlag.NoItemFlags)
        gap.setSizeHint(QSize(0, self._theme.gap(_GROUP_GAP_PX)))

    def _place(self, opener: QWidget) -> None:
        """Below the opener, its right edge under that one's, within the window."""
        below = opener.mapTo(self._window, QPoint(opener.width(), opener.height() + 4))
        wanted_h = sum(self.sizeHintForRow(row) for row in range(self.count())) + 2 * _INSET_PX + 2
        height = min(wanted_h, self._window.height() - below.y() - _MARGIN_PX)
        titles = (self.item(row).text() for row in range(self.count()))
        widest = max(map(self.fontMetrics().horizontalAdvance, titles))
        width = min(
            round(widest * 1.1) + self._theme.px(24) + WIDTH_PX, self._window.width() - _MARGIN_PX
        )
        left = max(_MARGIN_PX // 2, below.x() - width)
        self.setGeometry(left, below.y(), width, height)

    @Slot(QListWidgetItem)
    def _take(self, item: QListWidgetItem) -> None:
        name = item.data(Qt.ItemDataRole.UserRole)
        if name is None:
            return
        self._leave()
        if name:
            self.chosen.emit(name)
        else:
            self.other_wanted.emit()

    def _leave(self) -> None:
        if self._opener is not None:
            self._opener.setFocus()
        self.hide()

    def event(self, event: QEvent) -> bool:
        # While it is open its keys are its own, not the window's commands.
        if event.type() == QEvent.Type.ShortcutOverride and (
            is_plain_key(event) or _is_escape(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._leave()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentItem() is not None:
            self._take(self.currentItem())
        else:
            super().keyPressEvent(event)
            event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.hide()


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
