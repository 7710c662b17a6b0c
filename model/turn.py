"""Turns a page by quarters, when the clerk or the writing on it says that it lies on its side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from model.types import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from model.types import LineReading, Page


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


def turn_box(box: Box, quarter_turns: int, width: int, height: int) -> Box:
    """Where a box lies once its page of that size is turned clockwise by quarters."""
    quarter_turns %= 4
    if quarter_turns == 1:
        return Box(height - box.bottom, box.x, box.h, box.w)
    if quarter_turns == 2:
        return Box(width - box.right, height - box.bottom, box.w, box.h)
    if quarter_turns == 3:
        return Box(box.y, width - box.right, box.h, box.w)
    return box


def turn_lines(
    lines: Sequence[LineReading], quarter_turns: int, width: int, height: int
) -> tuple[LineReading, ...]:
    """Lines as they lie once their page of that size is turned clockwise by quarters."""
    return tuple(
        line.moved(lambda box: turn_box(box, quarter_turns, width, height)) for line in lines
    )
