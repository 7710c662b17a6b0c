"""The pictures by which the networks' answers are put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from export import datasets
from export.datasets import NOT_A_DIGIT, Samples
from export.lines import disputed_labels, fitting_pictures
from export.lines.fitting_pictures import Folders, real_lines
from export.splits import is_validation_line
from model.normalize import normalize_crop
from tests.support.pages import digit_ink

if TYPE_CHECKING:
    from pathlib import Path

_NAMES = [name for i in range(200) if is_validation_line(name := f"images/train_{i}.png")][:3]


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Three validation cells, labelled 11, and one that trains."""
    cells = tmp_path / "meza_logbook"
    (cells / "images").mkdir(parents=True)
    trains = next(f"images/{i}.png" for i in range(99) if not is_validation_line(f"{i}.png"))
    rows = ["file\ttext\tsplit"]
    for i, name in enumerate((*_NAMES, trains)):
        picture = np.full((48, 70), 230 + i, np.uint8)
        picture[10:40, 10:16] = picture[10:40, 44:48] = 30
        cv2.imwrite(str(cells / name), picture)
        rows.append(f"{name}\t1,1\ttrain")
    (cells / "labels.tsv").write_text("\n".join(rows) + "\n")
    return Folders(tmp_path, tmp_path, tmp_path)


def _dispute(folder: Path, monkeypatch: pytest.MonkeyPatch, *rows: str) -> None:
    file = folder / "disputes.tsv"
    file.write_text("\n".join(["set\tfile\tlabel\tshown\treason", *rows]) + "\n")
    monkeypatch.setattr(disputed_labels, "DISPUTES", file)


def test_only_validation_lines_of_sets_that_were_seen(folders: Folders) -> None:
    assert [one.truth for one in real_lines(folders, {"meza_logbook"})] == ["11"] * 3
    assert list(real_lines(folders, set())) == []


def test_wrong_labels_are_corrected_and_what_nobody_can_tell_is_left_out(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _dispute(
        tmp_path,
        monkeypatch,
        f"meza_logbook\t{_NAMES[0]}\t11\t17\tit has a flag",
        f"meza_logbook\t{_NAMES[1]}\t11\t1?\ta blot",
    )

    assert sorted(one.truth for one in real_lines(folders, {"meza_logbook"})) == ["11", "17"]


def test_a_dispute_about_another_label_is_no_dispute_about_this_one(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _dispute(tmp_path, monkeypatch, f"meza_logbook\t{_NAMES[0]}\t12\t17\tit has a flag")

    with pytest.raises(ValueError, match="labelled 11, not 12"):
        list(real_lines(folders, {"meza_logbook"}))


@pytest.mark.parametrize(("digits", "counted"), [(300, 300), (600, 500), (2_000, 500)])
def test_a_set_of_digits_counts_for_five_hundred_however_many_are_shown(
    folders: Folders, monkeypatch: pytest.MonkeyPatch, digits: int, counted: int
) -> None:
    frame = np.round(normalize_crop(digit_ink(7)) * 255).astype(np.uint8)
    many = Samples(np.stack([frame] * digits), np.full(digits, 7, np.int8), "mnist")
    monkeypatch.setattr(fitting_pictures, "_drawn_lines", lambda *_: iter(()))
    monkeypatch.setattr(fitting_pictures, "_ROWS", 0)
    monkeypatch.setattr(fitting_pictures, "_WIDE_ROWS", 0)
    monkeypatch.setattr(disputed_labels.DisputedLabels, "truth_of", lambda *told: told[-1])
    monkeypatch.setattr(datasets, "load_validation", lambda *_: [many])

    pictures = list(fitting_pictures.fitting_pictures(folders, set(), 0))

    assert len(pictures) == min(digits, 1_500)
    assert sum(one.weight for one in pictures) == pytest.approx(counted)


def test_caution_is_for_what_is_no_digit(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    frames = np.stack([np.round(normalize_crop(digit_ink(7)) * 255).astype(np.uint8)] * 4)
    parts = [
        Samples(frames, np.full(4, 7, np.int8), "mnist"),
        Samples(frames, np.full(4, NOT_A_DIGIT, np.int8), "unipen_lower"),
    ]
    monkeypatch.setattr(fitting_pictures, "_drawn_lines", lambda *_: iter(()))
    monkeypatch.setattr(datasets, "load_validation", lambda *_: parts)

    pictures = list(fitting_pictures.fitting_pictures(folders, set(), 0))

    assert {one.caution for one in pictures if one.truth} == {1.0}
    assert {one.weight for one in pictures if one.truth} == {1.0}
    assert {one.caution for one in pictures if not one.truth} == {fitting_pictures.CAUTION}
    assert {one.weight for one in pictures if not one.truth} == {fitting_pictures.NO_DIGITS}
