"""The bytes of SANE frames as rows of pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from desktop_app.scanning import errors
from desktop_app.scanning.sane_library import Frame, FrameFormat
from desktop_app.scanning.values import Sheet, Strip
from model.refusals import MAX_PIXELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GROWTH_ROWS: Final = 1024
_DEPTHS: Final = (1, 8, 16)
_PASSES: Final = (FrameFormat.RED, FrameFormat.GREEN, FrameFormat.BLUE)


class SheetBuilder:
    """Puts one sheet together, of one frame or of one for each colour.

    Args:
        number: Of the sheet, from 1.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._frame = Frame(0, True, 0, 0, None, 8)
        self._pixels: NDArray[np.uint8] | None = None
        self._rows = 0
        self._rest = b""

    def begin(self, frame: Frame) -> None:
        """A frame follows.

        Raises:
            ScannerError: It is too large, or in a form that is not known.
        """
        if frame.depth not in _DEPTHS or frame.format not in list(FrameFormat):
            raise errors.unknown_form()
        if frame.depth == 1 and frame.format != FrameFormat.GREY:
            raise errors.unknown_form()
        self._frame, self._rows, self._rest = frame, 0, b""
        self._refuse_too_large(frame.lines or 1)
        if self._pixels is None:
            # White until it is known: a pass that is missing yet would else darken the page.
            shape = (frame.lines or _GROWTH_ROWS, frame.pixels_per_line)
            depth = () if frame.format == FrameFormat.GREY else (3,)
            self._pixels = np.full(shape + depth, 255, np.uint8)

    def take(self, data: bytes) -> Strip | None:
        """Add bytes as they came; the rows that they complete, if any.

        Raises:
            ScannerError: It has become too large.
        """
        frame = self._frame
        whole, stride = self._rest + data, frame.bytes_per_line
        count = len(whole) // stride
        self._rest = whole[count * stride :]
        if not count or self._pixels is None:
            return None
        rows = _samples(np.frombuffer(whole, np.uint8, count * stride).reshape(count, -1), frame)
        top, self._rows = self._rows, self._rows + count
        self._refuse_too_large(self._rows)
        pixels = self._pixels = _grown(self._pixels, self._rows)
        if frame.format in _PASSES:
            pixels[top : self._rows, :, frame.format - FrameFormat.RED] = rows
        else:
            pixels[top : self._rows] = rows.reshape(count, *pixels.shape[1:])
        shown = pixels[top : self._rows]
        if shown.ndim == 2:
            shown = np.repeat(shown[..., None], 3, axis=2)
        return Strip(self._number, top, shown.copy(), frame.lines)

    def finish(self) -> Sheet:
        """The sheet; of fewer rows than were announced where the paper was shorter.

        Raises:
            ScannerError: Not one row came.
        """
        if self._pixels is None or not self._rows:
            raise errors.no_picture()
        return Sheet(self._pixels[: self._rows])

    def _refuse_too_large(self, rows: int) -> None:
        count = rows * self._frame.pixels_per_line
        if count > MAX_PIXELS:
            raise errors.too_large(round(count / 1e6), MAX_PIXELS // 1_000_000)


def _samples(rows: NDArray[np.uint8], frame: Frame) -> NDArray[np.uint8]:
    """(rows, samples) uint8, white 255, of rows as they came, without the filling at their ends."""
    count = frame.pixels_per_line * (3 if frame.format == FrameFormat.RGB else 1)
    if frame.depth == 1:
        # In a grey frame of one bit, 1 is black.
        return (1 - np.unpackbits(rows, axis=1, count=count)) * np.uint8(255)
    if frame.depth == 16:
        # In this machine's own order of bytes.
        wide = np.ascontiguousarray(rows[:, : 2 * count]).view(np.uint16)
        return (wide >> 8).astype(np.uint8)
    return rows[:, :count]


def _grown(pixels: NDArray[np.uint8], rows: int) -> NDArray[np.uint8]:
    """With room for that many rows."""
    if rows <= len(pixels):
        return pixels
    more = np.full((max(_GROWTH_ROWS, rows, len(pixels)), *pixels.shape[1:]), 255, np.uint8)
    return np.concatenate([pixels, more])
