"""What else a span may say."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.alternatives import NO_DIGIT, Places, find_alternatives, weigh_numbers, write_out
from model.line_card import Fusion, Share
from model.line_decode import SIDES, Character, sequence_probabilities, sequence_probability
from model.marks import MARKS, mark_of
from model.types import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from model.types import Alternative

_SHARE = Share(1.0, 1.0, 0.0)
_FUSION = Fusion(_SHARE, _SHARE, _SHARE, _SHARE, _SHARE, _SHARE, _SHARE, 0.5, 0.5, 0.9, 0.9)


def _columns(*places: dict[str, float]) -> NDArray[np.float32]:
    """Blank columns, and between them one for each place with its marks' probabilities."""
    columns = np.full((2 * len(places) + 1, len(MARKS) + 1 + SIDES), math.log(1e-4), np.float32)
    columns[::2, len(MARKS)] = 0.0
    for i, chances in enumerate(places):
        for mark, chance in chances.items():
            columns[2 * i + 1, mark_of(mark)] = math.log(chance)
        columns[2 * i + 1, len(MARKS)] = math.log(max(1e-4, 1 - sum(chances.values())))
    return columns


def _character(mark: str, column: int) -> Character:
    return Character(mark_of(mark), 0.9, (10.0 * column, 0.0, 8.0, 20.0), (0.1,) * 10, column)


def _find(
    *places: dict[str, float], confidence: float = 0.5, fusion: Fusion = _FUSION
) -> tuple[Alternative, ...]:
    chosen = [int(max(place, key=place.__getitem__)) for place in places]
    chances = []
    for place in places:
        chances.append(np.full(10, 1e-5))
        chances[-1][[int(digit) for digit in place]] = list(place.values())
    characters = [_character(str(digit), 2 * i + 1) for i, digit in enumerate(chosen)]
    boxes = [Box(20 * i, 0, 15, 20) for i in range(len(places))]
    span = Places(characters, characters, chances, boxes)
    lattice = weigh_numbers(span, [_columns(*places)], chosen)
    return find_alternatives(span, lattice, confidence=confidence, fusion=fusion)


def test_the_likeliest_comes_first_and_the_chosen_one_not_at_all() -> None:
    found = _find({"1": 0.6, "7": 0.3}, {"2": 0.8, "3": 0.15})

    texts = [one.text for one in found]
    assert texts[:2] == ["72", "13"]
    assert "73" in texts
    assert "12" not in texts
    assert all(one.written == one.text for one in found)


def test_a_digit_may_be_none() -> None:
    found = _find({"1": 0.5}, {"2": 0.95})

    assert found[0].text == "2"
    assert [digit.box.x for digit in found[0].digits] == [20]


def test_of_an_alternative_the_runner_up_is_what_was_chosen() -> None:
    found = _find({"1": 0.6, "7": 0.3})

    assert (found[0].digits[0].digit, found[0].digits[0].runner_up) == (7, 1)


def test_beside_a_sure_number_there_is_none() -> None:
    assert _find({"1": 0.6, "7": 0.3}, confidence=1.0) == ()


@given(
    chances=st.lists(st.floats(0.01, 0.98), min_size=1, max_size=6),
    confidence=st.floats(0.001, 1.0),
)
def test_all_together_reach_one_at_most(chances: list[float], confidence: float) -> None:
    places = [
        {str(i): chance, str((i + 5) % 10): 0.9 * (1 - chance)} for i, chance in enumerate(chances)
    ]

    found = _find(*places, confidence=confidence)

    assert sum(one.probability for one in found) + confidence <= 1 + 1e-9
    assert list(found) == sorted(found, key=lambda one: -one.probability)
    assert len({one.text for one in found}) == len(found)


def test_the_sequence_counts_as_much_as_it_was_fitted_to() -> None:
    """The digit network says 7 nearly as loudly as 1; the line network knows better."""
    one, chances = _character("1", 1), np.array([0, 0.5, 0, 0, 0, 0, 0, 0.49, 0, 0])
    span = Places([one], [one], [chances], [Box(0, 0, 9, 20)])
    lattice = weigh_numbers(span, [_columns({"1": 0.99, "7": 0.005})], [1])

    def likely(fusion: Fusion) -> float:
        found = find_alternatives(span, lattice, confidence=0.5, fusion=fusion)
        return next(o.probability for o in found if o.text == "7")

    assert likely(replace(_FUSION, sequence=1.0)) < 0.1 * likely(replace(_FUSION, sequence=0.0))


def test_separators_stand_where_they_were_written() -> None:
    characters = [_character(mark, i) for i, mark in enumerate("1,250/-")]
    digits = [one for one in characters if MARKS[one.mark].isdigit()]

    assert write_out(characters, digits, [1, 2, 5, 0]) == "1,250/-"
    assert write_out(characters, digits, [1, NO_DIGIT, 5, 0]) == "1,50/-"


@given(st.lists(st.text("0123456789", max_size=5), min_size=1, max_size=6), st.integers(0, 99))
def test_numbers_are_weighed_together_as_each_by_itself(numbers: list[str], seed: int) -> None:
    rng = np.random.default_rng(seed)
    columns = rng.normal(size=(13, len(MARKS) + 1 + SIDES)).astype(np.float32)

    together = sequence_probabilities(columns, numbers)

    assert together == pytest.approx([sequence_probability(columns, one) for one in numbers])


def test_blank_columns_cost_a_number_what_they_say_and_no_more() -> None:
    """Most columns of a line surely say nothing; they are not walked through one by one."""
    said = _columns({"1": 0.9}, {"2": 0.8})
    said[::2, : len(MARKS)] = math.log(1e-9)
    blank = np.repeat(said[:1], 40, axis=0)
    long = np.concatenate([blank, said[:2], blank, said[2:], blank])
    numbers = ["12", "1", "2", "", "11"]

    assert sequence_probabilities(long, numbers) == pytest.approx(
        sequence_probabilities(said, numbers), rel=1e-4, abs=1e-6
    )


def test_over_all_numbers_probabilities_sum_to_one() -> None:
    columns = np.random.default_rng(3).normal(size=(3, len(MARKS) + 1 + SIDES)).astype(np.float32)
    numbers = [
        "".join(digits)
        for count in range(4)
        for digits in itertools.product("0123456789", repeat=count)
    ]

    assert sequence_probabilities(columns, numbers).sum() == pytest.approx(1.0)
