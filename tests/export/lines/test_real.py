"""Which real lines train: none that measures, under whatever name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from export.lines.real import load_meza, picture_digest
from export.splits import is_validation_line

if TYPE_CHECKING:
    from pathlib import Path

_FILES = [f"images/train_{i}.png" for i in range(200)]
_TRAINS = [file for file in _FILES if not is_validation_line(file)]
_VALIDATES = [file for file in _FILES if is_validation_line(file)]


def _write(folder: Path, *cells: tuple[str, str, str, int]) -> Path:
    """Cells of two upright strokes: their file, text and split, and the grey of their paper."""
    rows = ["file\ttext\tsplit"]
    (folder / "images").mkdir(parents=True)
    for file, text, split, grey in cells:
        picture = np.full((48, 70), grey, np.uint8)
        picture[10:40, 10:16] = picture[10:40, 44:48] = 30
        cv2.imwrite(str(folder / file), picture)
        rows.append(f"{file}\t{text}\t{split}")
    (folder / "labels.tsv").write_text("\n".join(rows) + "\n")
    return folder


def _names(folder: Path) -> list[str]:
    return [picture.name for picture in load_meza(folder)]


def test_a_cell_that_also_measures_neither_trains_nor_validates(tmp_path: Path) -> None:
    folder = _write(
        tmp_path,
        (_TRAINS[0], "11", "train", 230),
        (_VALIDATES[0], "11", "train", 230),
        (_TRAINS[1], "11", "train", 231),
        ("images/dev_1.png", "11", "dev", 230),
    )

    assert _names(folder) == [_TRAINS[1]]


def test_a_cell_that_validates_under_one_name_trains_under_none(tmp_path: Path) -> None:
    folder = _write(
        tmp_path,
        (_TRAINS[0], "1.1", "train", 230),
        (_VALIDATES[0], "1,1", "train", 230),
        (_TRAINS[1], "11", "train", 231),
        (_TRAINS[2], "11", "train", 231),
    )

    assert _names(folder) == [_VALIDATES[0], _TRAINS[1]]


def test_a_cell_whose_labels_name_other_digits_is_left_out(tmp_path: Path) -> None:
    folder = _write(
        tmp_path,
        (_TRAINS[0], "11", "train", 230),
        (_TRAINS[1], "17", "train", 230),
        (_TRAINS[2], "11", "train", 231),
    )

    assert _names(folder) == [_TRAINS[2]]


def test_the_same_bytes_in_another_shape_are_another_picture() -> None:
    bytes_alike = np.zeros((4, 6), np.uint8)

    assert picture_digest(bytes_alike) != picture_digest(bytes_alike.reshape(6, 4))
    assert picture_digest(bytes_alike) == picture_digest(bytes_alike.copy())


def test_no_measuring_cell_of_the_log_books_trains(shared_data: Path) -> None:
    folder = shared_data / "strings" / "meza_logbook"
    rows = [line.split("\t") for line in (folder / "labels.tsv").read_text().splitlines()[1:]]
    dev = {_digest_of(folder / file) for file, _, split in rows if split == "dev"}
    pictures = load_meza(folder)
    trains = {picture_digest(one.grey) for one in pictures if not is_validation_line(one.name)}
    validates = {picture_digest(one.grey) for one in pictures if is_validation_line(one.name)}

    assert len(dev) > 500
    assert len(trains) > 6000
    assert len(validates) > 400
    assert not dev & (trains | validates)
    assert not trains & validates
    assert len(pictures) == len(trains) + len(validates)


def _digest_of(file: Path) -> bytes:
    grey = cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)
    if grey is None:
        pytest.fail(f"{file} is missing")
    return picture_digest(np.asarray(grey, np.uint8))
