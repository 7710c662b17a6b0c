"""What is written into the side of a cell that was cut out of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from model.ink import find_ink
from model.reader import Reader
from model.rows import find_rows
from model.types import Decision
from tests.support.pages import digit_ink, on_paper

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDTH, HEIGHT = 400, 160


def _cell(leaning: int = 0) -> NDArray[np.float32]:
    """Two upright strokes, and the side of a cell at the picture's right."""
    page = np.zeros((HEIGHT, WIDTH), dtype=np.float32)
    page[50:110, 100:108] = page[50:110, 180:188] = 1
    ends = (WIDTH - 3 - leaning, 0), (WIDTH - 2, HEIGHT - 1)
    return np.asarray(cv2.line(page, *ends, 1.0, 4), dtype=np.float32)


def _boxes(page: NDArray[np.float32]) -> list[tuple[int, int]]:
    """Left and right of the tall pieces in the only row."""
    (row,) = find_rows(find_ink(on_paper(page).pixels)).rows
    return [(box.x, box.right) for box in row.boxes]


@pytest.mark.parametrize("leaning", [0, 2])
@pytest.mark.parametrize("is_mirrored", [False, True])
def test_a_digit_that_runs_into_the_side_stays(leaning: int, is_mirrored: bool) -> None:
    page = _cell(leaning=leaning)
    cv2.ellipse(page, (WIDTH - 28, 80), (24, 30), 0, 0, 360, 1.0, 7)
    if is_mirrored:
        page = np.ascontiguousarray(page[:, ::-1])

    boxes = _boxes(page)

    assert len(boxes) == 3
    left, right = boxes[0] if is_mirrored else boxes[-1]
    assert right - left == pytest.approx(48, abs=8)


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_a_1_that_lies_along_the_side_stays(is_mirrored: bool) -> None:
    page = _cell()
    page[40:125, WIDTH - 14 : WIDTH - 4] = 1
    if is_mirrored:
        page = np.ascontiguousarray(page[:, ::-1])

    assert len(_boxes(page)) == 3


def test_a_number_is_not_accepted_without_a_1_that_lies_along_the_side() -> None:
    page = np.zeros((130, 400), dtype=np.float32)
    page[:, :3] = 1
    cv2.line(page, (7, 25), (7, 105), 1.0, 7)
    x = 60
    for digit in (6, 4, 0):
        ink = digit_ink(digit, 80)
        page[25:105, x : x + ink.shape[1]] = ink
        x += ink.shape[1] + 20

    lines = Reader.open().read(on_paper(page[:, : x + 10])).lines

    assert not any(line.text == "640" and line.decision is Decision.ACCEPT for line in lines)


@pytest.mark.parametrize("level", [(0, 3), (HEIGHT - 4, HEIGHT - 1)])
def test_a_side_and_the_line_that_it_meets_go(level: tuple[int, int]) -> None:
    page = _cell()
    page[level[0] : level[1], 250:] = 1

    assert len(_boxes(page)) == 2


def test_a_word_that_runs_into_the_side_is_no_digit() -> None:
    page = _cell()
    for x in range(260, 380, 40):
        cv2.ellipse(page, (x, 80), (24, 30), 0, 0, 360, 1.0, 5)
    cv2.line(page, (360, 80), (396, 80), 1.0, 5)

    assert len(_boxes(page)) == 2
