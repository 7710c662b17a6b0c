"""Turns the arrays of digit sets into the picture files that a person would have.

The sets' images are close crops of 16 to 64 px; nobody photographs or scans a digit like that.
Here they become dark ink on light paper, with a margin, as PNG.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

GreyImage = NDArray[np.uint8]

PAGE_SIZE: Final = (400, 300)
"""Width and height of the light page that an MNIST digit is drawn on (issue 2, bars)."""

DIGIT_SIDES: Final = (28, 200)
"""Smallest and largest side of the 28 x 28 image once it is drawn on the page."""


def draw_on_page(ink: GreyImage, rng: np.random.Generator) -> bytes:
    """One digit at a random place and size on a 400 x 300 page.

    Args:
        ink: (h, w), ink 255, ground 0.

    Returns:
        A PNG file, greyscale: paper 215 to 255, ink 0 to 90.
    """
    width, height = PAGE_SIZE
    # Sizes are spread evenly over the logarithm: a doubling is as likely small as large.
    side = round(float(np.exp(rng.uniform(*np.log(DIGIT_SIDES)))))
    drawn = _enlarge(ink, side / max(ink.shape))
    x = int(rng.integers(0, width - drawn.shape[1] + 1))
    y = int(rng.integers(0, height - drawn.shape[0] + 1))
    page = np.zeros((height, width), dtype=np.float32)
    page[y : y + drawn.shape[0], x : x + drawn.shape[1]] = drawn
    return encode_png(_colour(page, rng))


def draw_crop(ink: GreyImage, rng: np.random.Generator) -> bytes:
    """One digit as a person crops it: 48 to 140 px, with a margin of 15 to 60 % on each side.

    Args:
        ink: (h, w), ink 255, ground 0.
    """
    side = rng.uniform(48, 140)
    # Ink at the array's edge would end in a cut that no pen makes; a pixel of ground rounds it.
    drawn = _enlarge(np.pad(ink, 1), side / max(ink.shape))
    margins = [int(side * rng.uniform(0.15, 0.6)) for _ in range(4)]
    return encode_png(_colour(np.pad(drawn, (tuple(margins[:2]), tuple(margins[2:]))), rng))


def draw_row(
    inks: Sequence[GreyImage],
    rng: np.random.Generator,
    *,
    apart: tuple[float, float] = (0.08, 0.3),
) -> bytes:
    """Digits side by side as one writes a number: 28 to 56 px high, nearly on one line.

    Args:
        inks: (h, w) each, ink 255, ground 0.
        apart: Smallest and largest gap between two, as a share of their images' height.

    Returns:
        A PNG file, greyscale.
    """
    side = rng.uniform(28, 56)
    drawn = [_enlarge(np.pad(ink, 1), side / max(ink.shape)) for ink in inks]
    drawn = [one[:, np.flatnonzero(one.max(axis=0) > 0.1)] for one in drawn]
    gaps = [int(side * rng.uniform(*apart)) for _ in drawn]
    shifts = [int(side * rng.uniform(0.0, 0.1)) for _ in drawn]
    margin = int(side * rng.uniform(0.3, 0.6))
    height = 2 * margin + max(one.shape[0] for one in drawn) + max(shifts)
    row = np.zeros((height, 2 * margin + sum(gaps) + sum(one.shape[1] for one in drawn)))
    x = margin
    for one, gap, shift in zip(drawn, gaps, shifts, strict=True):
        row[margin + shift : margin + shift + one.shape[0], x : x + one.shape[1]] = one
        x += one.shape[1] + gap
    return encode_png(_colour(row.astype(np.float32), rng))


def enlarge_photo(grey: GreyImage, factor: float) -> bytes:
    """A small photographed crop with its own margin, enlarged as a viewer would."""
    photo = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
    return encode_png(np.asarray(photo, dtype=np.uint8))


def encode_png(picture: GreyImage) -> bytes:
    """A PNG file of the picture."""
    return cv2.imencode(".png", picture)[1].tobytes()


def _enlarge(ink: GreyImage, factor: float) -> NDArray[np.float32]:
    # Area below 1: cubic skips pixels when it shrinks. The cubic overshoot is cut off.
    way = cv2.INTER_CUBIC if factor >= 1 else cv2.INTER_AREA
    large = cv2.resize(ink.astype(np.float32) / 255, None, fx=factor, fy=factor, interpolation=way)
    return np.clip(large, 0, 1).astype(np.float32)


def _colour(ink: NDArray[np.float32], rng: np.random.Generator) -> GreyImage:
    paper, pen = rng.uniform(215, 255), rng.uniform(0, 90)
    return np.round(paper + (pen - paper) * ink).astype(np.uint8)
