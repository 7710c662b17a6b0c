"""Cutting rows out of a page, and placing on it what a network says of them.

The network here is a stand-in that sees ink and nothing else: it answers 7 for every stroke that
stands apart, with the very box of the stroke, the surer the nearer its size and place are to what
a frame should have.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from model.ink import InkMap, find_ink
from model.line_decode import SIDES, STRIDE
from model.line_frame import DIGIT_HEIGHT, LINE_HEIGHT
from model.marks import DIGITS, MARKS
from model.read_row import frame_row, read_row
from model.rows import Row, find_rows
from tests.support.pages import ink_page, on_paper

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLANK = len(MARKS)


def _see_strokes(frame: NDArray[np.float32]) -> NDArray[np.float32]:
    columns = np.zeros((-(-frame.shape[1] // STRIDE), _BLANK + 1 + SIDES), dtype=np.float32)
    columns[:, _BLANK] = 9
    count, _, stats, _ = cv2.connectedComponentsWithStats((frame > 0.4).astype(np.uint8))
    for x, y, w, h, _area in (stats[i] for i in range(1, count)):
        column = int((x + w / 2) / STRIDE)
        here = (column + 0.5) * STRIDE
        sides = (here - x, x + w - here, LINE_HEIGHT / 2 - y, y + h - LINE_HEIGHT / 2)
        columns[column, : _BLANK + 1] = 0
        columns[column, 7] = 10 - abs(h - DIGIT_HEIGHT) / 3 - abs(y + h / 2 - LINE_HEIGHT / 2) / 3
        columns[column, -SIDES:] = np.array(sides) / DIGIT_HEIGHT
    return columns


def _bars(*, climb: float = 0.0, height: int = 60) -> tuple[InkMap, list[tuple[int, int]]]:
    """Six upright bars, 14 px wide and 60 apart, and their left tops."""
    page = np.zeros((400, 520), dtype=np.float32)
    corners = [(60 + 60 * i, round(180 + climb * 60 * i)) for i in range(6)]
    for x, y in corners:
        page[y : y + height, x : x + 14] = 1
    return find_ink(on_paper(page).pixels), corners


@pytest.mark.parametrize("climb", [0.0, 0.12, -0.15])
def test_boxes_lie_on_the_ink_however_the_row_climbs(climb: float) -> None:
    ink, corners = _bars(climb=climb)
    (row,) = find_rows(ink).rows

    read = read_row(ink, row, _see_strokes)

    assert [one.mark for one in read.characters] == [7] * 6
    for one, (x, y) in zip(read.characters, corners, strict=True):
        assert one.box == pytest.approx((x, y, 14, 60), abs=5)


def test_rows_are_told_apart_and_come_from_the_top() -> None:
    ink = find_ink(on_paper(ink_page("123", "45678", height=60)).pixels)

    rows = find_rows(ink).rows

    assert [row.height for row in rows] == pytest.approx([60, 60], abs=8)
    assert rows[0].middle_at(rows[0].left) < rows[1].middle_at(rows[1].left)
    assert rows[0].right < rows[1].right


def test_a_frame_shows_its_row_at_the_networks_height() -> None:
    ink, _ = _bars()
    (row,) = find_rows(ink).rows

    frame = frame_row(ink, row)

    assert frame.pixels.shape[0] == LINE_HEIGHT
    rows = np.flatnonzero((frame.pixels > 0.5).any(axis=1))
    assert rows[-1] - rows[0] + 1 == pytest.approx(DIGIT_HEIGHT, abs=1)
    assert (rows[0] + rows[-1] + 1) / 2 == pytest.approx(LINE_HEIGHT / 2, abs=1)


@pytest.mark.parametrize(("factor", "shift"), [(1.5, 0.0), (0.75, 0.0), (1.0, 0.2)])
def test_a_row_that_was_misjudged_is_framed_again(factor: float, shift: float) -> None:
    ink, corners = _bars()
    (row,) = find_rows(ink).rows
    wrong = replace(row, height=factor * row.height, middle=row.middle + shift * row.height)

    read = read_row(ink, wrong, _see_strokes)

    assert DIGIT_HEIGHT / read.frame.scale == pytest.approx(60, abs=4)
    assert read.frame.middle == pytest.approx(row.middle, abs=4)
    assert read.characters[0].box == pytest.approx((*corners[0], 14, 60), abs=5)


def test_a_row_at_the_edge_of_the_page_is_read() -> None:
    page = np.zeros((70, 90), dtype=np.float32)
    page[4:64, 4:16] = page[4:64, 70:82] = 1
    ink = find_ink(on_paper(page).pixels)
    whole = Row(0, ink.grey.shape[1], 0.0, ink.grey.shape[0] / 2, ink.grey.shape[0] * 0.85, 1)

    read = read_row(ink, whole, _see_strokes)

    assert len(read.characters) == 2
    assert read.characters[0].box[0] * ink.scale == pytest.approx(4, abs=3)


def test_a_second_framing_that_shows_nothing_does_not_count() -> None:
    ink, _ = _bars()
    (row,) = find_rows(ink).rows
    shapes: list[tuple[int, ...]] = []

    def see_once(frame: NDArray[np.float32]) -> NDArray[np.float32]:
        columns = _see_strokes(frame)
        if shapes:
            columns[:, : _BLANK + 1] = 0
            columns[:, _BLANK] = 20
        shapes.append(frame.shape)
        return columns

    read = read_row(ink, replace(row, height=1.5 * row.height), see_once)

    assert len(shapes) == 2
    assert len(read.characters) == 6


@pytest.mark.parametrize("sides", [(0.2, 0.2, 60, -59), (0.1, 0.1, 0.01, 0.01), (9, 9, 30, 30)])
def test_boxes_that_cannot_be_are_not_followed(sides: tuple[float, ...]) -> None:
    ink, _ = _bars()
    (row,) = find_rows(ink).rows
    shapes: list[tuple[int, ...]] = []

    def misjudge(frame: NDArray[np.float32]) -> NDArray[np.float32]:
        shapes.append(frame.shape)
        columns = _see_strokes(frame)
        columns[:, -SIDES:] = sides
        return columns

    assert len(read_row(ink, row, misjudge).characters) == 6
    assert len(shapes) == 1


def _say(digit: int, sureness: float) -> NDArray[np.float32]:
    """One digit in the middle of a frame, so many nats likelier than nothing."""
    columns = np.zeros((40, _BLANK + 1 + SIDES), dtype=np.float32)
    columns[:, _BLANK] = 20
    columns[20, _BLANK] = 0
    columns[20, digit] = sureness
    columns[:, -SIDES:] = 0.5
    return columns


def _nothing(sureness: float) -> NDArray[np.float32]:
    columns = np.zeros((40, _BLANK + 1 + SIDES), dtype=np.float32)
    columns[:, _BLANK] = sureness
    return columns


def _another(digit: int, sureness: float, other: int, its_sureness: float) -> NDArray[np.float32]:
    columns = _say(digit, sureness)
    columns[20, other] = its_sureness
    return columns


@pytest.mark.parametrize(
    ("first", "second", "read"),
    [
        (_another(4, 2.0, 9, 1.5), _another(9, 6.0, 4, 0.0), "9"),  # the second is surer
        (_another(4, 2.0, 9, -3.0), _another(9, 1.0, 4, 0.5), "4"),  # it is not
        (
            _another(4, 3.0, 9, 0.0),
            _another(9, 5.0, 4, 2.0),
            "4",
        ),  # surer, and unlikely to the first
        (_nothing(4.0), _say(9, 6.0), "9"),  # the first saw it, too, but not likely enough
        (_nothing(6.0), _another(9, 1.0, _BLANK, 0.5), ""),
    ],
)
def test_in_doubt_the_number_counts_that_both_find_likelier(
    first: NDArray[np.float32], second: NDArray[np.float32], read: str
) -> None:
    ink, _ = _bars()
    (row,) = find_rows(ink).rows

    reading = read_row(
        ink, row, lambda _: first.astype(np.float32), lambda _: second.astype(np.float32)
    )

    assert reading.digits == read
    assert "".join(DIGITS[c.mark] for c in reading.characters if c.mark < 10) == read
    assert len(reading.opinions) == 2


def test_a_sure_reading_is_nobodys_to_question() -> None:
    ink, _ = _bars()
    (row,) = find_rows(ink).rows
    asked: list[int] = []

    def ask(frame: NDArray[np.float32]) -> None:
        asked.append(frame.shape[1])

    sure = read_row(ink, row, lambda _: _say(4, 9.0), ask)
    assert (sure.digits, len(sure.opinions), asked) == ("4", 1, [])

    unsure = read_row(ink, row, lambda _: _say(4, 1.0), ask)
    assert (unsure.digits, len(unsure.opinions), len(asked)) == ("4", 1, 1)

    nothing = read_row(ink, row, lambda _: _nothing(12.0), ask)
    assert (nothing.digits, len(asked)) == ("", 1)
