"""Strips made small enough to be painted as fast as they come. Runs on the scanners' thread."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from desktop_app.scanning.values import Strip

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

SHOWN_WIDTH_PX: Final = 900
# The window paints up to thirty times a second; a strip for each row would flood its queue.
SEND_EVERY_S: Final = 0.033


class StripShrinker:
    """Averages squares of pixels, and holds rows back until their squares are full.

    Args:
        send: Called with what is to be shown; rows and height are those of the smaller picture.
    """

    def __init__(self, send: Callable[[Strip], None]) -> None:
        self._send = send
        self._waiting: list[NDArray[np.uint8]] = []
        self._first: Strip | None = None
        self._sent_at = 0.0

    def take(self, strip: Strip) -> None:
        """Add rows, which follow those before or begin another frame or sheet."""
        first = self._first
        if first is not None:
            expected = first.top + sum(map(len, self._waiting))
            if (strip.sheet, strip.top) != (first.sheet, expected):
                self.flush()
        if self._first is None:
            self._first = strip
        self._waiting.append(strip.pixels)
        if time.monotonic() - self._sent_at >= SEND_EVERY_S:
            self._send_full_squares()

    def flush(self) -> None:
        """Send what fills its squares, and forget the rest: less than a row of what is shown."""
        self._send_full_squares()
        self._first, self._waiting = None, []

    def _send_full_squares(self) -> None:
        first = self._first
        if first is None:
            return
        by = -(-first.pixels.shape[1] // SHOWN_WIDTH_PX)
        rows = np.concatenate(self._waiting)
        count = len(rows) // by
        if not count:
            return
        self._sent_at = time.monotonic()
        height = None if first.height is None else first.height // by
        small = _averaged(rows[: count * by], by)
        self._send(Strip(first.sheet, first.top // by, small, height))
        self._waiting = [rows[count * by :]]
        self._first = Strip(first.sheet, first.top + count * by, first.pixels, first.height)


def _averaged(rows: NDArray[np.uint8], by: int) -> NDArray[np.uint8]:
    """(h / by, w / by, 3), read-only; h is a multiple of ``by``."""
    height, width = len(rows) // by, rows.shape[1] // by
    squares = rows[:, : width * by]
    small = np.asarray(cv2.resize(squares, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    small.flags.writeable = False
    return small
