"""Numbers of one page that confirm each other."""

from __future__ import annotations

import pytest

from model.agreement import Agreement, Bond, find_agreements


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        (
            ["1,250", "77", "1250"],
            ["The same is written in line 3.", "", "The same is written in line 1."],
        ),
        (
            ["120.50", "80", "200.50"],
            [
                "With line 2 it adds up to line 3.",
                "With line 1 it adds up to line 3.",
                "It is the sum of lines 1 and 2.",
            ],
        ),
        (
            ["100", "250", "300", "650"],
            [
                "With lines 2 and 3 it adds up to line 4.",
                "With lines 1 and 3 it adds up to line 4.",
                "With lines 1 and 2 it adds up to line 4.",
                "It is the sum of lines 1 to 3.",
            ],
        ),
        (
            ["9,99", "400", "500", "900"],
            [
                "",
                "With line 3 it adds up to line 4.",
                "With line 2 it adds up to line 4.",
                "It is the sum of lines 2 and 3.",
            ],
        ),
    ],
)
def test_what_confirms_a_number_is_said_by_its_line(numbers: list[str], told: list[str]) -> None:
    found = find_agreements(numbers)

    assert [one.told() if one else "" for one in found] == told


@pytest.mark.parametrize(
    "numbers",
    [
        [],
        ["1250"],
        ["12", "12"],
        ["12.50", "1250"],
        ["1,250", "12.50"],
        ["1", "2", "3"],
        ["000", "000"],
        ["0", "250", "251"],
        ["150", "151", "300"],
        ["500", "600", "100"],
    ],
)
def test_numbers_that_meet_by_chance_or_not_at_all_confirm_nothing(numbers: list[str]) -> None:
    assert set(find_agreements(numbers)) <= {None}


def test_a_nought_is_no_part_of_a_sum() -> None:
    assert find_agreements(["250", "0", "250"])[0] == Agreement(Bond.SAME, (2,))
    assert find_agreements(["250", "0", "250"])[2] == Agreement(Bond.SAME, (0,))
