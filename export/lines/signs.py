"""Signs that people write among digits, drawn by the project: no data set holds them all."""

from __future__ import annotations

from typing import Final

import numpy as np

from export.lines.pens import Pen, ink_strokes
from export.synthesize import Stroke
from model.normalize import Ink

_RISING: Final = 0.25
"""Share of dashes that rise to the right, as a quick hand closes a sum."""


def draw_sign(character: str, height: float, pen: Pen, rng: np.random.Generator) -> Ink:
    """The ink of a separator, or for any other character of a sign that is no digit.

    Args:
        character: One of model.marks.SEPARATORS, or anything else for a currency sign or a scrawl.
        height: Of the digits beside it, px.
    """
    jitter = float(rng.uniform(0.75, 1.3))
    if character == ".":
        # A point is as large as the pen, or a little dash of an impatient hand.
        size = max(1.0, float(rng.uniform(0.0, 0.08)) * height)
        return ink_strokes([_line((0, 0), (size, rng.uniform(-1, 1) * size))], size, 0, pen, rng)
    if character == ",":
        # Most are small hooks; an impatient hand draws them as long as a digit is wide.
        wide = float(rng.uniform(0.6, 1.6) if rng.random() < 0.25 else 0.45)
        bend = np.array([[0.8 * wide, 0], [wide, 0.35], [0.0, 1.0]], dtype=np.float32)
        tall = 0.3 * jitter * (rng.uniform(1.0, 1.8) if rng.random() < 0.25 else 1.0)
        return ink_strokes([bend], tall * height, 0, pen, rng)
    if character == "-":
        return _dashes(1, height * jitter, pen, rng)
    if character == "=":
        return _dashes(2, height * jitter, pen, rng)
    if character == "/":
        lean = float(rng.uniform(0.15, 0.8))
        return ink_strokes([_line((lean, 0), (0, 1))], 1.15 * jitter * height, 0, pen, rng)
    if character in "Xx":
        cross = [_line((0, 0), (0.8, 1)), _line((0.8, 0), (0, 1))]
        return ink_strokes(cross, height * jitter, 0, pen, rng)
    return ink_strokes(_currency(character, rng), 1.1 * height, 0, pen, rng)


def _line(start: tuple[float, float], end: tuple[float, float]) -> Stroke:
    return np.array([start, end], dtype=np.float32)


def _dashes(count: int, height: float, pen: Pen, rng: np.random.Generator) -> Ink:
    """One or two dashes: flat ones, tilted or rising ones, and those with a wave in them."""
    length = float(rng.uniform(0.25, 0.8)) * height
    x = np.linspace(0, length, 9)
    wave = float(rng.choice([0.0, 0.0, rng.uniform(0, 0.06)])) * height
    tilt = float(-rng.uniform(0, 0.5) if rng.random() < _RISING else rng.normal(0, 0.08))
    strokes = []
    for i in range(count):
        y = i * rng.uniform(0.1, 0.3) * height + tilt * x + wave * np.sin(6.3 * x / length)
        strokes.append(np.stack([x * rng.uniform(0.85, 1.1), y], axis=1).astype(np.float32))
    # Scaled by its width: ink_strokes gives a flat character 0.35 of its width as a height.
    everything = np.concatenate(strokes)
    tall = max(float(np.ptp(everything[:, 1])), 0.35 * float(np.ptp(everything[:, 0])))
    return ink_strokes(strokes, tall, 0, pen, rng)


def _currency(character: str, rng: np.random.Generator) -> list[Stroke]:
    """A dollar, a number sign, a star; else a scrawl."""
    if character == "$":
        turn = np.linspace(0, 1, 24)
        snake = np.stack([-0.3 * np.sin(2 * np.pi * turn), turn], axis=1)
        return [snake.astype(np.float32), _line((0, -0.12), (0, 1.12))]
    if character == "#":
        return [
            _line((0.3, 0), (0.2, 1)),
            _line((0.6, 0), (0.5, 1)),
            _line((0, 0.35), (0.8, 0.35)),
            _line((0, 0.7), (0.8, 0.7)),
        ]
    if character == "*":
        return [
            _line((0.4, 0), (0.4, 0.8)),
            _line((0, 0.2), (0.8, 0.6)),
            _line((0, 0.6), (0.8, 0.2)),
        ]
    corners = rng.uniform(0, 1, size=(int(rng.integers(4, 9)), 2))
    return [corners.astype(np.float32)]
