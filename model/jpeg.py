"""The segments of a JPEG file (ITU-T T.81, annex B), as far as a decoder leaves them unchecked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_START_OF_SCAN: Final = 0xDA
_END_OF_IMAGE: Final = b"\xff\xd9"
# Within packed pixels FF is followed by 00, by another FF that fills up, or is a restart (B.1.1.5).
_NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
# What may stand between two scans: tables, the number of lines, comments, a program's own.
_BETWEEN: Final = frozenset({0xC4, 0xCC, 0xDB, 0xDC, 0xDD, 0xFE, *range(0xE0, 0xF0)})
# Start-of-frame markers (table B.1): C0 to CF, less the three with other meanings.
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def declared_size(data: bytes) -> tuple[int, int] | None:
    """(width, height) in px by the frame header; None where there is none."""
    for marker, at in _segments(data):
        if marker in _FRAMES and at + 9 <= len(data):
            height, width = data[at + 5 : at + 7], data[at + 7 : at + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
    return None


def is_cut_short(data: bytes) -> bool:
    """Whether no end mark follows the pixels, as in a copy whose end is missing or all zeros."""
    for marker, at in _segments(data):
        if marker == _START_OF_SCAN:
            # Within packed pixels the mark cannot occur; within a thumbnail before them it does,
            # and behind them a phone may have put a whole film. It is looked for from the end,
            # where it mostly is: through megabytes of pixels that takes milliseconds.
            return data.rfind(_END_OF_IMAGE, at) < 0
    return True


def is_broken(data: bytes) -> bool:
    """Whether a marker that cannot stand there ends the packed pixels of a scan before their time.

    A decoder fills up the rest with grey. Within a file that is not cut short.
    """
    scan = next((at for marker, at in _segments(data) if marker == _START_OF_SCAN), None)
    while scan is not None:
        found = _NEXT_MARKER.search(data, _behind(data, scan))
        if found is None:
            return True
        at, scan = found.start(), None
        while data[at + 1] in _BETWEEN:
            at = _behind(data, at)
            if data[at : at + 1] != b"\xff" or at + 2 > len(data):
                return True
        if data[at + 1] == _START_OF_SCAN:
            scan = at
        elif data[at + 1] != _END_OF_IMAGE[1]:
            return True
    return False


def _behind(data: bytes, at: int) -> int:
    """Where the segment ends that begins with the marker there."""
    return at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    """(marker, place) of each segment up to the first scan."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # a byte that fills up
            at += 1
            continue
        yield marker, at
        if marker == _START_OF_SCAN:
            return
        at = _behind(data, at)
