"""Looks at the pages that the clerk has not asked for, while the worker has nothing else to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.jobs.messages import Failure, FailureKind, LookAhead, PageAhead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop_app.gui.page_memory import PageMemory, Place
    from desktop_app.gui.session import Session


class LookService(Protocol):
    """What it needs of the worker's end on this thread."""

    def look_ahead(self, task: LookAhead) -> int:
        """Queue a look; a job that the clerk asks for goes first and cancels it."""
        ...


class PageFollower(QObject):
    """Sketches the pages that the strip shows, then reads the others, those after this one first.

    ``sketched`` is sent with a place and a PageLevel.
    """

    sketched = Signal(object, object)

    def __init__(
        self,
        service: LookService,
        session: Session,
        pages: PageMemory,
        unsketched: Callable[[], Sequence[Place]],
    ) -> None:
        """Follow a session.

        Args:
            service: The worker's end.
            session: Busy while the clerk waits for a page.
            pages: What is known already.
            unsketched: Pages in sight that have no sketch yet.
        """
        super().__init__()
        self._service = service
        self._session = session
        self._pages = pages
        self._unsketched = unsketched
        self._look: tuple[int, Place] | None = None
        self._can_read = True
        session.state_changed.connect(self.go_on)
        pages.places_changed.connect(self.go_on)

    @Slot()
    def go_on(self) -> None:
        """Start the next look, if nothing is under way and anything is left."""
        if self._session.state.is_busy:
            # Its look, if there was one, has been cancelled.
            self._look = None
            return
        if self._look is not None or len(self._pages.places) < 2:
            return
        found = self._next()
        if found is not None:
            place, is_to_be_read = found
            source = self._pages.pictures[place.at].source
            task = LookAhead(source, place.number, is_to_be_read)
            self._look = self._service.look_ahead(task), place

    def _next(self) -> tuple[Place, bool] | None:
        sketch = next((one for one in self._unsketched() if not self._pages.has_failed(one)), None)
        if sketch is not None:
            return sketch, False
        if not self._can_read:
            return None
        here, places = self._pages.place_of(self._session.state.queue), self._pages.places
        unread = [place for place in places if self._is_unread(place) and place != here]
        after = next((place for place in unread if here is None or place > here), None)
        if after is not None:
            return after, True
        return (unread[0], True) if unread else None

    def _is_unread(self, place: Place) -> bool:
        return self._pages.kept(place) is None and not self._pages.has_failed(place)

    @Slot(object)
    def on_looked_ahead(self, ahead: PageAhead) -> None:
        """Keep what was found, and go on."""
        look, self._look = self._look, None
        if look is not None and look[0] == ahead.job_id:
            place = look[1]
            self.sketched.emit(place, ahead.sketch)
            self._pages.count_pages(place.at, ahead.page_count)
            self._pages.keep_ahead(place, ahead)
        self.go_on()

    @Slot(object)
    def on_look_failed(self, failure: Failure) -> None:
        """Pass over the page: the clerk is told when it is asked for."""
        look, self._look = self._look, None
        if look is not None and look[0] == failure.job_id:
            if failure.kind is FailureKind.NETWORK:
                self._can_read = False
            else:
                self._pages.mark_failed(look[1])
        self.go_on()
