"""The one preprocessing of a digit: what the network sees, in training and at the counter."""

from __future__ import annotations

from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

FRAME_SIZE: Final = 28
"""Side of the network's input, in px."""

DIGIT_SIZE: Final = 20
"""Longer side of the digit within it, in px: MNIST's convention (LeCun et al., 1998)."""

# Thinner than this in the frame, area averaging turns a stroke into a grey haze: a hair line of
# 1 px on a digit of 300 px would keep 7 % of its ink. MNIST's own strokes are 2 to 3 px wide.
THINNEST_STROKE: Final = 1.6

Ink: TypeAlias = NDArray[np.float32]
Frame: TypeAlias = NDArray[np.float32]


def normalize_crop(ink: Ink) -> Frame:
    """Place one digit in the frame that the network was trained on.

    Args:
        ink: (h, w) float32 in [0, 1], paper 0, ink 1; any size from 1 x 1.

    Returns:
        (28, 28) float32, same polarity: longer side 20 px, centre of mass at (14, 14) to the
        nearest pixel, as in MNIST (LeCun et al., 1998); darkest ink 1; strokes at least 1.6 px.

    Raises:
        ValueError: no ink, hence no centre of mass.
    """
    ink = _trim(ink)
    height, width = ink.shape
    scale = DIGIT_SIZE / max(height, width)
    ink = _thicken(ink, scale)
    height, width = ink.shape
    scale = DIGIT_SIZE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    # Area average, not point sampling: shrunk more than 2x, that skips pixels and breaks strokes.
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.resize(ink, size, interpolation=how)
    return _centre(np.asarray(small / small.max(), dtype=np.float32))


def _trim(ink: Ink) -> Ink:
    """Cut away rows and columns without ink, so that the longer side is the digit's own."""
    seen = ink > 0
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    if rows.size == 0:
        raise ValueError("a crop without ink has no centre of mass")
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _thicken(ink: Ink, scale: float) -> Ink:
    """Widen strokes that would be thinner than THINNEST_STROKE once shrunk by ``scale``."""
    missing = round(THINNEST_STROKE / scale - stroke_width(ink)) if scale < 1 else 0
    if missing < 1:
        return ink
    # A square, not a disc: it is separable, and on a large crop 50 times faster.
    kernel = np.ones((missing + 1, missing + 1), dtype=np.uint8)
    margin = missing // 2 + 1
    room = cv2.copyMakeBorder(ink, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=0)
    return np.asarray(cv2.dilate(room, kernel), dtype=np.float32)


def stroke_width(ink: Ink) -> float:
    """Mean width of the strokes in px: twice the area over the length of its outline.

    A stroke of length l and width t has an area of l * t and an outline of about 2 * l.
    """
    solid = (ink > 0.5 * ink.max()).astype(np.uint8)
    # Eroding by a 3 x 3 cross leaves the inside: what it takes away is the outline.
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    inside = cv2.erode(solid, cross, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    area = cv2.countNonZero(solid)
    outline = area - cv2.countNonZero(inside)
    if outline < area:
        return 2.0 * area / outline
    # Strokes of one and of two px are all outline; half of those of two survive a 2 x 2 erosion.
    pairs = cv2.erode(solid, np.ones((2, 2), np.uint8), borderValue=0)
    return min(2.0, 1.0 + 2.0 * float(pairs.sum()) / area)


def _centre(small: Ink) -> Frame:
    """Paste into the frame with the centre of mass in its middle, as far as it fits."""
    height, width = small.shape
    total = float(small.sum())
    x_mass = float(small.sum(axis=0) @ np.arange(width)) / total
    y_mass = float(small.sum(axis=1) @ np.arange(height)) / total
    # MNIST's mean centre of mass is pixel index 14.00, not 13.5 (its 60,000 training images).
    x = min(max(round(FRAME_SIZE / 2 - x_mass), 0), FRAME_SIZE - width)
    y = min(max(round(FRAME_SIZE / 2 - y_mass), 0), FRAME_SIZE - height)
    frame = np.zeros((FRAME_SIZE, FRAME_SIZE), dtype=np.float32)
    frame[y : y + height, x : x + width] = small
    return frame
