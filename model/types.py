"""The values that travel between the steps of reading, and out of the reader.

numpy is imported for type checking only: the window builds these names before its first paint,
and numpy costs that paint about 100 ms.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Decision(StrEnum):
    """Whether a person has to look (the literature's reject option)."""

    ACCEPT = "accept"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the upright page, origin top left."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """First column to the right of the box."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """First row below the box."""
        return self.y + self.h

    def as_list(self) -> list[int]:
        """[x, y, w, h], the form of the JSON output."""
        return [self.x, self.y, self.w, self.h]


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A picture, upright and ready to be read.

    Attributes:
        pixels: (h, w, 3) uint8 RGB, read-only; EXIF turn applied, transparency laid on white.
        format: The file format's usual name, such as "JPEG"; "picture" for pasted pixels.
        notes: What the clerk should know about how it was opened, in full sentences, such as
            "It is animated; only the first frame was read."
        number: Page number within its file, from 1.
    """

    pixels: NDArray[np.uint8]
    format: str
    notes: tuple[str, ...] = field(default=())
    number: int = 1

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self.pixels.shape[0])


@dataclass(frozen=True, slots=True)
class DigitReading:
    """One digit as read.

    Attributes:
        digit: 0 to 9.
        confidence: Calibrated probability in [0, 1] that the ink in the box is this digit.
        decision: Whether a person has to look at it.
        box: Where its ink lies.
        runner_up: The next likely digit.
        runner_up_confidence: Its calibrated probability, at most ``confidence``.
    """

    digit: int
    confidence: float
    decision: Decision
    box: Box
    runner_up: int
    runner_up_confidence: float


@dataclass(frozen=True, slots=True)
class LineReading:
    """One row of writing, its digits from left to right (never without any)."""

    digits: tuple[DigitReading, ...]
    confidence: float
    decision: Decision
    box: Box

    @property
    def text(self) -> str:
        """The digits alone, such as "561247"."""
        return "".join(str(digit.digit) for digit in self.digits)

    @property
    def doubtful_count(self) -> int:
        """How many of its digits a person has to look at."""
        return sum(digit.decision is Decision.REVIEW for digit in self.digits)


@dataclass(frozen=True, slots=True)
class PageReading:
    """All lines of a page, top to bottom; none where no digit was found.

    Attributes:
        lines: Boxes in pixels of the page as it was given.
        quarter_turns: Clockwise, 0 to 3, after which the writing stands upright.
    """

    lines: tuple[LineReading, ...]
    quarter_turns: int = 0

    @property
    def is_empty(self) -> bool:
        """No digit was found: a result, not a failure."""
        return not self.lines

    @property
    def digit_count(self) -> int:
        """Digits on the whole page."""
        return sum(len(line.digits) for line in self.lines)
