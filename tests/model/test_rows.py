"""Where a page's rows are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from model.ink import find_ink
from model.read_row import frame_row
from model.rows import Row, find_rows, narrow_row, stacked_row, whole_row
from model.types import Box
from tests.support.pages import on_paper

if TYPE_CHECKING:
    from numpy.typing import NDArray


@pytest.mark.parametrize("bottom", ["solid", "dotted"])
def test_a_field_ends_at_its_frame(bottom: str) -> None:
    page = np.zeros((500, 1200), dtype=np.float32)
    page[200, 600:1000] = page[200:300, 600] = page[200:300, 999] = 1
    page[299, 600 : 1000 : 1 if bottom == "solid" else 4] = 1
    for x in range(640, 960, 60):  # written in the frame
        page[215:275, x : x + 10] = 1
    for x in range(300, 580, 60):  # printed beside it, a little lower
        page[240:290, x : x + 14] = 1

    rows = find_rows(
        find_ink(on_paper(cv2.dilate(page, np.ones((2, 2))).astype(np.float32)).pixels)
    ).rows

    spans = sorted((round(row.left, -1), round(row.right, -1)) for row in rows)
    assert spans == [(300, 560), (640, 950)]


def _box(page: NDArray[np.float32], x: int, y: int, w: int, h: int) -> None:
    """A printed box of fine lines."""
    page[y, x : x + w] = page[y + h - 1, x : x + w] = 1
    page[y : y + h, x] = page[y : y + h, x + w - 1] = 1


def test_boxes_side_by_side_are_one_field() -> None:
    page = np.zeros((600, 1400), dtype=np.float32)
    for i in range(6):
        x = 300 + 130 * i
        _box(page, x, 200, 110, 100)
        page[220:280, x + 50 : x + 60] = 1

    rows = find_rows(find_ink(on_paper(page).pixels)).rows

    assert [(round(row.left, -1), round(row.right, -1)) for row in rows] == [(350, 1010)]


def test_a_row_is_not_looked_at_beyond_its_field() -> None:
    page = np.zeros((500, 1200), dtype=np.float32)
    _box(page, 600, 200, 400, 100)
    page[220:280, 610:616] = page[220:280, 660:666] = 1
    page[220:280, 580:590] = page[220:280, 540:550] = 1  # close before it

    ink = find_ink(on_paper(page).pixels)
    before, inside = sorted(find_rows(ink).rows, key=lambda row: row.left)

    assert [before.limits[1], *inside.limits] == pytest.approx([600, 600, 1000], abs=2)
    assert frame_row(ink, inside).left == inside.limits[0]
    assert frame_row(ink, before).pixels[:, -3:].max() < 0.2


def test_an_underlined_number_is_no_frame() -> None:
    page = np.zeros((300, 1400), dtype=np.float32)
    page[200:203, 500:800] = 1
    for x in (500, 580, 700, 796):
        page[120:203, x : x + 4] = 1

    (row,) = find_rows(find_ink(on_paper(page).pixels)).rows

    assert len(row.boxes) >= 1
    assert row.right - row.left > 280


def test_what_is_left_of_a_box_does_not_part_a_row() -> None:
    page = np.zeros((260, 900), dtype=np.float32)
    for x, y, w, h in (
        (110, 70, 30, 76),
        (220, 60, 30, 92),
        (320, 74, 30, 56),
        (450, 68, 14, 66),
        (510, 38, 6, 36),  # the upper end of a box's side
        (514, 100, 6, 56),  # the lower one
        (546, 38, 60, 116),  # a digit that crosses another side
        (770, 72, 16, 66),
        (860, 52, 30, 74),
    ):
        page[y : y + h, x : x + w] = 1

    rows = find_rows(find_ink(on_paper(page).pixels)).rows

    assert [(round(row.left, -1), round(row.right, -1)) for row in rows] == [(110, 890)]


def test_two_lines_stay_two() -> None:
    page = np.zeros((400, 900), dtype=np.float32)
    for x in range(100, 700, 75):
        page[100:180, x : x + 12] = 1
        page[150:230, x + 40 : x + 52] = 1  # closer than anybody writes

    assert len(find_rows(find_ink(on_paper(page).pixels)).rows) == 2


def _part(x: int, y: int, w: int, h: int) -> Row:
    return Row(x, x + w, 0.0, y + h / 2, h, w * h, (Box(x, y, w, h),))


def test_the_parts_of_a_blurred_digit_are_one_row() -> None:
    parts = (_part(35, 81, 50, 16), _part(43, 40, 48, 20))

    row = stacked_row([replace(part, limits=(30, 99)) for part in parts])

    assert isinstance(row, Row)
    assert row.boxes == (Box(35, 40, 56, 57),)
    assert (row.left, row.right, row.height, row.middle) == (35, 91, 57, 68.5)
    assert list(row.limits) == [30, 99]


@pytest.mark.parametrize(
    "parts",
    [
        [_part(10, 10, 30, 40)],
        [_part(10, 10, 30, 40), _part(10, 60, 30, 40)],  # two lines
        [_part(10, 10, 30, 20), _part(45, 32, 30, 20)],  # side by side
        [_part(10, 10, 90, 20), _part(10, 32, 90, 20)],  # two rows of a number
        [_part(10, 10 + 15 * i, 30, 12) for i in range(5)],  # a page
        [_part(10, 10, 50, 20), replace(_part(10, 45, 50, 20), limits=(0, 90))],  # two fields
    ],
)
def test_what_lies_apart_is_not_one_digit(parts: list[Row]) -> None:
    assert stacked_row(parts) is None


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([_part(10, 10, 30, 40)], Box(10, 10, 30, 40)),
        ([_part(10, 10, 30, 20), _part(15, 35, 40, 40)], Box(10, 10, 45, 65)),
        ([_part(10, 10, 30, 40), _part(10, 75, 30, 40)], None),  # two lines
        ([_part(10, 10, 70, 40)], None),  # several digits that touch
        ([_part(10, 10, 12, 40), _part(30, 12, 12, 40)], None),  # side by side
        ([], None),
    ],
)
def test_little_narrow_ink_may_be_one_digit(parts: list[Row], whole: Box | None) -> None:
    row = narrow_row(parts)

    assert (row.boxes if row else ()) == ((whole,) if whole else ())


def _with_scraps(*scraps: tuple[int, int, int, int]) -> tuple[Row, ...]:
    """The rows of a page with three strokes, 100 px high, and below them pieces of ink."""
    page = np.zeros((600, 900), dtype=np.float32)
    for x in (200, 300, 400):
        page[100:200, x : x + 14] = 1
    for x, y, w, h in scraps:
        page[y : y + h, x : x + w] = 1
    return find_rows(find_ink(on_paper(page).pixels)).rows


def test_a_digit_that_fell_apart_beside_the_rows_is_a_row_of_its_own() -> None:
    first, other = _with_scraps((300, 350, 70, 14), (310, 410, 20, 40))

    assert round(first.height, -1) == 100
    (box,) = other.boxes
    assert (round(box.x, -1), round(box.y, -1)) == (300, 350)
    assert (round(box.right, -1), round(box.bottom, -1)) == (370, 450)


def test_its_parts_are_one_piece() -> None:
    page = np.zeros((600, 900), dtype=np.float32)
    for x in (200, 300, 400):
        page[100:200, x : x + 14] = 1
    page[350:364, 300:370] = page[410:450, 310:330] = 1

    labels = find_rows(find_ink(on_paper(page).pixels)).labels

    height, width = labels.shape
    rows, columns = 600 / height, 900 / width
    bar, foot = (labels[round(y / rows), round(x / columns)] for x, y in ((340, 357), (320, 430)))
    assert bar == foot > 0


def test_a_digit_that_fell_apart_beside_a_row_joins_it() -> None:
    (row,) = _with_scraps((560, 105, 70, 14), (570, 155, 20, 40))

    assert [round(box.x, -1) for box in row.boxes] == [200, 300, 400, 560]


def test_among_many_scraps_nothing_is_put_together() -> None:
    scraps = [(40 + 26 * (i % 31), 470 + 30 * (i // 31), 10, 3) for i in range(62)]

    assert len(_with_scraps((300, 350, 70, 14), (310, 410, 20, 40))) == 2
    assert len(_with_scraps((300, 300, 70, 14), (310, 360, 20, 40), *scraps)) == 1


@pytest.mark.parametrize(
    "scraps",
    [
        ((300, 350, 70, 14), (300, 380, 70, 14)),  # flat
        ((300, 290, 20, 40), (310, 360, 20, 40), (300, 430, 20, 40)),  # too high
        ((300, 350, 14, 44), (700, 350, 70, 14)),  # one is no character by itself
        ((300, 350, 70, 14), (310, 450, 20, 30)),  # too far apart
        ((300, 350, 10, 10), (305, 395, 10, 10), (300, 430, 10, 10)),  # too little ink
        ((300, 350, 70, 14), (340, 410, 20, 30), (390, 370, 70, 14)),  # too wide
    ],
)
def test_other_scraps_are_none(scraps: tuple[tuple[int, int, int, int], ...]) -> None:
    assert len(_with_scraps(*scraps)) == 1


@pytest.mark.parametrize(("width", "height", "is_one"), [(72, 60, True), (60, 60, False)])
def test_a_small_crop_may_show_a_line_though_it_is_nearly_square(
    width: int, height: int, *, is_one: bool
) -> None:
    small = np.full((height, width, 3), 230, np.uint8)
    large = np.full((20 * height, 20 * width, 3), 230, np.uint8)

    assert (whole_row(find_ink(small)) is not None) is is_one
    assert whole_row(find_ink(large)) is None


@pytest.mark.parametrize(
    ("stroke", "found"),
    [
        ([(30, 0), (0, 99)], 4),
        ([(0, 0), (0, 99)], 3),
        ([(20, 0), (0, 45), (0, 99)], 3),  # along half of the side
    ],
)
def test_a_stroke_from_end_to_end_at_the_side_is_a_digit_only_where_it_leans(
    stroke: list[tuple[int, int]], found: int
) -> None:
    page = np.zeros((100, 400), dtype=np.float32)
    cv2.polylines(page, [np.array(stroke, np.int32)], False, 1.0, 5)
    for x in (80, 160, 240):
        page[25:80, x : x + 8] = 1

    (row,) = find_rows(find_ink(on_paper(page).pixels)).rows

    assert len(row.boxes) == found


def test_on_a_page_what_reaches_from_end_to_end_at_its_side_is_its_edge() -> None:
    page = np.zeros((1200, 900), dtype=np.float32)
    cv2.fillPoly(page, [np.array([[0, 0], [40, 0], [70, 1100], [0, 350]], np.int32)], 1.0)
    for x in (300, 380, 460):
        page[400:480, x : x + 12] = 1

    (row,) = find_rows(find_ink(on_paper(page).pixels)).rows

    assert len(row.boxes) == 3
