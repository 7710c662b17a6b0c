"""The pictures that were opened together, and where the clerk is among them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from desktop_app.jobs.messages import PixelSource


@dataclass(frozen=True, slots=True)
class Picture:
    """Something that can be opened, and what it is called without its folder.

    Attributes:
        is_upright: Whether it is known to be, so that no other turn of it is read.
    """

    source: Path | bytes | PixelSource
    name: str
    is_upright: bool = False


@dataclass(frozen=True, slots=True)
class PictureQueue:
    """Pictures in the order they came.

    Attributes:
        at: Position of the current picture, from 0.
        page_number: Page of the current picture, from 1.
        page_count: How many pages the current picture has; 1 until it is known.
    """

    pictures: tuple[Picture, ...] = ()
    at: int = 0
    page_number: int = 1
    page_count: int = 1

    @property
    def current(self) -> Picture | None:
        """The picture whose page is, or was to be, on the bed."""
        return self.pictures[self.at] if self.pictures else None

    @property
    def name(self) -> str:
        """Its name; empty where there is none."""
        return self.pictures[self.at].name if self.pictures else ""

    @property
    def has_other_pages(self) -> bool:
        """Whether there is a page besides this one, before or after it."""
        return len(self.pictures) > 1 or self.page_count > 1

    @property
    def has_next_picture(self) -> bool:
        """Whether a further picture waits."""
        return self.at + 1 < len(self.pictures)

    @property
    def has_next_page(self) -> bool:
        """Whether the current picture has a page after this one."""
        return self.page_number < self.page_count

    def place(self) -> str:
        """Such as "File 2 of 5 · Page 1 of 3"; empty for the only page of the only picture."""
        words = []
        if len(self.pictures) > 1:
            words.append(f"File {self.at + 1} of {len(self.pictures)}")
        if self.page_number > 1 or self.has_next_page:
            words.append(f"Page {self.page_number} of {max(self.page_count, self.page_number)}")
        return " · ".join(words)

    def at_next_picture(self) -> PictureQueue:
        """The first page of the next picture."""
        return PictureQueue(self.pictures, self.at + 1)

    def with_more(self, pictures: Sequence[Picture]) -> PictureQueue:
        """The same, and these behind the others."""
        return replace(self, pictures=(*self.pictures, *pictures))


NO_PICTURES: Final = PictureQueue()
