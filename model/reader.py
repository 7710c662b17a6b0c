"""From a page to its reading: the steps, in order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Self

import cv2
import numpy as np

from model.cancel import CancelToken
from model.card import WEIGHTS_FOLDER
from model.ink import MARKER_STROKE, InkMap, find_ink
from model.layout import find_lines
from model.network import BATCH, Network
from model.recognize import RecognizedLine, recognize_line
from model.segment import cut_segments
from model.types import Box, Decision, LineReading, Page, PageReading

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

# A line with more strangers than digits is a word, a signature or a picture, not a number.
_STRANGERS_A_DIGIT: Final = 1.0
# Lines much lower than the page's highest are print or dirt beside the writing.
_LOWEST_LINE: Final = 0.3
# Among so much other ink nothing is accepted without a person.
_LEAST_EXPLAINED: Final = 0.5


class Reader:
    """Reads pages. Not thread-safe: one worker owns it."""

    def __init__(self, network: Network) -> None:
        self._network = network
        # Pictures are small: a pool of threads costs more than it saves, and the window needs
        # the other core.
        cv2.setNumThreads(1)

    @classmethod
    def open(cls, weights: Path = WEIGHTS_FOLDER) -> Self:
        """A reader with the shipped network.

        Raises:
            NetworkError: the network is missing, damaged, or not the one that its card describes.
        """
        return cls(Network.load(weights))

    def read(
        self, page: Page, *, region: Box | None = None, cancel: CancelToken | None = None
    ) -> PageReading:
        """Find and read the handwritten digits of a page, or of a part of it.

        Args:
            region: In pixels of the page; None reads all of it.
            cancel: Checked between steps and between batches.

        Returns:
            Lines from top to bottom; boxes in pixels of the whole page.

        Raises:
            Cancelled: the token was set.
        """
        token = cancel or CancelToken()
        part = clip_region(region, page)
        token.raise_if_cancelled()
        pixels = page.pixels[part.y : part.bottom, part.x : part.right]
        lines = self._read_ink(find_ink(pixels), part, token)
        if not lines and _is_small(part):
            # A felt pen on a tight crop is wider than any stroke elsewhere.
            lines = self._read_ink(find_ink(pixels, widest=MARKER_STROKE), part, token)
        return PageReading(tuple(lines))

    def _read_ink(self, ink: InkMap, part: Box, token: CancelToken) -> list[LineReading]:
        token.raise_if_cancelled()
        layout = find_lines(ink)
        lines = []
        for line in layout.lines:
            token.raise_if_cancelled()
            segments = cut_segments(line, layout.labels)
            lines.append(
                recognize_line(
                    line,
                    segments,
                    ink.soft,
                    lambda frames: self._run(frames, token),
                    self._network.card.calibration,
                )
            )
        return [_placed(reading, ink.scale, part) for reading in _keep_numbers(lines)]

    def _run(self, frames: NDArray[np.float32], token: CancelToken) -> NDArray[np.float32]:
        parts = []
        for start in range(0, len(frames), BATCH):
            token.raise_if_cancelled()
            parts.append(self._network.run(frames[start : start + BATCH]))
        return np.concatenate(parts)


def _is_small(part: Box) -> bool:
    """Whether one digit can fill the picture, so that blank paper is not looked at twice."""
    return part.w < 4 * part.h and part.w * part.h <= 1_000_000


def clip_region(region: Box | None, page: Page) -> Box:
    """The region as far as it lies on the page; the whole page where it does not at all."""
    whole = Box(0, 0, page.width, page.height)
    if region is None:
        return whole
    x, y = max(0, region.x), max(0, region.y)
    right, bottom = min(page.width, region.right), min(page.height, region.bottom)
    return Box(x, y, right - x, bottom - y) if right > x and bottom > y else whole


def _keep_numbers(lines: list[RecognizedLine]) -> list[LineReading]:
    """Drop what is not a number; among much other ink, let a person decide."""
    numbers = [
        line.reading
        for line in lines
        if line.reading and line.strangers <= _STRANGERS_A_DIGIT * len(line.reading.digits)
    ]
    highest = max((reading.box.h for reading in numbers), default=0)
    numbers = [reading for reading in numbers if reading.box.h >= _LOWEST_LINE * highest]
    read = sum(len(reading.digits) for reading in numbers)
    strange = sum(line.strangers for line in lines)
    if read < _LEAST_EXPLAINED * (read + strange):
        return [replace(reading, decision=Decision.REVIEW) for reading in numbers]
    return numbers


def _placed(reading: LineReading, scale: float, part: Box) -> LineReading:
    """The same reading with its boxes in pixels of the whole page."""

    def place(box: Box) -> Box:
        x, y = part.x + round(box.x * scale), part.y + round(box.y * scale)
        right = min(part.right, part.x + round(box.right * scale))
        bottom = min(part.bottom, part.y + round(box.bottom * scale))
        return Box(x, y, max(1, right - x), max(1, bottom - y))

    digits = tuple(replace(digit, box=place(digit.box)) for digit in reading.digits)
    return replace(reading, digits=digits, box=place(reading.box))
