"""What a scanner, a telephone or a fax makes of a paper."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from export.lines.light import Light


def capture(
    light: Light, height: float, rng: np.random.Generator, *, has_fax: bool = True
) -> NDArray[np.uint8]:
    """A picture of a paper.

    Args:
        light: (h, w) in [0, 1].
        height: Of the digits on it, px: blur and resolution are drawn in its shares.
        rng: Decides the device.
        has_fax: Whether it may be black and white: of a page in uneven light, little is left.

    Returns:
        (h, w) uint8 grey, of the same size: a poor resolution shows as blur and blocks.
    """
    seen = light
    if rng.random() < 0.7:
        seen = _blur(seen, height, rng)
    if rng.random() < 0.3:
        seen = _lose_resolution(seen, height, rng)
    seen = np.clip(seen, 0, 1) ** np.float32(np.exp(rng.normal(0, 0.25)))
    black, white = rng.uniform(0, 0.2), rng.uniform(0.75, 1.0)
    grey = 255 * (black + (white - black) * seen)
    if rng.random() < 0.6:
        noise = rng.standard_normal(grey.shape, dtype=np.float32)
        grey += noise * np.float32(rng.gamma(1.5, 3.0))
    picture = np.asarray(np.clip(grey, 0, 255), dtype=np.uint8)
    if rng.random() < 0.06 and has_fax:
        return _fax(picture, rng)
    if rng.random() < 0.5:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(15, 95))]
        _, packed = cv2.imencode(".jpg", picture, quality)
        return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
    return picture


def _blur(light: Light, height: float, rng: np.random.Generator) -> Light:
    """Out of focus, or moved."""
    if rng.random() < 0.15:
        length = max(2, round(height * rng.uniform(0.05, 0.2)))
        kernel = np.zeros((length, length), dtype=np.float32)
        turn = rng.uniform(0, np.pi)
        step = (length - 1) / 2 * np.array([np.cos(turn), np.sin(turn)])
        middle = np.array([(length - 1) / 2] * 2)
        start, end = ((int(p[0]), int(p[1])) for p in (middle - step, middle + step))
        cv2.line(kernel, start, end, 1.0)
        return np.asarray(cv2.filter2D(light, -1, kernel / kernel.sum()), dtype=np.float32)
    sigma = max(0.3, float(rng.uniform(0.005, 0.05)) * height)
    return np.asarray(cv2.GaussianBlur(light, (0, 0), sigma), dtype=np.float32)


def _lose_resolution(light: Light, height: float, rng: np.random.Generator) -> Light:
    """Digits of 8 to 18 px, as in a photograph of a whole page, enlarged again."""
    scale = float(rng.uniform(8, 18)) / height
    if scale >= 1:
        return light
    size = (max(2, round(light.shape[1] * scale)), max(2, round(light.shape[0] * scale)))
    small = cv2.resize(light, size, interpolation=cv2.INTER_AREA)
    back = (light.shape[1], light.shape[0])
    how = cv2.INTER_CUBIC if rng.random() < 0.7 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(small, back, interpolation=how), dtype=np.float32)


def _fax(picture: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Black and white: one level for all, or one for each place."""
    if rng.random() < 0.5:
        level, _ = cv2.threshold(picture, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
        moved = level * float(rng.uniform(0.85, 1.15))
        return np.asarray(cv2.threshold(picture, moved, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)
    side = max(9, picture.shape[0] // 2 | 1)
    mean = cv2.ADAPTIVE_THRESH_MEAN_C
    black_white = cv2.adaptiveThreshold(picture, 255, mean, cv2.THRESH_BINARY, side, 12)
    return np.asarray(black_white, dtype=np.uint8)
