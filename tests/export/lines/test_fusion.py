"""How two networks' answers are put together: what is learned from lines whose truth is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from export.lines.fit_share import NONE
from export.lines.fusion import ReadPicture, fit_fusion, labels_of
from model.line_decode import SIDES, Character
from model.marks import MARKS
from model.read_span import fuse
from model.second_look import Look
from model.spans import Span
from model.types import Box

_BLANK = len(MARKS)


@pytest.mark.parametrize(
    ("read", "truth", "labels"),
    [
        ("407", "407", [4, 0, 7]),
        ("4807", "407", [4, NONE, 0, 7]),
        ("47", "407", [4, 7]),
        ("467", "407", [4, 0, 7]),
        ("12", "", [NONE, NONE]),
        ("", "12", []),
    ],
)
def test_what_was_read_is_laid_against_the_truth(read: str, truth: str, labels: list[int]) -> None:
    assert labels_of([int(digit) for digit in read], truth) == labels


def _picture(truth: int, by_line: int, by_look: int) -> ReadPicture:
    """One digit; each network is as sure as it can be of its own answer."""
    chances = np.full(10, 0.01)
    chances[by_line] = 0.9
    character = Character(by_line, 0.9, (0.0, 0.0, 9.0, 20.0), tuple(chances), 1)
    columns = np.zeros((3, _BLANK + 1 + SIDES), dtype=np.float32)
    columns[:, _BLANK] = 5
    columns[1, by_line], columns[1, _BLANK] = 5, 0
    seen = np.full(10, 0.01)
    seen[by_look] = 0.9
    look = Look(Box(0, 0, 9, 20), seen, stands_alone=True)
    return ReadPicture(str(truth), True, 1.0, 1.0, Span((character,), 0, 3), [look], [columns])


def test_the_network_that_is_right_more_often_counts_more() -> None:
    rng = np.random.default_rng(2)
    pictures = []
    for _ in range(300):
        truth = int(rng.integers(10))
        by_line = truth if rng.random() < 0.6 else int(rng.integers(10))
        by_look = truth if rng.random() < 0.97 else int(rng.integers(10))
        pictures.append(_picture(truth, by_line, by_look))

    fusion, measured = fit_fusion(pictures)

    assert fusion.single.look > fusion.single.line
    counts = measured["digits"]["single"]
    assert counts["by_both"] >= max(counts["by_line"], counts["by_look"]) - 3


def test_nothing_is_accepted_where_the_surest_are_wrong() -> None:
    fusion, measured = fit_fusion([_picture(3, 8, 8) for _ in range(40)])

    assert min(fusion.accept_above, fusion.accept_single) > 1
    assert measured["accepted"] == 0


def test_a_network_that_reads_nothing_accepts_nothing() -> None:
    letter = Character(MARKS.index("#"), 0.9, (0.0, 0.0, 9.0, 20.0), (0.0,) * 10, 1)
    columns = np.zeros((3, _BLANK + 1 + SIDES), dtype=np.float32)
    word = Span((letter, replace(letter, box=(20.0, 0.0, 9.0, 20.0), column=2)), 0, 3)
    letters = [ReadPicture("", True, 1.0, 1.0, word, [], [columns]) for _ in range(40)]

    for pictures in ([], letters):
        fusion, measured = fit_fusion(pictures)

        assert min(fusion.accept_above, fusion.accept_single) > 1
        assert (measured["right"], measured["accepted"]) == (len(pictures), 0)


def test_caution_raises_levels_and_leaves_confidence_alone() -> None:
    """What is feared more than it is met says nothing about how often digits are right."""
    digits = [_picture(i % 10, i % 10, i % 10) for i in range(200)]
    sure = [replace(_picture(7, 7, 7), truth="") for _ in range(4)]
    cautious = [replace(picture, caution=20.0) for picture in sure]

    plain, _ = fit_fusion(digits + sure)
    raised, _ = fit_fusion(digits + cautious)

    assert raised.single == plain.single
    assert (raised.sequence, raised.digits) == (plain.sequence, plain.digits)
    assert raised.levels[-1].single > plain.levels[-1].single


def test_a_wrong_label_does_not_make_all_answers_doubtful() -> None:
    """Two networks that are sure of the same, and one label in three hundred that is wrong."""
    pictures = [_picture(i % 10, i % 10, i % 10) for i in range(300)]
    wrong = replace(pictures[0], truth="7")

    fusion, _ = fit_fusion([*pictures, wrong])

    read = fuse(pictures[0].span.candidates[0], pictures[0].looks[0], fusion, "none")
    assert read.max() > 0.997


def test_in_the_clear_another_network_may_count_more_than_elsewhere() -> None:
    """On plain paper the digit network is right and the line network wrong, on others not."""
    pictures = []
    for i in range(400):
        truth, other, is_plain = i % 10, (i + 3) % 10, i % 2 == 0
        one = _picture(truth, *((other, truth) if is_plain else (truth, other)))
        (character,), (look,) = one.span.candidates, one.looks
        assert look.digits is not None
        seen = replace(look, digits=look.digits * (0.99 if is_plain else 0.5))
        span = Span((character, replace(character, column=2)), 0, 3)
        pictures.append(replace(one, truth=2 * str(truth), span=span, looks=[seen, seen]))

    fusion, _ = fit_fusion(pictures)

    assert fusion.clear.look > fusion.clear.line
    assert fusion.alone.line > fusion.alone.look


def test_a_character_of_a_caption_says_nothing_about_characters_alone() -> None:
    """Nor does one of a number of which no more was found."""
    digits = [_picture(i % 10, i % 10, i % 10) for i in range(200)]
    captions = [replace(_picture(0, 0, 0), truth="", is_certain=False) for _ in range(60)]
    parts = [replace(_picture(4, 4, 4), truth="512") for _ in range(60)]

    fusion, measured = fit_fusion(digits + captions + parts)

    assert measured["digits"]["single"]["count"] == len(digits)
    assert fusion.single == fit_fusion(digits)[0].single


def test_ink_passed_over_is_weighed_as_digits_alone_where_it_is_rare() -> None:
    """Of few cases nothing can be fitted; what stands alone and was read is the nearest kin."""
    rng = np.random.default_rng(3)
    digits = [
        _picture(i % 10, i % 10 if rng.random() < 0.9 else int(rng.integers(10)), i % 10)
        for i in range(300)
    ]

    passed_over = [_passed_over(i % 10) for i in range(60)]

    few, _ = fit_fusion([*digits, *passed_over[:20]])
    many, _ = fit_fusion([*digits, *passed_over])

    assert few.passed_over == few.single != few.joined
    assert many.passed_over != many.single


def _passed_over(truth: int) -> ReadPicture:
    """A digit of which the line network says nothing, and which the other one sees."""
    one = _picture(truth, (truth + 1) % 10, truth)
    character = replace(one.span.candidates[0], is_passed_over=True, digits=(0.01,) * 10)
    return replace(one, span=Span((character,), 0, 3))
