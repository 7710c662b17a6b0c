"""What the line reader tells apart: digits, the separators among them, and what is neither."""

from __future__ import annotations

from typing import Final

DIGITS: Final = "0123456789"

SEPARATORS: Final = ".,-/="
"""What people write among or after digits: points, commas, dashes, slashes, a closing ``=``."""

OTHER: Final = "#"
"""Handwriting that is neither: letters, currency signs, crossed-out boxes, scrawls."""

PRINT: Final = "P"
"""Printed characters, digits too: they are not what a person wrote."""

MARKS: Final = DIGITS + SEPARATORS + OTHER + PRINT
"""Each mark by its number, which is its output in the network."""

OTHER_MARK: Final = MARKS.index(OTHER)
PRINT_MARK: Final = MARKS.index(PRINT)


def mark_of(character: str) -> int:
    """The number of a handwritten character's mark; letters and symbols are ``OTHER``."""
    return MARKS.index(character if character in DIGITS + SEPARATORS else OTHER)
