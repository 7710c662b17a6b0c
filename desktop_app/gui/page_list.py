"""The pages of the open pictures as a list for Qt's views: sketch, name and mark of each."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QImage

from desktop_app.gui import strings
from desktop_app.gui.page_pixmap import image_of

if TYPE_CHECKING:
    from desktop_app.gui.page_memory import PageMemory, Place
    from desktop_app.jobs.levels import PageLevel

# A sketch takes up to 64 KB of a grey page, else 192 KB: 77 MB at most, the oldest going first.
SKETCHES_MAX: Final = 400

Index = QModelIndex | QPersistentModelIndex


class PageMark(Enum):
    """How far a page is, by the icon that says so; a page that was not read has none."""

    UNREAD = ""
    SURE = "circle-check"
    DOUBT = "triangle-alert"
    EMPTY = "minus"
    FAILED = "circle-alert"


class PageList(QAbstractListModel):
    """One row for each page, in the order of the pictures."""

    def __init__(self, pages: PageMemory) -> None:
        super().__init__()
        self._pages = pages
        self._places: list[Place] = []
        self._rows: dict[Place, int] = {}
        self._pictures = pages.pictures
        self._sketches: dict[Place, QImage] = {}
        pages.places_changed.connect(self._on_places_changed)
        pages.page_changed.connect(self._on_page_changed)
        self._on_places_changed()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place = self.place(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.caption(place)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return self.described(place)
        return None

    def place(self, row: int) -> Place:
        """The page of a row."""
        return self._places[row]

    def row(self, place: Place) -> int | None:
        """The row of a page; None of one that is not known."""
        return self._rows.get(place)

    def caption(self, place: Place) -> str:
        """What stands under its sketch: the page's number, and of several files the name."""
        if len(self._pages.pictures) == 1:
            return str(place.number)
        name = self._pages.pictures[place.at].name
        return f"{place.number} · {name}" if self._pages.page_count(place.at) > 1 else name

    def described(self, place: Place) -> str:
        """Such as "slip.tif, page 3 of 5: 2 digits to check"."""
        picture, count = self._pages.pictures[place.at], self._pages.page_count(place.at)
        which = f"{picture.name}, page {place.number} of {count}" if count > 1 else picture.name
        mark, doubts = self.mark(place)
        words = {
            PageMark.UNREAD: "not read yet",
            PageMark.SURE: "read",
            PageMark.DOUBT: f"{strings.digits(doubts)} to check" if doubts else strings.NOT_OF_KIND,
            PageMark.EMPTY: "no digits found",
            PageMark.FAILED: "cannot be opened",
        }
        return f"{which}: {words[mark]}"

    def mark(self, place: Place) -> tuple[PageMark, int]:
        """How far it is, and how many of its digits a person has to look at."""
        review = self._pages.review(place)
        if self._pages.has_failed(place):
            return PageMark.FAILED, 0
        if review is None:
            return PageMark.UNREAD, 0
        if not review.lines:
            return PageMark.EMPTY, 0
        is_done = not review.doubt_count and not any(one.breaks_rule for one in review.lines)
        return (PageMark.SURE if is_done else PageMark.DOUBT), review.doubt_count

    def sketch(self, place: Place) -> QImage | None:
        """A small picture of the page; None until it was made."""
        return self._sketches.get(place)

    @Slot(object, object)
    def show_sketch(self, place: Place, level: PageLevel) -> None:
        """Take a page's sketch, or a larger copy of the page to make it from."""
        # It comes with cv2, which the first paint does not wait for; a level has loaded it.
        from desktop_app.jobs.levels import SKETCH_PX

        self._sketches.pop(place, None)
        image = image_of(level)
        if max(image.width(), image.height()) > SKETCH_PX:
            # The page on the bed comes with copies for the bed, up to sixteen times as large.
            image = image.scaled(
                SKETCH_PX,
                SKETCH_PX,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        # No pixmaps: those take four bytes a pixel. A copy: what came shares its level's pixels.
        is_grey = image.allGray()
        self._sketches[place] = (
            image.convertToFormat(QImage.Format.Format_Grayscale8) if is_grey else image.copy()
        )
        while len(self._sketches) > SKETCHES_MAX:
            self._sketches.pop(next(iter(self._sketches)))
        self._on_page_changed(place)

    @Slot()
    def _on_places_changed(self) -> None:
        if self._pages.pictures is not self._pictures:
            self._pictures, self._sketches = self._pages.pictures, {}
        self.beginResetModel()
        self._places = self._pages.places
        self._rows = {place: row for row, place in enumerate(self._places)}
        self.endResetModel()

    @Slot(object)
    def _on_page_changed(self, place: Place) -> None:
        row = self.row(place)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))
