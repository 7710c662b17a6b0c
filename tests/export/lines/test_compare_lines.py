"""Comparing line networks by their own answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from export.compare_lines import DECODERS, score_lines
from export.lines.targets import LineSample
from model.line_decode import SIDES, STRIDE
from model.line_frame import DIGIT_HEIGHT, LINE_HEIGHT
from model.marks import MARKS, mark_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _line(text: str, *, boxed: bool) -> LineSample:
    boxes = [(10 * i + 5 - 4, 16 - 9, 8, 18) for i in range(len(text))] if boxed else []
    return LineSample(
        np.zeros((LINE_HEIGHT, 60), np.uint8),
        np.array([mark_of(character) for character in text]),
        np.array(boxes, np.float32).reshape(-1, 4),
    )


class _Says:
    """A network that says 4, comma and 2 of every line, at columns 2, 7 and 12."""

    def __init__(self, answer: str) -> None:
        self._blanks = int(answer == "sequence")

    def __call__(self, frames: NDArray[np.float32], *, training: bool) -> NDArray[np.float32]:
        assert not training
        said = np.full((1, frames.shape[2] // STRIDE, len(MARKS) + self._blanks + SIDES), -9.0)
        said[..., len(MARKS) : len(MARKS) + self._blanks] = 0
        for column, mark in zip((2, 7, 12), "4,2", strict=True):
            said[0, column, mark_of(mark)] = 9
        said[..., -SIDES:] = np.array([4, 4, 9, 9]) / DIGIT_HEIGHT
        return np.repeat(said.astype(np.float32), len(frames), axis=0)


@pytest.mark.parametrize("answer", sorted(DECODERS))
def test_digits_count_and_separators_do_not(answer: str) -> None:
    lines = [_line("4,2", boxed=True), _line("42", boxed=False), _line("4,3", boxed=True)]

    score = score_lines(_Says(answer), answer, lines)

    assert (score.exact, score.count) == (2, 3)
    assert score.overlap == pytest.approx(1.0, abs=1e-5)


def test_without_boxes_there_is_no_overlap() -> None:
    score = score_lines(_Says("sequence"), "sequence", [_line("42", boxed=False)])

    assert (score.exact, score.overlap) == (1, None)


def test_a_box_beside_its_digit_overlaps_less() -> None:
    line = _line("4,2", boxed=True)
    aside = LineSample(line.frame, line.marks, line.boxes + np.array([4, 0, 0, 0], np.float32))

    score = score_lines(_Says("sequence"), "sequence", [aside])

    assert score.overlap == pytest.approx(1 / 3, abs=1e-3)
