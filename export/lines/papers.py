"""Papers: what a number is written on, and what is printed there beside it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from export.lines.disturbances import cast_shadow, fold, sign, stamp_box, stamp_round
from export.lines.light import Light, Place, Print, to_pixel
from export.lines.parts import NOTHING, Part


def draw_paper(
    shape: tuple[int, int],
    height: float,
    rng: np.random.Generator,
    without: frozenset[Part] = NOTHING,
) -> Light:
    """Paper with its tint, its pattern and its light.

    Args:
        shape: Height and width, px.
        height: Of the digits that will be written on it, px: patterns are made for the eye.
        rng: Decides everything.
        without: Parts of the recipe that are left out.
    """
    paper = np.full(shape, rng.uniform(0.45, 1.0), dtype=np.float32)
    for pattern in PATTERNS:
        if rng.random() < pattern.share and pattern.part not in without:
            pattern.darken(paper, height, rng)
    return paper


def _grid(shape: tuple[int, ...]) -> tuple[Light, Light]:
    y, x = np.mgrid[: shape[0], : shape[1]]
    return y.astype(np.float32), x.astype(np.float32)


def _guilloche(paper: Light, height: float, rng: np.random.Generator) -> None:
    """Families of fine waves, as cheques are printed with against copying."""
    y, x = _grid(paper.shape)
    for _ in range(int(rng.integers(1, 4))):
        turn = rng.uniform(0, np.pi)
        along = (np.cos(turn) * x + np.sin(turn) * y) / height
        across = (np.cos(turn) * y - np.sin(turn) * x) / height
        wave = rng.uniform(0, 0.5) * np.sin(along * rng.uniform(0.5, 4) + rng.uniform(0, 6))
        wave += rng.uniform(0, 0.2) * np.sin(along * rng.uniform(3, 12) + rng.uniform(0, 6))
        line = np.cos(2 * np.pi * (across + wave) * rng.uniform(2, 9))
        sharp = np.clip((line - rng.uniform(-0.3, 0.8)) * rng.uniform(1, 4), 0, 1)
        paper *= 1 - np.float32(rng.uniform(0.03, 0.4)) * sharp.astype(np.float32)


def _hatching(paper: Light, height: float, rng: np.random.Generator) -> None:
    """Straight fine lines, once or crossed."""
    y, x = _grid(paper.shape)
    turn = rng.uniform(0, np.pi)
    period = height * rng.uniform(0.08, 0.35)
    width = rng.uniform(0.08, 0.4)
    depth = np.float32(rng.uniform(0.05, 0.45))
    for angle in (turn, turn + rng.uniform(0.5, 1.6))[: int(rng.integers(1, 3))]:
        place = ((np.cos(angle) * x + np.sin(angle) * y) / period) % 1
        paper *= 1 - depth * (place < width)


def _dots(paper: Light, height: float, rng: np.random.Generator) -> None:
    """A raster of dots, or a dotted ruling."""
    y, x = _grid(paper.shape)
    step = height * rng.uniform(0.1, 0.5)
    size = rng.uniform(0.15, 0.45)
    inside = (((x / step) % 1 - 0.5) ** 2 + ((y / step) % 1 - 0.5) ** 2) < size**2 / 2
    paper *= 1 - np.float32(rng.uniform(0.05, 0.4)) * inside


def _fibres(paper: Light, height: float, rng: np.random.Generator) -> None:
    """Recycled and security paper: short hairs and specks."""
    for _ in range(int(paper.size / height**2 * rng.uniform(0.2, 3)) + 1):
        start = rng.uniform(0, 1, 2) * paper.shape[::-1]
        end = start + rng.normal(size=2) * height * 0.2
        tone = float(paper.mean() * rng.uniform(0.5, 0.95))
        cv2.line(paper, to_pixel(start), to_pixel(end), tone, 1, cv2.LINE_AA)


def _ruling(paper: Light, height: float, rng: np.random.Generator) -> None:
    """Ruled, squared or dotted-line paper; the lines run through the writing as they will."""
    step = height * rng.uniform(0.8, 2.6)
    tone = float(paper.mean() * rng.uniform(0.25, 0.9))
    width = max(1, round(height * rng.uniform(0.02, 0.08)))
    dotted = rng.random() < 0.15
    rows, columns = paper.shape
    for y in np.arange(rng.uniform(0, step), rows, step):
        _rule(
            paper, (0, y), (columns, y + rng.normal(0, 0.01) * columns), tone, width, dotted=dotted
        )
    if rng.random() < 0.35:
        for x in np.arange(rng.uniform(0, step), columns, step):
            _rule(paper, (x, 0), (x, rows), tone, width, dotted=dotted)


def _cell(paper: Light, height: float, rng: np.random.Generator) -> None:
    """The edges of a table's cell or of a field's frame around the writing."""
    rows, columns = paper.shape
    tone = float(paper.mean() * rng.uniform(0.05, 0.85))
    width = max(1, round(height * rng.uniform(0.02, 0.14)))
    double = rng.random() < 0.2
    for side in range(4):
        if rng.random() < 0.35:
            continue
        inset = abs(float(rng.normal(0, 0.18))) * height
        lean = float(rng.normal(0, 0.015))
        for extra in (0.0, 3.0 * width)[: 1 + double]:
            place = inset + extra
            if side < 2:
                y = place if side == 0 else rows - place
                _rule(paper, (0, y), (columns, y + lean * columns), tone, width)
            else:
                x = place if side == 2 else columns - place
                _rule(paper, (x, 0), (x + lean * rows, rows), tone, width)


def _grain(paper: Light, _height: float, rng: np.random.Generator) -> None:
    noise = rng.standard_normal(paper.shape, dtype=np.float32)
    smooth = cv2.GaussianBlur(noise, (0, 0), rng.uniform(0.6, 2.5))
    strength = float(rng.uniform(0.003, 0.04)) / max(float(smooth.std()), 1e-6)
    paper += np.asarray(smooth, dtype=np.float32) * np.float32(strength)


def _shade(paper: Light, _height: float, rng: np.random.Generator) -> None:
    """Uneven light, with soft shadows of no certain shape."""
    coarse = rng.uniform(rng.uniform(0.5, 0.9), 1.0, size=(3, 4)).astype(np.float32)
    size = (paper.shape[1], paper.shape[0])
    paper *= cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC)


def _rule(
    paper: Light,
    start: Place,
    end: Place,
    tone: float,
    width: int,
    *,
    dotted: bool = False,
) -> None:
    if not dotted:
        cv2.line(paper, to_pixel(start), to_pixel(end), tone, width, cv2.LINE_AA)
        return
    length = float(np.hypot(end[0] - start[0], end[1] - start[1]))
    for share in np.arange(0, 1, max(0.01, 3.0 * width / max(length, 1.0))):
        place = np.array(start) + share * (np.array(end) - np.array(start))
        cv2.circle(paper, to_pixel(place), max(1, width // 2), tone, -1, cv2.LINE_AA)


@dataclass(frozen=True, slots=True)
class Pattern:
    """What may come over a paper.

    Attributes:
        darken: Draws it.
        share: Of papers that have it, in [0, 1].
        part: Of the recipe, with which it can be left out.
    """

    darken: Print
    share: float
    part: Part


PATTERNS: Final = (
    Pattern(_guilloche, 0.25, Part.PATTERNS),
    Pattern(_hatching, 0.1, Part.PATTERNS),
    Pattern(_dots, 0.06, Part.PATTERNS),
    Pattern(_fibres, 0.1, Part.PATTERNS),
    Pattern(_ruling, 0.2, Part.RULES),
    Pattern(_cell, 0.35, Part.RULES),
    Pattern(fold, 0.06, Part.FOLDS),
    Pattern(stamp_round, 0.05, Part.FOLDS),
    Pattern(stamp_box, 0.05, Part.OVERLAYS),
    Pattern(sign, 0.06, Part.OVERLAYS),
    Pattern(_grain, 0.5, Part.LIGHT),
    Pattern(_shade, 0.5, Part.LIGHT),
    Pattern(cast_shadow, 0.07, Part.OVERLAYS),
)
"""In the order in which they come over the paper."""


def print_comb(
    paper: Light, edges: NDArray[np.float32], top: float, bottom: float, rng: np.random.Generator
) -> None:
    """Boxes or ticks, one to a character.

    Args:
        paper: Darkened in place.
        edges: Where the boxes begin and the last one ends, px from the left.
        top: Of the writing, px.
        bottom: Of the writing, px.
        rng: Decides their look.
    """
    height = bottom - top
    tone = float(paper.mean() * rng.uniform(0.1, 0.85))
    width = max(1, round(height * rng.uniform(0.02, 0.1)))
    # Most boxes are higher than what is written into them: a side that ends with the digits is a 1.
    over, under = (float(rng.uniform(0.05, 0.6)) * height for _ in range(2))
    ticks = rng.random() < 0.3
    apart = float(rng.uniform(0.05, 0.2)) * height if rng.random() < 0.2 else 0.0
    upper, lower = top - over, bottom + under
    start = lower - (0.35 * height if ticks else lower - upper)
    for x in edges:
        for place in {x - apart / 2, x + apart / 2}:
            _rule(paper, (place, start), (place, lower), tone, width)
    for left, right in pairwise(edges):
        for y in (lower,) if ticks else (upper, lower):
            ends = (left + apart / 2, y), (right - apart / 2, y)
            _rule(paper, *ends, tone, width)
