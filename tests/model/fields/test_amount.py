"""The value of an amount, as it is written in different countries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.fields.amount import Amount


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("500", "500"),
        ("1,25,000/-", "125000"),  # a lakh and a quarter
        ("12,50,00,000", "125000000"),
        ("1,250", "1250"),
        ("39.300.-", "39300"),
        ("1.250.000=", "1250000"),
        ("1,250.50", "1250.50"),
        ("1.250,50", "1250.50"),
        ("1,25,000.50", "125000.50"),
        ("12.34", "12.34"),
        ("12,34", "12.34"),
        ("0.50", "0.50"),
        ("-500-", "500"),
        ("007", "7"),
        ("000", "0"),
        (".50", "0.50"),
        (",50", "0.50"),
        ("-.50", "0.50"),
    ],
)
def test_points_commas_and_strokes_say_what_it_is_worth(written: str, value: str) -> None:
    assert Amount().value_of(written) == value
    assert Amount(is_indian=True).value_of(written) == value


@pytest.mark.parametrize(
    "written",
    [
        *["", "/-", "1.2.3", "1,2500", "12,3456", "1.250.00", "12,50,00"],
        *[".5", ".500", ".1250", ".1,250"],
        # Three decimals, or thousands; cents as a fraction; strokes that are none of an amount's.
        *["1,250.000", "12,345.678", "0.500", "50/100", "1=250", "12-34", "1,250.000,00"],
    ],
)
def test_groups_of_no_amount_are_none(written: str) -> None:
    assert Amount().value_of(written) is None


@pytest.mark.parametrize(
    ("written", "value", "shown"),
    [("12345", "123.45", "123.45"), ("5", "0.05", "0.05"), ("1,234,56", "1234.56", "1 234.56")],
)
def test_the_last_digits_are_decimals_where_that_was_said(
    written: str, value: str, shown: str
) -> None:
    kind = Amount(decimals=2)

    assert kind.value_of(written) == value
    assert kind.shown(written) == shown


@pytest.mark.parametrize(
    ("decimals", "written", "value"),
    [
        *[(2, "1,250.50", "1250.50"), (2, "1.25050", "1250.50"), (2, ".50", "0.50")],
        *[(2, "12.5", None), (2, "250.0", None), (2, "1,250", None), (2, "50/100", None)],
        *[(2, "1.5", None), (2, "1.250.00", "1250.00"), (2, ".5", None)],
        *[(0, "1.250", "1250"), (0, "1250.00", None), (0, "12.34", None), (0, ".50", None)],
        *[(3, "1.250", "1.250"), (3, "1,250.125", "1250.125"), (3, "12.50", None)],
    ],
)
def test_a_mark_that_says_otherwise_leaves_no_value(
    decimals: int, written: str, value: str | None
) -> None:
    assert Amount(decimals=decimals).value_of(written) == value


@pytest.mark.parametrize(
    ("kind", "written", "shown"),
    [
        (Amount(), "125000", "125 000"),
        (Amount(is_indian=True), "125000", "1 25 000"),
        (Amount(is_indian=True), "1,25,00,000/-", "1 25 00 000"),
        (Amount(), "1.250,50", "1 250.50"),
        (Amount(), "12", "12"),
    ],
)
def test_it_is_shown_in_groups(kind: Amount, written: str, shown: str) -> None:
    assert kind.shown(written) == shown


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        (Amount(), "125000", "125 000"),
        (Amount(is_indian=True), "125000.50", "1 25 000.50"),
        (Amount(decimals=2), "1250.00", "1 250.00"),
    ],
)
def test_its_value_is_told_in_groups(kind: Amount, value: str, told: str) -> None:
    assert kind.told(value) == told


@given(st.integers(0, 10**12), st.booleans())
def test_what_is_written_in_groups_is_worth_what_it_was(value: int, is_indian: bool) -> None:
    kind = Amount(is_indian=is_indian)
    written = kind.shown(str(value)).replace(" ", ",")

    assert kind.value_of(written) == str(value)
