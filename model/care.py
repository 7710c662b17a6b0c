"""How a page is cared for between its file and its reading; the file itself stays as it is.

Light enough to be imported before the first paint: no numpy, no OpenCV.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

Corner: TypeAlias = tuple[float, float]
Corners: TypeAlias = tuple[Corner, Corner, Corner, Corner]

STEEPEST_DEG = 15.0
"""More tilt than this is no slip laid down aslant: the page is turned, or photographed aslant."""
BRIGHTEST = 100


@dataclass(frozen=True, slots=True)
class Care:
    """What is done to the pixels of a page, in this order.

    Attributes:
        quarter_turns: Clockwise, 0 to 3.
        corners: Of the slip that becomes the page, clockwise from its top left one; as shares of
            the turned page's width and height, from its top left, in [0, 1]. None: all of the page.
        tilt_deg: How far its rows fall to the right, in [-15, 15]; it is turned back by that.
        brightness: -100 darkest, 0 as it is, 100 brightest.
    """

    quarter_turns: int = 0
    corners: Corners | None = None
    tilt_deg: float = 0.0
    brightness: int = 0

    @property
    def is_turn_only(self) -> bool:
        """Whether its pixels are those of the file, however they lie."""
        return self.corners is None and self.tilt_deg == 0 and self.brightness == 0

    def turned(self, quarter_turns: int) -> Care:
        """The same, its page turned clockwise by so many quarters more."""
        corners = self.corners
        if corners is not None:
            for _ in range(quarter_turns % 4):
                first, second, third, fourth = ((1 - y, x) for x, y in corners)
                corners = (fourth, first, second, third)
        turns = (self.quarter_turns + quarter_turns) % 4
        return replace(self, quarter_turns=turns, corners=corners)


NO_CARE = Care()
