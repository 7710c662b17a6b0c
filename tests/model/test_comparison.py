"""What somebody says, held against the paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.alignment import align
from model.comparison import Difference, compare, describe_differences
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
    compared = compare(written, said)

    assert list(compared.differences) == differences
    assert compared.agrees == (not differences)


def test_two_ways_to_write_a_date_mean_the_same_day() -> None:
    assert compare("15032016", "15/3/2016", find_kind("date")).agrees
    assert not compare("15032016", "15/3/2016").agrees
    assert compare("1,250", "1250.00", find_kind("amount")).agrees


@pytest.mark.parametrize(
    ("kind", "written", "said", "values"),
    [
        ("amount", "12.50", "1250", ("12.50", "1250")),
        ("amount", "1,250.50", "125050", ("1250.50", "125050")),
        ("date", "1/11/2016", "11/1/2016", ("2016-11-01", "2016-01-11")),
    ],
)
def test_the_same_digits_may_be_worth_something_else(
    kind: str, written: str, said: str, values: tuple[str, str]
) -> None:
    compared = compare(written, said, find_kind(kind))

    assert not compared.agrees
    assert compared.differences == ()
    assert compared.values == values


def test_digits_of_other_scripts_are_digits() -> None:
    assert compare("561", "٥٦١").agrees
    assert compare("561", "५६१").agrees


@given(_NUMBERS, _NUMBERS)
def test_numbers_agree_where_they_are_the_same_and_only_there(one: str, other: str) -> None:
    assert compare(one, other).agrees == (one == other)
    assert len(compare(one, other).differences) == len(compare(other, one).differences)


@given(_NUMBERS, _NUMBERS)
def test_an_alignment_holds_everything_once_and_in_order(one: str, other: str) -> None:
    pairs = align(one, other, str.__eq__)

    assert [i for i, _ in pairs if i is not None] == list(range(len(one)))
    assert [j for _, j in pairs if j is not None] == list(range(len(other)))
    assert (None, None) not in pairs


@pytest.mark.parametrize(
    ("written", "said", "told"),
    [
        ("561247", "561297", "digit 5 is 4 on the paper, not 9"),
        ("561247", "5617247", "one digit is missing after digit 3: 7"),
        ("561247", "9561247", "one digit is missing before digit 1: 9"),
        ("561247", "56124", "digit 6, 7, is one too many"),
        ("561247", "561", "digits 4 to 6 are too many"),
        ("561247", "5618899247", "4 digits are missing after digit 3: 8899"),
        ("561247", "861", "digit 1 is 5 on the paper, not 8; digits 4 to 6 are too many"),
        ("41111111", "4111111111111111", "8 digits are missing after digit 1: 11111111"),
        ("1234567890", "9294969895", "5 digits are wrong"),
    ],
)
def test_where_two_numbers_differ_is_told(written: str, said: str, told: str) -> None:
    assert describe_differences(compare(written, said).differences) == told


@given(_NUMBERS, _NUMBERS)
def test_every_difference_is_told_in_few_words(written: str, said: str) -> None:
    differences = compare(written, said).differences
    if differences:
        told = describe_differences(differences)
        assert told
        assert len(told) <= 140


def test_many_differences_are_counted_by_their_sort() -> None:
    differences = (
        Difference(1, "5", "8"),
        Difference(3, "", "1"),
        Difference(5, "7", ""),
        Difference(7, "", "4"),
    )
    assert describe_differences(differences) == (
        "2 digits are missing, 1 digit is too many, 1 digit is wrong"
    )
