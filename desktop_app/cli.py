"""The same reader without a window. Imports no Qt, and numpy only once there is a file to read."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from desktop_app.reports import Elapsed, JsonReport, Report, TextReport
from model import refusals
from model.errors import NetworkError, NumberglassError, PictureError
from model.fields.decode import read_fields
from model.intake import load_page, load_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from model.fields.kind import FieldKind
    from model.types import Page, PageReading

STANDARD_INPUT: Final = "-"

SELF_CHECK_DIGITS: Final = "0123456789"
"""What is written on the bundled picture: ten digits of MNIST's test set in one line."""

_SELF_CHECK_PICTURE: Final = "self_check.png"


class PageReader(Protocol):
    """What is needed of model.reader.Reader."""

    def read(self, page: Page) -> PageReading: ...


def open_shipped_reader(wrong_accepted: float | None = None) -> PageReader:
    """Load the network that comes with the program.

    Args:
        wrong_accepted: How many of the accepted numbers may be wrong, in [0, 1]; None: as usual.

    Raises:
        NetworkError: it is missing or damaged.
    """
    from model.reader import Reader

    return Reader.open() if wrong_accepted is None else Reader.open(wrong_accepted=wrong_accepted)


def read_files(
    files: Sequence[str],
    *,
    as_json: bool,
    field: FieldKind | None = None,
    open_reader: Callable[[], PageReader] = open_shipped_reader,
) -> int:
    """Read each file and print what was found, page by page as it is read.

    Args:
        files: As given on the command line; "-" is standard input.
        as_json: Print objects for programs, not text for people.
        field: What kind of number each line is to be; None asks for none.
        open_reader: Loads the network.

    Returns:
        The exit status: 0 where every file could be read, even if empty; else 1.
    """
    report = JsonReport(sys.stdout) if as_json else TextReport(sys.stdout, sys.stderr)
    try:
        run = _Run(open_reader(), report, field)
    except NetworkError as error:
        for file in files:
            report.failed(file, error)
        return 1
    failed = [file for file in files if not run.read_file(file)]
    return 1 if failed else 0


def self_check(
    *,
    open_reader: Callable[[], PageReader] = open_shipped_reader,
    picture: Path | None = None,
) -> int:
    """Read the bundled picture, say whether that went right, and return 0 only if it did."""
    started = time.perf_counter()
    try:
        reading = open_reader().read(load_page(picture or _bundled_picture()))
    except NumberglassError as error:
        print(f"numberglass: {error.user_message} {error.hint}", file=sys.stderr)
        return 1
    digits = " ".join(line.text for line in reading.lines)
    if digits == SELF_CHECK_DIGITS:
        took = f"in {_ms_since(started):.0f} ms, on this computer alone"
        print(f"Numberglass works: it read its own test number {digits} rightly, {took}.")
        return 0
    print(
        f"numberglass: The program's own test picture shows {SELF_CHECK_DIGITS}, but "
        f"{digits or 'nothing'} was read. This copy of the program is damaged; install it again.",
        file=sys.stderr,
    )
    return 1


@dataclass(frozen=True, slots=True)
class _Run:
    """One command's reader and where its findings go."""

    reader: PageReader
    report: Report
    field: FieldKind | None

    def read_file(self, file: str) -> bool:
        """Report every page of a file; False where one of them failed, which ends the file."""
        page_number = 1
        started = time.perf_counter()
        try:
            for page in load_pages(_source(file)):
                load_ms = _ms_since(started)
                started = time.perf_counter()
                reading = self.reader.read(page)
                if self.field is not None:
                    reading = read_fields(reading, self.field)
                elapsed = Elapsed(load_ms=load_ms, read_ms=_ms_since(started))
                self.report.read(file, page, reading, elapsed)
                page_number = page.number + 1
                started = time.perf_counter()
        except NumberglassError as error:
            self.report.failed(file, error, page_number=page_number, load_ms=_ms_since(started))
            return False
        except MemoryError:
            no_memory = refusals.no_memory()
            self.report.failed(file, no_memory, page_number=page_number, load_ms=_ms_since(started))
            return False
        return True


def _source(file: str) -> Path | bytes:
    if not file:
        # To the file system it is the folder where the user stands.
        raise PictureError(
            "The name of the file is empty.", "Say which picture to read, such as slip.png."
        )
    if file != STANDARD_INPUT:
        return Path(file)
    # One byte more than allowed is enough to know that it is too much.
    return sys.stdin.buffer.read(refusals.MAX_FILE_BYTES + 1)


def _bundled_picture() -> Path:
    from model.card import WEIGHTS_FOLDER

    return WEIGHTS_FOLDER / _SELF_CHECK_PICTURE


def _ms_since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
