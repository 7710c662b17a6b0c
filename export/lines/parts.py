"""The parts that drawn lines are made of; each can be left out, to see what it is worth."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Part(StrEnum):
    """One of them, by the name that the command line knows."""

    PATTERNS = "patterns"
    """Guilloche, hatching, dots and fibres of security and recycled paper."""
    RULES = "rules"
    """Ruled paper and the sides of cells and fields."""
    FOLDS = "folds"
    """Folds, and arcs of round stamps."""
    OVERLAYS = "overlays"
    """Stamps with letters, signatures and hard shadows."""
    LIGHT = "light"
    """The paper's grain, and soft uneven light."""
    COMBS = "combs"
    """One character to a box, with the boxes' print."""
    PRINT = "print"
    """Printed words and numbers beside, above, below and under the writing, or in its stead."""
    NEIGHBOURS = "neighbours"
    """The feet or heads of the lines above and below."""
    CAPTURE = "capture"
    """Blur, low resolution, noise, contrast, fax and JPEG."""
    HABITS = "habits"
    """Digits as other schools write them, and strokes that run on from one to the next."""
    STROKES = "strokes"
    """Digits that were recorded as pen strokes: without them, all are enlarged scans."""
    SCANS = "scans"
    """Digits that were scanned: without them, all are drawn from strokes."""
    TIGHT = "tight"
    """Digits that touch and overlap."""
    MISFRAMED = "misframed"
    """Rows whose height and place the line finder misjudged."""


NOTHING: Final[frozenset[Part]] = frozenset()
