"""Lines made of two, and lines cut short: what they say, and where it stands."""

from __future__ import annotations

import numpy as np
import pytest

from export.lines.splice import crop, is_boxed, splice, splice_some
from export.lines.targets import LineSample


def _line(marks: list[int], *, ink: int = 255, height: int = 20, apart: int = 30) -> LineSample:
    """Bars of 6 px, at the middle of the frame."""
    frame = np.zeros((32, 10 + apart * len(marks)), dtype=np.uint8)
    top = 16 - height // 2
    boxes = np.array([[10 + apart * i, top, 6, height] for i in range(len(marks))], np.float32)
    for x, y, w, h in boxes.astype(int):
        frame[y : y + h, x : x + w] = ink
    return LineSample(frame, np.array(marks), boxes.reshape(-1, 4), only_digits=True)


@pytest.mark.parametrize("seed", range(12))
def test_a_spliced_line_says_what_its_ink_says(seed: int) -> None:
    head, tail = _line([1, 2, 3]), _line([7, 8, 9], ink=150)

    joined = splice(head, tail, np.random.default_rng(seed))

    of_head = [int(mark) for mark in joined.marks if mark < 5]
    of_tail = [int(mark) for mark in joined.marks if mark > 5]
    assert of_head + of_tail == [int(mark) for mark in joined.marks]
    assert of_head in ([1], [1, 2])
    assert of_tail in ([9], [8, 9])
    for mark, (x, y, w, h) in zip(joined.marks, joined.boxes.astype(int), strict=True):
        expected = 255 if mark < 5 else 150
        assert (joined.frame[y : y + h, x : x + w] == expected).all()
    assert joined.only_digits


def test_a_line_is_spliced_with_none_one_or_a_few() -> None:
    others = [_line([4, 4, 4]), _line([5, 5, 5]), _line([6, 6, 6])]

    made = [splice_some(_line([1, 1, 1]), others, np.random.default_rng(i)) for i in range(60)]

    of_how_many = [len(set(one.marks.tolist())) for one in made]
    assert {1, 2, 3} <= set(of_how_many)
    assert all(one.marks[0] == 1 for one in made)


def test_digits_of_another_size_are_brought_to_one_height() -> None:
    joined = splice(_line([1, 2]), _line([8, 9], height=14), np.random.default_rng(0))

    heights = joined.boxes[:, 3]
    assert list(joined.marks) == [1, 9]
    assert np.ptp(heights) < 1
    assert np.ptp(joined.boxes[:, 1]) < 1


def test_lines_that_cannot_be_cut_or_do_not_match_stay_as_they_are() -> None:
    rng = np.random.default_rng(0)
    head = _line([1, 2, 3])
    fully_labelled = LineSample(head.frame, head.marks, head.boxes)

    assert splice(head, _line([4, 5, 6], height=8), rng) is head
    assert splice(head, fully_labelled, rng) is head
    assert splice(head, _line([4, 5], apart=6), rng) is head
    longest = _line([1] * 8), _line([2] * 8)
    joined = [splice(*longest, np.random.default_rng(seed)).marks for seed in range(60)]
    assert max(len(marks) for marks in joined if 2 in marks) == 10
    assert any(2 not in marks for marks in joined)


def test_a_line_is_cropped_close_to_its_characters() -> None:
    line = _line([1, 2, 3])
    lefts, rights = [], []

    for seed in range(20):
        cropped = crop(line, np.random.default_rng(seed))
        lefts.append(float(cropped.boxes[0, 0]))
        rights.append(cropped.frame.shape[1] - float(cropped.boxes[-1, 0] + cropped.boxes[-1, 2]))
        assert list(cropped.marks) == [1, 2, 3]
        middle = cropped.frame[16, max(0, round(float(cropped.boxes[1, 0]))) :]
        assert middle[0] == 255

    assert min(lefts) < 3
    assert min(rights) < 3
    assert max(lefts) == 10  # some are cut at the other end only
    assert all(left > -1 for left in lefts)


def test_only_lines_with_a_box_for_each_mark_are_cut() -> None:
    line = _line([1, 2])

    assert is_boxed(line)
    assert not is_boxed(LineSample(line.frame, line.marks, line.boxes[:1]))
    assert not is_boxed(LineSample(line.frame, line.marks[:0], line.boxes[:0]))
