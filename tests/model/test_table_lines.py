"""Upright lines of a table that lies a little aslant do not tie its rows together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from model.components import find_components
from model.ink import find_ink
from model.join import Piece
from model.rows import find_rows
from model.table_lines import without_table_lines
from model.types import Box
from tests.support.pages import digit_ink, on_paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_ROWS = (150, 300, 450)


def _page(lines: int, *, broken: bool = False) -> NDArray[np.uint8]:
    """Three rows of three digits, with so many lines between them that lean by a degree."""
    ink = np.zeros((700, 900), dtype=np.float32)
    for y in _ROWS:
        for i, digit in enumerate((2, 3, 8)):
            drawn = digit_ink(digit, 40)
            ink[y : y + drawn.shape[0], 300 + 90 * i : 300 + 90 * i + drawn.shape[1]] = drawn
    for i in range(lines):
        x = 280 + 90 * i
        cv2.line(ink, (x, 90), (x + 9, 600), 1.0, 2)
    if broken:
        ink[385:393] = 0
        ink[425:432] = 0
    return on_paper(ink).pixels


@pytest.mark.parametrize("broken", [False, True])
def test_rows_of_a_tilted_table_are_apart(broken: bool) -> None:
    rows = find_rows(find_ink(_page(4, broken=broken))).rows

    assert [round(row.middle_at(row.left), -1) for row in rows] == pytest.approx(
        [y + 20 for y in _ROWS], abs=12
    )
    assert all(len(row.boxes) == 3 for row in rows)


def _kept(
    *lines: tuple[int, int, int],
    crossed: Sequence[tuple[int, int, int, int]] = (),
    ruled: bool = True,
) -> int:
    """How many of so many pieces are kept beside twenty of 20 px.

    Args:
        lines: x, width and height, px; all begin at row 200.
        crossed: What crosses them: x, width, height and y.
        ruled: Whether a printed line was erased at their upper ends.
    """
    ink = np.zeros((700, 900), dtype=np.uint8)
    for i in range(20):
        ink[100:120, 300 + 25 * i : 315 + 25 * i] = 1
    for x, w, h in lines:
        ink[200 : 200 + h, x : x + w] = 1
    for x, w, h, y in crossed:
        ink[y : y + h, x : x + w] = 1
    found = find_components(ink)
    pieces = [
        Piece(i, Box(*(int(value) for value in found.boxes[i, :4])), int(found.boxes[i, 4]))
        for i in range(1, len(found.boxes))
    ]
    rules = np.zeros_like(ink)
    rules[198:200] = ruled
    return len(without_table_lines(pieces, found.labels, rules)) - 20


def test_two_thin_lines_are_a_table_and_one_is_a_stroke() -> None:
    assert _kept((100, 2, 300)) == 1
    assert _kept((100, 2, 300), (200, 2, 300)) == 0


def test_tall_digits_of_a_fine_pen_beside_small_print_are_no_table() -> None:
    assert _kept((100, 3, 150), (200, 3, 150), (260, 3, 150), ruled=False) == 3
    assert _kept((100, 9, 100), (200, 9, 100)) == 2
    assert _kept((100, 2, 70), (200, 2, 70)) == 2


def test_lines_with_the_stumps_of_others_are_a_table() -> None:
    stumps = [(x - 30, 70, 2, y) for x in (100, 200) for y in (200, 260, 330)]

    assert _kept((100, 3, 200), (200, 3, 200), crossed=stumps) == 0
