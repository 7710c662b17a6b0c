"""Random changes to training frames.

What each is worth was measured by leaving it out: see docs/experiments.md.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

from model.normalize import FRAME_SIZE, Frame


@dataclass(frozen=True, slots=True)
class AugmentSettings:
    """How strongly each change is applied; 0 leaves it out.

    Attributes:
        shift: Greatest move, px each way.
        rotate: Greatest turn, degrees.
        shear: Greatest slant, px across per px down.
        scale: Greatest change of each side, as a share.
        elastic: Greatest local displacement, px (Simard et al., 2003).
        stroke: Greatest share of a stroke one px thicker or thinner that is mixed in.
        noise: Greatest standard deviation of grey noise, of 1.
    """

    shift: float = 1.5
    rotate: float = 12.0
    shear: float = 0.25
    scale: float = 0.12
    elastic: float = 1.6
    stroke: float = 0.8
    noise: float = 0.08

    def gentler(self, share: float) -> Self:
        """All changes weaker, for the last epochs: closer to what is met on paper."""
        return replace(self, **{f.name: getattr(self, f.name) * share for f in fields(self)})

    def without(self, name: str) -> Self:
        """The same with one change left out, for measuring what it is worth."""
        return replace(self, **{name: 0.0})


def augment_batch(
    frames: NDArray[np.uint8], rng: np.random.Generator, settings: AugmentSettings
) -> NDArray[np.float32]:
    """Warp each frame, thicken or thin its strokes, then add noise.

    Args:
        frames: (n, 28, 28), ink 255.

    Returns:
        (n, 28, 28, 1) float32 in [0, 1].
    """
    changed = frames.astype(np.float32) / np.float32(255)
    maps = _source_places(len(frames), rng, settings)  # (n, 28, 28, 2)
    share = rng.uniform(-settings.stroke, settings.stroke, size=len(frames))
    for i, frame in enumerate(changed):
        # One resampling for all moves, hence one blur.
        warped = cv2.remap(frame, maps[i, ..., 0], maps[i, ..., 1], cv2.INTER_LINEAR)
        changed[i] = _change_stroke(np.asarray(warped, dtype=np.float32), float(share[i]))
    level = rng.uniform(0, settings.noise, size=(len(frames), 1, 1)).astype(np.float32)
    changed += level * rng.standard_normal(changed.shape, dtype=np.float32)
    return np.asarray(np.clip(changed, 0, 1)[..., None], dtype=np.float32)


def _source_places(
    count: int, rng: np.random.Generator, settings: AugmentSettings
) -> NDArray[np.float32]:
    """Where each pixel of each changed frame comes from: (n, 28, 28, 2) x, y in px."""
    s, centre = settings, (FRAME_SIZE - 1) / 2

    def draw(most: float) -> NDArray[np.float32]:
        return rng.uniform(-most, most, size=(count, 1, 1)).astype(np.float32)

    axis = np.arange(FRAME_SIZE, dtype=np.float32) - centre
    turn = np.deg2rad(draw(s.rotate))
    x = axis[None, None, :] + draw(s.shear) * axis[None, :, None]
    y = np.broadcast_to(axis[None, :, None], x.shape)
    places = np.empty((count, FRAME_SIZE, FRAME_SIZE, 2), dtype=np.float32)
    places[..., 0] = (np.cos(turn) * x - np.sin(turn) * y) * (1 + draw(s.scale)) + draw(s.shift)
    places[..., 1] = (np.sin(turn) * x + np.cos(turn) * y) * (1 + draw(s.scale)) + draw(s.shift)
    coarse = rng.uniform(-1, 1, size=(count, 5, 5, 2)).astype(np.float32)
    coarse *= rng.uniform(0, s.elastic, size=(count, 1, 1, 1)).astype(np.float32)
    for i in range(count):
        # Coarse noise enlarged by cubic interpolation is a smooth field.
        size = (FRAME_SIZE, FRAME_SIZE)
        places[i] += cv2.resize(coarse[i], size, interpolation=cv2.INTER_CUBIC)
    return places + centre


def _change_stroke(frame: Frame, share: float) -> Frame:
    """Mix with the frame grown or shrunk by 1 px, for felt pens and hair lines."""
    kernel = np.ones((3, 3) if share > 0 else (2, 2), dtype=np.uint8)
    other = cv2.dilate(frame, kernel) if share > 0 else cv2.erode(frame, kernel)
    if other.max() < 0.5:  # thinned away
        return frame
    return np.asarray(frame + abs(share) * (other - frame), dtype=np.float32)
