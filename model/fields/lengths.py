"""How many digits a number has, as one asks for it: "11", "9-18", "8,10"."""

from __future__ import annotations

import re
from typing import Final

from model.errors import FieldError

MOST_DIGITS: Final = 40
"""No number that is asked for has more."""


def lengths_of(asked: str, name: str, example: str) -> frozenset[int]:
    """All lengths that are asked for.

    Args:
        asked: Such as "9-18".
        name: Of the kind, for the message.
        example: What to ask for instead.

    Raises:
        FieldError: no lengths, or none that a number has.
    """
    found: set[int] = set()
    for part in asked.split(","):
        match = re.fullmatch(r"([0-9]{1,2})(?:-([0-9]{1,2}))?", part)
        if match is None:
            raise FieldError(f"“{name}” does not say how many digits.", f"Ask for {example}.")
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            raise FieldError(f"“{name}” counts from {first} down to {last}.", f"Ask for {example}.")
        found.update(range(first, last + 1))
    if not found or min(found) < 1 or max(found) > MOST_DIGITS:
        raise FieldError(
            f"“{name}” asks for no length from 1 to {MOST_DIGITS}.", f"Ask for {example}."
        )
    return frozenset(found)


def say_lengths(lengths: frozenset[int]) -> str:
    """As in "9 to 18 digits", "8 or 10 digits", "1 digit"."""
    ordered = sorted(lengths)
    if ordered == [1]:
        return "1 digit"
    if len(ordered) > 2 and ordered == list(range(ordered[0], ordered[-1] + 1)):
        return f"{ordered[0]} to {ordered[-1]} digits"
    return f"{' or '.join(map(str, ordered))} digits"
