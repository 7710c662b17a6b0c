"""A picture file that is open: how many pages it has, and any one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from model.types import Page


class PageFile(Protocol):
    """Its pages are unpacked one at a time, when they are asked for, in any order."""

    @property
    def page_count(self) -> int:
        """At least 1."""
        ...

    def load(self, number: int, *, enough_px: int | None = None) -> Page:
        """Unpack one page.

        Args:
            number: From 1 to page_count.
            enough_px: A longer side that is enough. What can be drawn at any size, as a page of a
                PDF can, is drawn at this one; other pages come whole.

        Raises:
            PictureError: The file has no such page, or the page cannot be opened.
            Cancelled: Nobody waits for it any more.
        """
        ...
