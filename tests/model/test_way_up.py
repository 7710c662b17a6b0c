"""Which way up a page lies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from model.intake import load_page
from model.reader import Reader
from model.types import Box, Decision, DigitReading, LineReading
from model.way_up import WayUp

if TYPE_CHECKING:
    from pathlib import Path


def _line(count: int, confidence: float) -> LineReading:
    box = Box(0, 0, 20, 40)
    digit = DigitReading(6, confidence, Decision.ACCEPT, box, 9, 0.0)
    return LineReading((digit,) * count, confidence, Decision.ACCEPT, box)


def _way(*numbers: tuple[int, float]) -> WayUp:
    return WayUp.of([_line(count, confidence) for count, confidence in numbers])


_CLEAR_NUMBER = _way((5, 0.95))
_CLEAR_FORM = _way((8, 0.9), (6, 0.8), (5, 0.4))
_FALSE_DIGITS_OF_PRINT = _way((4, 0.7), *((4, 0.2),) * 12)


def test_a_clear_number_stands_upright() -> None:
    assert _CLEAR_NUMBER.is_upright


def test_a_page_of_little_says_nothing_of_its_way_up() -> None:
    assert not _way().is_upright
    assert not _way((2, 0.99), (2, 0.99)).is_upright
    assert not _way((4, 0.3)).is_upright


def test_many_digits_of_which_hardly_one_is_sure_are_doubted() -> None:
    assert _FALSE_DIGITS_OF_PRINT.evidence > 1.5
    assert not _FALSE_DIGITS_OF_PRINT.is_upright


def test_fewer_and_surer_digits_are_clearer_than_many_doubtful_ones() -> None:
    few = _way((5, 0.9))

    assert few.evidence < 3 * _FALSE_DIGITS_OF_PRINT.evidence
    assert few.is_clearer_than(_FALSE_DIGITS_OF_PRINT)
    assert not _FALSE_DIGITS_OF_PRINT.is_clearer_than(few)


@pytest.mark.parametrize("way", [_way(), _CLEAR_NUMBER, _CLEAR_FORM, _FALSE_DIGITS_OF_PRINT])
def test_no_way_up_is_clearer_than_itself(way: WayUp) -> None:
    assert not way.is_clearer_than(way)


def test_a_little_more_turns_no_page_that_is_clear_as_it_lies() -> None:
    assert not _way((6, 0.95), (6, 0.9)).is_clearer_than(_CLEAR_NUMBER)


def test_a_whole_cheque_is_turned_from_every_way_up(shared_data: Path) -> None:
    page = load_page(shared_data / "forms_dev" / "cheques" / "Cheque309127.jpg")
    reader = Reader.open()

    turns = []
    for quarters in range(4):
        turned = np.ascontiguousarray(np.rot90(page.pixels, quarters))
        turns.append(reader.read(replace(page, pixels=turned)).quarter_turns)

    assert turns == [0, 1, 2, 3]
