"""What stands on the pad, as one frozen value with what undo and redo return to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.capture.strokes import Stroke


@dataclass(frozen=True, slots=True)
class Writing:
    """Strokes in the order in which they were written."""

    strokes: tuple[Stroke, ...] = ()
    past: tuple[tuple[Stroke, ...], ...] = ()
    future: tuple[tuple[Stroke, ...], ...] = ()

    def written(self, stroke: Stroke) -> Writing:
        """One more stroke; what was undone before is forgotten."""
        return self._changed((*self.strokes, stroke))

    def cleared(self) -> Writing:
        """White paper; undo brings all of it back."""
        return self._changed(()) if self.strokes else self

    def undone(self) -> Writing:
        """Back before the last stroke, or before the paper was cleared."""
        if not self.past:
            return self
        return Writing(self.past[-1], self.past[:-1], (self.strokes, *self.future))

    def redone(self) -> Writing:
        """Forward again."""
        if not self.future:
            return self
        return Writing(self.future[0], (*self.past, self.strokes), self.future[1:])

    def _changed(self, strokes: tuple[Stroke, ...]) -> Writing:
        return Writing(strokes, (*self.past, self.strokes))
