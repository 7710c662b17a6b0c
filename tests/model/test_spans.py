"""What of a row is a number, and what the two networks say together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from model.line_card import Fusion, Share
from model.line_decode import SIDES, Character
from model.marks import MARKS
from model.read_span import SpanReading, company_of, fuse, read_span, sequence_evidence
from model.second_look import Look
from model.spans import Span, split_spans
from model.types import Box, Decision, Doubt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_BLANK = len(MARKS)
_EVEN = Share(line=0.5, look=0.5, none=0.0)
_FUSION = Fusion(
    single=_EVEN,
    clear=_EVEN,
    alone=_EVEN,
    joined=_EVEN,
    separator=_EVEN,
    passed_over=_EVEN,
    skipped=_EVEN,
    sequence=0.5,
    digits=0.5,
    accept_above=0.9,
    accept_single=0.9,
)


def _characters(text: str, sure: float = 0.98) -> list[Character]:
    """Each four columns from the last; letters and print as themselves."""
    return [
        Character(
            MARKS.index(mark),
            sure,
            (20.0 * i, 0.0, 14.0, 20.0),
            tuple(sure if MARKS[d] == mark else 0.0 for d in range(10)),
            4 * i + 2,
        )
        for i, mark in enumerate(text)
    ]


def _columns(text: str) -> NDArray[np.float32]:
    columns = np.zeros((4 * len(text), _BLANK + 1 + SIDES), dtype=np.float32)
    columns[:, _BLANK] = 12
    for i, mark in enumerate(text):
        columns[4 * i + 2, _BLANK] = 0
        columns[4 * i + 2, MARKS.index(mark)] = 12
    return columns


def _look(digit: int, sure: float = 0.98, *, x: int = 0) -> Look:
    return Look(Box(x, 0, 14, 20), np.eye(10)[digit] * sure, stands_alone=True)


def _texts(characters: Sequence[Character]) -> list[str]:
    spans = split_spans(characters, 4 * len(characters))
    return ["".join(MARKS[c.mark] for c in span.characters) for span in spans]


def test_where_the_digit_network_knows_most_digits_its_word_counts_as_on_plain_paper() -> None:
    """A 1 to one network and a 7 to the other, among digits that it knows, and others."""
    line, look = (Share(line=one, look=1 - one, none=0.0) for one in (0.8, 0.2))
    by_look = replace(_FUSION, clear=look, alone=line)
    (span,) = split_spans(_characters("4017"), 16)
    unlike = _look(1)

    def read(beside: float) -> str:
        known = [_look(digit, beside, x=20 * i) for i, digit in enumerate((4, 0, 1))]
        found = read_span(span, [*known, unlike], [_columns("4017")], by_look).line
        assert found is not None
        return found.text

    assert read(0.99) == "4011"
    assert read(0.9) == "4017"


@pytest.mark.parametrize(
    ("seen", "company"),
    [
        ((0.99,), "none"),
        ((0.99, 0.99, 0.99), "clear"),
        ((0.99, 0.99, 0.0), "clear"),
        ((0.99, 0.9, 0.9), "any"),
        ((None, None, 0.99), "any"),
    ],
)
def test_a_span_is_clear_where_the_digit_network_knows_most_of_it(
    seen: tuple[float | None, ...], company: str
) -> None:
    characters = _characters("407"[: len(seen)])
    looks = [_look(4, one) if one else Look(Box(0, 0, 1, 1), None, True) for one in seen]
    letters = [replace(c, digits=(0.01,) * 10) for c in _characters("##")]

    assert company_of(characters, looks) == company
    if company != "none":
        # What is no digit to the line network has no say.
        assert company_of([*characters, *letters], [*looks, *[_look(4, 0.1)] * 2]) == company


def test_printed_words_part_a_row() -> None:
    assert _texts(_characters("PPP12,5PP70P")) == ["12,5", "70P"]


def test_what_stands_in_the_middle_of_a_printed_word_belongs_to_it() -> None:
    apart = _characters("0PP0PP407PP")
    tight = [replace(c, box=(c.box[0], 0.0, 17.0, 20.0)) for c in apart]
    higher = [
        replace(c, box=(c.box[0], -10.0, 17.0, 30.0)) if MARKS[c.mark] == "0" else c for c in tight
    ]

    assert _texts(tight) == ["407"]
    assert _texts(apart) == ["0", "0", "407"]
    assert _texts(higher) == ["0", "0", "407"]
    # What is left out takes its columns with it: they would speak against its neighbour.
    (number,) = split_spans(tight, 44)
    assert (number.first, number.stop) == (20, 44)


def test_what_begins_a_printed_word_after_another_belongs_to_it() -> None:
    """The S of TWO SUMS is no 5."""
    tight = [replace(c, box=(c.box[0], 0.0, 17.0, 20.0)) for c in _characters("PP5PP")]
    spaced = [replace(c, box=(c.box[0] - 20 * (i < 2), *c.box[1:])) for i, c in enumerate(tight)]
    beside_tall = [
        replace(c, box=(c.box[0], -10.0, 17.0, 30.0)) if i < 2 else c for i, c in enumerate(tight)
    ]

    assert _texts(spaced) == []
    assert _texts(beside_tall) == ["5"]


def test_one_printed_character_among_digits_parts_nothing() -> None:
    assert _texts(_characters("12P4")) == ["12P4"]


@pytest.mark.parametrize(("text", "texts"), [("", []), ("PPP", []), ("PP##PP/-", ["##", "/-"])])
def test_print_is_no_span(text: str, texts: list[str]) -> None:
    assert _texts(_characters(text)) == texts


@pytest.mark.parametrize(
    ("box", "runs_on"),
    [
        ((40.0, 0.0, 14.0, 20.0), True),
        ((45.0, 0.0, 14.0, 20.0), True),
        ((53.0, 0.0, 4.0, 20.0), False),  # a word's distance
        ((40.0, 8.0, 14.0, 12.0), False),  # small print
        ((40.0, 12.0, 14.0, 20.0), False),  # below
    ],
)
def test_a_number_that_seems_to_go_on_in_print_is_for_a_person(
    box: tuple[float, float, float, float], *, runs_on: bool
) -> None:
    characters = _characters("12PP")
    characters[2] = replace(characters[2], box=box)

    (span,) = split_spans(characters, 16)

    assert span.runs_on is runs_on


@pytest.mark.parametrize(
    ("runs_on", "sure", "is_read"), [(True, 0.3, False), (False, 0.3, True), (True, 0.98, True)]
)
def test_doubtful_digits_that_run_on_in_print_are_part_of_its_word(
    *, runs_on: bool, sure: float, is_read: bool
) -> None:
    (span,) = split_spans(_characters("40"), 8)
    looks = [_look(4, sure), _look(0, sure)]
    doubtful = _columns("40")
    doubtful[doubtful == 12] = 12 * sure

    line = read_span(replace(span, runs_on=runs_on), looks, [doubtful], _FUSION).line

    assert (line is not None) is is_read


def test_a_word_holds_no_number() -> None:
    (span,) = split_spans(_characters("###"), 12)

    assert read_span(span, [], [_columns("###")], _FUSION) == SpanReading(None, 3)


def test_every_column_belongs_to_one_span() -> None:
    spans = split_spans(_characters("12PP345PP6"), 40)

    assert spans[0].first == 0
    assert [span.first for span in spans[1:]] == [span.stop for span in spans[:-1]]
    assert spans[-1].stop == 40


def test_a_number_that_both_networks_are_sure_of_is_accepted() -> None:
    (span,) = split_spans(_characters("407"), 12)

    line = read_span(
        span, [_look(4), _look(0, x=20), _look(7, x=40)], [_columns("407")], _FUSION
    ).line

    assert line is not None
    assert line.text == "407"
    assert line.decision is Decision.ACCEPT
    assert line.box == Box(0, 0, 54, 20)


def test_two_networks_that_differ_leave_it_to_a_person() -> None:
    (span,) = split_spans(_characters("4"), 4)

    line = read_span(span, [_look(9)], [_columns("4")], _FUSION).line

    assert line is not None
    assert {line.digits[0].digit, line.digits[0].runner_up} == {4, 9}
    assert line.decision is Decision.REVIEW
    assert line.digits[0].decision is Decision.REVIEW


def test_a_letter_beside_the_digits_leaves_it_to_a_person() -> None:
    (span,) = split_spans(_characters("40#"), 12)

    line = read_span(span, [_look(4), _look(0)], [_columns("40#")], _FUSION).line

    assert line is not None
    assert line.text == "40"
    assert line.decision is Decision.REVIEW


def test_a_row_with_ink_that_nothing_was_said_of_is_left_to_a_person() -> None:
    (span,) = split_spans(_characters("40"), 8)
    looks = [_look(4), _look(0)]

    whole = read_span(span, looks, [_columns("40")], _FUSION).line
    part = read_span(replace(span, is_complete=False), looks, [_columns("40")], _FUSION).line

    assert whole is not None
    assert part is not None
    assert (whole.decision, part.decision) == (Decision.ACCEPT, Decision.REVIEW)


def test_what_the_digit_network_takes_for_no_digit_is_left_out() -> None:
    (span,) = split_spans(_characters("18", sure=0.6), 8)

    line = read_span(span, [_look(1, 0.01), _look(8)], [_columns("18")], _FUSION).line

    assert line is not None
    assert line.text == "8"
    assert read_span(span, [_look(1, 0.01), _look(8, 0.01)], [_columns("18")], _FUSION).line is None


def test_a_digit_without_ink_is_as_sure_as_the_line_network_is() -> None:
    (character,) = _characters("3")
    alone = Share(line=1.0, look=1.0, none=0.0)
    fusion = replace(_FUSION, single=alone, alone=alone, joined=alone, passed_over=alone)

    chances = fuse(character, Look(Box(0, 0, 1, 1), None, stands_alone=False), fusion, "any")

    assert chances[3] == pytest.approx(0.98, abs=1e-3)


def test_a_negative_exponent_is_no_fusion() -> None:
    with pytest.raises(ValueError, match="exponents"):
        replace(_FUSION, sequence=-1.0)


def test_a_digit_written_like_a_letter_is_a_digit_where_the_digit_network_knows_it() -> None:
    two, letter = _characters("2#")
    letter = replace(letter, digits=(0.0,) * 9 + (0.3,))
    (span,) = split_spans([two, letter], 8)

    known = read_span(span, [_look(2), _look(9)], [_columns("2#")], _FUSION)
    unknown = read_span(span, [_look(2), _look(9, 0.05)], [_columns("2#")], _FUSION)

    assert known.line is not None
    assert (known.line.text, known.strangers) == ("29", 0)
    assert unknown.line is not None
    assert (unknown.line.text, unknown.strangers) == ("2", 1)


def test_what_stands_alone_is_always_looked_at() -> None:
    """The line network knows letters by their neighbours; a lone one may be any hand's digit."""
    (letter,) = _characters("#")
    letter = replace(letter, digits=(0.0,) * 9 + (0.015,))
    (alone,) = split_spans([letter], 4)
    (beside,) = split_spans([_characters("2")[0], replace(letter, column=6)], 8)

    read = read_span(alone, [_look(9)], [_columns("#")], _FUSION).line

    assert len(beside.candidates) == 1
    assert read is not None
    assert (read.text, read.decision) == ("9", Decision.REVIEW)


def test_what_may_be_a_digit_and_is_left_out_makes_the_number_less_sure() -> None:
    """A 1 that is taken for a stroke is missing, and nothing else would say so."""

    def read(stroke_is_1: float) -> SpanReading:
        *digits, stroke = _characters("29/")
        chances = tuple(stroke_is_1 if digit == 1 else 0.0 for digit in range(10))
        (span,) = split_spans([*digits, replace(stroke, digits=chances)], 12)
        looks = [_look(2), _look(9), _look(1, stroke_is_1)]
        return read_span(span, looks, [_columns("29/")], _FUSION)

    unlikely, likely = read(0.03), read(0.4)

    assert unlikely.line is not None
    assert likely.line is not None
    assert unlikely.line.text == likely.line.text == "29"
    assert likely.seen == pytest.approx(unlikely.seen + np.log((1 - 0.4) / (1 - 0.03)))
    assert likely.line.confidence < 0.85 * unlikely.line.confidence


def test_a_stranger_and_ink_that_nobody_explains_are_for_a_person() -> None:
    (alone,) = split_spans(_characters("29"), 8)
    (beside,) = split_spans(_characters("29#"), 12)
    looks = [_look(2), _look(9)]

    def decision(span: Span, text: str) -> Decision:
        line = read_span(span, looks, [_columns(text)], _FUSION).line
        assert line is not None
        return line.decision

    assert decision(alone, "29") is Decision.ACCEPT
    assert decision(beside, "29#") is Decision.REVIEW
    assert decision(replace(alone, is_complete=False), "29") is Decision.REVIEW


def test_a_digit_alone_has_a_level_of_its_own() -> None:
    fusion = replace(_FUSION, accept_single=0.9999)

    (two,) = split_spans(_characters("29"), 8)
    (one,) = split_spans(_characters("2"), 4)
    several = read_span(two, [_look(2), _look(9)], [_columns("29")], fusion).line
    single = read_span(one, [_look(2)], [_columns("2")], fusion).line

    assert several is not None
    assert single is not None
    assert (several.decision, single.decision) == (Decision.ACCEPT, Decision.REVIEW)
    assert single.digits[0].decision is Decision.REVIEW


def test_a_number_that_another_network_finds_unlikely_is_less_sure() -> None:
    (span,) = split_spans(_characters("29"), 8)
    looks = [_look(2), _look(9)]

    agreed = read_span(span, looks, [_columns("29"), _columns("29")], _FUSION).line
    denied = read_span(span, looks, [_columns("29"), _columns("24")], _FUSION).line

    assert agreed is not None
    assert denied is not None
    assert agreed.decision is Decision.ACCEPT
    assert denied.decision is Decision.REVIEW
    both = sequence_evidence(span, [_columns("29"), _columns("24")], "29")
    each = [sequence_evidence(span, [_columns(text)], "29") for text in ("29", "24")]
    assert both == pytest.approx(sum(each) / 2)


def _with_skipped(chance: float) -> SpanReading:
    """A 4, an upright stroke that the line network passed over, and a 7."""
    four, stroke, seven = _characters("417")
    digits = tuple(chance if digit == 1 else 0.0 for digit in range(10))
    (span,) = split_spans([four, replace(stroke, digits=digits, is_passed_over=True), seven], 12)
    columns = _columns("417")
    columns[6] = columns[5]
    return read_span(span, [_look(4), _look(1, chance), _look(7)], [columns], _FUSION)


def test_a_digit_for_which_its_ink_alone_speaks_is_for_a_person() -> None:
    line = _with_skipped(0.99).line

    assert line is not None
    assert line.text == "417"
    assert [digit.decision for digit in line.digits] == ["accept", "review", "accept"]
    assert line.decision is Decision.REVIEW
    assert Doubt.UNREAD_INK not in line.doubts


def test_ink_among_digits_that_is_none_stays_unread() -> None:
    line = _with_skipped(0.1).line

    assert line is not None
    assert line.text == "47"
    assert Doubt.UNREAD_INK in line.doubts


def test_a_stroke_between_digits_is_a_1_where_both_networks_may_think_so() -> None:
    four, slash, seven = _characters("4/7")
    unsure = replace(slash, digits=tuple(0.3 if d == 1 else 0.0 for d in range(10)))
    (span,) = split_spans([four, unsure, seven], 12)

    read = [
        read_span(span, [_look(4), one, _look(7)], [_columns("4/7")], _FUSION).line
        for one in (_look(1), _look(1, 0.01))
    ]

    assert [line.written for line in read if line] == ["417", "4/7"]


def test_digits_that_look_a_little_like_print_are_digits() -> None:
    neat = [
        replace(one, digits=tuple(0.2 if d == digit else 0.0 for d in range(10)))
        for one, digit in zip(_characters("PP"), (8, 3), strict=True)
    ]
    (span,) = split_spans([*neat, *_characters("0419")], 24)

    assert len(span.candidates) == 6
