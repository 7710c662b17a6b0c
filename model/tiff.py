"""What a TIFF file says about itself (TIFF 6.0, 1992): pages, tiles, depth, and where its data end.

Works on tags and bytes alone; Pillow stays in intake.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_SUBFILE_TYPE: Final = 254
_BITS_PER_SAMPLE: Final = 258
_COMPRESSION: Final = 259
_STRIP_OFFSETS: Final = 273
_STRIP_BYTES: Final = 279
_ORIENTATION: Final = 274
_DOTS_ACROSS: Final = 282
_DOTS_DOWN: Final = 283
_TILE_WIDTH: Final = 322
_TILE_HEIGHT: Final = 323
_TILE_OFFSETS: Final = 324
_TILE_BYTES: Final = 325
_DNG_VERSION: Final = 50706

# A fax's dots are up to four times as far apart in one direction; what says more is mistaken.
_OBLONG: Final = (1.2, 4.2)

_FAX_COMPRESSIONS: Final = frozenset({2, 3, 4})

_HEADER_BYTES: Final = 8
_ENTRY_BYTES: Final = 12
_FIELD_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_LETTERS: Final = {3: "H", 4: "I"}


# The values of a tag have many types, and a damaged file may hold any of them: hence Any, and a
# TypeError or ValueError from int() for the caller to explain.
def is_page(tags: Mapping[int, Any]) -> bool:
    """False for a smaller copy of another page (bit 0) and for a mask of one (bit 2)."""
    return not int(tags.get(_SUBFILE_TYPE, 0)) & 0b101


def is_camera_raw(tags: Mapping[int, Any]) -> bool:
    """Whether it is a DNG, whose first page is but a thumbnail of the photo."""
    return _DNG_VERSION in tags


def is_fax(tags: Mapping[int, Any]) -> bool:
    """Whether the page is packed as a fax sends it (ITU-T T.4 and T.6)."""
    return tags.get(_COMPRESSION) in _FAX_COMPRESSIONS


def tile_size(tags: Mapping[int, Any]) -> tuple[int, int]:
    """(width, height) of a tile in px; (1, 1) where the page has none."""
    return int(tags.get(_TILE_WIDTH, 1)), int(tags.get(_TILE_HEIGHT, 1))


def grey_bits(tags: Mapping[int, Any]) -> int:
    """Bits per sample, at most 16: of a 16-bit grey picture only 12 may be in use."""
    return min(16, int(tags.get(_BITS_PER_SAMPLE, (16,))[0]))


def stretch(tags: Mapping[int, Any]) -> tuple[float, float]:
    """(across, down), each at least 1: by how much pixels are to be stretched to be square.

    Of an upright page: one that its file has on its side is taken as turned already.
    """
    across, down = float(tags.get(_DOTS_ACROSS, 0)), float(tags.get(_DOTS_DOWN, 0))
    if not (across > 0 and down > 0):
        return 1.0, 1.0
    if int(tags.get(_ORIENTATION, 1)) >= 5:
        across, down = down, across
    least, most = _OBLONG
    if least <= across / down <= most:
        return 1.0, across / down
    return (down / across, 1.0) if least <= down / across <= most else (1.0, 1.0)


def is_cut_short(data: bytes) -> bool:
    """Whether the first page's directory or pixels reach beyond the file's end.

    BigTIFF is not looked into: False.
    """
    order = "<" if data[:2] == b"II" else ">"
    if len(data) < _HEADER_BYTES:
        return True
    magic, start = struct.unpack_from(order + "HI", data, 2)
    if magic != 42:
        return False
    if start + 2 > len(data):
        return True
    (count,) = struct.unpack_from(order + "H", data, start)
    if start + 2 + count * _ENTRY_BYTES > len(data):
        return True
    found: dict[int, tuple[int, ...]] = {}
    for index in range(count):
        at = start + 2 + index * _ENTRY_BYTES
        tag, kind, number = struct.unpack_from(order + "HHI", data, at)
        size = _FIELD_SIZES.get(kind, 1) * number
        values_at = at + 8 if size <= 4 else struct.unpack_from(order + "I", data, at + 8)[0]
        if values_at + size > len(data):
            return True
        if kind in _LETTERS:
            found[tag] = struct.unpack_from(f"{order}{number}{_LETTERS[kind]}", data, values_at)
    return _data_end(found) > len(data)


def _data_end(tags: Mapping[int, tuple[int, ...]]) -> int:
    """First byte behind all strips and tiles."""
    ends = [0]
    for offsets, sizes in ((_STRIP_OFFSETS, _STRIP_BYTES), (_TILE_OFFSETS, _TILE_BYTES)):
        pairs = zip(tags.get(offsets, ()), tags.get(sizes, ()), strict=False)
        ends += [offset + size for offset, size in pairs]
    return max(ends)
