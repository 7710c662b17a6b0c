"""Stand-ins for the reader: readings made up by the test, delivered when the test says so."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from desktop_app.jobs.worker import ReadPorts
from model.apply_care import care_for
from model.errors import NetworkError
from model.intake import open_pages
from model.types import Box, Decision, DigitReading, LineReading, Page, PageReading

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from model.cancel import CancelToken

PAGE_SIZE = (400, 300)


class FakeReader:
    """Reads what it was told to; ``gate`` holds a reading back until it is set."""

    def __init__(self, reading: PageReading) -> None:
        self.reading = reading
        self.gate = threading.Event()
        self.gate.set()
        self.regions: list[Box | None] = []
        self.sizes: list[tuple[int, int]] = []
        self.error: Exception | None = None

    def read(
        self, page: Page, *, region: Box | None = None, cancel: CancelToken | None = None
    ) -> PageReading:
        self.regions.append(region)
        self.sizes.append((page.width, page.height))
        while not self.gate.wait(0.002):
            if cancel is not None:
                cancel.raise_if_cancelled()
        if self.error is not None:
            raise self.error
        return self.reading


def ports_of(reader: FakeReader) -> ReadPorts:
    """The real intake, and a reader that is there."""
    return ReadPorts(open_pages=open_pages, care_for=care_for, open_reader=lambda: reader)


def ports_without_network() -> ReadPorts:
    """The real intake, and no network to read with."""

    def fail() -> FakeReader:
        raise NetworkError("The network file is missing.", "Install Numberglass again.")

    return ReadPorts(open_pages=open_pages, care_for=care_for, open_reader=fail)


def reading_of(*rows: str, doubts: Container[tuple[int, int]] = ()) -> PageReading:
    """Lines under each other; ``doubts`` are (line, digit); the runner-up is the digit plus 5."""
    return PageReading(tuple(_line(at, row, doubts) for at, row in enumerate(rows)))


def _line(at: int, row: str, doubts: Container[tuple[int, int]]) -> LineReading:
    digits = tuple(
        DigitReading(
            digit=int(figure),
            confidence=0.61 if (at, place) in doubts else 0.998,
            decision=Decision.REVIEW if (at, place) in doubts else Decision.ACCEPT,
            box=Box(20 + 30 * place, 30 + 60 * at, 20, 36),
            runner_up=(int(figure) + 5) % 10,
            runner_up_confidence=0.37 if (at, place) in doubts else 0.001,
        )
        for place, figure in enumerate(row)
    )
    is_doubtful = any(digit.decision is Decision.REVIEW for digit in digits)
    return LineReading(
        digits,
        min(digit.confidence for digit in digits),
        Decision.REVIEW if is_doubtful else Decision.ACCEPT,
        Box(20, 30 + 60 * at, 30 * len(row), 36),
    )


def blank_page(width: int = PAGE_SIZE[0], height: int = PAGE_SIZE[1]) -> Page:
    """White paper."""
    pixels = np.full((height, width, 3), 255, np.uint8)
    pixels.flags.writeable = False
    return Page(pixels, "PNG")


def save_picture(path: Path, width: int = PAGE_SIZE[0], height: int = PAGE_SIZE[1]) -> Path:
    """A PNG of light paper; what is written on it is the fake reader's affair."""
    from PIL import Image

    Image.new("RGB", (width, height), (236, 233, 226)).save(path)
    return path
