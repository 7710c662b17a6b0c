"""Time from starting a program to the first paint of its window, against a bare one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from export.evaluation.metrics import percentile

SAYS: Final = b"first paint"
TIMEOUT_S: Final = 60

# As little window as there can be. Its own text and not a module: only desktop_app knows Qt.
BARE_WINDOW: Final = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

class Window(QLabel):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, self.tell)

    def tell(self):
        print("first paint", flush=True)
        QApplication.quit()

app = QApplication([])
window = Window("Numberglass")
window.resize(1200, 800)
window.show()
app.exec()
"""

BARE_COMMAND: Final = (sys.executable, "-c", BARE_WINDOW)
OUR_COMMAND: Final = (sys.executable, "-m", "desktop_app")


@dataclass(frozen=True, slots=True)
class PaintTimes:
    """Milliseconds from start to first paint, each start for itself, on one platform."""

    platform: str
    ours_ms: Sequence[float]
    bare_ms: Sequence[float]

    @property
    def ratio(self) -> float:
        """Median of ours over median of the bare window's."""
        return percentile(self.ours_ms, 50) / percentile(self.bare_ms, 50)


def compare_first_paints(platform: str, starts: int) -> PaintTimes:
    """Start both programs in turn, so that a busy moment hits both alike.

    Args:
        platform: For Qt: "offscreen", or "xcb" where there is a display.

    Raises:
        RuntimeError: a program ended without having painted.
    """
    ours: list[float] = []
    bare: list[float] = []
    # The first pair fills the disk cache and is thrown away.
    for _ in range(starts + 1):
        bare.append(time_first_paint(BARE_COMMAND, platform))
        ours.append(time_first_paint(OUR_COMMAND, platform))
    return PaintTimes(platform, ours[1:], bare[1:])


def time_first_paint(command: Sequence[str], platform: str) -> float:
    """Milliseconds from here, before the process exists, until it says that it has painted.

    Raises:
        RuntimeError: it ended without saying so.
    """
    environment = os.environ | {
        "QT_QPA_PLATFORM": platform,
        "NUMBERGLASS_QUIT_AFTER_FIRST_PAINT": "1",
    }
    # Some shells set this; without compiled modules every start would be like the very first.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith(SAYS):
                elapsed_ms = (time.perf_counter() - start) * 1000
                process.wait(TIMEOUT_S)
                return elapsed_ms
    raise RuntimeError(f"no first paint on {platform}; exit status {process.returncode}")


def platforms_here() -> tuple[str, ...]:
    """The platforms that can be measured on this machine now."""
    return ("offscreen", "xcb") if os.environ.get("DISPLAY") else ("offscreen",)
