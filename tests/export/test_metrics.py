"""Distances, intervals and rates against worked examples and their laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.evaluation.metrics import (
    Rate,
    edit_distance,
    percentile,
    read_rate_at_error,
    wilson_interval,
)

digits = st.text(alphabet="0123456789", max_size=8)
outcomes = st.lists(st.tuples(st.sampled_from([0.0, 0.2, 0.5, 0.9, 1.0]), st.booleans()))


@pytest.mark.parametrize(
    ("truth", "read", "distance"),
    [
        ("561247", "561247", 0),
        ("561247", "56127", 1),
        ("561247", "5612447", 1),
        ("561247", "561241", 1),
        ("12", "21", 2),
        ("", "77", 2),
        ("345", "", 3),
        # Kitten and sitting, the textbook's pair, in digits.
        ("617736", "517714", 3),
    ],
)
def test_the_distance_is_the_least_number_of_changes(truth: str, read: str, distance: int) -> None:
    assert edit_distance(truth, read) == distance


def test_an_unreadable_digit_matches_any_one_digit_but_not_none() -> None:
    assert edit_distance("9234?36382", "9234536382") == 0
    assert edit_distance("9234?36382", "923436382") == 1


@given(digits, digits)
def test_the_distance_is_symmetric_and_between_its_bounds(first: str, second: str) -> None:
    distance = edit_distance(first, second)
    assert distance == edit_distance(second, first)
    assert abs(len(first) - len(second)) <= distance <= max(len(first), len(second))
    assert (distance == 0) == (first == second)


@given(digits, digits, digits)
def test_a_detour_is_never_shorter(first: str, second: str, third: str) -> None:
    direct = edit_distance(first, third)
    assert direct <= edit_distance(first, second) + edit_distance(second, third)


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_that_of_the_published_examples(
    count: int, total: int, low: float, high: float
) -> None:
    assert wilson_interval(count, total) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_interval_holds_the_share_and_stays_a_share(count: int, more: int) -> None:
    rate = Rate(count, count + more)
    low, high = rate.interval
    assert 0 <= low <= rate.share <= high <= 1


def test_nothing_counted_leaves_everything_open() -> None:
    assert wilson_interval(0, 0) == (0.0, 1.0)
    assert Rate(0, 0).share == 0.0


def test_all_are_read_when_errors_are_rare_enough() -> None:
    found = read_rate_at_error([(0.9, True)] * 99 + [(0.1, False)])
    assert found.rate == Rate(100, 100)
    assert found.threshold == 0.1


def test_the_threshold_leaves_the_doubtful_mistakes_to_a_person() -> None:
    found = read_rate_at_error([(0.9, True)] * 50 + [(0.6, False)] * 5 + [(0.5, True)] * 45)
    assert found.rate == Rate(50, 100)
    assert found.threshold == 0.9


def test_a_confident_mistake_is_outweighed_by_enough_right_readings() -> None:
    found = read_rate_at_error([(0.99, False)] + [(0.9, True)] * 99 + [(0.5, False)])
    assert found.rate == Rate(100, 101)


def test_equal_confidences_are_read_together_or_not_at_all() -> None:
    assert read_rate_at_error([(0.9, True), (0.9, False)]).rate == Rate(0, 2)


def test_pictures_without_a_reading_are_never_read() -> None:
    assert read_rate_at_error([(0.0, True), (0.7, True)]).rate == Rate(1, 2)


@given(outcomes)
def test_what_is_read_keeps_the_promised_error(answers: list[tuple[float, bool]]) -> None:
    found = read_rate_at_error(answers, 0.25)
    read = [right for confidence, right in answers if confidence >= found.threshold]
    if found.rate.count:
        assert len(read) == found.rate.count
        assert read.count(False) <= 0.25 * len(read)


def test_percentiles_lie_between_their_neighbours() -> None:
    assert percentile([4, 1, 3, 2], 50) == 2.5
    assert percentile([1, 2, 3, 4, 5], 95) == pytest.approx(4.8)
    assert percentile([7], 95) == 7
    assert percentile([], 50) == 0
