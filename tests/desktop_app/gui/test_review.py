from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.gui import strings, verdict
from desktop_app.gui.review import Review
from desktop_app.gui.review_history import ReviewHistory
from desktop_app.gui.reviewed_line import Mark
from model.types import Decision, PageReading
from tests.support.fakes import reading_of


def test_review_starts_on_the_first_doubtful_digit() -> None:
    review = Review.of(reading_of("12", "345", doubts={(1, 2)}))
    assert (review.line, review.digit) == (1, 2)


def test_sure_review_selects_no_digit() -> None:
    review = Review.of(reading_of("12"))
    assert review.current_digit is None


def test_doubt_about_a_line_goes_to_its_least_sure_digit() -> None:
    reading = reading_of("12")
    line = reading.lines[0]
    digits = (line.digits[0], replace(line.digits[1], confidence=0.9))
    doubtful = replace(line, digits=digits, decision=Decision.REVIEW)
    review = Review.of(PageReading((doubtful,)))
    assert review.digit == 1
    assert review.doubt_count == 1


def test_same_digit_confirms_and_another_corrects() -> None:
    review = Review.of(reading_of("12", doubts={(0, 0)}))
    assert review.answered(1).current_line.digits[0].mark is Mark.CONFIRMED
    assert review.answered(7).current_line.digits[0].mark is Mark.CORRECTED
    assert review.answered(7).current_line.text == "72"


def test_a_card_says_how_sure_a_digit_was_or_what_the_clerk_made_of_it() -> None:
    review = Review.of(reading_of("12", doubts={(0, 0)}))
    digits = [review, review.answered(1), review.answered(7)]
    told = [verdict.figure_of(one.current_line.digits[0]) for one in digits]
    assert told[0].endswith("%")
    assert told[1:] == ["as read", "was 1"]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), max_size=8))
def test_undoing_every_answer_restores_the_reading(answers: list[tuple[int, int]]) -> None:
    start = Review.of(reading_of("561247"))
    history = ReviewHistory(start)
    for place, digit in answers:
        history = history.moved(history.present.selected(0, place))
        history = history.changed(history.present.answered(digit))
    for _ in answers:
        history = history.undone()
    assert history.present.lines == start.lines
    for _ in answers:
        history = history.redone()
    expected = list("561247")
    for place, digit in answers:
        expected[place] = str(digit)
    assert history.present.current_line.text == "".join(expected)


def test_verdict_says_who_answers_for_the_number() -> None:
    review = Review.of(reading_of("561247", doubts={(0, 1), (0, 4)}))
    assert verdict.of(review.current_line).sentence == "Please check 2 digits"
    review = review.answered(8).at_next_doubt()
    assert verdict.of(review.current_line).sentence == (
        "Please check 1 digit. One digit corrected by you"
    )
    review = review.answered(4)
    assert verdict.of(review.current_line).sentence == (
        "One digit corrected and one confirmed by you"
    )


def test_confidence_is_never_a_hundred_percent() -> None:
    assert strings.percent(1.0) == "over 99\u00a0%"
    assert strings.percent(0.9951) == "over 99\u00a0%"
    assert strings.percent(0.61) == "61\u00a0%"
    assert strings.percent(0.0001) == "under 1\u00a0%"


def test_numbers_of_no_kind_are_grouped_in_threes_and_fours() -> None:
    shown = [" ".join(strings.grouped("56124709123456"[:count])) for count in range(1, 13)]
    assert shown == [
        "5", "56", "561", "5612", "561 24", "561 247", "561 2470", "5612 4709", "561 247 091",
        "561 247 0912", "561 2470 9123", "561 247 091 234",
    ]  # fmt: skip


def test_no_digit_of_a_long_number_stands_alone() -> None:
    for count in range(6, 200):
        groups = strings.grouped("7" * count)
        assert sum(map(len, groups)) == count
        assert {*map(len, groups)} <= {3, 4}


def test_clear_is_what_the_level_lets_pass() -> None:
    (line,) = reading_of("7").lines
    single = replace(line.digits[0], confidence=0.986)
    line = replace(line, digits=(single,), decision=Decision.REVIEW, accept_above=0.984)
    (digit,) = Review.of(PageReading((line,))).current_line.digits
    assert digit.mark is Mark.DOUBT
    assert verdict.figure_of(digit) == ""


def test_ordinals_end_as_english_wants_it() -> None:
    assert [strings.ordinal(at) for at in (0, 4, 11, 12, 20, 21, 110)] == [
        "First", "Fifth", "Twelfth", "13th", "21st", "22nd", "111th",
    ]  # fmt: skip


def test_a_clear_digit_of_a_doubtful_number_is_not_called_nearly_sure() -> None:
    reading = reading_of("12")
    line = replace(reading.lines[0], decision=Decision.REVIEW)
    (digit, _) = Review.of(PageReading((line,))).current_line.digits
    assert digit.mark is Mark.DOUBT
    assert verdict.figure_of(digit) == ""
    assert verdict.spoken(0, digit) == (
        "First digit: 1, please check. Clear by itself, but the number as a whole is not sure."
    )
