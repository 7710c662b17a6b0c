"""Smaller copies of a page, so that the window paints a huge one as fast as a small one.

Runs on the worker thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from model.cancel import CancelToken
    from model.types import Page

SMALLEST_LEVEL_PX: Final = 1024
SKETCH_PX: Final = 256
"""Longer side of a page's sketch: twice what the strip of pages shows, for sharp screens."""


@dataclass(frozen=True, slots=True, eq=False)
class PageLevel:
    """One size of a page.

    Attributes:
        pixels: (h, w, 3) uint8 RGB, contiguous, read-only.
        scale: Its pixels per page pixel, 1, 1/2, 1/4 and so on.
    """

    pixels: NDArray[np.uint8]
    scale: float


def build_levels(page: Page, *, cancel: CancelToken) -> tuple[PageLevel, ...]:
    """Halve the page until its longer side is at most SMALLEST_LEVEL_PX.

    Returns:
        Largest first; the first one is the page itself, uncopied where it is contiguous.

    Raises:
        Cancelled: The token was set.
    """
    pixels = np.ascontiguousarray(page.pixels)
    levels = [PageLevel(pixels, 1.0)]
    while max(pixels.shape[:2]) > SMALLEST_LEVEL_PX:
        cancel.raise_if_cancelled()
        height, width = pixels.shape[:2]
        # Area average, as a scanner's preview does: point sampling loses hair-thin strokes.
        half = cv2.resize(
            pixels, (max(1, width // 2), max(1, height // 2)), interpolation=cv2.INTER_AREA
        )
        pixels = cast("NDArray[np.uint8]", half)
        pixels.flags.writeable = False
        levels.append(PageLevel(pixels, levels[-1].scale / 2))
    return tuple(levels)


def sketch_of(page: Page) -> PageLevel:
    """The page with a longer side of at most SKETCH_PX."""
    scale = min(1.0, SKETCH_PX / max(page.width, page.height))
    size = max(1, round(page.width * scale)), max(1, round(page.height * scale))
    pixels = cast("NDArray[np.uint8]", cv2.resize(page.pixels, size, interpolation=cv2.INTER_AREA))
    pixels.flags.writeable = False
    return PageLevel(pixels, scale)
