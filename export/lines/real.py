"""Real lines: cheque amounts and log-book cells, of the parts that train."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from export import splits
from export.lines.pictures import LinePicture
from model.marks import mark_of


def load_orand(folder: Path) -> list[LinePicture]:
    """The training four fifths of ORAND-CAR-A; each digit has a box, separators are not labelled.

    Raises:
        FileNotFoundError: the folder lacks a picture of its list.
    """
    pictures = []
    for row in (folder / "labels.tsv").read_text().splitlines()[1:]:
        file, text, boxes = row.split("\t")[:3]
        if splits.is_dev_file(file):
            continue
        grey = cv2.imread(str(folder / file), cv2.IMREAD_GRAYSCALE)
        if grey is None:
            raise FileNotFoundError(folder / file)
        places = np.array(
            [[float(side) for side in box.split(",")] for box in boxes.split()], dtype=np.float32
        )
        marks = np.array([mark_of(character) for character in text], dtype=np.int64)
        height = float(np.median(places[:, 3]))
        middle = float(np.median(places[:, 1] + places[:, 3] / 2))
        pictures.append(
            LinePicture(np.asarray(grey, np.uint8), marks, places, height, middle, only_digits=True)
        )
    return pictures
