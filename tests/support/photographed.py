"""Slips as a camera sees them from the side: drawn, with known corners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from model.care import Corners


@dataclass(frozen=True, slots=True)
class Camera:
    """How it looks at the slip.

    Attributes:
        pitch_deg, yaw_deg: How far it stands from straight above, about the slip's two axes.
        roll_deg: How far the slip is turned in the picture, clockwise.
        distance: From the slip's middle, in widths of the picture.
    """

    pitch_deg: float = 0.0
    yaw_deg: float = 0.0
    roll_deg: float = 0.0
    distance: float = 1.3


@dataclass(frozen=True, slots=True, eq=False)
class Photograph:
    """A picture and where the slip in it has its corners, as shares of it."""

    pixels: NDArray[np.uint8]
    corners: Corners


def photograph(
    slip: NDArray[np.uint8],
    ground: NDArray[np.uint8],
    camera: Camera,
    *,
    share: float = 0.7,
    grain: float = 0.0,
    seed: int = 0,
) -> Photograph:
    """A slip on a table, through a pinhole camera.

    Args:
        slip: (h, w, 3) uint8.
        ground: (H, W, 3) uint8: the table, as large as the picture.
        camera: Where it stands.
        share: Of the picture's width that the slip's longer side would fill from above.
        grain: Standard deviation of the sensor's noise, in levels.
        seed: Of the noise.
    """
    height, width = ground.shape[:2]
    slip_height, slip_width = slip.shape[:2]
    unit = share / max(slip_height, slip_width)
    half = np.array([slip_width, slip_height]) * unit / 2
    flat = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * half
    space = np.c_[flat, np.zeros(4)] @ _rotation(camera).T
    # A pinhole one picture's width behind it; nearer makes it larger.
    depth = camera.distance + space[:, 2]
    seen = space[:, :2] * (camera.distance / depth)[:, None] * width + (width / 2, height / 2)
    corners = np.array([(0, 0), (slip_width, 0), (slip_width, slip_height), (0, slip_height)])
    matrix = cv2.getPerspectiveTransform(
        corners.astype(np.float32) - 0.5, seen.astype(np.float32) - 0.5
    )
    # Twice as fine and halved again, as a sensor averages over its pixels.
    fine = np.diag([2.0, 2.0, 1.0])
    fine[:2, 2] = 0.5
    size = (2 * width, 2 * height)
    laid = cv2.warpPerspective(slip, fine @ matrix, size, flags=cv2.INTER_CUBIC)
    mask = cv2.warpPerspective(np.full(slip.shape[:2], 255, np.uint8), fine @ matrix, size)
    laid, mask = (
        cv2.resize(one, (width, height), interpolation=cv2.INTER_AREA) for one in (laid, mask)
    )
    cover = mask[..., None].astype(np.float32) / 255
    pixels = ground * (1 - cover) + laid * cover
    if grain:
        pixels = pixels + np.random.default_rng(seed).normal(0, grain, pixels.shape)
    first, second, third, fourth = ((float(x) / width, float(y) / height) for x, y in seen)
    found = np.round(np.clip(pixels, 0, 255)).astype(np.uint8)
    return Photograph(found, (first, second, third, fourth))


def _rotation(camera: Camera) -> NDArray[np.float64]:
    def about(axis: tuple[float, float, float], degrees: float) -> NDArray[np.float64]:
        vector = np.array(axis) * np.radians(degrees)
        return np.asarray(cv2.Rodrigues(vector)[0], dtype=np.float64)

    pitch, yaw = about((1, 0, 0), camera.pitch_deg), about((0, 1, 0), camera.yaw_deg)
    return about((0, 0, 1), camera.roll_deg) @ yaw @ pitch


def table(
    width: int, height: int, colour: tuple[int, int, int], *, seed: int = 0
) -> NDArray[np.uint8]:
    """A table top with grain along it and light falling off to one side."""
    random = np.random.default_rng(seed)
    lines = cv2.GaussianBlur(random.normal(0, 40, (height, 1)).astype(np.float32), (1, 9), 0)
    spots = cv2.GaussianBlur(random.normal(0, 30, (height, width)).astype(np.float32), (0, 0), 3)
    light = np.linspace(1.1, 0.85, width)[None, :, None]
    pixels = (np.array(colour) + (lines + spots)[..., None]) * light
    return np.asarray(np.clip(pixels, 0, 255), dtype=np.uint8)
