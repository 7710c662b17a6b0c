"""What of a page's readings is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.read_span import SpanReading
from model.sift import doubt_halves, doubt_what_differs, explained, sift, without_surroundings
from model.types import Box, Decision, DigitReading, Doubt, LineReading


def _line(text: str, confidence: float, *, x: int = 100, height: int = 40) -> LineReading:
    """Each of its digits as sure as the others."""
    each = confidence ** (1 / len(text))
    digits = tuple(
        DigitReading(int(digit), each, Decision.ACCEPT, Box(x, 0, 20, height), 0, 0.0)
        for digit in text
    )
    return LineReading(digits, confidence, Decision.ACCEPT, Box(x, 0, 20 * len(text), height))


def _placed(text: str, box: Box) -> LineReading:
    return replace(_line(text, 0.9), box=box)


def _unsure(text: str, box: Box) -> LineReading:
    return replace(_placed(text, box), decision=Decision.REVIEW)


def _kept(*spans: SpanReading) -> list[str]:
    return [line.text for line in sift(spans)]


def test_a_word_is_no_number() -> None:
    word = SpanReading(_line("1", 0.9, x=400), strangers=4)

    assert _kept(word, SpanReading(_line("2075", 0.9), 0)) == ["2075"]


def test_what_hardly_looks_like_a_number_goes_beside_a_sure_one() -> None:
    sure, dirt = SpanReading(_line("2075", 0.9), 0), SpanReading(_line("43", 0.01, x=400), 0)

    assert _kept(sure, dirt) == ["2075"]
    assert _kept(dirt) == ["43"]


def test_a_long_number_is_judged_by_its_digits() -> None:
    eight = SpanReading(_line("15032016", 0.05, x=400), 0)  # 0.69 a digit

    assert _kept(SpanReading(_line("2075", 0.9), 0), eight) == ["2075", "15032016"]


def test_a_long_number_of_which_nearly_nothing_is_sure_goes_beside_a_sure_one() -> None:
    name = SpanReading(_line("205006001544", 0.02, x=400), 0)  # 0.72 a digit

    assert _kept(SpanReading(_line("2075", 0.9), 0), name) == ["2075"]
    assert _kept(SpanReading(_line("7", 0.9), 0), name) == ["7", "205006001544"]
    assert _kept(name) == ["205006001544"]


def test_a_low_line_goes_beside_a_surer_high_one_only() -> None:
    low, high = _line("2075", 0.2, height=10), _line("31", 0.9, x=400)
    small, dirt = _line("2075", 0.9, height=10), _line("1", 0.2, x=600, height=160)

    assert _kept(SpanReading(low, 0), SpanReading(high, 0)) == ["31"]
    assert _kept(SpanReading(small, 0), SpanReading(high, 0)) == ["2075", "31"]
    assert "31" in _kept(SpanReading(high, 0), SpanReading(dirt, 0))


@pytest.mark.parametrize(
    ("below", "height", "text", "is_comma"),
    [
        (33, 18, "1", True),
        (33, 18, "5", False),
        (33, 18, "12", False),
        (30, 36, "1", False),  # as large as a digit
        (60, 18, "1", False),  # on a line of its own
        (-11, 18, "1", False),  # above it
    ],
)
def test_what_hangs_from_a_number_is_its_comma(
    below: int, height: int, text: str, is_comma: bool
) -> None:
    number, mark = _line("8800000", 0.7), _line(text, 0.7, x=160, height=height)
    mark = replace(mark, box=replace(mark.box, y=number.box.y + below))
    doubtful = replace(mark, decision=Decision.REVIEW)

    assert _kept(SpanReading(number, 0), SpanReading(mark, 0)) == ["8800000", text]
    kept = _kept(SpanReading(number, 0), SpanReading(doubtful, 0))
    assert kept == ["8800000", *([] if is_comma else [text])]


def test_what_stands_beside_a_number_makes_it_no_dirt() -> None:
    seven = replace(
        _line("7", 0.9, x=400), confidence=0.2
    )  # a sign beside it that nobody recognised

    assert _kept(SpanReading(_line("2075", 0.9), 0), SpanReading(seven, 1)) == ["2075", "7"]


def test_among_much_other_ink_a_person_decides() -> None:
    number, words = SpanReading(_line("207", 0.99), 0), SpanReading(None, strangers=9)

    assert [line.decision for line in sift([number, words])] == [Decision.REVIEW]
    assert [line.decision for line in sift([number])] == [Decision.ACCEPT]


def test_a_lone_digit_among_numbers_that_nobody_is_sure_of_is_for_a_person() -> None:
    def decisions(*lines: LineReading) -> list[Decision]:
        return [line.decision for line in sift([SpanReading(line, 0) for line in lines])]

    unsure = [replace(_line("46", 0.6, x=200 + 99 * i), decision=Decision.REVIEW) for i in (1, 2)]
    lone, number = _line("0", 0.99), _line("2075", 0.99)

    assert decisions(lone) == [Decision.ACCEPT]
    assert decisions(lone, unsure[0]) == [Decision.ACCEPT, Decision.REVIEW]
    assert decisions(lone, *unsure) == [Decision.REVIEW] * 3
    assert decisions(number, *unsure)[0] is Decision.ACCEPT


def test_the_sides_of_a_cell_are_no_digits() -> None:
    side, number = _unsure("1", Box(0, 0, 20, 40)), _line("46", 0.9, x=200)

    assert without_surroundings([side, number], 500, 99) == [number]
    assert without_surroundings([side], 500, 99) == [side]
    assert without_surroundings([], 500, 99) == []


@pytest.mark.parametrize(("width", "is_side"), [(10, True), (30, False)])
def test_a_narrow_digit_near_the_side_is_the_side(width: int, is_side: bool) -> None:
    number = _placed("46", Box(200, 30, 60, 40))
    lone = _unsure("1", Box(445 - width // 2, 30, width, 40))

    kept = without_surroundings([number, lone], 500, 99)

    assert kept == ([number] if is_side else [number, lone])


def test_what_nobody_has_to_look_at_is_never_dropped() -> None:
    number, sure = _placed("46", Box(200, 30, 60, 40)), _placed("1", Box(0, 30, 10, 40))

    assert without_surroundings([number, sure], 500, 99) == [number, sure]


@pytest.mark.parametrize(("y", "is_cut_off"), [(0, True), (1, False), (78, False), (79, True)])
def test_what_the_picture_cuts_off_is_of_another_row(y: int, is_cut_off: bool) -> None:
    number, other = _placed("4610", Box(200, 30, 90, 40)), _unsure("16", Box(220, y, 60, 20))

    kept = without_surroundings([other, number], 500, 99)

    # A number of several digits does not go without a word.
    assert kept == ([number.doubted(Doubt.UNREAD_INK)] if is_cut_off else [other, number])


def test_a_number_that_the_picture_cuts_off_itself_says_nothing_of_others() -> None:
    number, other = _placed("4610", Box(200, 0, 90, 40)), _unsure("16", Box(320, 0, 60, 20))

    assert without_surroundings([other, number], 500, 99) == [other, number]


@pytest.mark.parametrize(
    ("box", "is_doubted"),
    [
        (Box(65, 8, 60, 38), True),
        (Box(60, 8, 60, 38), True),
        (Box(52, 8, 60, 38), True),  # slanted digits overlap
        (Box(65, 30, 60, 38), False),  # a row below
        (Box(100, 8, 60, 38), False),  # another column of a table
        (Box(62, 36, 6, 8), False),  # a point at its foot
    ],
)
def test_a_number_right_beside_another_may_be_the_rest_of_it(box: Box, *, is_doubted: bool) -> None:
    number, other = _placed("236", Box(0, 0, 60, 40)), _placed("358363", box)

    kept = doubt_halves([number, other])

    doubts = [(Doubt.SPLIT,) if is_doubted else ()] * 2
    assert [line.doubts for line in kept] == doubts


@pytest.mark.parametrize(
    ("text", "is_doubted"), [("00", True), ("7", True), ("11", True), ("10", False), ("77", False)]
)
def test_loops_and_strokes_among_doubtful_numbers_are_for_a_person(
    text: str, *, is_doubted: bool
) -> None:
    sure = SpanReading(_line(text, 0.99), 0)
    others = [SpanReading(_unsure("4610", Box(0, y, 90, 40)), 0) for y in (100, 200, 300)]

    kept = sift([sure, *others])

    assert kept[0].doubts == ((Doubt.OTHER_INK,) if is_doubted else ())


def test_ink_that_two_rows_hold_is_read_once() -> None:
    whole, part = SpanReading(_line("260000", 0.9), 0), SpanReading(_line("26", 0.95), 0)
    again = SpanReading(_line("260000", 0.8), 0)
    elsewhere = SpanReading(_line("26", 0.95, x=400), 0)

    assert _kept(part, whole, again, elsewhere) == ["260000", "26"]
    assert sift([again, whole])[0].confidence == 0.9


def test_two_sure_readings_that_differ_are_for_a_person() -> None:
    one, other = [_line("338", 0.97)], [_line("1338", 0.97)]
    unsure = [replace(_line("336", 0.6), decision=Decision.REVIEW)]

    assert doubt_what_differs(one, one) == one
    assert doubt_what_differs(one, unsure) == one
    assert doubt_what_differs(one, []) == one
    (doubted,) = doubt_what_differs(one, other)
    assert (doubted.text, doubted.decision) == ("338", Decision.REVIEW)


def test_a_number_is_doubted_where_another_reading_has_more_digits_however_unsure() -> None:
    unsure = replace(_line("4338", 0.1), decision=Decision.REVIEW)
    shorter = replace(_line("38", 0.1), decision=Decision.REVIEW)

    (doubted,) = doubt_what_differs([_line("338", 0.999)], [unsure])
    (kept,) = doubt_what_differs([_line("338", 0.999)], [shorter])

    assert doubted.doubts == (Doubt.READ_OTHERWISE,)
    assert kept.decision is Decision.ACCEPT


@pytest.mark.parametrize(
    ("one", "other", "are_sure"),
    [
        ("4500", "45.00", False),
        ("4500", ".4500", False),
        ("45.00", "45.00/-", True),
        ("4500", "4500", True),
    ],
)
def test_marks_that_another_reading_has_elsewhere_are_not_sure(
    one: str, other: str, are_sure: bool
) -> None:
    line, another = (replace(_line("4500", 0.99), written=text) for text in (one, other))

    (kept,) = doubt_what_differs([line], [replace(another, decision=Decision.REVIEW)])

    assert kept.marks_are_sure is are_sure
    assert kept.decision is Decision.ACCEPT


def test_of_two_readings_many_digits_count_more_than_sure_ones() -> None:
    assert explained([_line("1338", 0.6)]) > explained([_line("338", 0.97)])
    assert explained([_line("338", 0.97)]) > explained([_line("1338", 0.2)])
