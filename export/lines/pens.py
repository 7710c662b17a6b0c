"""Pens: recorded strokes become ink, as a ball pen, a pencil or a felt marker leaves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Self

import cv2
import numpy as np
from numpy.typing import NDArray

from export.synthesize import Stroke
from model.normalize import Ink

_SUBPIXEL_BITS: Final = 4
_OVERSAMPLING: Final = 2


@dataclass(frozen=True, slots=True)
class Pen:
    """One pen in one hand.

    Attributes:
        width: Of the stroke, as a share of the digits' height.
        pressure: How much the width changes along a stroke, as a share of it.
        wobble: Unsteadiness of the hand, as a share of the digits' height.
        bleed: Blur of the stroke's edge, as a share of its width.
        grain: How much the paper's grain breaks the stroke; a pencil's is high.
    """

    width: float
    pressure: float
    wobble: float
    bleed: float
    grain: float

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Self:
        """Any of the pens that lie on a counter."""
        kind = rng.choice(["ball", "gel", "pencil", "felt", "nib"], p=[0.4, 0.2, 0.15, 0.15, 0.1])
        widths = {"ball": (0.03, 0.09), "gel": (0.05, 0.13), "pencil": (0.03, 0.1)}
        width = rng.uniform(*widths.get(str(kind), (0.1, 0.24)))
        return cls(
            width=float(width if kind != "nib" else rng.uniform(0.05, 0.14)),
            pressure=float(rng.uniform(0, 0.7 if kind == "nib" else 0.3)),
            wobble=float(rng.choice([0.0, rng.uniform(0, 0.025)])),
            bleed=float(rng.uniform(0.1, 0.5)),
            grain=float(rng.uniform(0.3, 0.8) if kind == "pencil" else rng.uniform(0, 0.25)),
        )


def ink_strokes(
    strokes: Sequence[Stroke], height: float, slant: float, pen: Pen, rng: np.random.Generator
) -> Ink:
    """Draw a character's strokes.

    Args:
        strokes: At least one, each with at least one point.
        height: Of the drawn character without the pen's width, px; a flat one is as wide instead.
        slant: Px across per px up.
        pen: Draws it.
        rng: Decides the hand's unsteadiness.

    Returns:
        (h, w) float32 in [0, 1], cut to the ink.
    """
    points = np.concatenate(strokes)
    extent = np.ptp(points, axis=0)
    # A 1 without a foot is a plain line: its height counts. A dash has none.
    scale = _OVERSAMPLING * height / max(float(extent[1]), 0.35 * float(extent[0]), 1e-6)
    width = max(1.0, pen.width * height * _OVERSAMPLING)
    placed = [_steer((s - points.min(axis=0)) * scale, slant, pen, height, rng) for s in strokes]
    everything = np.concatenate(placed)
    margin = width + 2 * _OVERSAMPLING
    origin = everything.min(axis=0) - margin
    size = np.ceil(np.ptp(everything, axis=0) + 2 * margin).astype(int)
    size += -size % _OVERSAMPLING
    ink = np.zeros((size[1], size[0]), dtype=np.uint8)
    for stroke in placed:
        _trace(ink, stroke - origin, width, pen.pressure, rng)
    small = cv2.resize(
        ink, (size[0] // _OVERSAMPLING, size[1] // _OVERSAMPLING), interpolation=cv2.INTER_AREA
    )
    blur = pen.bleed * width / _OVERSAMPLING
    soft = cv2.GaussianBlur(small, (0, 0), blur) if blur > 0.2 else small
    inked = np.asarray(soft / np.float32(255), dtype=np.float32)
    return cut_to_ink(_on_rough_paper(inked, pen.grain, rng))


def _on_rough_paper(ink: Ink, grain: float, rng: np.random.Generator) -> Ink:
    """A light hand leaves the hollows of the paper white."""
    if grain < 0.05:
        return ink
    hollows = cv2.GaussianBlur(rng.random(ink.shape, dtype=np.float32), (3, 3), 0.7)
    return np.asarray(ink * (1 - grain * np.clip(4 * hollows - 1.5, 0, 1)), dtype=np.float32)


def _steer(
    stroke: Stroke, slant: float, pen: Pen, height: float, rng: np.random.Generator
) -> Stroke:
    steered = stroke.copy()
    steered[:, 0] -= slant * steered[:, 1]
    if pen.wobble and len(stroke) > 4:
        noise = rng.normal(size=(len(stroke), 2)) * pen.wobble * height * _OVERSAMPLING
        steered += cv2.GaussianBlur(noise, (1, 5), 1.5)
    return np.asarray(steered, dtype=np.float32)


def _trace(
    ink: NDArray[np.uint8], stroke: Stroke, width: float, pressure: float, rng: np.random.Generator
) -> None:
    dotted = np.repeat(stroke, 2, axis=0) if len(stroke) == 1 else stroke
    placed = (dotted * (1 << _SUBPIXEL_BITS)).round().astype(np.int32).reshape(-1, 1, 2)
    pieces = 1 if pressure < 0.1 or len(placed) < 6 else 4
    edges = np.linspace(0, len(placed) - 1, pieces + 1).astype(int)
    for start, end in pairwise(edges):
        thickness = max(1, round(width * (1 + pressure * rng.uniform(-1, 1))))
        part = placed[start : end + 1]
        cv2.polylines(ink, [part], False, 255, thickness, cv2.LINE_AA, _SUBPIXEL_BITS)


def cut_to_ink(ink: Ink, level: float = 0.15) -> Ink:
    """The smallest part that holds all ink above a level; all of it where there is none."""
    rows = np.flatnonzero(ink.max(axis=1, initial=0) > level)
    columns = np.flatnonzero(ink.max(axis=0, initial=0) > level)
    if not rows.size:
        return ink
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
