"""What is known of the pages of the pictures that are open: what was read, and what was answered.

Kept are readings, never pixels: a page that the clerk goes back to is loaded again, but not read.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.gui.care_history import NO_CARES, CareHistory
from desktop_app.gui.review import Review
from desktop_app.gui.review_history import ReviewHistory
from desktop_app.gui.state import ShownPage
from model.care import Care

if TYPE_CHECKING:
    from desktop_app.gui.queue import Picture, PictureQueue
    from desktop_app.gui.state import ViewState
    from desktop_app.jobs.messages import PageAhead, PageLoaded
    from model.fields.kind import FieldKind
    from model.types import Box, PageReading


class Place(NamedTuple):
    """A page among the pictures: the picture's position from 0, and its page's number from 1."""

    at: int
    number: int


@dataclass(frozen=True, slots=True, eq=False)
class KeptPage:
    """A page that was read.

    Attributes:
        reading: As the page lies after the turns, before any rule.
        history: The clerk's answers.
        kind: What kind of number they were given for.
        notes: What the clerk should know about how it was opened.
        cares: What was done to it since it came from its file.
        region: The only part that was read; None: all of it.
    """

    reading: PageReading
    history: ReviewHistory
    kind: FieldKind | None
    notes: tuple[str, ...]
    cares: CareHistory = NO_CARES
    region: Box | None = None

    def review(self, kind: FieldKind | None) -> Review:
        """How its numbers stand as those of a kind, without what undo returns to."""
        present = self.history.present
        return present if kind is self.kind else Review.of(self.reading, kind, present.given)

    def answers(self, kind: FieldKind | None) -> ReviewHistory:
        """The clerk's answers, for numbers of a kind; no digit is being added any more."""
        if kind is self.kind:
            return self.history.moved(self.history.present.closed())
        return self.history.mapped(lambda review: Review.of(self.reading, kind, review.given))


# Pictures, and of them the page counts, what is kept, and what failed.
_Known: TypeAlias = tuple["tuple[Picture, ...]", dict[int, int], dict[Place, KeptPage], set[Place]]


class PageMemory(QObject):
    """Follows the session.

    ``places_changed`` is sent when other pages are known of than before, ``page_changed`` with a
    place when something was learned of that page.
    """

    places_changed = Signal()
    page_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._pictures: tuple[Picture, ...] = ()
        self._counts: dict[int, int] = {}
        self._kept: dict[Place, KeptPage] = {}
        self._kind: FieldKind | None = None
        self._reviews: dict[Place, tuple[KeptPage, Review]] = {}
        self._failed: set[Place] = set()
        self._places: list[Place] = []
        self._left: _Known | None = None

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures that were opened together."""
        return self._pictures

    def start(self, pictures: tuple[Picture, ...]) -> None:
        """Put the pictures before away, unless these are the same, or the same and more.

        Those that were put away last come back as they were.
        """
        if pictures is self._pictures:
            return
        before, self._pictures = self._pictures, pictures
        self._reviews = {}
        # As many, too: what waited comes again after its opening was stopped.
        goes_on = 0 < len(before) <= len(pictures)
        if not (goes_on and all(map(operator.is_, before, pictures))):
            left, self._left = self._left, (before, self._counts, self._kept, self._failed)
            if left is None or left[0] is not pictures:
                left = (pictures, {}, {}, set())
            _, self._counts, self._kept, self._failed = left
        self._list_places()

    def go_back_to(self, state: ViewState) -> bool:
        """Follow the page on the bed again, after others could not be opened in its place."""
        if state.shown is None or state.writing is not None or not state.queue.pictures:
            return False
        pictures = state.onward.pictures
        if not self._is_among(state.onward):
            self.start(pictures)
        elif len(pictures) < len(self._pictures):
            self._forget_behind(pictures)
        return True

    def _forget_behind(self, pictures: tuple[Picture, ...]) -> None:
        """Go on without the pictures that were put behind these."""
        count, self._pictures = len(pictures), pictures
        self._counts = {at: pages for at, pages in self._counts.items() if at < count}
        self._kept = {place: one for place, one in self._kept.items() if place.at < count}
        self._failed = {place for place in self._failed if place.at < count}
        self._list_places()

    @property
    def is_unfinished(self) -> bool:
        """Whether one of the pages has answers, or digits that nobody looked at."""
        return any(kept.history.is_unfinished for kept in self._kept.values())

    def place_beside(self, state: ViewState, by: int) -> Place | None:
        """So many pages on, or back, from the one on the bed; back from the pad to what it hid."""
        here = self.place_of(state.onward)
        if here is None or here not in self._places:
            return self._places[0] if self._places else None
        is_hidden = bool(state.under.pictures) and by < 0
        at = self._places.index(here) + by + is_hidden
        return self._places[at] if 0 <= at < len(self._places) else None

    def place_of(self, queue: PictureQueue) -> Place | None:
        """Where the clerk is among these pictures; None elsewhere, such as at the writing pad."""
        return place_of(queue) if self._is_among(queue) else None

    def _is_among(self, queue: PictureQueue) -> bool:
        """Whether its picture is one of these; others may have been put behind it since."""
        at, current = queue.at, queue.current
        return at < len(self._pictures) and self._pictures[at] is current

    @property
    def places(self) -> list[Place]:
        """All pages that are known of: of a picture that was not opened yet, the first."""
        return self._places

    def _list_places(self) -> None:
        self._places = [
            Place(at, number)
            for at in range(len(self._pictures))
            for number in range(1, self.page_count(at) + 1)
        ]
        self.places_changed.emit()

    def page_count(self, at: int) -> int:
        """How many pages a picture has; 1 until it is known."""
        return self._counts.get(at, 1)

    def count_pages(self, at: int, count: int) -> None:
        """Take note of how many pages a picture has."""
        if self.page_count(at) != count:
            self._counts[at] = count
            self._list_places()

    def kept(self, place: Place | None) -> KeptPage | None:
        """What was read there; None where nothing was, and elsewhere."""
        return None if place is None else self._kept.get(place)

    def review(self, place: Place) -> Review | None:
        """How a page stands as numbers of the kind that is wanted now; None where none was read.

        Worked out once: the strip asks at every painting.
        """
        kept = self._kept.get(place)
        if kept is None:
            return None
        before, review = self._reviews.get(place, (None, None))
        if before is not kept or review is None:
            review = kept.review(self._kind)
            self._reviews[place] = kept, review
        return review

    def _want(self, kind: FieldKind | None) -> None:
        """Let the pages be numbers of another kind."""
        if kind is not self._kind:
            self._kind, self._reviews = kind, {}
            for place in self._kept:
                self.page_changed.emit(place)

    def has_failed(self, place: Place) -> bool:
        """Whether the page could not be opened."""
        return place in self._failed

    def keep_ahead(self, place: Place, ahead: PageAhead) -> None:
        """Keep what was read ahead, unless the clerk was faster."""
        if ahead.reading is not None and place not in self._kept:
            history = ReviewHistory(Review.of(ahead.reading))
            cares = CareHistory(Care(ahead.quarter_turns))
            self._kept[place] = KeptPage(ahead.reading, history, None, ahead.notes, cares)
            self.page_changed.emit(place)

    def mark_failed(self, place: Place) -> None:
        """Take note that a page could not be opened."""
        if place not in self._failed:
            self._failed.add(place)
            self.page_changed.emit(place)

    def as_shown(
        self, loaded: PageLoaded, state: ViewState, *, is_opened: bool
    ) -> tuple[ShownPage, PictureQueue]:
        """A page as it comes onto the bed, and the queue with what is known of it now.

        Args:
            loaded: From the worker.
            state: What is on the screen before.
            is_opened: From its file; else it is the page on the bed with other care.
        """
        before, queue = state.shown, state.queue
        if not is_opened and before is not None:
            page, levels, bare = loaded.page, loaded.levels, loaded.bare
            return replace(before, page=page, levels=levels, bare=bare, region=None), queue
        queue = replace(queue, page_count=loaded.page_count)
        kept = self.kept(self.place_of(queue))
        page, bare = loaded.page, loaded.bare
        if kept is not None:
            page = replace(page, notes=kept.notes)
            bare = page if bare is loaded.page else replace(bare, notes=kept.notes)
        cares = CareHistory(loaded.care) if kept is None else kept.cares
        region = None if kept is None else kept.region
        shown = ShownPage(page, loaded.levels, queue.name, bare, region, origin=queue, cares=cares)
        return shown, queue

    @Slot(object)
    def remember(self, state: ViewState) -> None:
        """Keep what is on the screen, if it is a page of these pictures and was read."""
        self._want(state.kind)
        shown, reading = state.shown, state.reading
        if state.is_busy or shown is None or reading is None or state.history is None:
            return
        origin = shown.origin
        if origin is None or not self._is_among(origin):
            return
        place = place_of(origin)
        before = self._kept.get(place)
        if before is None or before.history is not state.history or before.reading is not reading:
            self._kept[place] = KeptPage(
                reading,
                state.history,
                state.kind,
                shown.page.notes,
                shown.cares,
                shown.region,
            )
            self._failed.discard(place)
            self.page_changed.emit(place)

    def mark_opened(self, place: Place) -> None:
        """Take note that a page could be opened, perhaps at a second try."""
        if place in self._failed:
            self._failed.discard(place)
            self.page_changed.emit(place)


def place_of(queue: PictureQueue) -> Place:
    """Where the clerk is, or wants to be."""
    return Place(queue.at, queue.page_number)
