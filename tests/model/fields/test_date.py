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
        # Of a date in a comb the sides of all its boxes may have been read, or some of them.
        ("day-first", "1/5/0/3/2/0/1/6", "2016-03-15", "15 03 2016"),
        ("day-first", "15/032016", "2016-03-15", "15 03 2016"),
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
    [
        *["", "1503206", "31022016", "29022015", "00012016", "15132016", "00000000", "15032"],
        "5/3/216",
        # Parted elsewhere it is another date, or none; and nobody dates anything in those years.
        *["1/503/2016", "2012-10-11", "2008/05/06", "121/1/16", "15037016", "15031216"],
    ],
)
def test_no_day_of_the_calendar(written: str) -> None:
    assert Date().value_of(written) is None


@pytest.mark.parametrize(
    ("order", "form"),
    [("day-first", "%d%m%Y"), ("month-first", "%m%d%Y"), ("year-first", "%Y%m%d")],
)
@given(day=st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_found_in_its_eight_digits(order: Order, form: str, day: date) -> None:
    assert Date(order).value_of(day.strftime(form)) == day.isoformat()
