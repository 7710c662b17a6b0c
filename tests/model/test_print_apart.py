"""Telling a form's print from what somebody wrote into it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from model.print_apart import part_print
from model.reader import Reader
from model.turn import rotate_page
from model.types import Box, Decision, DigitReading, Doubt, LineReading, Page
from tests.support.pages import ink_page, on_paper

if TYPE_CHECKING:
    from collections.abc import Sequence

_FORM = 40
"""Printed characters on a page that is a form."""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.open()


def _line(
    text: str, *, height: int, print_chance: float = 0.0, confidence: float = 0.95
) -> LineReading:
    """A number for a person to look at."""
    digits = tuple(
        DigitReading(int(sign), confidence, Decision.REVIEW, Box(20 * i, 0, 18, height), 7, 0.01)
        for i, sign in enumerate(text)
    )
    box = Box(0, 0, 20 * len(text), height)
    line = LineReading(digits, confidence, Decision.REVIEW, box, print_chance=print_chance)
    return line.doubted(Doubt.UNSURE)


_WRITTEN = _line("561247", height=60)


@pytest.mark.parametrize(
    ("other", "is_print"),
    [
        (_line("12", height=40, print_chance=0.3), True),
        (_line("12", height=55, print_chance=0.3), False),  # a neat hand is as high as the others
        (_line("12", height=30, print_chance=0.05), True),
        (_line("12", height=40, print_chance=0.05), False),
        (_line("12", height=18, print_chance=0.005), True),
        (_line("12", height=18), False),  # small, but nothing says that it is print
        (replace(_line("12", height=18, print_chance=0.3), decision=Decision.ACCEPT), False),
    ],
)
def test_print_is_low_and_looks_like_print(other: LineReading, *, is_print: bool) -> None:
    written, printed = part_print([other, _WRITTEN], _FORM)

    assert printed == ([other] if is_print else [])
    assert written == ([_WRITTEN] if is_print else [other, _WRITTEN])


def test_on_a_page_with_little_print_all_is_written() -> None:
    lines = [_line("12", height=18, print_chance=0.9), _WRITTEN]

    assert part_print(lines, 5) == (lines, [])


@pytest.mark.parametrize(
    "tall",
    [
        _line("1", height=90),
        _line("561247", height=90, confidence=0.6),
        _line("561247", height=90, print_chance=0.4),
    ],
)
def test_only_a_sure_number_shows_how_high_somebody_writes(tall: LineReading) -> None:
    """A signature and a heading are high as well."""
    small = _line("12", height=25, print_chance=0.3)

    assert part_print([small, tall], _FORM) == ([small, tall], [])


def test_how_high_somebody_writes_is_not_how_far_a_number_climbs() -> None:
    climbing = replace(_WRITTEN, box=Box(0, 0, 120, 90))
    neat = _line("1250", height=55, print_chance=0.3)

    assert part_print([neat, climbing], _FORM) == ([neat, climbing], [])


def test_a_page_without_numbers_has_none() -> None:
    assert part_print([], _FORM) == ([], [])


def _form() -> Page:
    """A page of print, with figures in it, and one number by hand."""
    page = np.array(on_paper(ink_page("40718", height=60, margin=300)).pixels)
    for i in range(9):
        y = 60 + 24 * i if i < 8 else 560
        text = f"Please sign this order of the bank before day {17 * i} of month {i}"
        cv2.putText(page, text, (20, y), cv2.FONT_HERSHEY_DUPLEX, 0.55, (40, 40, 40), 1)
    return Page(page, "picture")


def test_of_a_form_the_number_by_hand_is_read_and_its_figures_are_left_out(
    reader: Reader,
) -> None:
    reading = reader.read(_form())

    assert [line.text for line in reading.lines] == ["40718"]
    assert reading.printed
    assert all(line.box.h < 25 for line in reading.printed)


@pytest.mark.parametrize("quarters", [1, 3])
def test_of_a_page_on_its_side_heights_are_compared_as_it_is_read(
    reader: Reader, quarters: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where lines lie on their side, the longest would be the tallest."""
    upright = on_paper(ink_page("240756893", "561247"))
    shapes: list[bool] = []

    def part(
        lines: Sequence[LineReading], printed: int
    ) -> tuple[list[LineReading], list[LineReading]]:
        shapes.extend(line.box.w > line.box.h for line in lines)
        return list(lines[:1]), list(lines[1:])

    monkeypatch.setattr("model.reader.part_print", part)

    page = rotate_page(upright, -quarters)
    reading = reader.read(page)

    assert shapes == [True, True]
    assert reading.quarter_turns == quarters
    assert [one.text for one in (*reading.lines, *reading.printed)] == ["240756893", "561247"]
    for line in (*reading.lines, *reading.printed):
        assert line.box.h > line.box.w
        assert 0 <= line.box.x < line.box.right <= page.width
        assert 0 <= line.box.y < line.box.bottom <= page.height


def test_what_is_dragged_open_is_read_though_it_is_printed(reader: Reader) -> None:
    page = _form()
    printed = reader.read(page).printed[0].box
    around = Box(printed.x - 8, printed.y - 8, printed.w + 16, printed.h + 16)

    reading = reader.read(page, region=around)

    assert reading.lines
    assert not reading.printed
