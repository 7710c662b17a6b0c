"""What was done to a page, with what undo and redo return to. Pure values, no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from model.care import NO_CARE, Care


@dataclass(frozen=True, slots=True)
class CareHistory:
    """The care for a page, and the one before and after each step."""

    present: Care = NO_CARE
    past: tuple[Care, ...] = ()
    future: tuple[Care, ...] = ()

    def changed(self, care: Care) -> CareHistory:
        """A new step; what was undone before is forgotten."""
        if care == self.present:
            return self
        return CareHistory(care, (*self.past, self.present))

    def drawn(self, care: Care) -> CareHistory:
        """The last step goes on, as while a slider is drawn."""
        return replace(self, present=care, future=())

    def undone(self) -> CareHistory:
        """Back before the last step."""
        if not self.past:
            return self
        return CareHistory(self.past[-1], self.past[:-1], (self.present, *self.future))

    def redone(self) -> CareHistory:
        """Forward again."""
        if not self.future:
            return self
        return CareHistory(self.future[0], (*self.past, self.present), self.future[1:])


NO_CARES: Final = CareHistory()
