"""Gives the import statement back to Python, once PySide6 is imported; import this first.

PySide6 replaces it by one that reads the source of every module imported afterwards, looking for a
switch (``from __feature__ import``) that this program does not use. Measured: 30 to 40 % of the
time that the window's own modules take before the first paint; numpy and others suffer likewise.
"""

from __future__ import annotations

import builtins

from desktop_app.compile_cache import kept_compilations

with kept_compilations():
    import PySide6.QtCore  # noqa: F401

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
