"""How long the event loop of the window's thread stood still."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Slot


@dataclass(frozen=True, slots=True)
class Gap:
    """The longest time between two turns of the loop.

    Attributes:
        work_ms: Processor time of the window's thread alone: what the program is to blame for,
            however busy the machine is.
        wall_ms: The same by the clock, with waiting for the processor and for other threads.
    """

    work_ms: float
    wall_ms: float


class Heartbeat(QObject):
    """Beats in every turn of the loop; two beats lie as far apart as one turn took.

    To be made, started and stopped on the window's thread.
    """

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._on_beat)
        self._last = (0.0, 0.0)
        self._longest = Gap(0.0, 0.0)

    def start(self) -> None:
        """Measure from here."""
        self._longest = Gap(0.0, 0.0)
        self._last = (time.thread_time(), time.perf_counter())
        self._timer.start()

    def stop(self) -> Gap:
        """The longest gaps since the start."""
        self._on_beat()
        self._timer.stop()
        return self._longest

    @Slot()
    def _on_beat(self) -> None:
        work, clock = time.thread_time(), time.perf_counter()
        work_ms, wall_ms = (work - self._last[0]) * 1000, (clock - self._last[1]) * 1000
        self._last = (work, clock)
        self._longest = Gap(
            max(self._longest.work_ms, work_ms), max(self._longest.wall_ms, wall_ms)
        )
