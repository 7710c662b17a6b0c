"""Scanners on Linux and macOS, through SANE."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from desktop_app.scanning import errors, sane_options
from desktop_app.scanning.sane_library import SaneFault, SaneLibrary, Status
from desktop_app.scanning.sane_sheet import SheetBuilder
from desktop_app.scanning.values import Abilities, Scanner, ScanOptions, Sheet, Source, Strip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desktop_app.scanning.errors import ScannerError
    from desktop_app.scanning.sane_library import Frame, SaneDevice
    from model.cancel import CancelToken

logger = logging.getLogger(__name__)

# SANE lists webcams too; the program has another way for those.
_NO_SCANNERS: Final = ("v4l:", "gphoto2:")
_NAMELESS: Final = "Noname"
_MEANING: Final[dict[int, Callable[[], ScannerError]]] = {
    Status.UNSUPPORTED: errors.setting_refused,
    Status.CANCELLED: errors.stopped_at_device,
    Status.DEVICE_BUSY: errors.busy,
    Status.INVAL: errors.setting_refused,
    Status.EOF: errors.no_picture,
    Status.JAMMED: errors.jammed,
    Status.NO_DOCS: errors.feeder_empty,
    Status.COVER_OPEN: errors.cover_open,
    Status.IO_ERROR: errors.disconnected,
    Status.NO_MEM: errors.out_of_memory,
    Status.ACCESS_DENIED: errors.access_denied,
    Status.WARMING_UP: errors.warming_up,
    Status.HW_LOCKED: errors.locked,
}
# What opening a device means by these two.
_MEANING_AT_OPEN: Final[dict[int, Callable[[], ScannerError]]] = {
    **_MEANING,
    Status.INVAL: errors.gone,
    Status.IO_ERROR: errors.gone,
}


class SaneScanners:
    """SANE's devices as a ScannerPort.

    Args:
        library: Started on the thread that will use this.
    """

    def __init__(self, library: SaneLibrary) -> None:
        self._library = library

    @classmethod
    def start(cls) -> SaneScanners:
        """Load and start SANE.

        Raises:
            ScannerError: It is not installed, or does not start.
        """
        try:
            with _told(_MEANING):
                return cls(SaneLibrary())
        except OSError as error:
            raise errors.library_missing() from error

    def list_scanners(self) -> tuple[Scanner, ...]:
        with _told(_MEANING):
            found = self._library.devices()
        listed = [one for one in found if not one[0].startswith(_NO_SCANNERS)]
        titles = [_title(vendor, model) for _, vendor, model in listed]
        return tuple(
            Scanner(name, title if titles.count(title) == 1 else f"{title} ({name})")
            for (name, *_), title in zip(listed, titles, strict=True)
        )

    def describe(self, scanner: str) -> Abilities:
        with self._opened(scanner) as device:
            return sane_options.abilities_of(device)

    def scan(
        self,
        scanner: str,
        options: ScanOptions,
        *,
        on_strip: Callable[[Strip], None],
        cancel: CancelToken,
    ) -> Iterator[Sheet]:
        with self._opened(scanner) as device:
            sane_options.apply(device, options)
            number = 1
            try:
                while (frame := _started(device, number)) is not None:
                    yield _read_sheet(device, frame, SheetBuilder(number), on_strip, cancel)
                    if options.source is not Source.FEEDER:
                        return
                    cancel.raise_if_cancelled()
                    number += 1
            finally:
                device.cancel()

    def close(self) -> None:
        self._library.close()

    @contextmanager
    def _opened(self, scanner: str) -> Iterator[SaneDevice]:
        with _told(_MEANING_AT_OPEN):
            device = self._library.open(scanner)
        try:
            with _told(_MEANING):
                yield device
        finally:
            device.close()


@contextmanager
def _told(meaning: dict[int, Callable[[], ScannerError]]) -> Iterator[None]:
    """Turn a fault into words for the clerk."""
    try:
        yield
    except SaneFault as fault:
        logger.info("SANE status %d", fault.status)
        make_error = meaning.get(fault.status, errors.unexpected)
        raise make_error() from fault


def _started(device: SaneDevice, number: int) -> Frame | None:
    """The sheet's first frame; None where the feeder has no more."""
    try:
        return device.start()
    except SaneFault as fault:
        if fault.status == Status.NO_DOCS and number > 1:
            return None
        raise


def _read_sheet(
    device: SaneDevice,
    frame: Frame,
    builder: SheetBuilder,
    on_strip: Callable[[Strip], None],
    cancel: CancelToken,
) -> Sheet:
    while True:
        builder.begin(frame)
        while True:
            cancel.raise_if_cancelled()
            data = device.read()
            if data is None:
                break
            strip = builder.take(data)
            if strip is not None:
                on_strip(strip)
        if frame.is_last:
            return builder.finish()
        frame = device.start()


def _title(vendor: str, model: str) -> str:
    return model if vendor in {"", _NAMELESS} else f"{vendor} {model}"
