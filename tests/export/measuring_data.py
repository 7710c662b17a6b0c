"""Tiny stand-ins for the measuring sets, of the same files and columns."""

from __future__ import annotations

import gzip
import struct
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def draw_digit(digit: int, side: int = 28) -> NDArray[np.uint8]:
    """A printed digit, ink 255; (side, side)."""
    ink = np.zeros((side, side), dtype=np.uint8)
    place = (side // 5, side - side // 5)
    cv2.putText(ink, str(digit), place, cv2.FONT_HERSHEY_SIMPLEX, side / 35, 255, 2)
    return ink


def write_picture(path: Path, text: str) -> None:
    """Dark digits on light paper."""
    path.parent.mkdir(parents=True, exist_ok=True)
    paper = 255 - np.hstack([draw_digit(int(digit)) for digit in text])
    cv2.imwrite(str(path), paper)


def write_mnist(data: Path, labels: list[int], part: str = "t10k") -> None:
    """The two IDX files of one part."""
    folder = data / "mnist"
    folder.mkdir(parents=True, exist_ok=True)
    images = np.stack([draw_digit(label) for label in labels])
    head = struct.pack(">4B3I", 0, 0, 8, 3, len(labels), 28, 28)
    packed = gzip.compress(head + images.tobytes())
    (folder / f"{part}-images-idx3-ubyte.gz").write_bytes(packed)
    head = struct.pack(">4BI", 0, 0, 8, 1, len(labels))
    packed = gzip.compress(head + bytes(labels))
    (folder / f"{part}-labels-idx1-ubyte.gz").write_bytes(packed)


def write_single(data: Path, name: str, **arrays: NDArray[np.generic]) -> None:
    """One ``.npz`` of single characters."""
    (data / "single").mkdir(parents=True, exist_ok=True)
    np.savez(data / "single" / f"{name}.npz", allow_pickle=False, **arrays)


def write_labels(path: Path, rows: list[str]) -> None:
    """A table; cells are separated by ``;`` here, to be seen."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(row.replace(";", "\t") + "\n" for row in rows), encoding="utf-8")
