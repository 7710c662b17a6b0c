"""Real days of the calendar, however they are written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.fields.date import Date, Order


@pytest.mark.parametrize(
    ("order", "written", "value", "shown"),
    [
        ("day-first", "15032016", "2016-03-15", "15 03 2016"),
        ("day-first", "150316", "2016-03-15", "15 03 16"),
        ("day-first", "15/3/2016", "2016-03-15", "15 3 2016"),
        ("day-first", "1.2.99", "1999-02-01", "1 2 99"),
        ("day-first", "29022016", "2016-02-29", "29 02 2016"),
        ("month-first", "03152016", "2016-03-15", "03 15 2016"),
        ("month-first", "3/15/16", "2016-03-15", "3 15 16"),
        ("year-first", "20160315", "2016-03-15", "2016 03 15"),
        ("year-first", "2016-03-15", "2016-03-15", "2016 03 15"),
        ("year-first", "160315", "2016-03-15", "16 03 15"),
        # Separators that part it elsewhere were none: a date in a comb has the sides of its boxes.
        ("day-first", "1/503/2016", "2016-03-15", "15 03 2016"),
        # POSIX: two digits from 69 on are of the last century.
        ("day-first", "010168", "2068-01-01", "01 01 68"),
        ("day-first", "010169", "1969-01-01", "01 01 69"),
    ],
)
def test_a_day_of_the_calendar(order: Order, written: str, value: str, shown: str) -> None:
    assert Date(order).value_of(written) == value
    assert Date(order).shown(written) == shown


def test_a_day_is_told_with_the_name_of_its_month() -> None:
    assert Date().told("2016-03-05") == "5 March 2016"


@pytest.mark.parametrize(
    "written",
    ["", "1503206", "31022016", "29022015", "00012016", "15132016", "00000000", "15032", "5/3/216"],
)
def test_no_day_of_the_calendar(written: str) -> None:
    assert Date().value_of(written) is None


@pytest.mark.parametrize(
    ("order", "form"),
    [("day-first", "%d%m%Y"), ("month-first", "%m%d%Y"), ("year-first", "%Y%m%d")],
)
@given(day=st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_found_in_its_eight_digits(order: Order, form: str, day: date) -> None:
    assert Date(order).value_of(day.strftime(form)) == day.isoformat()
