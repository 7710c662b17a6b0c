"""Training pictures that no data set holds: other pens, and things that are not a digit.

Everything here is drawn from a numpy Generator, so a seed gives the same pictures again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from model.normalize import Frame, Ink, normalize_crop

Stroke: TypeAlias = NDArray[np.float32]
"""(n, 2) pen positions x, y in any unit, y downwards."""

_DRAWN_SIZE: Final = 72
_SUBPIXEL_BITS: Final = 4

# How far a looser hand goes: the largest power of a place in the character, as a logarithm; the
# largest deviation of a stroke, as a share of the character's longer side.
_PROPORTIONS: Final = 0.45
_LOOSE: Final = 0.07
# Height of a bar at most, as a share of its width.
_BAR: Final = 0.6


def draw_strokes(strokes: Sequence[Stroke], rng: np.random.Generator) -> Ink:
    """Draw recorded pen strokes with a pen of random width, wobble and bleed.

    Args:
        strokes: At least one, each with at least one point.

    Returns:
        (h, w) float32 in [0, 1], ink 1; the longer side about 72 px plus the pen.
    """
    points = np.concatenate(strokes)
    low, extent = points.min(axis=0), float(np.ptp(points, axis=0).max()) or 1.0
    # Pens from a hair line to a felt marker: 3 % to 18 % of the digit's longer side.
    pen = _DRAWN_SIZE * float(np.exp(rng.uniform(np.log(0.03), np.log(0.18))))
    margin = int(pen) + 4
    scale = _DRAWN_SIZE / extent
    width, height = (np.ptp(points, axis=0) * scale).astype(int) + 2 * margin + 1
    ink = np.zeros((height, width), dtype=np.uint8)
    for stroke in strokes:
        # A dot has one position, and a line of one point is not drawn.
        dotted = np.repeat(stroke, 2, axis=0) if len(stroke) == 1 else stroke
        placed = ((dotted - low) * scale + margin) * (1 << _SUBPIXEL_BITS)
        line = placed.round().astype(np.int32).reshape(-1, 1, 2)
        thickness = max(1, round(pen * rng.uniform(0.9, 1.1)))
        cv2.polylines(ink, [line], False, 255, thickness, cv2.LINE_AA, _SUBPIXEL_BITS)
    blur = rng.uniform(0.3, 2.0)
    return np.asarray(cv2.GaussianBlur(ink, (0, 0), blur) / 255.0, dtype=np.float32)


def vary_hand(strokes: Sequence[Stroke], rng: np.random.Generator) -> list[Stroke]:
    """The same character by a looser hand: other proportions, strokes set beside their places.

    A loop becomes flat and a stem long, or the other way about, and the strokes of a character do
    not meet where they did; hands differ in both more than in any slant.

    Args:
        strokes: At least one, each with at least one point.
    """
    powers = np.exp(rng.uniform(-_PROPORTIONS, _PROPORTIONS, size=2))
    bent = with_proportions(strokes, powers)
    if len(bent) == 1:
        return bent
    longer = float(np.ptp(np.concatenate(bent), axis=0).max())
    places = rng.normal(0, rng.uniform(0, _LOOSE) * longer, size=(len(bent), 2))
    return [
        np.asarray(stroke + place, np.float32) for stroke, place in zip(bent, places, strict=True)
    ]


def with_proportions(strokes: Sequence[Stroke], powers: NDArray[np.float64]) -> list[Stroke]:
    """The same character, its left or upper part wider and the other narrower, or the reverse.

    Args:
        strokes: At least one, each with at least one point.
        powers: (2,) of a place between the character's sides, across and down; 1 changes nothing.
    """
    points = np.concatenate(strokes)
    low, extent = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1e-6)
    return [
        np.asarray(((stroke - low) / extent) ** powers * extent + low, dtype=np.float32)
        for stroke in strokes
    ]


def lift_bar(strokes: Sequence[Stroke], most: float, rng: np.random.Generator) -> list[Stroke]:
    """A 5 whose bar stands off: many hands write it last, and far above or beside its place.

    Args:
        strokes: Of a 5, at least one.
        most: How far the bar is lifted at most, as a share of the height of the others.
        rng: Decides how far.

    Returns:
        The same strokes where none of them is a bar above the others.
    """
    tops = [float(stroke[:, 1].mean()) for stroke in strokes]
    bar = int(np.argmin(tops))
    rest = [stroke for i, stroke in enumerate(strokes) if i != bar]
    wide, high = np.ptp(strokes[bar], axis=0)
    if not rest or wide == 0 or high > _BAR * wide:
        return list(strokes)
    height = float(np.ptp(np.concatenate(rest)[:, 1]))
    move = np.array([rng.uniform(-0.1, 0.3), -rng.uniform(0, most)]) * height
    return [
        np.asarray(stroke + move, dtype=np.float32) if i == bar else stroke
        for i, stroke in enumerate(strokes)
    ]


def draw_scribble(rng: np.random.Generator) -> Ink:
    """A scrawl, signature or blot: a long random curve, as no digit is drawn."""
    turns = rng.integers(5, 16)
    steps = rng.normal(size=(int(turns), 2)) * [rng.uniform(0.5, 2.5), 1.0]
    drift = np.linspace(0, rng.uniform(0, 6), int(turns))[:, None] * [1.0, 0.0]
    corners = steps.cumsum(axis=0) * 0.5 + drift
    # Chaikin's corner cutting (1974) turns the polygon into a curve.
    for _ in range(3):
        cut = np.empty((2 * len(corners) - 2, 2))
        cut[0::2] = 0.75 * corners[:-1] + 0.25 * corners[1:]
        cut[1::2] = 0.25 * corners[:-1] + 0.75 * corners[1:]
        corners = cut
    return draw_strokes([corners.astype(np.float32)], rng)


def join_side_by_side(left: Ink, right: Ink, rng: np.random.Generator) -> Ink:
    """Two digits that touch or nearly touch: one crop too wide, which is not a digit."""
    height = max(left.shape[0], right.shape[0])
    gap = int(rng.integers(-left.shape[1] // 5, max(2, left.shape[1] // 4)))
    width = max(left.shape[1] + gap + right.shape[1], left.shape[1], right.shape[1])
    joined = np.zeros((height, width), dtype=np.float32)
    y = (height - left.shape[0]) // 2
    joined[y : y + left.shape[0], : left.shape[1]] = left
    y, x = (height - right.shape[0]) // 2, max(0, left.shape[1] + gap)
    part = joined[y : y + right.shape[0], x : x + right.shape[1]]
    np.maximum(part, right[:, : part.shape[1]], out=part)
    return joined


def cut_in_two(ink: Ink, rng: np.random.Generator) -> Ink | None:
    """One side of a digit cut at a random column: a segmentation's mistake.

    Returns:
        None where the piece might pass for a digit: narrow pieces look like a 1.
    """
    column = round(ink.shape[1] * rng.uniform(0.35, 0.65))
    piece = ink[:, :column] if rng.random() < 0.5 else ink[:, column:]
    columns = np.flatnonzero(piece.max(axis=0, initial=0) > 0.3)
    rows = np.flatnonzero(piece.max(axis=1, initial=0) > 0.3)
    if columns.size == 0 or np.ptp(columns) < 0.45 * np.ptp(rows):
        return None
    return piece


def draw_texture(rng: np.random.Generator) -> Ink:
    """Blots, paper grain and print: smoothed noise above a random level."""
    noise = rng.normal(size=(40, int(rng.integers(20, 60)))).astype(np.float32)
    smooth = cv2.GaussianBlur(noise, (0, 0), rng.uniform(1.0, 5.0))
    level = float(np.quantile(smooth, rng.uniform(0.5, 0.9)))
    return np.asarray(np.clip((smooth - level) / (smooth.max() - level), 0, 1), dtype=np.float32)


def to_frame(ink: Ink) -> NDArray[np.uint8]:
    """The network's (28, 28) frame of this ink, as bytes for keeping many in memory."""
    frame: Frame = normalize_crop(ink)
    return np.asarray(np.round(frame * 255), dtype=np.uint8)
