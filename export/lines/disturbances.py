"""What comes over a paper after it was printed: folds, stamps, signatures and hard shadows.

None of it is to be read, though much of it is ink, and some of it has letters and figures.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from export.lines.light import Light, to_pixel
from export.lines.prints import print_text

_SUBPIXEL_BITS: Final = 4
_STEPS_A_LOOP: Final = 24
_STAMPED: Final = ("PAID", "RECEIVED", "CLEARED", "BANK", "A/C PAYEE", "CASH", "TRANSFER", "BRANCH")
_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV")


def fold(paper: Light, height: float, rng: np.random.Generator) -> None:
    """A crease: one side lighter, the edge dark or bright."""
    across = _beyond_an_edge(paper, rng)
    paper *= 1 - np.float32(rng.uniform(0, 0.2)) * (across > 0)
    edge = np.exp(-((across / max(1.0, 0.06 * height)) ** 2))
    paper *= 1 + np.float32(rng.uniform(-0.25, 0.15)) * edge.astype(np.float32)


def cast_shadow(paper: Light, height: float, rng: np.random.Generator) -> None:
    """The shadow of a hand, a telephone or a page above, with an edge that can be seen."""
    soft = float(rng.uniform(0.02, 0.15)) * height
    dark = 1 / (1 + np.exp(np.clip(-_beyond_an_edge(paper, rng) / max(soft, 0.5), -30, 30)))
    paper *= 1 - np.float32(rng.uniform(0.15, 0.55)) * dark.astype(np.float32)


def _beyond_an_edge(paper: Light, rng: np.random.Generator) -> Light:
    """(h, w) how far each pixel lies beyond a straight line of any direction, px."""
    y, x = np.mgrid[: paper.shape[0], : paper.shape[1]].astype(np.float32)
    turn = rng.uniform(0, 2 * np.pi)
    across = np.cos(turn) * (x - rng.uniform(0, paper.shape[1]))
    return np.asarray(across + np.sin(turn) * (y - rng.uniform(0, paper.shape[0])), np.float32)


def stamp_round(paper: Light, height: float, rng: np.random.Generator) -> None:
    """Arcs of a round stamp."""
    centre = rng.uniform(-0.2, 1.2, 2) * paper.shape[::-1]
    tone = float(paper.mean() * rng.uniform(0.4, 0.85))
    width = max(1, round(height * rng.uniform(0.03, 0.12)))
    for radius in height * rng.uniform(0.8, 4) * np.array([1.0, 0.8]):
        cv2.circle(paper, to_pixel(centre), round(float(radius)), tone, width, cv2.LINE_AA)


def stamp_box(paper: Light, height: float, rng: np.random.Generator) -> None:
    """A word or a date in a frame, set aslant by hand, its ink thin and spotted."""
    size = float(rng.uniform(0.5, 1.3)) * height
    word = str(rng.choice(_STAMPED))
    if rng.random() < 0.3:
        month = str(rng.choice(_MONTHS))
        word = f"{rng.integers(1, 32):02d} {month} {rng.integers(1990, 2040)}"
    margin = max(2, round(size * float(rng.uniform(0.3, 0.7))))
    ink = np.pad(print_text(word, size, rng).ink, margin)
    frame = max(1, round(size * rng.uniform(0.05, 0.15)))
    cv2.rectangle(ink, (0, 0), (ink.shape[1] - 1, ink.shape[0] - 1), 1.0, frame)
    place = rng.uniform((-0.1, -0.3), (1.1, 1.3)) * paper.shape[::-1]
    middle = ink.shape[1] / 2, ink.shape[0] / 2
    turned = np.asarray(cv2.getRotationMatrix2D(middle, float(rng.normal(0, 9)), 1.0), np.float64)
    turned[:, 2] += place - middle
    laid = cv2.warpAffine(ink, turned, paper.shape[::-1], flags=cv2.INTER_LINEAR)
    spots = cv2.GaussianBlur(rng.random(paper.shape, dtype=np.float32), (0, 0), 1.2)
    laid *= np.clip(6 * (spots - spots.mean()) + rng.uniform(0.5, 1.2), 0, 1)
    paper *= 1 - np.float32(rng.uniform(0.15, 0.6)) * laid


def sign(paper: Light, height: float, rng: np.random.Generator) -> None:
    """A quick name that reaches into the field from above or below: loops, and a stroke through."""
    loops = int(rng.integers(3, 9))
    turn = np.linspace(0, 2 * np.pi * loops, _STEPS_A_LOOP * loops)
    reach = np.interp(turn, np.linspace(0, turn[-1], loops + 1), rng.uniform(0.15, 0.7, loops + 1))
    reach[: _STEPS_A_LOOP // 2] *= 2  # it begins with a capital
    x = turn / (2 * np.pi) * rng.uniform(0.25, 0.7) + 0.6 * reach * np.cos(turn)
    y = reach * np.sin(turn + rng.uniform(-0.6, 0.6))
    x -= rng.uniform(0, 0.6) * y
    strokes = [np.stack([x, y], axis=1)]
    if rng.random() < 0.5:
        bow = rng.uniform(-0.2, 0.2) * np.sin(np.linspace(0, np.pi, 12))
        strokes.append(np.stack([np.linspace(x.min(), x.max(), 12), bow + 0.4], axis=1))
    edge = rng.choice([-1.0, 1.0])
    middle = paper.shape[0] / 2 * (1 + edge * rng.uniform(0.8, 1.3))
    start = np.array([rng.uniform(-0.3, 0.9) * paper.shape[1], middle])
    ink = np.zeros(paper.shape, np.uint8)
    width = max(1, round(height * rng.uniform(0.03, 0.12)))
    for stroke in strokes:
        points = (start + height * stroke) * (1 << _SUBPIXEL_BITS)
        placed = points.round().astype(np.int32).reshape(-1, 1, 2)
        cv2.polylines(ink, [placed], False, 255, width, cv2.LINE_AA, _SUBPIXEL_BITS)
    paper *= 1 - np.float32(rng.uniform(0.3, 0.85) / 255) * ink
