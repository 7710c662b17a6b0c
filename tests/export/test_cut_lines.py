"""What the digit network learns from: cuts of lines, as the reader makes them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from export.cut_lines import cut_line
from export.datasets import HELD_BACK, LINE_CUTS, NOT_A_DIGIT, Samples, load_line_cuts
from export.lines.pictures import LinePicture
from model.level import find_level_ink
from model.marks import mark_of
from model.normalize import normalize_crop
from model.reader import Reader
from tests.support.pages import digit_ink, ink_page, on_paper

if TYPE_CHECKING:
    from pathlib import Path

_TEXT = "2075"
_HEIGHT, _GAP, _MARGIN = 60, 24, 50


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.open()


def _line(text: str = _TEXT, *, is_boxed: bool = True) -> LinePicture:
    """The digits 2075, labelled ``text``."""
    ink = ink_page(_TEXT, height=_HEIGHT, gap=_GAP, margin=_MARGIN, row_gap=0)
    widths = [digit_ink(int(digit), _HEIGHT).shape[1] for digit in _TEXT]
    lefts = _MARGIN + np.cumsum([0, *(width + _GAP for width in widths[:-1])])
    boxes = [[x, _MARGIN, w, _HEIGHT] for x, w in zip(lefts, widths, strict=True)]
    return LinePicture(
        np.ascontiguousarray(on_paper(ink).pixels[..., 0]),
        np.array([mark_of(character) for character in text]),
        np.array(boxes if is_boxed else np.zeros((0, 4)), dtype=np.float32),
        _HEIGHT,
        _MARGIN + _HEIGHT / 2,
    )


@pytest.mark.parametrize("is_boxed", [True, False])
def test_each_digit_is_cut_out_with_its_label(reader: Reader, *, is_boxed: bool) -> None:
    cuts = list(cut_line(reader, _line(is_boxed=is_boxed)))

    assert [label for _, label in cuts] == [2, 0, 7, 5]
    assert all(frame.shape == (28, 28) and frame.max() > 0.9 for frame, _ in cuts)


def test_cuts_of_a_large_picture_find_their_boxes(reader: Reader) -> None:
    """The reader makes it smaller before it looks: boxes are in pixels of the picture."""
    line = _line()
    resized = cv2.resize(line.grey, None, fx=8, fy=8, interpolation=cv2.INTER_CUBIC)
    large = np.asarray(resized, np.uint8)
    assert find_level_ink(np.repeat(large[..., None], 3, axis=2)).ink.scale > 1.2

    cuts = list(cut_line(reader, replace(line, grey=large, boxes=line.boxes * np.float32(8))))

    assert [label for _, label in cuts] == [2, 0, 7, 5]


def test_boxes_say_what_is_there_and_not_the_reader(reader: Reader) -> None:
    assert [label for _, label in cut_line(reader, _line("2975"))] == [2, 9, 7, 5]


def test_a_line_without_boxes_that_is_read_otherwise_is_left_out(reader: Reader) -> None:
    assert list(cut_line(reader, _line("2975", is_boxed=False))) == []


def test_a_letter_may_look_like_a_digit_and_a_dash_does_not(reader: Reader) -> None:
    """Whatever the ink shows: the labels decide."""
    assert [label for _, label in cut_line(reader, _line("2O75"))] == [2, 7, 5]
    labels = [label for _, label in cut_line(reader, _line("2-75"))]
    assert labels == [2, NOT_A_DIGIT, 7, 5]


def test_half_a_digits_box_is_nobodys(reader: Reader) -> None:
    line = _line()
    line.boxes[1, 2] /= 3  # a third of the 0

    assert [label for _, label in cut_line(reader, line)] == [2, 7, 5]


def test_ink_beside_all_boxes_is_no_digit_unless_it_may_be_one(reader: Reader) -> None:
    """Of the labelled 2 and 7, the other two digits are nobody's; a narrow one may be a 1."""
    line = _line()
    some = replace(line, marks=line.marks[[0, 2]], boxes=line.boxes[[0, 2]])

    assert [label for _, label in cut_line(reader, some)] == [2, NOT_A_DIGIT, 7, NOT_A_DIGIT]
    only_digits = replace(some, only_digits=True)
    assert [label for _, label in cut_line(reader, only_digits)] == [2, 7]


def test_on_a_page_that_is_labelled_blank_nothing_is_a_digit(reader: Reader) -> None:
    line = _line()
    blank = replace(line, marks=line.marks[:0], boxes=line.boxes[:0])

    assert [label for _, label in cut_line(reader, blank)] == [NOT_A_DIGIT] * 4


def test_each_frame_shows_its_own_digit(reader: Reader) -> None:
    cuts = list(cut_line(reader, _line()))

    for frame, label in cuts:
        alone = normalize_crop(digit_ink(label, _HEIGHT))
        others = [normalize_crop(digit_ink(other, _HEIGHT)) for other in range(10)]
        distances = [float(np.abs(frame - other).mean()) for other in others]
        assert np.abs(frame - alone).mean() == pytest.approx(min(distances))


def test_a_file_without_cuts_says_how_to_make_one(tmp_path: Path) -> None:
    np.savez(tmp_path / "other.npz", pixels=np.zeros(3))

    with pytest.raises(ValueError, match="cut-lines"):
        load_line_cuts(tmp_path / "other.npz", held_back=False)


def _save(path: Path, **parts: Samples) -> None:
    arrays: dict[str, Any] = {}
    for name, cuts in parts.items():
        arrays[f"{name}_frames"], arrays[f"{name}_labels"] = cuts.frames, cuts.labels
    np.savez(path, **arrays)


def _cuts(label: int, count: int) -> Samples:
    frames = np.full((count, 28, 28), label, np.uint8)
    return Samples(frames, np.full(count, label, np.int8), LINE_CUTS)


def test_what_validates_does_not_train(tmp_path: Path) -> None:
    parts = {"drawn": _cuts(1, 3), "orand_car_a": _cuts(2, 4), f"{HELD_BACK}drawn": _cuts(3, 5)}
    _save(tmp_path / "cuts.npz", **parts)

    trains = load_line_cuts(tmp_path / "cuts.npz", held_back=False)
    validates = load_line_cuts(tmp_path / "cuts.npz", held_back=True)

    assert sorted(trains.labels.tolist()) == [1] * 3 + [2] * 4
    assert validates.labels.tolist() == [3] * 5
    assert np.array_equal(trains.frames[:, 0, 0], trains.labels)
