"""Applies care to a page's pixels: perspective and tilt in one warp, then brightness."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from model.turn import rotate_page

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from model.care import Care, Corners
    from model.types import Page

# Two sides are taken for parallel where they meet farther away than this many pictures; then the
# outline does not tell the camera's angle, and it is taken for a phone's (28 mm on 36 mm film).
_FLAT: Final = 0.02
_USUAL_FOCAL: Final = 0.8
# Beyond these, in lengths of the picture, it is the corners' error and no camera.
_FOCAL: Final = (0.4, 6.0)
_LARGE: Final = 4_000_000
# OpenCV's warp counts in 16 bits.
_LONGEST_PX: Final = 32_000
# Brightness at which a level's logarithm doubles or halves.
_DOUBLED: Final = 50.0
_BRIGHT_PAPER: Final = 0.85
_DIM_PAPER: Final = 0.7


def care_for(page: Page, care: Care, *, lies: int = 0) -> tuple[Page, Page]:
    """A page as it is shown and read, and the same only turned.

    Args:
        page: From its file, or turned.
        care: What to do.
        lies: How many quarters it has been turned clockwise already.

    Returns:
        Both are one where the care is no more than a turn.
    """
    turned = rotate_page(page, care.quarter_turns - lies)
    if care.is_turn_only:
        return turned, turned
    pixels = adjusted(turned.pixels, care)
    pixels.flags.writeable = False
    return replace(turned, pixels=pixels), turned


def adjusted(pixels: NDArray[np.uint8], care: Care) -> NDArray[np.uint8]:
    """Pixels after all of the care but its turn.

    Args:
        pixels: (h, w, 3) uint8, turned.

    Returns:
        (H, W, 3) uint8, a new array; as large as the slip is where it is seen largest, and no side
        longer than 32,000 px.

    Raises:
        MemoryError: There is too little memory for it.
    """
    pixels = _no_longer(pixels)
    height, width = pixels.shape[:2]
    matrix, size = np.eye(3), (width, height)
    if care.corners is not None:
        size = paper_size(care.corners, width, height)
        matrix = _flattening(care.corners, (width, height), size)
    if care.tilt_deg:
        level, size = _levelling(care.tilt_deg, size)
        matrix = level @ matrix
    warped = pixels.copy()
    if care.corners is not None or care.tilt_deg:
        # Beyond the paper its edge goes on: a corner filled with one colour has an outline, which
        # would pass for ink.
        warped = _warped(pixels, matrix, size)
    if care.brightness:
        warped = np.asarray(cv2.LUT(warped, _levels(care.brightness)), dtype=np.uint8)
    return warped


def _no_longer(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A very long picture, smaller."""
    # With room for its corners, should it be straightened.
    scale = 0.9 * _LONGEST_PX / max(pixels.shape)
    if scale >= 1:
        return pixels
    size = max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _warped(
    pixels: NDArray[np.uint8], matrix: NDArray[np.float64], size: tuple[int, int]
) -> NDArray[np.uint8]:
    # A large page is shrunk for reading in any case.
    how = cv2.INTER_LINEAR if size[0] * size[1] > _LARGE else cv2.INTER_CUBIC
    try:
        warped = cv2.warpPerspective(
            pixels, matrix, size, flags=how, borderMode=cv2.BORDER_REPLICATE
        )
    except cv2.error as error:
        raise MemoryError(str(error)) from error
    return np.asarray(warped, dtype=np.uint8)


def paper_size(corners: Corners, width: int, height: int) -> tuple[int, int]:
    """Width and height, px, of a flat paper that was photographed with these corners.

    The proportions are those of Zhang and He, "Whiteboard scanning and image enhancement" (2007),
    for a camera with square pixels that looks through the middle of the picture. No side is
    shorter than the picture shows it, and it holds no more pixels than the picture.

    Args:
        corners: As shares of the picture, clockwise from the top left one.
        width: Of the picture, px.
        height: Of the picture, px.
    """
    points = np.array(corners, dtype=np.float64) * (width, height)
    sides = np.linalg.norm(points - np.roll(points, -1, axis=0), axis=1)
    across, down = max(sides[0], sides[2], 1.0), max(sides[1], sides[3], 1.0)
    ratio = _proportion(points, width, height)
    across, down = max(across, down * ratio), max(down, across / ratio)
    fewer = min(1.0, math.sqrt(width * height / (across * down)))
    fewer = min(fewer, 0.9 * _LONGEST_PX / max(across, down))
    return max(1, round(across * fewer)), max(1, round(down * fewer))


def _proportion(points: NDArray[np.float64], width: int, height: int) -> float:
    """Width over height of the paper."""
    scale = max(width, height)
    placed = (points - (width / 2, height / 2)) / scale
    # Named as in the paper: 1 top left, 2 top right, 3 bottom left, 4 bottom right.
    m1, m2, m4, m3 = np.c_[placed, np.ones(4)]
    k2 = np.dot(np.cross(m1, m4), m3) / np.dot(np.cross(m2, m4), m3)
    k3 = np.dot(np.cross(m1, m4), m2) / np.dot(np.cross(m3, m4), m2)
    n2, n3 = k2 * m2 - m1, k3 * m3 - m1
    square = _USUAL_FOCAL**2
    if min(abs(n2[2]), abs(n3[2])) > _FLAT:
        square = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2])
    if not _FOCAL[0] ** 2 < square < _FOCAL[1] ** 2:
        square = _USUAL_FOCAL**2
    weights = np.array([1 / square, 1 / square, 1.0])
    return float(np.sqrt(np.dot(n2 * weights, n2) / np.dot(n3 * weights, n3)))


def _flattening(
    corners: Corners, picture: tuple[int, int], paper: tuple[int, int]
) -> NDArray[np.float64]:
    """(3, 3): from pixels of the picture to pixels of the flat paper."""
    seen = np.array(corners, dtype=np.float32) * np.array(picture, dtype=np.float32)
    width, height = paper
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    # OpenCV counts from the middles of pixels, corners from the picture's edge.
    return np.asarray(cv2.getPerspectiveTransform(seen - 0.5, flat - 0.5), dtype=np.float64)


def _levelling(
    tilt_deg: float, size: tuple[int, int]
) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """(3, 3) turning back about the middle, and the size that holds all of it."""
    width, height = size
    turn = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), tilt_deg, 1.0)
    cos, sin = abs(turn[0, 0]), abs(turn[0, 1])
    wide, high = round(width * cos + height * sin), round(width * sin + height * cos)
    turn[:, 2] += ((wide - width) / 2, (high - height) / 2)
    return np.vstack([turn, (0.0, 0.0, 1.0)]), (wide, high)


def _levels(brightness: int) -> NDArray[np.uint8]:
    """(256,) what each level becomes: a gamma, so that white stays white and black black."""
    gamma = 2.0 ** (-brightness / _DOUBLED)
    return np.asarray(np.round(255 * (np.arange(256) / 255) ** gamma), dtype=np.uint8)


def propose_brightness(pixels: NDArray[np.uint8]) -> int:
    """The brightness that makes dim paper light; 0 where it is light.

    Args:
        pixels: (h, w, 3) uint8 RGB; a small copy tells as much.
    """
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    paper = float(np.percentile(grey, 75)) / 255
    if not 0.02 < paper < _DIM_PAPER:
        return 0
    gamma = math.log(_BRIGHT_PAPER) / math.log(paper)
    return round(min(100.0, -_DOUBLED * math.log2(gamma)))
