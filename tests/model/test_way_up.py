"""Which way up a page lies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from model.intake import load_page
from model.line_decode import Character
from model.marks import PRINT_MARK
from model.read_row import RowFrame, RowReading
from model.reader import Reader
from model.rows import Row
from model.types import Box, Decision, DigitReading, Doubt, LineReading
from model.way_up import WayUp, is_all_read
from tests.support.pages import ink_page, on_paper

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from model.cancel import CancelToken
    from model.ink import InkMap


def _line(count: int, confidence: float, digit: int = 6) -> LineReading:
    box = Box(0, 0, 20, 40)
    one = DigitReading(digit, confidence, Decision.ACCEPT, box, 9, 0.0)
    return LineReading((one,) * count, confidence, Decision.ACCEPT, box)


def _way(*numbers: tuple[int, float], rows: Sequence[RowReading] = ()) -> WayUp:
    return WayUp.of([_line(count, confidence) for count, confidence in numbers], rows)


def _row(*, printed: int, digits: str = "") -> RowReading:
    letter = Character(PRINT_MARK, 0.9, (0.0, 0.0, 10.0, 20.0), (0.0,) * 10)
    frame = RowFrame(np.zeros((32, 64), np.float32), 0, 16, 0, 1)
    row = Row(0, 64, 0, 16, 20, 64)
    columns = np.zeros((32, 23), np.float32)
    return RowReading(row, frame, (letter,) * printed, digits, columns, 0.0, (columns,))


@pytest.mark.parametrize(
    ("lines", "rows", "is_read"),
    [
        ((_line(2, 0.999),), 1, True),
        ((_line(2, 0.999),), 2, False),
        ((_line(2, 0.999), _line(3, 0.9).doubted(Doubt.UNSURE)), 2, False),
        ((), 0, False),
        ((_line(3, 0.999, 0),), 1, False),  # zeros are zeros on their side
    ],
)
def test_no_other_way_up_is_asked_for_where_each_row_is_surely_read(
    lines: tuple[LineReading, ...], rows: int, *, is_read: bool
) -> None:
    assert is_all_read(lines, [_row(printed=0)] * rows) is is_read


_NUMBER = WayUp(4.5, 5)
_FORM_OF_FALSE_DIGITS = WayUp(4.0, 40)


def test_numbers_of_several_digits_count_each_by_its_confidence_squared() -> None:
    way = _way((5, 0.9), (3, 0.5), (2, 0.99), (1, 0.99))

    assert way.evidence == pytest.approx(5 * 0.81 + 3 * 0.25)
    assert way.digits == 8


@pytest.mark.parametrize(
    ("way", "upright"),
    [
        (_NUMBER, True),
        (WayUp(0.0, 0), False),
        (WayUp(1.49, 5), False),
        (WayUp(1.5, 5), True),
        (WayUp(2.7, 11), True),
        (WayUp(2.7, 12), False),
        (WayUp(3.0, 12), True),
        (_FORM_OF_FALSE_DIGITS, False),
        (WayUp(2.0, 5, bare=20), True),
        (WayUp(2.0, 5, bare=21), False),
    ],
)
def test_a_page_is_upright_that_says_enough_and_not_by_many_doubtful_digits(
    way: WayUp, upright: bool
) -> None:
    assert way.is_upright is upright


@pytest.mark.parametrize(
    ("way", "lies", "clearer"),
    [
        (WayUp(1.6, 5), WayUp(0.5, 5), True),
        (WayUp(1.6, 5), WayUp(0.6, 5), False),  # not three times as clear
        (WayUp(1.4, 5), WayUp(0.0, 0), False),  # says nothing itself
        (WayUp(4.2, 15), _FORM_OF_FALSE_DIGITS, True),
        (WayUp(3.9, 15), _FORM_OF_FALSE_DIGITS, False),  # says less in all
        (WayUp(4.2, 22), _FORM_OF_FALSE_DIGITS, False),  # each of its digits hardly more
        (WayUp(4.2, 5), WayUp(2.0, 6), False),  # few digits are no print
        (WayUp(1.8, 30), WayUp(0.0, 0), False),  # print, beside a page of two digits
        (WayUp(9.0, 45), WayUp(1.0, 40), True),  # all of it is hard to read
        (_NUMBER, _NUMBER, False),
        (_FORM_OF_FALSE_DIGITS, _FORM_OF_FALSE_DIGITS, False),
    ],
)
def test_another_way_up_is_clearer(way: WayUp, lies: WayUp, clearer: bool) -> None:
    assert way.is_clearer_than(lies) is clearer


def test_upside_down_has_to_be_twice_as_clear() -> None:
    """109 upside down is 601, and nobody cuts out a number upside down."""
    number, lies = WayUp(2.5, 3), WayUp(0.75, 3)

    assert number.is_clearer_than(lies)
    assert not number.is_clearer_upside_down(lies, does_print_agree=False)
    assert WayUp(4.6, 5).is_clearer_upside_down(lies, does_print_agree=False)


def test_upside_down_it_has_to_be_clearer_at_all_where_its_print_says_so_too() -> None:
    form, lies = WayUp(9.0, 20), WayUp(6.0, 20)

    assert not form.is_clearer_upside_down(lies, does_print_agree=False)
    assert form.is_clearer_upside_down(lies, does_print_agree=True)
    assert not lies.is_clearer_upside_down(form, does_print_agree=True)
    # Many doubtful digits are none the clearer for it.
    assert not WayUp(14.0, 60).is_clearer_upside_down(WayUp(9.0, 12), does_print_agree=True)


def test_rows_are_bare_in_which_neither_a_word_nor_a_number_is_read() -> None:
    rows = [_row(printed=0), _row(printed=1, digits="12"), _row(printed=2), _row(printed=0)]

    assert _way((5, 0.9), rows=[*rows, _row(printed=0, digits="123")]).bare == 3


def test_where_a_page_would_be_bare_it_lies_on_its_side() -> None:
    assert WayUp(6.1, 60).rank > WayUp(4.0, 5, bare=41).rank


def test_of_several_ways_up_many_doubtful_digits_come_last() -> None:
    assert WayUp(4.0, 5).rank > WayUp(6.1, 60).rank > _FORM_OF_FALSE_DIGITS.rank
    assert WayUp(4.5, 5).rank > WayUp(4.0, 5).rank


@pytest.mark.parametrize(
    ("print_upright", "lies", "all_read", "reads"),
    [
        (None, _NUMBER, False, 1),
        (True, _NUMBER, False, 1),
        (False, _NUMBER, False, 2),  # upside down, too
        (None, _FORM_OF_FALSE_DIGITS, False, 4),
        (True, _FORM_OF_FALSE_DIGITS, False, 1),  # whatever its digits say
        (True, WayUp(2.0, 5, bare=21), False, 4),  # on its side print says nothing
        (True, WayUp(0.0, 0), False, 4),
        (None, WayUp(0.0, 0), True, 1),
        (False, WayUp(0.0, 0), True, 4),  # its print says otherwise
    ],
)
def test_no_more_ways_up_are_read_than_needed(
    monkeypatch: pytest.MonkeyPatch,
    print_upright: bool | None,
    lies: WayUp,
    all_read: bool,
    reads: int,
) -> None:
    reader, asked = Reader.open(), []
    read = Reader._read_ink

    def count(self: Reader, ink: InkMap, token: CancelToken) -> object:
        asked.append(ink)
        return read(self, ink, token)

    monkeypatch.setattr(Reader, "_read_ink", count)
    monkeypatch.setattr("model.reader.is_print_upright", lambda *_: print_upright)
    monkeypatch.setattr("model.reader.is_all_read", lambda *_: all_read)
    monkeypatch.setattr(WayUp, "of", classmethod(lambda *_: lies))

    assert reader.read(on_paper(ink_page("240756893"))).quarter_turns == 0
    assert len(asked) == reads


def test_a_whole_cheque_is_turned_from_every_way_up(shared_data: Path) -> None:
    page = load_page(shared_data / "forms_dev" / "cheques" / "Cheque309127.jpg")
    reader = Reader.open()

    turns = []
    for quarters in range(4):
        turned = np.ascontiguousarray(np.rot90(page.pixels, quarters))
        turns.append(reader.read(replace(page, pixels=turned)).quarter_turns)

    assert turns == [0, 1, 2, 3]
