"""Whether print lies upside down."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from model.card import WEIGHTS_FOLDER
from model.level import find_level_ink
from model.line_decode import SIDES, decode_sequence
from model.marks import MARKS, PRINT_MARK
from model.network import LineNetwork
from model.read_row import RowFrame, RowReading, read_row
from model.rows import Row, find_rows
from model.upside_down import is_print_upright

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TEXT = (
    "Pay to the order of the bearer named",
    "Account holder and branch office",
    "Please sign above this line only",
    "Valid for three months from date",
)


def _say(printed: int, digits: int) -> NDArray[np.float32]:
    """Columns that say so many printed characters, then so many digits."""
    columns = np.full((2 * (printed + digits) + 1, len(MARKS) + 1 + SIDES), -9, np.float32)
    columns[:, len(MARKS)] = 0
    for i in range(printed + digits):
        columns[2 * i + 1, PRINT_MARK if i < printed else 6] = 9
    return columns


def _rows(count: int, printed: int, digits: int) -> list[RowReading]:
    """Rows that are marked at the top of their frames."""
    pixels = np.zeros((32, 64), np.float32)
    pixels[0] = 1
    columns = _say(printed, digits)
    frame, row = RowFrame(pixels, 0, 16, 0, 1), Row(0, 64, 0, 16, 20, 64)
    characters = tuple(decode_sequence(columns))
    return [RowReading(row, frame, characters, "", columns, 0.0, (columns,)) for _ in range(count)]


@pytest.mark.parametrize(
    ("lies", "turned", "upright"),
    [
        ((6, 6), (9, 3), False),  # more print, and fewer digits
        ((9, 3), (6, 6), True),
        ((6, 6), (6, 6), None),
        ((9, 0), (10, 0), None),  # a little more print says nothing
        ((2, 0), (1, 6), None),  # hardly any print
    ],
)
def test_print_is_upright_where_there_is_clearly_more_of_it(
    lies: tuple[int, int], turned: tuple[int, int], upright: bool | None
) -> None:
    def run(frame: NDArray[np.float32]) -> NDArray[np.float32]:
        assert frame[-1].all()  # it was turned
        return _say(*turned)

    assert is_print_upright(_rows(4, *lies), run) is upright


def test_only_the_longest_rows_are_looked_at_again() -> None:
    asked = []

    def run(frame: NDArray[np.float32]) -> NDArray[np.float32]:
        asked.append(frame)
        return _say(1, 5)

    assert is_print_upright([*_rows(6, 0, 2), *_rows(8, 5, 0)], run)
    assert len(asked) == 8


def test_the_first_networks_word_counts_both_ways() -> None:
    first, second = _rows(4, 9, 3), _rows(4, 3, 9)
    rows = [
        replace(one, columns=other.columns, opinions=(one.columns, other.columns))
        for one, other in zip(first, second, strict=True)
    ]

    assert is_print_upright(rows, lambda _: _say(6, 6))


def test_a_page_without_print_costs_no_second_look() -> None:
    def run(frame: NDArray[np.float32]) -> NDArray[np.float32]:
        raise AssertionError(frame.shape)

    assert is_print_upright(_rows(8, 0, 9), run) is None
    assert is_print_upright([], run) is None


@pytest.mark.parametrize("quarters", [0, 2])
def test_the_shipped_network_tells_how_printed_text_lies(quarters: int) -> None:
    page = Image.new("L", (900, 420), 250)
    draw = ImageDraw.Draw(page)
    for i, text in enumerate(_TEXT):
        draw.text((40, 40 + 90 * i), text, fill=20, font=ImageFont.load_default(44))
    pixels = np.rot90(np.asarray(page.convert("RGB")), quarters)
    network = LineNetwork.load(WEIGHTS_FOLDER)
    ink = find_level_ink(np.ascontiguousarray(pixels)).ink

    readings = [read_row(ink, row, network.run) for row in find_rows(ink).rows]

    assert len(readings) == len(_TEXT)
    assert is_print_upright(readings, network.run) is (quarters == 0)
