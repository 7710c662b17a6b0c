"""What people write in the number fields of slips, forms and cheques, as strings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np

from export.datasets import LETTERS_LIKE_DIGITS

_LIKE_DIGITS: Final = LETTERS_LIKE_DIGITS | frozenset("PpVvr")
"""In a row of digits, more letters are: on cheques a 9 is often a P, and a 5 a V with a long arm or
an r. To call those letters no digit cost more 9s and 5s than any other confusion."""

LETTERS: Final = "".join(
    letter
    for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    if letter not in _LIKE_DIGITS
)
"""Letters that cannot be taken for a digit: to call the others no digit would teach doubt."""

Grammar: TypeAlias = Callable[[np.random.Generator], str]

_REPEATED: Final = 0.08
"""Share of numbers of several digits in which one is made to follow itself; zeros at the end and
the first digit of a sum may be set over it, so that a few of them do not show it."""

_COUNTED: Final = 0.8
"""Share of the sums and counts whose first digit follows Benford's law."""


def _digits(rng: np.random.Generator, least: int, most: int) -> str:
    count = int(rng.integers(least, most + 1))
    text = "".join(str(d) for d in rng.integers(0, 10, size=count))
    if count > 1 and rng.random() < _REPEATED:
        # Ones most of all: strokes side by side are counted, not seen.
        digit = "1" if rng.random() < 0.5 else text[0]
        start, times = int(rng.integers(0, count - 1)), int(rng.integers(2, 4))
        text = (text[:start] + times * digit + text[start + times :])[:count]
    # Round sums are written more often than chance would have them.
    zeros = int(rng.integers(0, count)) if rng.random() < 0.25 else 0
    return text[: count - zeros] + "0" * zeros


def _sum(rng: np.random.Generator, least: int, most: int) -> str:
    """A number that counts something: most of several digits begin as Benford's law (1938) says.

    One in four begins with a 1. Where every first digit is drawn as often, a stroke at the left
    end of a line is more often the side of a box than a 1, and so the network learns to take it.
    """
    text = _digits(rng, least, most)
    if len(text) == 1 or rng.random() >= _COUNTED:
        return text
    return str(int(10 ** rng.uniform(0, 1))) + text[1:]


def _grouped(text: str, mark: str, *, indian: bool = False) -> str:
    head, size = text, 3
    parts: list[str] = []
    while len(head) > size:
        head, part = head[:-size], head[-size:]
        parts.insert(0, part)
        size = 2 if indian else 3
    return mark.join([head, *parts])


def plain(rng: np.random.Generator) -> str:
    """A count, a number of a few digits."""
    return _sum(rng, 1, 5)


def code(rng: np.random.Generator) -> str:
    """A postcode, an account number, a telephone number, with or without groups."""
    text = _digits(rng, 5, 12)
    if rng.random() < 0.3:
        cut = int(rng.integers(1, len(text)))
        return text[:cut] + str(rng.choice([" ", "-", "/"])) + text[cut:]
    return text


def amount(rng: np.random.Generator) -> str:
    """A sum of money, grouped as in the West, in Latin America or in India, and closed or not."""
    whole = _sum(rng, 1, 8)
    mark = str(rng.choice(["", ".", ",", " "], p=[0.3, 0.3, 0.3, 0.1]))
    text = _grouped(whole, mark, indian=bool(rng.random() < 0.3)) if mark else whole
    if rng.random() < 0.3:
        text += ("," if mark == "." else ".") + _digits(rng, 2, 2)
    closing = ["", "", "", "/-", "-", ".-", "=", ".=", "/=", ",-", ".", " /-", " -"]
    return _opening(rng) + text + str(rng.choice(closing))


def _opening(rng: np.random.Generator) -> str:
    """Currency signs and words before a sum; all of them are neither digit nor separator."""
    return str(rng.choice(["", "", "", "", "", "", "$", "#", "Rs ", "R ", "*", "= ", "-"]))


def date(rng: np.random.Generator) -> str:
    """A day, a month and a year, in any order, with any mark between."""
    day, month = int(rng.integers(1, 32)), int(rng.integers(1, 13))
    year = int(rng.integers(1930, 2040))
    short = rng.random() < 0.4
    last = f"{year % 100:02d}" if short else str(year)
    first = [f"{day:02d}", f"{month:02d}"] if rng.random() < 0.7 else [str(day), str(month)]
    mark = str(rng.choice(["/", "-", ".", " ", ""], p=[0.35, 0.25, 0.25, 0.1, 0.05]))
    return mark.join([*first, last] if rng.random() < 0.8 else [str(year), *first])


def decimal(rng: np.random.Generator) -> str:
    """A measured value: ``11,5``, ``-4.98``."""
    sign = "-" if rng.random() < 0.06 else ""
    return sign + _sum(rng, 1, 3) + str(rng.choice([".", ","])) + _digits(rng, 1, 2)


def word(rng: np.random.Generator) -> str:
    """Handwriting that is no number, or a number among letters."""
    count = int(rng.integers(1, 9))
    text = "".join(LETTERS[i] for i in rng.integers(0, len(LETTERS), size=count))
    if rng.random() < 0.4:
        number = _digits(rng, 1, 5)
        return f"{text} {number}" if rng.random() < 0.5 else f"{number} {text}"
    return text


def crossed_boxes(rng: np.random.Generator) -> str:
    """The boxes of a tally form: unused ones are crossed out or dashed."""
    number = _digits(rng, 1, 3)
    return str(rng.choice(["X", "-", "x"])) * int(rng.integers(0, 3)) + number


GRAMMARS: Final[tuple[tuple[Grammar, float], ...]] = (
    (plain, 0.26),
    (code, 0.19),
    (amount, 0.26),
    (date, 0.1),
    (decimal, 0.09),
    (word, 0.05),
    (crossed_boxes, 0.05),
)
"""Each kind of text with its share."""


def draw_text(rng: np.random.Generator) -> str:
    """A text of any kind; a space is a gap."""
    kinds = [kind for kind, _ in GRAMMARS]
    chances = [share for _, share in GRAMMARS]
    return kinds[int(rng.choice(len(kinds), p=chances))](rng)
