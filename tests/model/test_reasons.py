"""Why a person has to look, in words."""

from __future__ import annotations

import pytest

from model.fields.catalogue import find_kind
from model.fields.decode import read_field
from model.reasons import describe_change, reasons_for_doubt
from model.types import Alternative, Box, Change, Decision, DigitReading, Doubt, LineReading

_BOX = Box(0, 0, 10, 20)


def _line(text: str, *others: tuple[str, float], doubts: tuple[Doubt, ...] = ()) -> LineReading:
    def digits(number: str) -> tuple[DigitReading, ...]:
        return tuple(
            DigitReading(int(d), 0.99, Decision.ACCEPT, Box(20 * i, 0, 10, 20), 0, 0.01)
            for i, d in enumerate(number)
        )

    alternatives = tuple(Alternative(digits(other), other, chance) for other, chance in others)
    decision = Decision.REVIEW if doubts else Decision.ACCEPT
    return LineReading(
        digits(text), 0.6, decision, _BOX, text, alternatives, doubts, accept_above=0.95
    )


def test_of_a_sure_line_there_is_nothing_to_say() -> None:
    assert reasons_for_doubt(_line("12", ("17", 0.3))) == ()


@pytest.mark.parametrize("doubt", set(Doubt) - {Doubt.NOT_OF_KIND, Doubt.CHANGED})
def test_every_doubt_is_told_in_a_sentence(doubt: Doubt) -> None:
    (sentence,) = reasons_for_doubt(_line("12", doubts=(doubt,)))

    assert sentence[0].isupper()
    assert sentence.endswith(".")


def test_numbers_that_it_may_also_be_are_named_if_they_are_likely() -> None:
    line = _line("12", ("17", 0.3), ("72", 0.05), ("77", 0.02), doubts=(Doubt.UNSURE,))

    assert reasons_for_doubt(line) == ("It may also be 17 or 72.",)


def test_what_the_rule_changed_is_told_first_with_the_rule() -> None:
    line = _line("2368", ("2363", 0.3), doubts=(Doubt.OTHER_MARKS, Doubt.UNSURE))

    first, *others = reasons_for_doubt(read_field(line, find_kind("custom:4:verhoeff")))

    assert first == (
        "Digit 4 was read as 8 and is taken as 3, to keep the rule: 4 digits, checked by Verhoeff."
    )
    assert others[-1] == "Beside the digits stands something that is no digit."


def test_what_keeps_no_rule_is_told_with_the_rule_alone() -> None:
    line = _line("31022016", ("37022016", 0.3), doubts=(Doubt.UNSURE,))

    assert reasons_for_doubt(read_field(line, find_kind("date"))) == (
        "It breaks the rule: A day of the calendar: day, month, year.",
    )


@pytest.mark.parametrize(
    ("read", "taken", "told"),
    [
        (8, 3, "digit 2 was read as 8 and is taken as 3"),
        (None, 3, "digit 2 was taken for no digit and is taken as 3"),
        (8, None, "the 8 in place 2 is taken for no digit"),
    ],
)
def test_a_change_says_from_what_to_what(read: int | None, taken: int | None, told: str) -> None:
    assert describe_change(Change(2, read, taken, _BOX)) == told
