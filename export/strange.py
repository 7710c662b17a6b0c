"""Ink that is no digit of ours, drawn by the project: struck-out digits, blots, other numerals.

Other scripts' numerals are drawn from strokes set down by hand here, in the shapes that schools
teach; those that a Latin digit resembles are left out (Arabic 0, 1, 5 and 9, Devanagari 0 to 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from export.synthesize import Stroke, draw_strokes, vary_hand
from model.normalize import Ink

_Corners = Sequence[tuple[float, float]]

NUMERALS: Final[dict[str, Sequence[_Corners]]] = {
    "arabic 2": [
        [(0.1, 0.3), (0.15, 0.05), (0.35, 0.3), (0.7, 0.25), (0.75, 0.0)],
        [(0.1, 0.1), (0.25, 1)],
    ],
    "arabic 3": [
        [(0.05, 0.1), (0.1, 0.3), (0.3, 0.3), (0.35, 0.05), (0.4, 0.3), (0.65, 0.3), (0.75, 0.0)],
        [(0.05, 0.1), (0.25, 1.0)],
    ],
    "arabic 4": [
        [(0.7, 0.05), (0.3, 0.1), (0.3, 0.35), (0.65, 0.4), (0.2, 0.5), (0.15, 0.85), (0.7, 0.95)]
    ],
    "arabic 6": [[(0.0, 0.1), (0.35, 0.05), (0.6, 0.0), (0.6, 0.5), (0.65, 1.0)]],
    "arabic 7": [[(0.0, 0.0), (0.25, 0.6), (0.4, 1.0)], [(0.4, 1.0), (0.55, 0.6), (0.8, 0.0)]],
    "arabic 8": [[(0.4, 0.0), (0.25, 0.4), (0.0, 1.0)], [(0.4, 0.0), (0.55, 0.4), (0.8, 1.0)]],
    "devanagari 4": [
        [(0.0, 0.0), (0.3, 0.35), (0.65, 0.75), (0.5, 1.0), (0.25, 0.95), (0.25, 0.7), (0.8, 0.0)]
    ],
    "devanagari 5": [
        [(0.1, 0.0), (0.1, 0.5), (0.6, 0.5)],
        [(0.6, 0.0), (0.6, 0.6), (0.35, 0.7), (0.8, 1.0)],
    ],
    "devanagari 7": [
        [
            (0.75, 0.6),
            (0.4, 0.35),
            (0.1, 0.3),
            (0.1, 0.0),
            (0.6, 0.05),
            (0.95, 0.4),
            (0.8, 0.95),
            (0.3, 1.0),
        ]
    ],
    "devanagari 8": [[(0.6, 0.0), (0.2, 0.15), (0.1, 0.6), (0.4, 0.9), (0.9, 1.0)]],
    "chinese 9": [
        [(0.1, 0.3), (0.75, 0.3), (0.7, 0.9), (1.0, 0.85)],
        [(0.45, 0.0), (0.4, 0.5), (0.0, 1.0)],
    ],
    "chinese 5": [
        [(0.1, 0.0), (0.9, 0.0)],
        [(0.5, 0.0), (0.35, 0.95)],
        [(0.2, 0.45), (0.75, 0.45), (0.7, 0.95)],
        [(0.0, 0.95), (1.0, 0.95)],
    ],
    "chinese 4": [
        [(0.0, 0.1), (0.05, 0.9)],
        [(0.0, 0.1), (1.0, 0.1), (0.95, 0.9)],
        [(0.35, 0.1), (0.25, 0.55)],
        [(0.6, 0.1), (0.6, 0.5), (0.85, 0.55)],
        [(0.05, 0.85), (0.95, 0.85)],
    ],
    "chinese 6": [
        [(0.5, 0.0), (0.5, 0.15)],
        [(0.0, 0.35), (1.0, 0.35)],
        [(0.35, 0.5), (0.05, 1.0)],
        [(0.65, 0.5), (0.95, 1.0)],
    ],
    "chinese 8": [[(0.35, 0.0), (0.3, 0.5), (0.0, 1.0)], [(0.6, 0.0), (0.7, 0.5), (1.0, 1.0)]],
    "chinese 10": [[(0.0, 0.4), (1.0, 0.4)], [(0.5, 0.0), (0.5, 1.0)]],
}
"""Strokes of each, of height 1, y downwards."""

_CROSSED: Final = "0147"
"""A slashed zero, a crossed 7, and what a line makes a 4 or a plus of."""

_STRAIGHT: Final = ("chinese", "arabic 7", "arabic 8")
"""Those whose strokes have corners."""


def draw_numeral(numeral: str, rng: np.random.Generator) -> Ink:
    """One of ``NUMERALS`` by any hand with any pen; as ``draw_strokes``."""
    strokes = [np.array(corners, np.float32) for corners in NUMERALS[numeral]]
    shaken = [one + rng.normal(0, 0.035, one.shape).astype(np.float32) for one in strokes]
    if not numeral.startswith(_STRAIGHT):
        shaken = [_rounded(one) for one in shaken]
    return draw_strokes(vary_hand(shaken, rng), rng)


def strike_out(digit: str, strokes: Sequence[Stroke], rng: np.random.Generator) -> list[Stroke]:
    """A digit with what cancels it: one to three lines, a cross, or a zigzag over all of it.

    Args:
        digit: One line across some of them is how people write them.
        strokes: Of the digit, at least one.
        rng: Decides what is drawn over it.
    """
    points = np.concatenate(strokes)
    low, extent = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1e-6)
    centre = low + extent / 2
    extent = np.maximum(extent, 0.35 * extent.max())  # a 1 is struck out as widely
    way = rng.random()
    if way < 0.5:
        count = int(rng.integers(1 + (digit in _CROSSED), 4))
        tilt = rng.uniform(-0.5, 0.5)
        lines = [
            [(-0.25, middle + tilt / 2), (1.25, middle - tilt / 2)]
            for middle in 0.5 + 0.2 * (np.arange(count) - (count - 1) / 2)
        ]
    elif way < 0.75:
        lines = [[(-0.2, -0.05), (1.2, 1.05)], [(1.2, -0.05), (-0.2, 1.05)]]
    else:
        turns = int(rng.integers(5, 10))
        x = np.linspace(-0.15, 1.15, turns)
        y = np.where(np.arange(turns) % 2, 0.95, 0.05)
        lines = [list(zip(x.tolist(), y.tolist(), strict=True))]
    drawn = [np.array(line, np.float32) for line in lines]
    shaken = [line + rng.normal(0, 0.05, line.shape).astype(np.float32) for line in drawn]
    return [*strokes, *(np.asarray((line - 0.5) * extent + centre, np.float32) for line in shaken)]


def draw_blot(rng: np.random.Generator) -> Ink:
    """A drop or a smear of ink: round or long, with a rough rim, and sometimes drops beside it."""
    ink = np.zeros((96, 96), np.uint8)
    middle = np.array([48.0, 48.0])
    for size in (rng.uniform(12, 26), *rng.uniform(1, 6, size=int(rng.integers(0, 5)))):
        turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
        reach = size * (
            1 + rng.uniform(0.05, 0.3) * cv2.GaussianBlur(rng.normal(size=(24, 1)), (1, 5), 1)[:, 0]
        )
        flat = rng.uniform(0.5, 1.6)
        rim = middle + np.stack([reach * np.cos(turn) * flat, reach * np.sin(turn) / flat], axis=1)
        cv2.fillPoly(ink, [rim.round().astype(np.int32)], 255, cv2.LINE_AA)
        middle = 48 + rng.normal(0, 22, size=2)
    return np.asarray(cv2.GaussianBlur(ink, (0, 0), rng.uniform(0.3, 1.5)) / 255.0, np.float32)


def _rounded(corners: Stroke) -> Stroke:
    """Chaikin's corner cutting (1974), the ends kept."""
    for _ in range(3):
        inner = np.empty((2 * len(corners) - 2, 2), np.float32)
        inner[0::2] = 0.75 * corners[:-1] + 0.25 * corners[1:]
        inner[1::2] = 0.25 * corners[:-1] + 0.75 * corners[1:]
        corners = np.concatenate([corners[:1], inner, corners[-1:]])
    return corners
