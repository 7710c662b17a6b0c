"""The values that travel between the steps of reading, and out of the reader.

numpy is imported for type checking only: the window builds these names before its first paint,
and numpy costs that paint about 100 ms.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np
    from numpy.typing import NDArray


class Decision(StrEnum):
    """Whether a person has to look (the literature's reject option)."""

    ACCEPT = "accept"
    REVIEW = "review"


class Doubt(StrEnum):
    """Why a person has to look at a line."""

    UNSURE = "unsure"
    """The number, or one of its digits, is not likely enough."""
    OTHER_MARKS = "other_marks"
    """Beside its digits stand marks that are neither digits nor separators."""
    UNREAD_INK = "unread_ink"
    """Its row goes on, or holds ink of which nothing was read."""
    READ_OTHERWISE = "read_otherwise"
    """Read in another way, it says something else."""
    SPLIT = "split"
    """Another number stands right beside it: both may be one."""
    BROKEN = "broken"
    """A digit was put together out of parts."""
    OTHER_INK = "other_ink"
    """Little of the page's ink was read, or few of its numbers are sure."""
    MARKS = "marks"
    """What it is worth hangs on a point or comma that may not be one."""
    NOT_OF_KIND = "not_of_kind"
    """It breaks the rule of its field, and so does all that it may say instead."""
    CHANGED = "changed"
    """Its likeliest digits break the rule of its field; others that keep it stand for them."""


UNREAD: Final = frozenset({Doubt.UNREAD_INK, Doubt.OTHER_INK})
"""Doubts that say that something written was not read."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the upright page, origin top left."""

    x: int
    y: int
    w: int
    h: int

    @classmethod
    def around(cls, boxes: Iterable[Box]) -> Self:
        """The smallest box that holds all of some; there has to be one."""
        inner = tuple(boxes)
        x, y = min(box.x for box in inner), min(box.y for box in inner)
        right, bottom = max(box.right for box in inner), max(box.bottom for box in inner)
        return cls(x, y, right - x, bottom - y)

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
    notes: tuple[str, ...] = ()
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
        runner_up_confidence: Its calibrated probability; more than ``confidence`` only of a digit
            that was chosen against the writing.
    """

    digit: int
    confidence: float
    decision: Decision
    box: Box
    runner_up: int
    runner_up_confidence: float


@dataclass(frozen=True, slots=True)
class Alternative:
    """What a line says instead, perhaps.

    Attributes:
        digits: From left to right.
        written: With the separators between them, such as "1,250".
        probability: In (0, 1], calibrated; of all alternatives and the line together at most 1.
    """

    digits: tuple[DigitReading, ...]
    written: str
    probability: float

    @property
    def text(self) -> str:
        """The digits alone."""
        return "".join(str(digit.digit) for digit in self.digits)


@dataclass(frozen=True, slots=True)
class Change:
    """A digit that a field's rule changed.

    Attributes:
        place: In the number as it is now, from 1; of one that was left out, where it would stand.
        read: The likeliest digit by the writing alone; None where it was taken for none.
        taken: What stands for it; None where it is taken for none.
        box: Where its ink lies.
    """

    place: int
    read: int | None
    taken: int | None
    box: Box


@dataclass(frozen=True, slots=True)
class FieldReading:
    """What a line says as a number of a certain kind.

    Attributes:
        kind: As it was asked for, such as "date".
        title: The same for people.
        rule: What such a number must be, in a sentence for people.
        value: In a form for programs, such as "2016-03-15"; None where it is no such number.
        shown: Its digits, grouped as people write them.
        changed: Digits that the rule changed.
    """

    kind: str
    title: str
    rule: str
    value: str | None
    shown: str
    changed: tuple[Change, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether it is such a number."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class LineReading:
    """One row of writing, its digits from left to right (never without any).

    Attributes:
        digits: From left to right.
        confidence: Calibrated probability in [0, 1] that these are its digits.
        decision: Whether a person has to look.
        box: Around all its digits.
        written: With the separators between them, such as "1,250/-"; empty where nobody told.
        alternatives: What it says instead, perhaps; the likeliest first.
        doubts: Why a person has to look.
        accept_above: Confidence from which nobody has to, if nothing else is in doubt.
        marks_are_sure: Whether its points, commas and strokes are surely there, and no others.
        print_chance: Probability in [0, 1] that it is print, the mean over all characters of its
            span that may be digits.
        field: What it says as a number of the kind that was asked for; None where none was.
    """

    digits: tuple[DigitReading, ...]
    confidence: float
    decision: Decision
    box: Box
    written: str = ""
    alternatives: tuple[Alternative, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    accept_above: float = 1.0
    marks_are_sure: bool = True
    print_chance: float = 0.0
    field: FieldReading | None = None

    def moved(self, move: Callable[[Box], Box]) -> LineReading:
        """The same with all its boxes elsewhere."""

        def moved(digits: tuple[DigitReading, ...]) -> tuple[DigitReading, ...]:
            return tuple(replace(digit, box=move(digit.box)) for digit in digits)

        others = tuple(replace(one, digits=moved(one.digits)) for one in self.alternatives)
        field = self.field
        if field is not None:
            changed = tuple(replace(one, box=move(one.box)) for one in field.changed)
            field = replace(field, changed=changed)
        return replace(
            self,
            digits=moved(self.digits),
            box=move(self.box),
            alternatives=others,
            field=field,
        )

    def doubted(self, doubt: Doubt) -> LineReading:
        """The same for a person to look at, for one more reason."""
        doubts = self.doubts if doubt in self.doubts else (*self.doubts, doubt)
        return replace(self, decision=Decision.REVIEW, doubts=doubts)

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
        printed: What was read of a form's print; nobody wrote it, and it is none of the lines.
    """

    lines: tuple[LineReading, ...]
    quarter_turns: int = 0
    printed: tuple[LineReading, ...] = ()

    @property
    def is_empty(self) -> bool:
        """No digit was found: a result, not a failure."""
        return not self.lines

    @property
    def digit_count(self) -> int:
        """Digits on the whole page."""
        return sum(len(line.digits) for line in self.lines)
