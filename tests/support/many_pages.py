"""Files of many pages as a scanner makes them, and what a program needs of memory to go through.

``python -m tests.support.many_pages FILE`` prints the most memory that the process ever held, in
MB: after its first page, and after all of them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image

from model.intake import load_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

A4_AT_300_DPI = (2480, 3508)


def save_tiff(path: Path, count: int, size: tuple[int, int] = A4_AT_300_DPI) -> Path:
    """Grey pages, each with its number on it."""
    first, *others = numbered_pages(count, size)
    first.save(path, save_all=True, append_images=others, compression="packbits")
    return path


def save_pdf(path: Path, count: int, size: tuple[int, int] = A4_AT_300_DPI) -> Path:
    """The same as JPEG in a PDF, 300 dots an inch."""
    first, *others = numbered_pages(count, size)
    first.save(path, save_all=True, append_images=others, resolution=300)
    return path


def numbered_pages(count: int, size: tuple[int, int]) -> Iterator[Image.Image]:
    width, height = size
    for number in range(1, count + 1):
        page = np.full((height, width), 240, np.uint8)
        place, scale = (width // 4, height // 4), max(1, width / 500)
        cv2.putText(page, f"{5612 + number}", place, cv2.FONT_HERSHEY_SIMPLEX, scale, 30, 8)
        yield Image.fromarray(page)


def held_mb() -> float:
    """The physical memory that this process holds now (Linux)."""
    return _status_mb("VmRSS")


def peak_mb() -> float:
    """The most physical memory that this process ever held (Linux)."""
    return _status_mb("VmHWM")


def _status_mb(name: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith(name))
    return int(line.split()[1]) * 1024 / 1e6


if __name__ == "__main__":
    peaks = [peak_mb() for _ in load_pages(Path(sys.argv[1]))]
    print(len(peaks), peaks[0], peaks[-1])
