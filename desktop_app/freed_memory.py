"""Lets the C library give the memory of a page back once nobody holds the page any more (glibc).

Left alone it gives back the first page only: having seen a block of 26 MB freed, it keeps blocks of
that size, and its heaps end up with the room of two or three pages in them (ADR 0012).
"""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ctypes import CDLL

# Options of mallopt, from glibc's malloc.h.
_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3

# A page of A4 from 200 dpi on is a block of its own, taken from the system and given back as one.
# What the reader works on is smaller (2 megapixels, four bytes each): to fetch each of those anew
# takes the reading of a page a third longer.
OWN_BLOCK_BYTES: Final = 10_000_000
# So much may lie free at a heap's end. Less is fetched anew with each page, more adds up: 32 MB
# took fifty pages over the bar of ADR 0012.
FREE_BYTES: Final = 8_000_000


def set_limits() -> bool:
    """Set for this process how much is kept, and say whether that can be set.

    Call after the first paint: importing ctypes costs that several milliseconds.
    """
    library = _glibc()
    if library is None:
        return False
    # Once set they stand still; else they grow with what is freed.
    options = ((_MMAP_THRESHOLD, OWN_BLOCK_BYTES), (_TRIM_THRESHOLD, FREE_BYTES))
    return all(library.mallopt(option, size) for option, size in options)


def give_back() -> None:
    """Give back, from any thread, what lies free between blocks in use; takes about 1 ms."""
    library = _glibc()
    if library is not None:
        library.malloc_trim(0)


@cache
def _glibc() -> CDLL | None:
    """The C library, where it is glibc; musl has neither function and keeps little."""
    if sys.platform != "linux":
        return None
    import ctypes

    library = ctypes.CDLL(None)
    return library if hasattr(library, "mallopt") and hasattr(library, "malloc_trim") else None
