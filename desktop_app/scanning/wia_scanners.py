"""Scanners on Windows, through the scripting objects of Windows Image Acquisition (WIA 2.0).

Written after Microsoft's reference ("Windows Image Acquisition Automation Layer", "WIA Property
Constants", "WIA Error Codes"); not yet run on a real machine. Those objects hand a page over whole:
it does not appear row by row, and a scan that is cancelled ends with its page.
"""

from __future__ import annotations

import importlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from desktop_app.scanning import errors
from desktop_app.scanning.values import (
    MM_PER_INCH,
    PREVIEW_DPI,
    USUAL_DPI,
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
    from model.cancel import CancelToken

_SCANNER_TYPE: Final = 1
_BMP: Final = "{B96B3CAB-0728-11D3-9D7B-0000F81EF32E}"
_MM_PER_MIL: Final = MM_PER_INCH / 1000

_BED_SIZE: Final = {Source.FLATBED: ("3074", "3075"), Source.FEEDER: ("3076", "3077")}
_HANDLING_CAPABILITIES, _HANDLING_SELECT, _PAGES = "3086", "3088", "3096"
_INTENT, _X_DPI, _Y_DPI = "6146", "6147", "6148"
_X_START, _Y_START, _X_EXTENT, _Y_EXTENT = "6149", "6150", "6151", "6152"
_HANDLING: Final = {Source.FEEDER: 1, Source.FLATBED: 2}
_INTENTS: Final = {Colour.COLOUR: 1, Colour.GREY: 2, Colour.BLACK_WHITE: 4}
_RANGE_SUBTYPE, _LIST_SUBTYPE = 1, 2

_PAPER_EMPTY: Final = 0x80210003
_MEANING: Final[dict[int, Callable[[], ScannerError]]] = {
    0x80210002: errors.jammed,
    _PAPER_EMPTY: errors.feeder_empty,
    0x80210004: errors.jammed,
    0x80210005: errors.gone,
    0x80210006: errors.busy,
    0x80210007: errors.warming_up,
    0x80210008: errors.cover_open,
    0x80210009: errors.gone,
    0x8021000A: errors.disconnected,
    0x8021000C: errors.setting_refused,
    0x8021000D: errors.busy,
    0x80210010: errors.cover_open,
    0x80210015: errors.gone,
    0x80210064: errors.stopped_at_device,
    0x80070005: errors.access_denied,
    0x8007000E: errors.out_of_memory,
    0x80070057: errors.setting_refused,
}


class WiaScanners:
    """WIA's devices as a ScannerPort.

    Args:
        dispatch: Makes a COM object by its name; on the thread that will use this.
        fault: What a COM call raises.
        leave: Ends COM on this thread.
    """

    def __init__(
        self,
        dispatch: Callable[[str], Any],
        fault: type[Exception],
        leave: Callable[[], None],
    ) -> None:
        self._fault = fault
        self._leave = leave
        with self._told():
            self._devices = dispatch("WIA.DeviceManager")

    @classmethod
    def start(cls) -> WiaScanners:
        """Start COM on this thread.

        Raises:
            ScannerError: pywin32 is not installed, or WIA does not start.
        """
        try:
            pythoncom = importlib.import_module("pythoncom")
            client = importlib.import_module("win32com.client")
        except ImportError as error:
            raise errors.windows_part_missing() from error
        pythoncom.CoInitialize()
        return cls(client.Dispatch, pythoncom.com_error, pythoncom.CoUninitialize)

    def list_scanners(self) -> tuple[Scanner, ...]:
        with self._told():
            found = [one for one in _each(self._devices.DeviceInfos) if one.Type == _SCANNER_TYPE]
            return tuple(
                Scanner(str(one.DeviceID), str(one.Properties.Item("Name").Value)) for one in found
            )

    def describe(self, scanner: str) -> Abilities:
        with self._told():
            device = self._connected(scanner)
            item = device.Items.Item(1)
            sources = [
                SourceAbilities(source, _resolutions(item), tuple(Colour), _reach(device, source))
                for source in _sources(device)
            ]
        return Abilities(tuple(sources))

    def scan(
        self,
        scanner: str,
        options: ScanOptions,
        *,
        on_strip: Callable[[Strip], None],
        cancel: CancelToken,
    ) -> Iterator[Sheet]:
        from model.intake import load_page

        with self._told():
            device = self._connected(scanner)
            item = device.Items.Item(1)
            _apply(device, item, options)
        number = 1
        while (data := self._transferred(item, number)) is not None:
            cancel.raise_if_cancelled()
            pixels = load_page(data, cancel=cancel).pixels
            on_strip(Strip(number, 0, pixels, len(pixels)))
            yield Sheet(pixels)
            if options.source is not Source.FEEDER:
                return
            number += 1

    def close(self) -> None:
        # The objects have to be gone before COM is.
        self._devices = None
        self._leave()

    def _connected(self, scanner: str) -> Any:  # noqa: ANN401  COM objects have no types
        for one in _each(self._devices.DeviceInfos):
            if str(one.DeviceID) == scanner:
                return one.Connect()
        raise errors.gone()

    def _transferred(self, item: Any, number: int) -> bytes | None:  # noqa: ANN401
        """A page as a BMP file; None where the feeder has no more."""
        try:
            return bytes(item.Transfer(_BMP).FileData.BinaryData)
        except self._fault as error:
            if number > 1 and _code(error) == _PAPER_EMPTY:
                return None
            raise _meaning(error) from error

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except self._fault as error:
            raise _meaning(error) from error


def _each(collection: Any) -> Iterator[Any]:  # noqa: ANN401
    """WIA counts from 1."""
    for at in range(1, int(collection.Count) + 1):
        yield collection.Item(at)


def _code(error: Exception) -> int:
    """The HRESULT: the method's own where it gave one (com_error.excepinfo), else the call's."""
    told = getattr(error, "excepinfo", None)
    code = told[5] if told and told[5] else getattr(error, "hresult", 0)
    return int(code) & 0xFFFF_FFFF


def _meaning(error: Exception) -> ScannerError:
    return _MEANING.get(_code(error), errors.unexpected)()


def _sources(device: Any) -> list[Source]:  # noqa: ANN401
    properties = device.Properties
    if not properties.Exists(_HANDLING_CAPABILITIES):
        return [Source.FLATBED]
    able = int(properties.Item(_HANDLING_CAPABILITIES).Value)
    return [one for one in (Source.FLATBED, Source.FEEDER) if able & _HANDLING[one]] or [
        Source.FLATBED
    ]


def _reach(device: Any, source: Source) -> tuple[float, float] | None:  # noqa: ANN401
    """Told in thousandths of an inch."""
    properties = device.Properties
    if not all(properties.Exists(name) for name in _BED_SIZE[source]):
        return None
    width, height = (float(properties.Item(name).Value) for name in _BED_SIZE[source])
    return width * _MM_PER_MIL, height * _MM_PER_MIL


def _resolutions(item: Any) -> tuple[int, ...]:  # noqa: ANN401
    told = item.Properties.Item(_X_DPI)
    if told.SubType == _RANGE_SUBTYPE:
        found = [dpi for dpi in USUAL_DPI if told.SubTypeMin <= dpi <= told.SubTypeMax]
    elif told.SubType == _LIST_SUBTYPE:
        values = {int(value) for value in _each(told.SubTypeValues)}
        found = [dpi for dpi in USUAL_DPI if dpi in values] or sorted(values)
    else:
        found = []
    return tuple(found) or (int(told.Value),)


def _apply(device: Any, item: Any, options: ScanOptions) -> None:  # noqa: ANN401
    _set(device, _HANDLING_SELECT, _HANDLING[options.source])
    if options.source is Source.FEEDER:
        _set(device, _PAGES, 1)
    _set(item, _INTENT, _INTENTS[options.colour])
    dpi = options.dpi or PREVIEW_DPI
    _set(item, _X_DPI, dpi)
    _set(item, _Y_DPI, dpi)
    size = options.size_mm or _reach(device, options.source)
    if size is not None:
        for start, extent, length in (
            (_X_START, _X_EXTENT, size[0]),
            (_Y_START, _Y_EXTENT, size[1]),
        ):
            _set(item, start, 0)
            _set(item, extent, round(length / MM_PER_INCH * dpi))


def _set(thing: Any, name: str, value: int) -> None:  # noqa: ANN401
    """Set a property where there is one, held within the range that it tells."""
    properties = thing.Properties
    if not properties.Exists(name):
        return
    one = properties.Item(name)
    if one.SubType == _RANGE_SUBTYPE:
        value = min(max(value, int(one.SubTypeMin)), int(one.SubTypeMax))
    one.Value = value
