"""The strip of pages beside the bed: where the clerk is among them, and how far each one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop_app.gui import icons, theme
from desktop_app.gui.buttons import mixed
from desktop_app.gui.page_list import PageList, PageMark
from desktop_app.gui.page_memory import Place, place_of
from desktop_app.gui.scroll_bar import use_slim_bar
from desktop_app.gui.theme import put_on_bed

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

    from desktop_app.gui.page_memory import PageMemory
    from desktop_app.gui.state import ViewState
    from desktop_app.gui.theme import Theme

STRIP_W: Final = 132
LEAST_W: Final = 104
SKETCH_H: Final = 108
_DARKER: Final = QColor("black")
_STEPS: Final = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Right: 1,
}


class PageCell(QStyledItemDelegate):
    """Paints a page: sketch, mark, and below them its number or name."""

    def __init__(self, the_theme: Theme, pages: PageList) -> None:
        super().__init__()
        self._theme = the_theme
        self._pages = pages

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        metrics = QFontMetrics(self._theme.font(13))
        height = self._theme.gap(SKETCH_H) + metrics.height() + 24
        return QSize(LEAST_W - 14, height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        place = self._pages.place(index.row())
        cell: QRect = option.rect.adjusted(6, 3, -4, -3)
        is_here = index.row() == self._here(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if is_here:
            painter.setPen(QPen(theme.BED_TEXT, 2))
            painter.setBrush(theme.BED_RAISED)
            painter.drawRoundedRect(QRectF(cell).adjusted(1, 1, -1, -1), 8, 8)
        font = self._theme.font(13, QFont.Weight.DemiBold if is_here else QFont.Weight.Normal)
        words = QFontMetrics(font)
        foot = QRect(cell.left() + 6, cell.bottom() - words.height() - 4, cell.width() - 12, 0)
        foot.setHeight(words.height())
        room = QRectF(cell.left() + 8, cell.top() + 8, cell.width() - 16, 0)
        room.setBottom(foot.top() - 4)
        sheet = self._paint_sketch(painter, place, room)
        self._paint_mark(painter, place, sheet)
        painter.setFont(font)
        painter.setPen(theme.BED_TEXT if is_here else theme.BED_QUIET)
        caption = self._pages.caption(place)
        shown = words.elidedText(caption, Qt.TextElideMode.ElideMiddle, foot.width())
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, shown)
        painter.restore()

    def _here(self, option: QStyleOptionViewItem) -> int:
        strip = option.widget
        return strip.currentIndex().row() if isinstance(strip, QListView) else -1

    def _paint_sketch(self, painter: QPainter, place: Place, room: QRectF) -> QRectF:
        """The page as large as it fits, or an empty sheet until its sketch is made."""
        sketch = self._pages.sketch(place)
        shape = QSize(5, 7) if sketch is None else sketch.size()
        size = shape.scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        sheet = QRectF(0, 0, size.width(), size.height())
        sheet.moveCenter(room.center())
        if sketch is None:
            painter.setPen(QPen(theme.BED_LINE, 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(sheet)
        else:
            painter.drawImage(sheet, sketch)
        return sheet

    def _paint_mark(self, painter: QPainter, place: Place, sheet: QRectF) -> None:
        mark, _ = self._pages.mark(place)
        if mark is PageMark.UNREAD:
            return
        side = self._theme.gap(22)
        chip = QRectF(sheet.right() - side * 0.7, sheet.bottom() - side * 0.7, side, side)
        painter.setPen(QPen(theme.BED_LINE, 1))
        painter.setBrush(self._theme.tokens.bed)
        painter.drawEllipse(chip)
        tokens = self._theme.tokens
        colours = {
            PageMark.SURE: tokens.sure.box,
            PageMark.DOUBT: tokens.doubt.box,
            PageMark.FAILED: theme.DARK.failure.text,
        }
        inside = chip.adjusted(4, 4, -4, -4)
        icons.paint_icon(painter, mark.value, inside, colours.get(mark, theme.BED_QUIET))


class PageStrip(QListView):
    """Hidden while there is but one page.

    ``wanted`` is sent with a place; ``came_into_sight`` when other pages are to be seen.
    """

    wanted = Signal(object)
    came_into_sight = Signal()

    def __init__(self, the_theme: Theme, memory: PageMemory) -> None:
        super().__init__()
        self._theme = the_theme
        self._memory = memory
        self.pages = PageList(memory)
        self._cell = PageCell(the_theme, self.pages)
        self.setModel(self.pages)
        self.setItemDelegate(self._cell)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        use_slim_bar(self)
        self.setAccessibleName("Pages")
        self.clicked.connect(self._on_clicked)
        self.verticalScrollBar().valueChanged.connect(self.came_into_sight)
        self.pages.modelReset.connect(self._on_pages_replaced)
        self._here: Place | None = None
        self._recolour()
        the_theme.recoloured.connect(self._recolour)
        self.hide()

    def show_state(self, state: ViewState) -> None:
        """Mark the page that is on the bed, or on its way there."""
        if state.writing is not None:
            self.hide()
            return
        # None of them where something else lies on the bed, such as what was written on the pad.
        here = self._memory.place_of(state.queue)
        if here is not None and self.pages.sketch(here) is None:
            self._sketch_from_bed(here, state)
        if here != self._here:
            self._here = here
            self._mark_here()
        self.setVisible(self.pages.rowCount() > 1)

    def _sketch_from_bed(self, here: Place, state: ViewState) -> None:
        """The page on the bed has small copies already."""
        shown = state.shown
        if shown is None or shown.origin is None or place_of(shown.origin) != here:
            return
        if shown.origin.pictures is state.queue.pictures:
            self.pages.show_sketch(here, shown.levels[-1])

    @property
    def unsketched(self) -> list[Place]:
        """Pages in sight that have no sketch yet."""
        if not self.isVisible() or not self.pages.rowCount():
            return []
        area = self.viewport().rect()
        first = self.indexAt(area.topLeft() + QPoint(8, 1)).row()
        last = self.indexAt(area.bottomLeft() + QPoint(8, -1)).row()
        rows = range(max(first, 0), (last if last >= 0 else self.pages.rowCount() - 1) + 1)
        return [place for row in rows if self.pages.sketch(place := self.pages.place(row)) is None]

    def _mark_here(self) -> None:
        row = None if self._here is None else self.pages.row(self._here)
        if row is None:
            self.setCurrentIndex(QModelIndex())
        else:
            index = self.pages.index(row)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    @Slot()
    def _on_pages_replaced(self) -> None:
        self._mark_here()
        self.setVisible(self.pages.rowCount() > 1)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.wanted.emit(self.pages.place(index.row()))

    # Keys: while the strip has the focus, the arrows are its own, not the window's shortcuts.

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._step_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row() + self._step_of(event)
        if self._step_of(event) and 0 <= row < self.pages.rowCount():
            self.wanted.emit(self.pages.place(row))
        else:
            # Not to Qt's list, which would look for a page by the digits that correct a number.
            event.ignore()

    def _step_of(self, event: QEvent) -> int:
        key_event: QKeyEvent = event  # type: ignore[assignment]
        is_plain = key_event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return 0 if is_plain else _STEPS.get(Qt.Key(key_event.key()), 0)

    # Looks

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._mark_here()
        self.came_into_sight.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.BED_TEXT)
            frame = QRectF(self.viewport().rect()).adjusted(1.5, 1.5, -1.5, -1.5)
            painter.drawRoundedRect(frame, 6, 6)
            painter.end()

    def fit(self, room_px: int) -> None:
        """Take as much of the width that bed and panel have as the text needs, and no more."""
        self.setFixedWidth(min(self._theme.gap(STRIP_W), max(LEAST_W, room_px // 7)))
        self.scheduleDelayedItemsLayout()

    @Slot()
    def _recolour(self) -> None:
        put_on_bed(self, self._theme.tokens)
        palette = self.palette()
        for role in (palette.ColorRole.Base, palette.ColorRole.Window):
            palette.setColor(role, mixed(self._theme.tokens.bed, _DARKER, 0.35))
        self.setPalette(palette)
