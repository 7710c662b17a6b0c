"""What the line reader's network sees: one line, evenly lit, at one height."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LINE_HEIGHT: Final = 32
"""Of a frame, px."""

DIGIT_HEIGHT: Final = 20
"""Of the digits in it, px: what is left above and below holds long strokes and a line's slope."""

NARROWEST: Final = 32
"""Narrower frames are widened with paper to this, px."""


def to_line_frame(
    darkness: NDArray[np.float32], middle: float, height: float
) -> NDArray[np.float32]:
    """Cut a line out, and bring its digits to the network's height.

    Args:
        darkness: (h, w) in [0, 1], paper about 0: see model.ink.
        middle: Of the line, px from the top; it may lie anywhere.
        height: Of its digits, px.

    Returns:
        (LINE_HEIGHT, w') float32 in [0, 1], full ink 1, where w' is w by the same scale, made even:
        the network's columns are of two pixels, and of an odd width it begins with half of one.
    """
    scale = DIGIT_HEIGHT / height
    width = max(1, round(darkness.shape[1] * scale))
    top = middle - LINE_HEIGHT / 2 / scale
    first, last = int(np.floor(top)), int(np.ceil(top + LINE_HEIGHT / scale))
    rows = darkness[max(first, 0) : max(last, 0)]
    above, below = max(0, -first), max(0, last - darkness.shape[0])
    if above or below or not rows.size:
        # Beyond the picture the paper goes on.
        rows = np.pad(rows, ((min(above, last - first), min(below, last - first)), (0, 0)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    frame = cv2.resize(rows, (width, LINE_HEIGHT), interpolation=how)
    frame = np.pad(frame, ((0, 0), (0, max(NARROWEST, width + width % 2) - width)))
    return np.asarray(frame, dtype=np.float32)
