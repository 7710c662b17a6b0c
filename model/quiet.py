"""Keeps a C library's own complaints off the console."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_STANDARD_ERROR: Final = 2


@contextmanager
def native_errors_hidden() -> Iterator[None]:
    """Send the process's standard error nowhere for the moment of one decode.

    libtiff, and libjpeg within OpenCV, print each flaw of a damaged file by themselves, and nobody
    has a switch for that. What other threads write to standard error meanwhile is lost too: hence
    around those only.
    """
    try:
        kept = os.dup(_STANDARD_ERROR)
    except OSError:
        # A windowed program on Windows has no standard error, so nothing to hide either.
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123  os.devnull is a device, no path
            os.dup2(nowhere.fileno(), _STANDARD_ERROR)
        yield
    finally:
        os.dup2(kept, _STANDARD_ERROR)
        os.close(kept)
