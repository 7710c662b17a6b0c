"""What counts as read, by the kind of set."""

from __future__ import annotations

import pytest

from export.evaluation.judging import (
    Answer,
    Beyond,
    LineAnswer,
    Outcome,
    count_beyond,
    judge,
    score,
)
from export.evaluation.metrics import Rate
from export.evaluation.samples import Kind, Sample


def answer(*texts: str, confidence: float = 0.9, accepted: bool = True) -> Answer:
    return Answer(tuple(LineAnswer(text, confidence, accepted) for text in texts), 1.0)


def judge_one(kind: Kind, truth: str, found: Answer) -> Outcome:
    (outcome,) = judge(kind, Sample("a", b"", truth), found)
    return outcome


def test_a_number_is_read_when_one_line_holds_just_its_digits() -> None:
    assert judge_one(Kind.STRING, "561247", answer("561247")).is_exact
    assert not judge_one(Kind.STRING, "561247", answer("5612", "47")).is_exact
    assert not judge_one(Kind.STRING, "561247", answer("561247", "1")).is_exact
    assert not judge_one(Kind.STRING, "561247", answer()).is_exact


def test_a_number_broken_over_two_lines_costs_exactness_but_no_digit() -> None:
    assert judge_one(Kind.STRING, "561247", answer("5612", "47")).distance == 0


def test_lines_of_a_page_count_in_reading_order() -> None:
    assert judge_one(Kind.PAGE, "9|356|7", answer("9", "356", "7")).is_exact
    assert not judge_one(Kind.PAGE, "9|356|7", answer("356", "9", "7")).is_exact


def test_the_least_sure_line_speaks_for_the_page() -> None:
    lines = (LineAnswer("9", 0.9, True), LineAnswer("7", 0.3, False))
    outcome = judge_one(Kind.PAGE, "9|7", Answer(lines, 1.0))
    assert outcome.confidence == 0.3
    assert not outcome.is_accepted


def test_each_field_of_a_form_is_looked_for_among_the_lines() -> None:
    first, second = judge(Kind.FIELDS, Sample("form", b"", "109|275"), answer("17", "109", "276"))
    assert (first.read, first.is_exact) == ("109", True)
    assert (second.read, second.is_exact, second.distance) == ("276", False, 1)


def test_a_line_stands_for_one_field_alone() -> None:
    lost, read = judge(Kind.FIELDS, Sample("form", b"", "040933|9934"), answer("9934"))

    assert (read.read, read.is_exact, read.is_accepted) == ("9934", True, True)
    assert (lost.read, lost.is_accepted) == ("", False)


def test_a_form_without_any_line_misses_all_its_digits() -> None:
    outcomes = judge(Kind.FIELDS, Sample("form", b"", "109|27"), answer())
    assert [outcome.distance for outcome in outcomes] == [3, 2]


def test_one_accepted_line_spoils_a_picture_without_a_digit() -> None:
    lines = (LineAnswer("0", 0.2, False), LineAnswer("1", 0.9, True))
    assert judge_one(Kind.NEGATIVE, "", Answer(lines, 1.0)).is_accepted
    assert judge_one(Kind.NEGATIVE, "", answer()).is_exact


def test_a_score_adds_up_what_its_outcomes_say() -> None:
    found = [
        ("12", answer("12")),
        ("34", answer("35")),
        ("56", answer("5", accepted=False, confidence=0.2)),
        ("78", answer()),
    ]
    outcomes = [judge_one(Kind.STRING, truth, said) for truth, said in found]
    total = score(Kind.STRING, outcomes, failures=1)
    assert total.digits == pytest.approx(1 - 4 / 8)
    assert total.exact == Rate(1, 4)
    assert total.accepted == Rate(2, 4)
    assert total.wrong_accepted == Rate(1, 2)
    assert total.any_reading == Rate(3, 4)
    assert total.read_rate.rate == Rate(0, 4)
    assert total.failures == 1


def test_pictures_without_a_digit_have_no_digit_accuracy() -> None:
    total = score(Kind.NEGATIVE, [judge_one(Kind.NEGATIVE, "", answer("1"))])
    assert total.digits is None
    assert total.accepted == Rate(1, 1)


@pytest.mark.parametrize(
    ("texts", "beyond"),
    [
        (("109", "275"), 0),
        (("109", "275", "88"), 1),
        (("10", "276"), 0),  # read wrong is not beyond
        (("109", "109", "275"), 1),
        (("88", "275"), 1),  # and is not the 109
        ((), 0),
    ],
)
def test_what_stands_for_no_field_is_beyond_them(texts: tuple[str, ...], beyond: int) -> None:
    said = answer(*texts)

    assert count_beyond(Sample("form", b"", "109|275"), said) == Beyond(beyond, beyond)
