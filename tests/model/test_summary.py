from __future__ import annotations

from dataclasses import dataclass

import pytest

from model.summary import count_in_words, describe
from model.types import Box, Decision, DigitReading, LineReading, PageReading


@dataclass(frozen=True)
class PlainPage:
    width: int = 1200
    height: int = 800
    format: str = "JPEG"
    notes: tuple[str, ...] = ()


def line_of(text: str, *, doubtful: int = 0, decision: Decision | None = None) -> LineReading:
    """A line with that many doubtful digits at its beginning."""
    digits = tuple(
        DigitReading(
            digit=int(sign),
            confidence=0.6 if place < doubtful else 0.99,
            decision=Decision.REVIEW if place < doubtful else Decision.ACCEPT,
            box=Box(10 * place, 0, 8, 12),
            runner_up=7,
            runner_up_confidence=0.01,
        )
        for place, sign in enumerate(text)
    )
    if decision is None:
        decision = Decision.REVIEW if doubtful else Decision.ACCEPT
    return LineReading(digits, confidence=0.9, decision=decision, box=Box(0, 0, 10, 12))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], "No handwritten digits were found."),
        (["561247"], "One line, six digits."),
        (["5"], "One line, one digit."),
        (["12", "345"], "Two lines, five digits."),
        (["123456789012"], "One line, twelve digits."),
        (["1234567890123"], "One line, 13 digits."),
        (["1"] * 13, "13 lines, 13 digits."),
        (["1" * 100] * 12, "Twelve lines, 1,200 digits."),
    ],
)
def test_what_was_found_is_counted_in_words(lines: list[str], expected: str) -> None:
    reading = PageReading(tuple(line_of(text) for text in lines))

    assert describe(PlainPage(), reading) == f"Picture OK: 1200 × 800 JPEG. {expected}"


@pytest.mark.parametrize(
    ("reading", "question"),
    [
        ([line_of("1234", doubtful=1)], "Please check 1 digit."),
        ([line_of("1234", doubtful=2)], "Please check 2 digits."),
        ([line_of("12", doubtful=1), line_of("34", doubtful=2)], "Please check 3 digits."),
        ([line_of("12", decision=Decision.REVIEW)], "Please check the number."),
        ([line_of("12"), line_of("3", decision=Decision.REVIEW)], "Please check 1 line."),
        ([line_of("12", decision=Decision.REVIEW)] * 2, "Please check 2 lines."),
    ],
)
def test_doubt_ends_with_what_to_check(reading: list[LineReading], question: str) -> None:
    assert describe(PlainPage(), PageReading(tuple(reading))).endswith(f" digits. {question}")


def test_notes_stand_between_the_picture_and_what_was_found() -> None:
    page = PlainPage(
        width=28, height=30, format="GIF", notes=("It is animated; only the first frame was read.",)
    )

    assert describe(page, PageReading((line_of("7"),))) == (
        "Picture OK: 28 × 30 GIF. It is animated; only the first frame was read. "
        "One line, one digit."
    )


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, "Left out: one number that looks printed."),
        (7, "Left out: seven numbers that look printed."),
    ],
)
def test_what_looks_printed_is_counted_at_the_end(count: int, told: str) -> None:
    reading = PageReading((line_of("12", doubtful=1),), printed=(line_of("7"),) * count)

    assert describe(PlainPage(), reading).endswith(f"Please check 1 digit. {told}")


def test_nothing_counts_as_no() -> None:
    assert count_in_words(0, "digit", "digits") == "no digits"
