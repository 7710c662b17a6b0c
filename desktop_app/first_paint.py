"""When the window was painted for the first time, for the benchmark of its start."""

from __future__ import annotations

import os
import time
from pathlib import Path


def ms_since_process_start() -> float:
    """Time since the operating system started this process; needs /proc, as on Linux."""
    ticks_at_start = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    started = ticks_at_start / os.sysconf("SC_CLK_TCK")
    return (time.clock_gettime(time.CLOCK_BOOTTIME) - started) * 1000
