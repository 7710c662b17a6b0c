"""Ligatures: the strokes with which a quick hand runs on from one digit to the next."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from model.normalize import Ink

Placed: TypeAlias = tuple[int, int, Ink]
"""Left and top of a character's ink, px, and the ink."""

_LONGEST: Final = 0.6
"""Between two characters' boxes, as a share of their height; a wider gap lifts the pen."""

_TOUCHED: Final = 0.3
_SOFTNESS: Final = 0.6
_SUBPIXEL_BITS: Final = 4

_ZEROS: Final = ((0.0, 0.35), (0.0, 0.35))
_ANY: Final = ((0.6, 1.0), (0.0, 1.0))
"""From how far down the first character to how far down the next, as shares of their heights."""


def link(
    canvas: Ink, one: Placed, other: Placed, *, width: float, rng: np.random.Generator, zeros: bool
) -> None:
    """Draw the stroke between two neighbours; nothing where they stand too far apart.

    Args:
        canvas: (h, w) in [0, 1]; inked in place.
        one: The left one.
        other: The right one.
        width: Of the stroke, px.
        rng: Decides where it leaves and where it arrives.
        zeros: Whether both are zeros: those hang together by their heads.
    """
    height = max(one[2].shape[0], other[2].shape[0])
    if other[0] - one[0] - one[2].shape[1] > _LONGEST * height:
        return
    leaves, arrives = _ZEROS if zeros else _ANY
    start = _edge(one, float(rng.uniform(*leaves)), -1)
    end = _edge(other, float(rng.uniform(*arrives)), 0)
    middle = (start + end) / 2 + rng.normal(0, 0.12, size=2) * height
    share = np.linspace(0, 1, 9)[:, None]
    points = (1 - share) ** 2 * start + 2 * share * (1 - share) * middle + share**2 * end
    stroke = np.zeros(canvas.shape, dtype=np.uint8)
    corners = (points * (1 << _SUBPIXEL_BITS)).round().astype(np.int32).reshape(-1, 1, 2)
    cv2.polylines(stroke, [corners], False, 255, max(1, round(width)), cv2.LINE_AA, _SUBPIXEL_BITS)
    soft = cv2.GaussianBlur(stroke, (0, 0), _SOFTNESS).astype(np.float32) / np.float32(255)
    np.maximum(canvas, soft, out=canvas)


def _edge(placed: Placed, share: float, side: Literal[0, -1]) -> NDArray[np.float32]:
    """The x and y of a character's outermost ink (0 left, -1 right) at a share of its height."""
    left, top, ink = placed
    inked = np.flatnonzero((ink > _TOUCHED).any(axis=1))
    if not inked.size:
        return np.array([left, top], dtype=np.float32)
    row = int(inked[np.abs(inked - share * (len(ink) - 1)).argmin()])
    column = int(np.flatnonzero(ink[row] > _TOUCHED)[side])
    return np.array([left + column, top + row], dtype=np.float32)
