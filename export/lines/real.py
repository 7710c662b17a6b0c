"""Real lines: cheque amounts and log-book cells, of the parts that train."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from export import splits
from export.lines.pictures import LinePicture
from model.ink import find_ink
from model.marks import mark_of
from model.rows import USUAL_HEIGHT, USUAL_MIDDLE, find_rows


def load_orand(folder: Path) -> list[LinePicture]:
    """The training four fifths of ORAND-CAR-A; each digit has a box, separators are not labelled.

    Raises:
        FileNotFoundError: the folder lacks a picture of its list.
    """
    pictures = []
    for file, text, boxes in _rows(folder):
        if splits.is_dev_file(file):
            continue
        grey = _open(folder / file)
        places = np.array(
            [[float(side) for side in box.split(",")] for box in boxes.split()], dtype=np.float32
        )
        height = float(np.median(places[:, 3]))
        middle = float(np.median(places[:, 1] + places[:, 3] / 2))
        pictures.append(
            LinePicture(grey, _marks(text), places, height, middle, only_digits=True, name=file)
        )
    return pictures


def load_meza(folder: Path) -> list[LinePicture]:
    """The training cells of the log books: marks without boxes, separators among them.

    How high and where the writing is, is what the reader finds there. The set holds a tenth of its
    pictures under two names or three: each comes once, and none that also measures; nor any whose
    labels name other digits, for one of them is wrong.

    Raises:
        FileNotFoundError: the folder lacks a picture of its list.
    """
    copies: dict[bytes, list[tuple[str, str, str]]] = defaultdict(list)
    for row in _rows(folder):
        copies[picture_digest(_open(folder / row[0]))].append(row)
    pictures = []
    for rows in copies.values():
        if any(split != "train" for _, _, split in rows) or _differ([text for _, text, _ in rows]):
            continue
        # If one of them is kept to validate, none of them trains.
        file, text, _ = max(rows, key=lambda row: splits.is_validation_line(row[0]))
        grey = _open(folder / file)
        height, middle = main_row(grey)
        boxes = np.zeros((0, 4), np.float32)
        pictures.append(LinePicture(grey, _marks(text), boxes, height, middle, name=file))
    return pictures


def picture_digest(grey: NDArray[np.uint8]) -> bytes:
    """The same for pictures of the same size and pixels, whatever they are called."""
    size = np.array(grey.shape, np.int64)
    return hashlib.sha256(size.tobytes() + np.ascontiguousarray(grey).tobytes()).digest()


def main_row(grey: NDArray[np.uint8]) -> tuple[float, float]:
    """Height and middle, px, of the row with the most ink in a picture of one line."""
    ink = find_ink(np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8))
    rows = find_rows(ink).rows
    if not rows:
        return USUAL_HEIGHT * grey.shape[0], USUAL_MIDDLE * grey.shape[0]
    row = max(rows, key=lambda row: row.ink)
    return row.height * ink.scale, row.middle_at((row.left + row.right) / 2) * ink.scale


def _rows(folder: Path) -> list[tuple[str, str, str]]:
    lines = (folder / "labels.tsv").read_text(encoding="utf-8").splitlines()[1:]
    cells = [line.split("\t") for line in lines]
    return [(file, text, third) for file, text, third, *_ in cells]


def _open(path: Path) -> NDArray[np.uint8]:
    grey = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if grey is None:
        raise FileNotFoundError(path)
    return np.asarray(grey, np.uint8)


def _differ(texts: Sequence[str]) -> bool:
    """Whether labels name other digits; points and commas are told apart by nobody."""
    return len({re.sub(r"[^0-9]", "", text) for text in texts}) > 1


def _marks(text: str) -> NDArray[np.int64]:
    return np.array([mark_of(character) for character in text], dtype=np.int64)
