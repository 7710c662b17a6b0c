"""The segments of a JPEG file (ITU-T T.81, annex B), as far as a decoder leaves them unchecked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_START_OF_SCAN: Final = 0xDA
_END_OF_IMAGE: Final = b"\xff\xd9"
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
            # and behind them a phone may have put a whole film.
            return data.find(_END_OF_IMAGE, at) < 0
    return True


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
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
