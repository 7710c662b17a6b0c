"""From columns to characters: what is one character, where it stands, and what is none."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from model.line_decode import (
    SIDES,
    Character,
    are_marks_sure,
    decode_detection,
    decode_sequence,
    heard,
    log_evidence,
    sequence_probability,
    with_odds,
)
from model.marks import MARKS, mark_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLANK = len(MARKS)


def _sequence(*marks: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Columns that are sure of one mark each; every box is 20 px high and 8 px wide."""
    columns = np.zeros((len(marks), _BLANK + 1 + SIDES), dtype=np.float32)
    columns[np.arange(len(marks)), list(marks)] = 9
    columns[:, -SIDES:] = [0.2, 0.2, 0.5, 0.5]
    return columns


def _detection(
    width: int, **peaks: tuple[int, float]
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    columns = np.full((width, len(MARKS) + SIDES), -6, dtype=np.float32)
    columns[:, -SIDES:] = [0.2, 0.2, 0.5, 0.5]
    for name, (column, logit) in peaks.items():
        columns[column, int(name[-1])] = logit
    return columns


def test_a_run_is_one_character_and_a_blank_parts_two() -> None:
    read = decode_sequence(_sequence(_BLANK, 1, 1, _BLANK, 1, 7, 7, _BLANK))
    assert [one.mark for one in read] == [1, 1, 7]


def test_blank_columns_hold_no_character() -> None:
    assert decode_sequence(_sequence(*[_BLANK] * 5)) == []
    assert decode_detection(_detection(5)) == []


def test_the_box_is_told_from_the_column_and_the_middle() -> None:
    (one,) = decode_sequence(_sequence(_BLANK, _BLANK, 3, _BLANK))
    assert one.box == pytest.approx((5 - 4, 16 - 10, 8, 20), abs=1e-4)
    assert one.probability > 0.99
    assert one.digits[3] == one.probability
    assert sum(one.digits) <= 1


def test_of_two_claims_on_the_same_ink_the_surer_one_stands() -> None:
    read = decode_detection(_detection(20, at1=(8, 4.0), at7=(9, 2.0), at3=(15, 1.0)))
    assert [one.mark for one in read] == [1, 3]


def test_characters_come_from_left_to_right() -> None:
    read = decode_detection(_detection(40, at5=(30, 5.0), at2=(10, 2.0), at9=(20, 3.0)))
    assert [one.mark for one in read] == [2, 9, 5]


def test_a_numbers_probability_is_that_of_all_ways_to_say_it() -> None:
    columns = np.random.default_rng(5).normal(0, 2, (4, _BLANK + 1 + SIDES)).astype(np.float32)
    chances = np.exp(columns[:, : _BLANK + 1].astype(np.float64))
    chances /= chances.sum(axis=1, keepdims=True)

    total: dict[str, float] = {}
    for path in itertools.product(range(11), repeat=4):
        said = [
            mark for i, mark in enumerate(path) if mark < 10 and (i == 0 or path[i - 1] != mark)
        ]
        chance = 1.0
        for column, mark in enumerate(path):
            chance *= chances[column, mark] if mark < 10 else chances[column, 10:].sum()
        text = "".join(map(str, said))
        total[text] = total.get(text, 0.0) + float(chance)

    for text in ("", "7", "33", "124", "9999"):
        expected = pytest.approx(total.get(text, 0.0), rel=1e-6)
        assert sequence_probability(columns, text) == expected


def test_separators_and_letters_make_a_number_no_less_probable() -> None:
    columns = _sequence(3, _BLANK, MARKS.index(","), _BLANK, 8, _BLANK, MARKS.index("#"))

    assert sequence_probability(columns, "38") > 0.95
    assert sequence_probability(columns, "388") < 0.05


def test_more_equal_digits_than_columns_can_part_are_impossible() -> None:
    assert sequence_probability(_sequence(1, 1, 1), "111") == 0.0


def _seven() -> Character:
    digits = tuple(0.8 if digit == 7 else 0.01 for digit in range(10))
    return Character(7, 0.8, (0.0, 0.0, 8.0, 20.0), digits, column=4)


def test_evidence_put_together_again_is_what_it_was() -> None:
    digits = np.array(_seven().digits)

    np.testing.assert_allclose(with_odds(*log_evidence(digits)), digits, rtol=1e-9)


@pytest.mark.parametrize("beside", [-2, 0, 2])
@pytest.mark.parametrize(("logit", "is_surer"), [(9.0, True), (3.0, False)])
def test_a_digit_is_as_probable_as_two_networks_say_together(
    beside: int, logit: float, *, is_surer: bool
) -> None:
    columns = _sequence(*([_BLANK] * 12))
    columns[4 + beside] = _sequence(7)[0] / 9 * logit

    (character,) = heard([_seven()], columns)

    assert (character.digits[7] > 0.8) is is_surer
    assert sum(character.digits) < 1
    assert (character.mark, character.box) == (7, (0.0, 0.0, 8.0, 20.0))


def test_another_network_that_sees_nothing_or_another_digit_makes_it_doubtful() -> None:
    (other,) = heard([_seven()], _sequence(*([1] * 12)))
    (nothing,) = heard([_seven()], _sequence(*([_BLANK] * 12)))

    assert other.digits[1] > 0.2
    assert sum(nothing.digits) < 0.3


def test_no_digit_hears_what_is_said_of_its_neighbour() -> None:
    one = replace(_seven(), mark=1, digits=(0.01, 0.8, *[0.01] * 8), column=4)
    columns = _sequence(*([_BLANK] * 12))
    columns[5], columns[8] = _sequence(1)[0], _sequence(7)[0] * 0.6  # surer of the 1

    characters = heard([one, replace(_seven(), column=7)], columns)

    assert [int(np.argmax(character.digits)) for character in characters] == [1, 7]
    assert characters[1].digits[1] < 0.02


def _with_mark(chance: float) -> NDArray[np.float32]:
    """1, then a point of that probability, then 2."""
    columns = np.full((7, len(MARKS) + 1 + SIDES), -20.0, np.float32)
    columns[::2, len(MARKS)] = 0.0
    columns[1, mark_of("1")] = columns[5, mark_of("2")] = 0.0
    columns[3, mark_of(".")] = np.log(chance)
    columns[3, len(MARKS)] = np.log(1 - chance)
    return columns


@pytest.mark.parametrize(
    ("chance", "is_sure"), [(0.99, True), (0.6, False), (0.4, False), (0.01, True)]
)
def test_a_point_is_surely_there_or_surely_not(chance: float, is_sure: bool) -> None:
    assert are_marks_sure(_with_mark(chance)) is is_sure
