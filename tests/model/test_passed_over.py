"""What is done about ink of which the line network says nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from model.ink import find_ink
from model.line_decode import SIDES, STRIDE, Character
from model.marks import MARKS, mark_of
from model.passed_over import (
    are_points_read,
    find_passed_over,
    find_unread,
    with_passed_over,
    with_whole_piece,
)
from model.read_row import RowReading, frame_row
from model.rows import Row, find_rows
from model.types import Box
from tests.support.pages import ink_page, on_paper

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLANK = len(MARKS)
_NO_INK = np.zeros((1, 1), np.int32)


def _read_nothing(text: str) -> tuple[RowReading, Row]:
    ink = find_ink(on_paper(ink_page(text)).pixels)
    (row,) = find_rows(ink).rows
    frame = frame_row(ink, row)
    columns = np.zeros((frame.pixels.shape[1] // STRIDE, _BLANK + 1 + SIDES), dtype=np.float32)
    columns[:, _BLANK] = 6
    columns[:, 7] = 2
    return RowReading(row, frame, (), "", columns, -np.inf, (columns,)), row


def test_a_lone_digit_is_not_lost() -> None:
    reading, row = _read_nothing("7")

    (character,) = with_passed_over(reading, row, _NO_INK)

    assert character.is_passed_over
    assert character.mark == 7
    assert Box(*(round(side) for side in character.box)) == row.boxes[0]
    assert 0 <= character.column < len(reading.columns)


@pytest.mark.parametrize("text", ["11111", "407"])
def test_in_a_longer_row_it_is_the_side_of_a_box_or_a_stain(text: str) -> None:
    reading, row = _read_nothing(text)

    assert with_passed_over(reading, row, _NO_INK) == ()


def test_a_row_that_was_read_stays_as_it_is() -> None:
    reading, row = _read_nothing("7")
    read = (Character(7, 0.9, (0.0, 0.0, 9.0, 20.0), (0.0,) * 10),)

    seven = replace(reading, characters=read, digits="7", score=-0.1)

    assert with_passed_over(seven, row, _NO_INK) == read


def test_a_stroke_beside_a_small_0_is_asked_about_where_it_is_level_with_the_other_digits() -> None:
    reading, row = _read_nothing("47801")
    *before, zero, one = row.boxes
    small = Box(zero.x, zero.y + zero.h // 2, zero.w, zero.h - zero.h // 2)
    read = tuple(
        Character(8, 0.9, (box.x, box.y, box.w, box.h), (0.0,) * 10, column)
        for column, box in enumerate([*before, small])
    )

    found = with_passed_over(replace(reading, characters=read, digits="4780"), row, _NO_INK)
    beside = with_passed_over(replace(reading, characters=read[-1:], digits="0"), row, _NO_INK)

    assert [c.box[0] for c in found if c.is_passed_over] == [one.x]
    assert not any(c.is_passed_over for c in beside)


def test_tall_ink_under_no_character_is_found() -> None:
    _, row = _read_nothing("407")
    over_the_first_two = [
        Character(4, 0.9, (box.x, box.y, box.w, box.h), (0.0,) * 10) for box in row.boxes[:2]
    ]

    assert find_passed_over([], row) == list(row.boxes)
    assert find_passed_over(over_the_first_two, row) == [row.boxes[2]]


@pytest.mark.parametrize(
    ("stroke", "slope", "is_side"),
    [
        (Box(62, 12, 3, 22), 0.0, True),  # ends below them
        (Box(62, -8, 3, 32), 0.0, True),  # and higher and lower than they
        (Box(62, -2, 3, 24), 0.0, False),  # as high as they: a digit may be missing
        (Box(56, 8, 12, 14), 0.0, False),  # as wide as a small 0
        (Box(46, 12, 3, 22), 0.0, False),  # not at the side of the picture
        (Box(62, 8, 3, 20), 0.3, False),  # level with a row that falls
        (Box(62, 8, 3, 20), 0.0, True),
    ],
)
def test_the_side_of_a_cell_is_no_missing_digit(
    stroke: Box, slope: float, *, is_side: bool
) -> None:
    """Two digits of 20 px in a picture that is 70 px wide, and a stroke beside them."""
    read = [
        Character(d, 0.9, (15.0 * d, slope * (15 * d - 30), 12.0, 20.0), (0.0,) * 10)
        for d in (1, 2)
    ]
    row = Row(0, 70, slope, 10.0, 20.0, 0, (stroke,))

    assert find_passed_over(read, row) == [stroke]
    assert find_unread(read, row, 70) == ([] if is_side else [stroke])
    assert find_unread([], row, 70) == [stroke]


def test_a_stroke_at_the_edge_that_is_level_with_its_row_is_no_side() -> None:
    """Three digits of 40 px and a 0 of half that; the stroke beside it ends 9 px from the edge."""
    boxes = [(10.0, 0.0, 24.0, 40.0), (50.0, 0.0, 24.0, 40.0), (90.0, 0.0, 24.0, 40.0)]
    zero, stroke = (130.0, 20.0, 20.0, 20.0), Box(160, 0, 6, 40)
    read = [Character(4, 0.9, box, (0.0,) * 10) for box in [*boxes, zero]]
    row = Row(0, 170, 0.0, 20.0, 40.0, 0, (stroke,))

    assert find_unread(read, row, 175) == [stroke]
    assert find_unread(read[-1:], row, 175) == []


def _read_but_for(missing: int, *, chance: float) -> tuple[RowReading, Row]:
    """A row of 407 of which one digit was passed over, as an upright 1 may be."""
    reading, row = _read_nothing("407")
    columns = np.full_like(reading.columns, -20)
    columns[:, _BLANK] = 0
    columns[:, 1] = np.log(chance)
    read = tuple(
        Character(digit, 0.9, (box.x, box.y, box.w, box.h), (0.0,) * 10, 20 * i)
        for i, (digit, box) in enumerate(zip((4, 0, 7), row.boxes, strict=True))
        if i != missing
    )
    return replace(reading, characters=read, columns=columns, opinions=(columns,)), row


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_what_stands_as_the_digits_beside_it_may_be_one_too(missing: int) -> None:
    reading, row = _read_but_for(missing, chance=0.05)

    (found,) = (one for one in with_passed_over(reading, row, _NO_INK) if one.is_passed_over)

    assert found.box[0] == row.boxes[missing].x
    assert sum(one.is_passed_over for one in with_passed_over(reading, row, _NO_INK)) == 1


def test_what_the_line_network_rules_out_is_no_digit() -> None:
    reading, row = _read_but_for(1, chance=1e-4)

    assert with_passed_over(reading, row, _NO_INK) == reading.characters


def test_what_stands_out_of_the_digits_line_is_the_side_of_a_box() -> None:
    reading, row = _read_but_for(1, chance=0.05)
    four, nought, seven = row.boxes
    side = Box(nought.x, nought.y - 12, 3, nought.h + 24)

    stood_out = replace(row, boxes=(four, side, seven))
    assert with_passed_over(reading, stood_out, _NO_INK) == reading.characters


@pytest.mark.parametrize(
    ("lean", "bend", "gap", "chance", "found"),
    [
        (24, 0, 6, 0.005, 1),
        (24, 0, 6, 0.0, 0),  # ruled out
        (4, 0, 6, 0.005, 0),  # upright, as a side is
        (24, 60, 6, 0.005, 0),  # not straight
        (24, 0, 60, 0.005, 0),  # far from the number
    ],
)
def test_a_straight_stroke_that_leans_beside_a_number_is_asked_about_though_it_stands_out(
    lean: int, bend: int, gap: int, chance: float, found: int
) -> None:
    reading, row = _read_but_for(0, chance=max(chance, 1e-9))
    _, nought, seven = row.boxes
    stroke = Box(nought.x - gap - lean, nought.y - 20, lean + 1, nought.h + 30)
    labels = np.zeros((seven.bottom + 100, seven.right + 100), np.int32)
    middle = stroke.x + lean // 2 + bend // 2, stroke.y + stroke.h // 2
    ends = (stroke.right - 1, stroke.y), middle, (stroke.x, stroke.bottom - 1)
    cv2.polylines(labels, [np.array(ends, np.int32)], False, 1, 1)
    stood_out = replace(row, boxes=(stroke, nought, seven))

    among = with_passed_over(reading, stood_out, labels)

    asked = [one for one in among if one.is_passed_over]
    assert len(asked) == found
    assert all(sum(one.digits) == pytest.approx(0.5) for one in asked)


def _row_of(*boxes: Box) -> Row:
    return Row(boxes[0].x, boxes[-1].right, 0.0, 30.0, 40.0, 500, boxes)


def test_the_box_of_a_lone_character_holds_its_whole_piece_of_ink() -> None:
    bowl = Character(0, 0.9, (20.0, 30.0, 22.0, 25.0), (0.0,) * 10)

    piece = Box(10, 10, 30, 40)
    (character,) = with_whole_piece([bowl], _row_of(piece), _labels(piece))

    assert character.box == (10.0, 10.0, 32.0, 45.0)
    assert character.mark == 0


_BOWL = Box(20, 60, 40, 60)


def _labels(*pieces: Box) -> NDArray[np.int32]:
    labels = np.zeros((160, 160), dtype=np.int32)
    for number, box in enumerate(pieces, 1):
        labels[box.y : box.bottom, box.x : box.right] = number
    return labels


def _around_bowl_and(*others: Box) -> Box:
    """The box of a bowl that was read as a 0, on a page with other ink."""
    bowl = Character(0, 0.9, (20.0, 60.0, 40.0, 60.0), (0.0,) * 10)
    (character,) = with_whole_piece([bowl], _row_of(_BOWL), _labels(_BOWL, *others))
    return Box(*map(round, character.box))


@pytest.mark.parametrize("bar", [Box(25, 30, 35, 8), Box(45, 20, 30, 10), Box(30, 50, 20, 6)])
def test_a_bar_that_was_lifted_off_belongs_to_its_digit(bar: Box) -> None:
    whole = Box.around([_BOWL, bar])

    assert _around_bowl_and(bar) == whole
    assert _around_bowl_and(bar, Box(140, 140, 2, 2)) == whole  # and a speck


@pytest.mark.parametrize(
    "other",
    [
        Box(30, 20, 8, 20),  # a comma, or a stroke of the line above
        Box(25, 2, 35, 6),  # too far above
        Box(25, 130, 35, 8),  # below
        Box(90, 30, 35, 8),  # beside
        Box(2, 30, 120, 4),  # a line across the page
    ],
)
def test_other_ink_near_a_digit_is_no_bar_of_it(other: Box) -> None:
    assert _around_bowl_and(other) == _BOWL


def test_a_bar_on_a_page_with_more_ink_is_left_to_the_networks() -> None:
    assert _around_bowl_and(Box(25, 30, 35, 8), Box(100, 60, 40, 60)) == _BOWL


@pytest.mark.parametrize(
    ("count", "boxes"),
    [
        (2, [Box(10, 10, 30, 40)]),
        (1, [Box(10, 10, 30, 40), Box(60, 10, 30, 40)]),
        (1, [Box(10, 10, 90, 40)]),  # a word, or a digit on a line
        (1, [Box(70, 10, 30, 40)]),  # a stain elsewhere
    ],
)
def test_where_more_is_written_each_box_stays(count: int, boxes: list[Box]) -> None:
    read = tuple(
        Character(3, 0.9, (12.0 + 10 * i, 12.0, 8.0, 20.0), (0.0,) * 10) for i in range(count)
    )

    assert with_whole_piece(read, _row_of(*boxes), _labels(*boxes)) == read


@pytest.mark.parametrize(
    ("piece", "are_read"),
    [
        (Box(50, 44, 7, 7), False),  # between two digits
        (Box(6, 44, 7, 7), False),  # before the first
        (Box(96, 44, 7, 7), True),  # behind the last: nothing hangs on it
        (Box(30, 44, 7, 7), True),  # a digit's own
        (Box(50, 12, 7, 7), True),  # above the middle
        (Box(51, 48, 2, 2), True),  # a speck
        (Box(48, 30, 12, 26), True),  # half as high as the digits
    ],
)
def test_a_point_that_nobody_read_is_seen(piece: Box, are_read: bool) -> None:
    digits = [Character(5, 0.9, (x, 10.0, 24.0, 40.0), (0.1,) * 10) for x in (20.0, 62.0)]
    row = replace(_row_of(Box(20, 10, 24, 40), Box(62, 10, 24, 40)), small=(piece,))

    assert are_points_read(digits, row) is are_read
    x, y, w, h = piece.x - 1.0, piece.y - 1.0, piece.w + 2.0, piece.h + 2.0
    point = Character(mark_of("."), 0.9, (x, y, w, h), (0.0,) * 10)
    assert are_points_read([*digits, point], row)
