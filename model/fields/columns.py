"""Rupees and paise in columns of their own: a wide gap that stands for a point."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from model.fields.kind import FieldKind
    from model.types import LineReading

# A gap that may be the rule between two columns: as a share of the digits' height, which is a
# digit's width and more, and how many times as wide as the number's other gaps.
_WIDE: Final = 0.6
_WIDER: Final = 2.0
_USUAL: Final = 0.1
"""Gap between digits that touch, of which a multiple would be nothing."""


def may_gap_be_point(line: LineReading, kind: FieldKind) -> bool:
    """Whether a number with a point in one of its wide gaps is worth something else.

    Args:
        line: With the digits that are taken.
        kind: What it is to be.
    """
    written = line.written or line.text
    value = kind.value_of(written)
    places = [one.start() for one in re.finditer("[0-9]", written)]
    for i in _wide_gaps(line) if len(places) == len(line.digits) else ():
        before, after = places[i], places[i + 1]
        if after == before + 1:  # nothing is written there
            pointed = kind.value_of(f"{written[:after]}.{written[after:]}")
            if pointed is not None and pointed != value:
                return True
    return False


def _wide_gaps(line: LineReading) -> list[int]:
    """Behind which digits, from 0, more room is left than between the others."""
    height = median(digit.box.h for digit in line.digits)
    gaps = [max(0, right.box.x - left.box.right) for left, right in pairwise(line.digits)]
    wide = []
    for i, gap in enumerate(gaps):
        others = gaps[:i] + gaps[i + 1 :]
        usual = max(median(others), _USUAL * height) if others else _WIDE * height
        if gap > _WIDE * height and gap > _WIDER * usual:
            wide.append(i)
    return wide
