"""Turns a page by quarters, when the clerk says that it lies on its side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.types import Page


def rotate_page(page: Page, quarter_turns: int) -> Page:
    """Turn a page clockwise by quarters; any whole number, negative for the other way."""
    quarter_turns %= 4
    if quarter_turns == 0:
        return page
    # Imported here because it costs 100 ms, and only a turned page needs it. numpy's rot90 takes
    # 720 ms to copy a page of 64 megapixels, this 90 ms.
    import cv2
    import numpy as np

    turns = (cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE)
    pixels = np.asarray(cv2.rotate(page.pixels, turns[quarter_turns - 1]), dtype=np.uint8)
    pixels.flags.writeable = False
    return replace(page, pixels=pixels)
