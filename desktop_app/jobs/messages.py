"""What travels between the window and the worker: frozen values, nothing shared.

Light enough to be imported before the first paint: no numpy, no Pillow.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol, TypeAlias

from model.care import NO_CARE, Care

if TYPE_CHECKING:
    from pathlib import Path

    from desktop_app.jobs.levels import PageLevel
    from model.cancel import CancelToken
    from model.types import Box, Page, PageReading


class PixelSource(Protocol):
    """Pixels that are already in memory, such as a pasted picture."""

    def to_page(self) -> Page:
        """Build the page; called on the worker thread, raises PictureError."""
        ...


Source: TypeAlias = "Path | bytes | PixelSource"


@dataclass(frozen=True, slots=True)
class OpenPicture:
    """Load one page of a picture and read it.

    Attributes:
        is_upright: It is known which way up it is, so no other way is tried.
        care: What was done to it when it was read before.
        known: What was read on it then; it is not read again.
    """

    source: Source
    page_number: int = 1
    is_upright: bool = False
    care: Care = NO_CARE
    known: PageReading | None = None


@dataclass(frozen=True, slots=True)
class CareForPage:
    """Show the page on the bed with other care, and read it again.

    Attributes:
        bare: The page, only turned.
        lies: By how many quarters, clockwise.
        care: What is to be done to it as it lies in its file.
    """

    bare: Page
    lies: int
    care: Care


@dataclass(frozen=True, slots=True)
class ReadPart:
    """Read a part of a page that is already loaded; all of it where region is None."""

    page: Page
    region: Box | None = None


@dataclass(frozen=True, slots=True)
class LookAhead:
    """Look at a page that the clerk has not asked for, while there is nothing else to do.

    Attributes:
        is_to_be_read: Else it is only sketched.
    """

    source: Source
    page_number: int
    is_to_be_read: bool


Task = OpenPicture | CareForPage | ReadPart | LookAhead


@dataclass(frozen=True, slots=True)
class ReadJob:
    """One task, its number and the token that stops it."""

    job_id: int
    task: Task
    token: CancelToken


@dataclass(frozen=True, slots=True, eq=False)
class PageLoaded:
    """The page can be shown; its reading follows.

    Attributes:
        levels: The page and its halvings, largest first, so that the window never scales
            64 megapixels on its own thread.
        bare: The same page only turned; the same object where its care is no more.
        page_count: How many pages its file has.
        care: What was done to it since it came from its file.
    """

    job_id: int
    page: Page
    levels: tuple[PageLevel, ...]
    bare: Page
    page_count: int = 1
    care: Care = NO_CARE


@dataclass(frozen=True, slots=True)
class ReadingReady:
    """The job is completed.

    Attributes:
        read_ms: Time of the reading alone, without loading; 0 where it was known before.
    """

    job_id: int
    reading: PageReading
    read_ms: float


@dataclass(frozen=True, slots=True, eq=False)
class PageAhead:
    """A page was looked at ahead.

    Attributes:
        page_count: How many pages its file has.
        sketch: A small copy of the page as it lies after the turns.
        reading: As it lies after the turns; None where it was only sketched.
        quarter_turns: Clockwise, after which its writing stands upright.
        notes: What the clerk should know about how it was opened.
    """

    job_id: int
    page_count: int
    sketch: PageLevel
    reading: PageReading | None = None
    quarter_turns: int = 0
    notes: tuple[str, ...] = ()


class FailureKind(Enum):
    """What failed, hence what can be done about it."""

    PICTURE = "picture"
    NETWORK = "network"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Failure:
    """The job failed: what happened and what to do next, in full sentences."""

    job_id: int
    kind: FailureKind
    message: str
    hint: str
