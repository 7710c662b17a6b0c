"""Keeps PySide6 6.12.0 from ending the process on Python 3.11.

Measured: on Python 3.11 every call of a Qt method that returns nothing drops one reference to None
(1000 × QPen.setWidth: 1000 references), and some drop one to True or False. After about 5000 such
calls, a few seconds of painting, the interpreter ends with "none_dealloc: deallocating None".
PySide6 6.11.3 drops none; from Python 3.12 on these objects are immortal and nothing is lost.
"""

from __future__ import annotations

import sys
from typing import Final

# At a million lost references a second this lasts twelve days.
_HEADROOM: Final = 1 << 40


def hold_singletons() -> None:
    """Give None, True and False more references than a session can lose.

    Call once, soon after the first paint: until then some hundred of the 5000 are lost, and
    importing ctypes earlier would cost that paint several milliseconds.
    """
    if sys.version_info >= (3, 12):
        return
    import ctypes

    for singleton in (None, True, False, NotImplemented):
        # The reference count is the first field of an object in CPython.
        ctypes.c_ssize_t.from_address(id(singleton)).value += _HEADROOM
