"""What papers and all that lies on them are drawn on: light that the paper throws back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Light: TypeAlias = NDArray[np.float32]
"""(h, w) in [0, 1]: the share of light that the paper throws back."""

Place: TypeAlias = tuple[float, float] | NDArray[np.float64]
"""x and y, px."""

Print: TypeAlias = Callable[[Light, float, np.random.Generator], None]
"""Darkens paper in place; the number is the height of the digits to come, px."""


def to_pixel(place: Place) -> tuple[int, int]:
    """The pixel of a place, as OpenCV wants it."""
    return round(float(place[0])), round(float(place[1]))
