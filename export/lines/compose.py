"""Composing a line: characters side by side, as near, as uneven and as slanted as people write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from export.lines.hands import Hand
from export.lines.ligatures import link
from model.marks import DIGITS, mark_of
from model.normalize import Ink

_BASELINE: Final = {"-": 0.5, "=": 0.45, ".": 0.02, ",": -0.15}
"""How far above the line's foot a sign's middle (a point's or comma's foot) is, of the height."""


@dataclass(frozen=True, slots=True, eq=False)
class DrawnLine:
    """A line of ink without its paper.

    Attributes:
        ink: (h, w) float32 in [0, 1]: how much ink covers each pixel.
        marks: (n,) int: what each character is; numbers of model.marks.MARKS.
        boxes: (n, 4) float32: x, y, w, h of each character's ink, px.
        height: Of the digits, px.
        pitch: Left edges of the comb's boxes and the last one's right edge; empty without a comb.
    """

    ink: Ink
    marks: NDArray[np.int64]
    boxes: NDArray[np.float32]
    height: float
    pitch: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Spacing:
    """How one hand sets characters side by side; shares of the digits' height.

    Attributes:
        gap: Between two characters' ink, on average; below 0 they overlap.
        uneven: Standard deviation of the gap.
        jump: Standard deviation of each character's place above or below the line.
        drift: How far the line rises or falls a height.
        size: Standard deviation of the characters' heights.
        below: How far what is taller than the digits goes below the line, of what it exceeds them.
        pitch: Width of a comb's boxes; 0 without a comb.
    """

    gap: float
    uneven: float
    jump: float
    drift: float
    size: float
    below: float
    pitch: float

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Self:
        """Tight, usual or loose writing, or one character to a box."""
        tight = rng.random() < 0.35
        return cls(
            gap=float(rng.uniform(-0.18, 0.06) if tight else rng.gamma(2.0, 0.09)),
            uneven=float(rng.uniform(0.02, 0.12)),
            jump=float(rng.uniform(0, 0.08)),
            drift=float(rng.normal(0, 0.03)),
            size=float(rng.uniform(0.02, 0.12)),
            below=float(rng.uniform(0, 0.6)),
            pitch=float(rng.uniform(0.85, 2.0)) if rng.random() < 0.15 else 0.0,
        )


def compose(
    text: str, hand: Hand, height: float, spacing: Spacing, rng: np.random.Generator
) -> DrawnLine:
    """Write a text.

    Args:
        text: Characters; a space is a gap.
        hand: Writes each of them.
        height: Of the digits, px.
        spacing: How they stand.
        rng: Decides each one's place.
    """
    placed: list[tuple[float, float, Ink, int]] = []
    links: dict[int, tuple[float, bool]] = {}
    x, cells, last = 0.0, [0.0], " "
    for character in text:
        pair, last = last + character, character
        if character == " ":
            x += float(rng.uniform(0.35, 1.2)) * height
            continue
        if not spacing.pitch and hand.runs_on(pair):
            links[len(placed)] = (height * hand.pen.width, pair == "00")
        ink = hand.write(character, height * float(np.exp(rng.normal(0, spacing.size))))
        foot = _foot(character, ink, height) + height * float(rng.normal(0, spacing.jump))
        foot += spacing.drift * x
        if character in DIGITS:
            foot += spacing.below * max(0.0, ink.shape[0] - height)
        if spacing.pitch:
            room = spacing.pitch * height - ink.shape[1]
            x = cells[-1] + room * float(rng.normal(0.5, 0.12))
            cells.append(cells[-1] + spacing.pitch * height)
        placed.append((x, foot, ink, mark_of(character)))
        gap = spacing.gap + float(rng.normal(0, spacing.uneven))
        # No character hides behind its neighbour: its middle stays to the right of it.
        x += max(ink.shape[1] + gap * height, 0.45 * ink.shape[1], 0.06 * height)
    line = _on_one_canvas(placed, height, np.array(cells if spacing.pitch else [], np.float32))
    corners = line.boxes[:, :2].astype(int).tolist()
    inks = [(x, y, ink) for (x, y), (_, _, ink, _) in zip(corners, placed, strict=True)]
    for i, (width, zeros) in links.items():
        link(line.ink, inks[i - 1], inks[i], width=width, rng=rng, zeros=zeros)
    return line


def _foot(character: str, ink: Ink, height: float) -> float:
    """How far above (-) or below (+) the line's foot a character's ink ends, px."""
    if character in "-=":
        return float(-_BASELINE[character] * height + ink.shape[0] / 2)
    if character == ".":
        return -_BASELINE["."] * height
    if character == ",":
        return 0.15 * height
    return 0.08 * height if character == "/" else 0.0


def _on_one_canvas(
    placed: list[tuple[float, float, Ink, int]], height: float, pitch: NDArray[np.float32]
) -> DrawnLine:
    boxes = np.array(
        [(x, foot - ink.shape[0], ink.shape[1], ink.shape[0]) for x, foot, ink, _ in placed],
        dtype=np.float32,
    ).round()
    low = boxes[:, :2].min(axis=0)
    low[0] = min(low[0], 0.0) if pitch.size else low[0]
    boxes[:, :2] -= low
    right, bottom = (boxes[:, :2] + boxes[:, 2:]).max(axis=0).astype(int)
    canvas = np.zeros((bottom, max(right, int(pitch[-1]) if pitch.size else 0)), dtype=np.float32)
    for (x, y, w, h), (_, _, ink, _) in zip(boxes.astype(int), placed, strict=True):
        # Ink over ink is darker, but not twice as dark.
        part = canvas[y : y + h, x : x + w]
        part[...] = 1 - (1 - part) * (1 - ink)
    marks = np.array([mark for *_, mark in placed], dtype=np.int64)
    return DrawnLine(canvas, marks, boxes, height, pitch - low[0])
