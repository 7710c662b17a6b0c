"""What somebody says, held against the paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.alignment import align
from model.comparison import Difference, compare, describe_difference
from model.fields.catalogue import find_kind

_NUMBERS = st.text("0123456789", max_size=9)


@pytest.mark.parametrize(
    ("written", "said", "differences"),
    [
        ("561247", "561247", []),
        ("561247", "561 247", []),
        ("1,250.50", "1250,50", []),
        ("561247", "561297", [Difference(5, "4", "9")]),
        ("56247", "561247", [Difference(3, "", "1")]),
        ("5612477", "561247", [Difference(6, "7", "")]),
        ("561247", "", [Difference(i, d, "") for i, d in enumerate("561247", start=1)]),
    ],
)
def test_exactly_the_digits_that_differ(
    written: str, said: str, differences: list[Difference]
) -> None:
    assert list(compare(written, said)) == differences


def test_two_ways_to_write_a_date_mean_the_same_day() -> None:
    assert compare("15032016", "15/3/2016", find_kind("date")) == ()
    assert compare("15032016", "15/3/2016") != ()
    assert compare("1,250", "1250.00", find_kind("amount")) != ()  # two decimals were written


@given(_NUMBERS, _NUMBERS)
def test_numbers_agree_where_they_are_the_same_and_only_there(one: str, other: str) -> None:
    assert (compare(one, other) == ()) == (one == other)
    assert len(compare(one, other)) == len(compare(other, one))


@given(_NUMBERS, _NUMBERS)
def test_an_alignment_holds_everything_once_and_in_order(one: str, other: str) -> None:
    pairs = align(one, other, str.__eq__)

    assert [i for i, _ in pairs if i is not None] == list(range(len(one)))
    assert [j for _, j in pairs if j is not None] == list(range(len(other)))
    assert (None, None) not in pairs


@pytest.mark.parametrize(
    ("difference", "told"),
    [
        (Difference(5, "4", "9"), "digit 5 is 4 on the paper, not 9"),
        (Difference(3, "", "1"), "a 1 is missing as digit 3"),
        (Difference(6, "7", ""), "digit 6, 7, is one too many"),
    ],
)
def test_a_difference_is_told(difference: Difference, told: str) -> None:
    assert describe_difference(difference) == told
