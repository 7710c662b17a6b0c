"""Keeps PySide6 6.12.0 from ending the process on Python 3.11.

Measured: on Python 3.11 every call of a Qt method that returns nothing drops one reference to None
(1000 × QPen.setWidth: 1000 references). After about 5000 such calls, a few seconds of painting,
the interpreter ends with "none_dealloc: deallocating None". From Python 3.12 on None is immortal
and nothing is lost.
"""

from __future__ import annotations

import sys
from typing import Final

# At a million lost references a second this lasts twelve days.
_HEADROOM: Final = 1 << 40
# Enough for the first paint, before which importing ctypes would cost several milliseconds.
_FIRST_REFERENCES: Final = (None,) * 100_000


def hold_none() -> None:
    """Give None more references than a session can lose. Call once, after the first paint."""
    if sys.version_info >= (3, 12):
        return
    import ctypes

    # The reference count is the first field of an object in CPython.
    ctypes.c_ssize_t.from_address(id(None)).value += _HEADROOM
