"""A scanner made up by the test, and the real SANE library with its test devices."""

from __future__ import annotations

import ctypes
import threading
import time
from typing import TYPE_CHECKING, Final

import numpy as np

from desktop_app.scanning.values import (
    Abilities,
    Colour,
    Scanner,
    ScanOptions,
    Sheet,
    Source,
    SourceAbilities,
    Strip,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desktop_app.scanning.errors import ScannerError
    from desktop_app.scanning.sane_library import SaneLibrary, Value
    from model.cancel import CancelToken

RESOLUTIONS: Final = (150, 300, 600)
ABLE: Final = Abilities(
    (
        SourceAbilities(Source.FLATBED, RESOLUTIONS, tuple(Colour), (216, 297)),
        SourceAbilities(Source.FEEDER, RESOLUTIONS, tuple(Colour), (216, 356)),
    )
)
DESK: Final = Scanner("desk", "Desk 3000")
TRAY: Final = Scanner("tray", "Tray 500")
STRIP_ROWS: Final = 20
STRIPS: Final = 5


class FakeScanners:
    """Scans grey sheets.

    Attributes:
        hold_after: So many strips come, and no more until it is more.
        in_feeder: Sheets in the feeder.
        error: Raised by the next call, or by a scan in the middle of ``fails_at_sheet``.
        threads: Every thread that called.
    """

    def __init__(self, *scanners: Scanner) -> None:
        self.scanners = scanners
        self.abilities = ABLE
        self.hold_after = 1000
        self.in_feeder = 3
        self.error: ScannerError | None = None
        self.fails_at_sheet = 0
        self.asked: list[tuple[str, ScanOptions]] = []
        self.threads: set[str] = set()
        self.is_closed = False

    def list_scanners(self) -> tuple[Scanner, ...]:
        self._note()
        return self.scanners

    def describe(self, scanner: str) -> Abilities:
        self._note()
        assert scanner in {one.name for one in self.scanners}
        return self.abilities

    def scan(
        self,
        scanner: str,
        options: ScanOptions,
        *,
        on_strip: Callable[[Strip], None],
        cancel: CancelToken,
    ) -> Iterator[Sheet]:
        self._note()
        self.asked.append((scanner, options))
        count = self.in_feeder if options.source is Source.FEEDER else 1
        for number in range(1, count + 1):
            for at in range(STRIPS):
                while (number - 1) * STRIPS + at >= self.hold_after:
                    cancel.raise_if_cancelled()
                    time.sleep(0.002)
                cancel.raise_if_cancelled()
                if number == self.fails_at_sheet and at == STRIPS // 2:
                    self.fails_at_sheet = 0
                    self._note()
                rows = np.full((STRIP_ROWS, 80, 3), 200, np.uint8)
                on_strip(Strip(number, at * STRIP_ROWS, rows, STRIPS * STRIP_ROWS))
            self.in_feeder -= options.source is Source.FEEDER
            yield Sheet(np.full((STRIPS * STRIP_ROWS, 80), 200, np.uint8))

    def close(self) -> None:
        self._note()
        self.is_closed = True

    def _note(self) -> None:
        self.threads.add(threading.current_thread().name)
        error = self.error
        if error is not None and not self.fails_at_sheet:
            self.error = None
            raise error


def has_sane() -> bool:
    """Whether libsane is installed."""
    try:
        ctypes.CDLL("libsane.so.1")
    except OSError:
        return False
    return True


def set_option(library: SaneLibrary, device: str, name: str, value: Value) -> None:
    """Set an option of one of SANE's test devices, which keep it until SANE ends."""
    opened = library.open(device)
    try:
        opened.set(opened.options()[name], value)
    finally:
        opened.close()
