"""libsane through ctypes: devices, options, frames and bytes, as the SANE standard 1.06 has them.

Nothing here knows what is scanned for. libsane is one per process and not safe across threads:
everything is called from the thread that made the library (docs/adr/0013-scanning.md).
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import POINTER, byref, c_char_p, c_int, c_void_p
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

# As a table and not within the call: PyInstaller would put the library that it finds there into
# the bundle, where it would not fit the drivers of the system that it runs on.
_NAMES: Final = {"darwin": ("libsane.1.dylib", "/opt/homebrew/lib/libsane.1.dylib")}
_NAMES_ELSEWHERE: Final = ("libsane.so.1",)
_READ_BYTES: Final = 65_536
_FIXED_ONE: Final = 65_536
_SOFT_SELECT: Final = 1 << 0
_INACTIVE: Final = 1 << 5
_GET, _SET = 0, 1


class Status(IntEnum):
    """SANE_Status, and the two that newer backends add to it."""

    GOOD = 0
    UNSUPPORTED = 1
    CANCELLED = 2
    DEVICE_BUSY = 3
    INVAL = 4
    EOF = 5
    JAMMED = 6
    NO_DOCS = 7
    COVER_OPEN = 8
    IO_ERROR = 9
    NO_MEM = 10
    ACCESS_DENIED = 11
    WARMING_UP = 12
    HW_LOCKED = 13


class Kind(IntEnum):
    """SANE_Value_Type."""

    BOOL = 0
    INT = 1
    FIXED = 2
    STRING = 3
    BUTTON = 4
    GROUP = 5


class FrameFormat(IntEnum):
    """SANE_Frame."""

    GREY = 0
    RGB = 1
    RED = 2
    GREEN = 3
    BLUE = 4


class SaneFault(Exception):
    """A call did not return SANE_STATUS_GOOD."""

    def __init__(self, status: int) -> None:
        super().__init__(f"SANE status {status}")
        self.status = status


@dataclass(frozen=True, slots=True)
class Range:
    """The values that an option may have, in its own unit."""

    least: float
    most: float


Value = bool | int | float | str


@dataclass(frozen=True, slots=True)
class SaneOption:
    """Something that can be set.

    Attributes:
        unit_is_mm: Else pixels, or whatever fits the option.
        limits: A range, or all values; None for any.
    """

    index: int
    name: str
    kind: Kind
    unit_is_mm: bool
    size: int
    can_set: bool
    limits: Range | tuple[float, ...] | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Frame:
    """SANE_Parameters.

    Attributes:
        lines: None where the scanner does not know.
        depth: Bits of a sample.
    """

    format: int
    is_last: bool
    bytes_per_line: int
    pixels_per_line: int
    lines: int | None
    depth: int


class _Device(ctypes.Structure):
    _fields_ = (("name", c_char_p), ("vendor", c_char_p), ("model", c_char_p), ("type", c_char_p))


class _Constraint(ctypes.Union):
    _fields_ = (
        ("strings", POINTER(c_char_p)),
        ("words", POINTER(c_int)),
        ("range", POINTER(c_int * 3)),
    )


class _Descriptor(ctypes.Structure):
    _fields_ = (
        ("name", c_char_p),
        ("title", c_char_p),
        ("desc", c_char_p),
        ("type", c_int),
        ("unit", c_int),
        ("size", c_int),
        ("cap", c_int),
        ("constraint_type", c_int),
        ("constraint", _Constraint),
    )


class _Parameters(ctypes.Structure):
    _fields_ = tuple(
        (name, c_int)
        for name in ("format", "last_frame", "bytes_per_line", "pixels_per_line", "lines", "depth")
    )


class SaneLibrary:
    """libsane between its init and its exit.

    Raises:
        OSError: There is no such library here.
        SaneFault: It does not start.
    """

    def __init__(self) -> None:
        self._library = _loaded()
        self._is_open = False
        _check(self._library.sane_init(None, None))
        self._is_open = True

    def devices(self) -> tuple[tuple[str, str, str], ...]:
        """Name, maker and model of each device, network included. Takes seconds."""
        listed = POINTER(POINTER(_Device))()
        _check(self._library.sane_get_devices(byref(listed), c_int(0)))
        found: list[tuple[str, str, str]] = []
        while listed[len(found)]:
            one = listed[len(found)].contents
            found.append((_text(one.name), _text(one.vendor), _text(one.model)))
        return tuple(found)

    def open(self, name: str) -> SaneDevice:
        """Open a device; close it before the library."""
        handle = c_void_p()
        _check(self._library.sane_open(name.encode(), byref(handle)))
        return SaneDevice(self._library, handle)

    def close(self) -> None:
        """Let go of everything. Safe to call twice."""
        if self._is_open:
            self._is_open = False
            self._library.sane_exit()


class SaneDevice:
    """An open device. Every method may block and raises SaneFault."""

    def __init__(self, library: ctypes.CDLL, handle: c_void_p) -> None:
        self._library = library
        self._handle = handle
        self._bytes = ctypes.create_string_buffer(_READ_BYTES)

    def options(self) -> dict[str, SaneOption]:
        """All that have a name; setting one may change the others."""
        count = c_int()
        call = self._library.sane_control_option
        _check(call(self._handle, c_int(0), c_int(_GET), byref(count), None))
        found = {}
        for index in range(1, count.value):
            described = self._library.sane_get_option_descriptor(self._handle, c_int(index))
            if described and described.contents.name and described.contents.type < Kind.BUTTON:
                option = _option(index, described.contents)
                found[option.name] = option
        return found

    def set(self, option: SaneOption, value: Value) -> None:
        """Set an option; the device may take the nearest value that it can."""
        if option.kind is Kind.STRING:
            text = str(value).encode()
            held: ctypes.Array[ctypes.c_char] | c_int = ctypes.create_string_buffer(
                text, max(option.size, len(text) + 1)
            )
        elif option.kind is Kind.FIXED:
            held = c_int(round(float(value) * _FIXED_ONE))
        else:
            held = c_int(int(value))
        call = self._library.sane_control_option
        _check(call(self._handle, c_int(option.index), c_int(_SET), byref(held), None))

    def start(self) -> Frame:
        """Begin a frame, and tell how it will come."""
        _check(self._library.sane_start(self._handle))
        told = _Parameters()
        _check(self._library.sane_get_parameters(self._handle, byref(told)))
        return Frame(
            told.format,
            bool(told.last_frame),
            told.bytes_per_line,
            told.pixels_per_line,
            told.lines if told.lines > 0 else None,
            told.depth,
        )

    def read(self) -> bytes | None:
        """The frame's next bytes, perhaps none; None at its end."""
        length = c_int()
        read = self._library.sane_read
        status = read(self._handle, self._bytes, c_int(_READ_BYTES), byref(length))
        if status == Status.EOF:
            return None
        _check(status)
        return ctypes.string_at(self._bytes, length.value)

    def cancel(self) -> None:
        """End whatever is under way; also after the last frame, as the standard asks."""
        self._library.sane_cancel(self._handle)

    def close(self) -> None:
        """Let go of it."""
        self._library.sane_close(self._handle)


def _loaded() -> ctypes.CDLL:
    names = _NAMES.get(sys.platform, _NAMES_ELSEWHERE)
    for name in names[:-1]:
        try:
            return _declared(ctypes.CDLL(name))
        except OSError:
            continue
    return _declared(ctypes.CDLL(names[-1]))


def _declared(library: ctypes.CDLL) -> ctypes.CDLL:
    library.sane_get_option_descriptor.restype = POINTER(_Descriptor)
    for name in ("sane_exit", "sane_cancel", "sane_close"):
        getattr(library, name).restype = None
    return library


def _check(status: int) -> None:
    if status != Status.GOOD:
        raise SaneFault(status)


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8", "replace")


def _option(index: int, told: _Descriptor) -> SaneOption:
    kind = Kind(told.type)
    can_set = bool(told.cap & _SOFT_SELECT) and not told.cap & _INACTIVE
    limits = _limits(told, 1 / _FIXED_ONE if kind is Kind.FIXED else 1)
    return SaneOption(index, _text(told.name), kind, told.unit == 3, told.size, can_set, limits)


def _limits(told: _Descriptor, scale: float) -> Range | tuple[float, ...] | tuple[str, ...] | None:
    """By SANE_Constraint_Type: 1 a range, 2 words after their count, 3 strings up to a null."""
    constraint = told.constraint
    if told.constraint_type == 1:
        least, most, _step = constraint.range.contents
        return Range(least * scale, most * scale)
    if told.constraint_type == 2:
        return tuple(constraint.words[at] * scale for at in range(1, constraint.words[0] + 1))
    if told.constraint_type == 3:
        found: list[str] = []
        while (text := constraint.strings[len(found)]) is not None:
            found.append(_text(text))
        return tuple(found)
    return None
