"""What travels between the window and the worker: frozen values, nothing shared.

Light enough to be imported before the first paint: no numpy, no Pillow.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

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


@dataclass(frozen=True, slots=True)
class OpenPicture:
    """Load one page of a picture and read it.

    Attributes:
        is_upright: It is known which way up it is, so no other way is tried.
    """

    source: Path | bytes | PixelSource
    page_number: int = 1
    is_upright: bool = False


@dataclass(frozen=True, slots=True)
class TurnPage:
    """Turn a page clockwise and read it again."""

    page: Page
    quarter_turns: int


@dataclass(frozen=True, slots=True)
class ReadPart:
    """Read a part of a page that is already loaded; all of it where region is None."""

    page: Page
    region: Box | None = None


Task = OpenPicture | TurnPage | ReadPart


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
    """

    job_id: int
    page: Page
    levels: tuple[PageLevel, ...]


@dataclass(frozen=True, slots=True)
class ReadingReady:
    """The job is completed.

    Attributes:
        read_ms: Time of the reading alone, without loading.
        has_next_page: Whether the picture's file has a page after this one.
    """

    job_id: int
    reading: PageReading
    read_ms: float
    has_next_page: bool = False


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
