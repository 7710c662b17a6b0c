"""A line as a number of a kind: the likeliest of its numbers that keeps the rule."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.fields.catalogue import find_kind
from model.fields.decode import read_field, read_fields
from model.types import (
    Alternative,
    Box,
    Decision,
    DigitReading,
    Doubt,
    LineReading,
    PageReading,
)

_LEVEL = 0.95


def _digits(text: str, confidence: float = 0.99) -> tuple[DigitReading, ...]:
    """One digit for each character, 20 px apart; a space is a place without one."""
    return tuple(
        DigitReading(int(c), confidence, Decision.ACCEPT, Box(20 * i, 0, 15, 20), 0, 0.005)
        for i, c in enumerate(text)
        if c != " "
    )


def _line(
    text: str,
    confidence: float,
    *others: tuple[str, float],
    doubts: tuple[Doubt, ...] = (),
    written: str = "",
) -> LineReading:
    if confidence < _LEVEL:
        doubts = (Doubt.UNSURE, *doubts)
    return LineReading(
        _digits(text),
        confidence,
        Decision.REVIEW if doubts else Decision.ACCEPT,
        Box(0, 0, 20 * len(text), 20),
        written=written or text.replace(" ", ""),
        alternatives=tuple(
            Alternative(_digits(other), other.replace(" ", ""), chance) for other, chance in others
        ),
        doubts=doubts,
        accept_above=_LEVEL,
    )


def test_a_number_that_keeps_the_rule_becomes_surer() -> None:
    line = _line("2363", 0.9, ("2368", 0.06), ("2863", 0.03))

    read = read_field(line, find_kind("custom:4:verhoeff"))

    assert read.text == "2363"
    assert read.confidence == pytest.approx(0.9 / (0.9 + 0.01 * 0.1))
    assert read.decision is Decision.ACCEPT
    assert read.doubts == ()
    assert read.alternatives == ()
    assert read.field is not None
    assert (read.field.value, read.field.changed) == ("2363", ())


@pytest.mark.parametrize(
    ("digits", "written", "is_doubted"),
    [
        ("12 50", "1250", True),  # rupees and paise
        ("1 50", "150", True),
        ("12 500", "12500", False),  # thousands: the same with a point there
        ("1 2 5 0", "1250", False),  # as wide between all: the boxes of a comb
        ("12 5", "125", False),  # no amount has one decimal
        ("1250", "1250", False),
        ("12 50", "12-50", False),  # that breaks the rule anyway
        ("1 250 50", "1,25050", False),  # likewise
        ("1 250 50", "1,250.50", False),
    ],
)
def test_a_gap_that_may_stand_for_a_point_is_for_a_person(
    digits: str, written: str, *, is_doubted: bool
) -> None:
    line = _line(digits, 0.99, written=written)

    read = read_field(line, find_kind("amount"))

    assert (Doubt.MARKS in read.doubts) is is_doubted


def test_where_the_decimals_are_known_a_gap_says_nothing() -> None:
    read = read_field(_line("12 50", 0.99, written="1250"), find_kind("amount:2"))

    assert read.decision is Decision.ACCEPT
    assert read.field is not None
    assert read.field.value == "12.50"


def test_a_number_of_another_length_that_keeps_the_rule_makes_the_one_that_is_taken_less_sure() -> (
    None
):
    kind = find_kind("custom:4,5:verhoeff")
    longer = next(n for n in (f"2363{i}" for i in range(10)) if kind.value_of(n))

    read = read_field(_line("2363", 0.9, (longer, 0.015)), kind)

    assert read.text == "2363"
    assert read.confidence < 0.9 / (0.9 + 0.015)
    assert read.alternatives == ()


def test_a_digit_that_breaks_the_rule_is_changed_and_a_person_sees_it() -> None:
    line = _line("2368", 0.6, ("2363", 0.38))

    read = read_field(line, find_kind("custom:4:verhoeff"))

    assert read.text == "2363"
    assert read.decision is Decision.REVIEW
    assert Doubt.CHANGED in read.doubts
    assert read.field is not None
    (change,) = read.field.changed
    assert (change.place, change.read, change.taken, change.box) == (4, 8, 3, Box(60, 0, 15, 20))
    assert read.digits[3].runner_up == 8


@pytest.mark.parametrize(
    ("read_as", "meant", "place", "read", "taken"),
    [("1 3", "123", 2, None, 2), ("1234", "123 ", 4, 4, None), ("1234", "1 34", 2, 2, None)],
)
def test_a_lost_or_an_invented_digit_is_a_change_too(
    read_as: str, meant: str, place: int, read: int | None, taken: int | None
) -> None:
    line = replace(_line(read_as, 0.5, (meant, 0.4)), digits=_digits(read_as, 0.9))

    field = read_field(line, find_kind("custom:3")).field

    assert field is not None
    assert field.value == meant.replace(" ", "")
    assert [(one.place, one.read, one.taken) for one in field.changed] == [(place, read, taken)]


def test_digits_that_were_clearly_read_are_not_left_out() -> None:
    line = _line("15032016", 0.9, ("150320  ", 0.001))

    read = read_field(line, find_kind("pin"))

    assert read.text == "15032016"
    assert Doubt.NOT_OF_KIND in read.doubts


def test_no_rule_makes_another_date_of_a_clear_one_that_is_none() -> None:
    line = _line("31022026", 0.7, ("3 022026", 0.03))

    read = read_field(line, find_kind("date"))

    assert read.text == "31022026"
    assert Doubt.NOT_OF_KIND in read.doubts


def test_where_ink_was_not_read_no_rule_repairs_the_rest() -> None:
    line = _line("2368", 0.6, ("2363", 0.38), doubts=(Doubt.UNREAD_INK,))

    read = read_field(line, find_kind("custom:4:verhoeff"))

    assert read.text == "2368"
    assert Doubt.NOT_OF_KIND in read.doubts


def test_where_two_numbers_keep_the_rule_a_person_decides() -> None:
    # Both have an even check: 18 and 26 differ in both digits.
    line = _line("18", 0.97, ("26", 0.02))
    close = _line("18", 0.5, ("26", 0.45))
    kind = find_kind("custom:2:luhn")

    assert read_field(line, kind).decision is Decision.ACCEPT
    read = read_field(close, kind)

    assert read.decision is Decision.REVIEW
    assert read.doubts == (Doubt.UNSURE,)
    assert [other.text for other in read.alternatives] == ["26"]


def test_a_rule_that_most_misreadings_keep_makes_nothing_surer() -> None:
    line = _line("15032016", 0.8, ("15032076", 0.1))

    read = read_field(line, find_kind("date"))

    assert (read.confidence, read.digits, read.decision) == (0.8, line.digits, Decision.REVIEW)
    assert read.field is not None
    assert read.field.value == "2016-03-15"


def test_what_was_read_stands_where_it_keeps_the_rule() -> None:
    line = _line("2368", 0.3, ("2363", 0.6))

    for name in ("number", "account:4", "amount"):
        read = read_field(line, find_kind(name))
        assert read.text == "2368"
        assert Doubt.CHANGED not in read.doubts


def test_an_amount_hangs_on_points_that_are_sure() -> None:
    line = replace(_line("1250", 0.99, written="12.50"), marks_are_sure=False)

    assert read_field(line, find_kind("amount")).doubts == (Doubt.MARKS,)
    assert read_field(line, find_kind("amount:2")).doubts == ()
    assert read_field(line, find_kind("custom:4")).doubts == ()


def test_where_nothing_keeps_the_rule_the_line_stays_as_it_was_read() -> None:
    line = _line("31022016", 0.99, ("37022016", 0.005))

    read = read_field(line, find_kind("date"))

    assert (read.text, read.confidence, read.alternatives) == (
        "31022016",
        0.99,
        line.alternatives,
    )
    assert read.doubts == (Doubt.NOT_OF_KIND,)
    assert read.decision is Decision.REVIEW
    assert read.field is not None
    assert not read.field.is_valid


def test_no_rule_takes_away_a_doubt_about_what_stands_beside_a_number() -> None:
    line = _line("2363", 0.99, doubts=(Doubt.OTHER_MARKS,))

    read = read_field(line, find_kind("custom:4:verhoeff"))

    assert read.doubts == (Doubt.OTHER_MARKS,)
    assert read.decision is Decision.REVIEW


def test_separators_count_for_the_value() -> None:
    field = read_field(_line("125050", 0.99, written="1,250.50"), find_kind("amount")).field

    assert field is not None
    assert (field.value, field.shown) == ("1250.50", "1 250.50")


def test_all_lines_of_a_page_are_read_as_one_kind() -> None:
    page = PageReading((_line("123", 0.99), _line("12", 0.99)), 2)

    read = read_fields(page, find_kind("custom:3"))

    assert [line.field is not None and line.field.is_valid for line in read.lines] == [True, False]
    assert read.quarter_turns == 2


@given(
    chances=st.lists(st.floats(0.001, 1), min_size=1, max_size=8),
    spare=st.floats(0.0, 1),
)
def test_probabilities_reach_one_at_most_and_nothing_is_invented(
    chances: list[float], spare: float
) -> None:
    total = sum(chances) + spare
    numbers = [(f"{2360 + i}", chance / total) for i, chance in enumerate(sorted(chances)[::-1])]
    line = _line(numbers[0][0], numbers[0][1], *numbers[1:])

    read = read_field(line, find_kind("custom:4:verhoeff"))

    assert read.text in dict(numbers)
    assert 0 <= read.confidence <= 1
    if read.field is not None and read.field.is_valid:
        assert read.text == "2363"
        assert sum(o.probability for o in read.alternatives) + read.confidence <= 1 + 1e-9
        assert read.confidence >= dict(numbers)["2363"] - 1e-12
