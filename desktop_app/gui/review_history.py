"""A review with what undo and redo return to. Pure values, no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.gui.review import Review


@dataclass(frozen=True, slots=True)
class ReviewHistory:
    """A review with what undo and redo return to."""

    present: Review
    past: tuple[Review, ...] = ()
    future: tuple[Review, ...] = ()

    @property
    def is_unfinished(self) -> bool:
        """Whether there are answers in it, or digits that nobody looked at."""
        return bool(self.past or self.present.doubt_count)

    def changed(self, review: Review) -> ReviewHistory:
        """A new answer; what was undone before is forgotten."""
        return ReviewHistory(review, (*self.past, self.present), ())

    def moved(self, review: Review) -> ReviewHistory:
        """A new selection, which is not worth an undo step."""
        return replace(self, present=review)

    def mapped(self, change: Callable[[Review], Review]) -> ReviewHistory:
        """The same answers, each review of them changed."""
        past, future = (tuple(map(change, reviews)) for reviews in (self.past, self.future))
        return ReviewHistory(change(self.present), past, future)

    def undone(self) -> ReviewHistory:
        """Back before the last answer, at the digit that it was given to.

        While digits are being added, the next one is added where the last one was.
        """
        if not self.past:
            return self
        before = self.past[-1] if self.present.is_adding else self.past[-1].closed()
        return ReviewHistory(before, self.past[:-1], (self.present, *self.future))

    def redone(self) -> ReviewHistory:
        """Forward again."""
        if not self.future:
            return self
        return ReviewHistory(self.future[0], (*self.past, self.present), self.future[1:])
