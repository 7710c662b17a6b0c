"""What was found, in a sentence or two for the clerk: "Picture OK: 1200 × 800 JPEG. One line ...".

Imports no numpy: the window needs it before the first paint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from model.types import UNREAD, Decision

if TYPE_CHECKING:
    from model.types import PageReading

_WORDS: Final = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)

NOTHING_FOUND: Final = "No handwritten digits were found."
SOME_UNREAD: Final = "Some writing was not read."


class DescribedPage(Protocol):
    """What a summary tells of a page; model.types.Page has it all."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def format(self) -> str: ...
    @property
    def notes(self) -> tuple[str, ...]: ...


def describe(page: DescribedPage, reading: PageReading) -> str:
    """Say that the picture is good, what was found on it, and what a person has to look at."""
    sentences = [
        f"Picture OK: {page.width} × {page.height} {page.format}.",
        *page.notes,
        _found(reading),
    ]
    sentences += [_question(reading), _unread(reading), _printed(reading)]
    return " ".join(filter(None, sentences))


def count_in_words(count: int, singular: str, plural: str) -> str:
    """Count as in "one digit" and "13 digits": words up to twelve, as style guides have it."""
    number = _WORDS[count] if count < len(_WORDS) else f"{count:,}"
    return f"{number} {singular if count == 1 else plural}"


def _found(reading: PageReading) -> str:
    if reading.is_empty:
        return NOTHING_FOUND
    lines = count_in_words(len(reading.lines), "line", "lines")
    digits = count_in_words(reading.digit_count, "digit", "digits")
    return f"{lines[0].upper()}{lines[1:]}, {digits}."


def _unread(reading: PageReading) -> str:
    left = any(not UNREAD.isdisjoint(line.doubts) for line in reading.lines)
    return SOME_UNREAD if left else ""


def _printed(reading: PageReading) -> str:
    if not reading.printed:
        return ""
    count = count_in_words(len(reading.printed), "number", "numbers")
    return f"Left out: {count} that {'looks' if len(reading.printed) == 1 else 'look'} printed."


def _question(reading: PageReading) -> str:
    doubtful_digits = sum(line.doubtful_count for line in reading.lines)
    if doubtful_digits:
        return f"Please check {doubtful_digits} {'digit' if doubtful_digits == 1 else 'digits'}."
    # A line can be in doubt as a whole though each of its digits is clear.
    doubtful_lines = sum(line.decision is Decision.REVIEW for line in reading.lines)
    if not doubtful_lines:
        return ""
    if len(reading.lines) == 1:
        return "Please check the number."
    return f"Please check {doubtful_lines} {'line' if doubtful_lines == 1 else 'lines'}."
