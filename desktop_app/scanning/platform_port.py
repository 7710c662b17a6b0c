"""Which adapter speaks to this system's scanners; each is imported when it is asked for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.scanning.port import ScannerPort


def open_scanner_port() -> ScannerPort:
    """This system's scanners.

    Raises:
        ScannerError: What they need is not installed.
    """
    if sys.platform == "win32":
        from desktop_app.scanning.wia_scanners import WiaScanners

        return WiaScanners.start()
    from desktop_app.scanning.sane_scanners import SaneScanners

    return SaneScanners.start()
