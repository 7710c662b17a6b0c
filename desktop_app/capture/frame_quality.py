"""How good a frame of the camera is for reading: whether it is sharp and where light is reflected.

Runs on a worker thread. How the limits were found is in docs/adr/0015-folder-screen-camera.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

JUDGED_WIDTH_PX: Final = 640
BLUR_LIMIT_PX: Final = 1.9
GLARE_LIMIT: Final = 0.03
# Half of the picture and more is no reflection: the paper itself came out white.
WHITE_PAPER: Final = 0.5
_BLOWN_LEVEL: Final = 250
_FAINTEST_EDGE: Final = 3.0
_NOISE_PX: Final = 1.0


class Hint(Enum):
    """What the clerk should know of the frame, the most pressing first."""

    NOTHING = "nothing"
    BLURRED = "blurred"
    GLARE = "glare"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class FrameQuality:
    """What was measured.

    Attributes:
        blur_px: How wide its edges are, at JUDGED_WIDTH_PX across; 0.7 to 1.4 where it is sharp.
        edge: The steepest edge in grey levels per pixel; under 3 there is nothing but paper.
        blown_share: Share of pixels without any colour or shade left, in [0, 1].
    """

    blur_px: float
    edge: float
    blown_share: float

    @property
    def hint(self) -> Hint:
        """What to say of it."""
        if self.edge < _FAINTEST_EDGE:
            return Hint.NOTHING
        if self.blur_px > BLUR_LIMIT_PX:
            return Hint.BLURRED
        if GLARE_LIMIT < self.blown_share < WHITE_PAPER:
            return Hint.GLARE
        return Hint.GOOD


def judge(pixels: NDArray[np.uint8]) -> FrameQuality:
    """Judge the part of a frame where the number is held.

    The variance of the Laplacian (Pech-Pacheco et al., 2000) alone grows with the contrast and
    the amount of writing. Divided into the mean squared gradient it becomes a width: for an edge
    blurred by a Gaussian, the integrals of both give twice the square of its standard deviation.

    Args:
        pixels: (h, w, 3) uint8 RGB.
    """
    height, width = pixels.shape[:2]
    size = (JUDGED_WIDTH_PX, max(1, round(height * JUDGED_WIDTH_PX / width)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    blown = float((small.min(axis=2) >= _BLOWN_LEVEL).mean())
    shades = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)
    # A sensor's noise is all edges; this much blur of our own leaves little of it.
    grey = cv2.GaussianBlur(shades, (0, 0), _NOISE_PX)
    across = cv2.Sobel(grey, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(grey, cv2.CV_32F, 0, 1, scale=1 / 8)
    steepness = across * across + down * down
    edge = float(np.sqrt(np.percentile(steepness, 99.9)))
    if edge < _FAINTEST_EDGE:
        return FrameQuality(0.0, edge, blown)
    # Only where there is writing: the share of empty paper says nothing of sharpness.
    steep = (steepness > (0.3 * edge) ** 2).astype(np.uint8)
    near_edges = cv2.dilate(steep, np.ones((5, 5), np.uint8)) > 0
    squared = np.square(cv2.Laplacian(grey, cv2.CV_32F))
    gradient, curvature = _beyond_noise(steepness, near_edges), _beyond_noise(squared, near_edges)
    return FrameQuality(float(np.sqrt(gradient / max(2 * curvature, 1e-6))), edge, blown)


def _beyond_noise(energy: NDArray[np.float32], near_edges: NDArray[np.bool_]) -> float:
    """Mean near the edges, less what grain and noise make of it where there are none."""
    elsewhere = energy[~near_edges]
    noise = float(elsewhere.mean()) if elsewhere.size else 0.0
    return max(float(energy[near_edges].mean()) - noise, 0.0)
