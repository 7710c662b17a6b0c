"""Brings deep greys down to eight bits, and finds the ground on which transparent ink shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

WHITE: Final = 255
BLACK: Final = 0

# A 16-bit file whose brightest value lies below a sixteenth of the range holds unscaled data of a
# 10- or 12-bit sensor: by the range of its type it would be black with a trace of ink.
_UNSCALED_SHARE: Final = 1 / 16

# Shares of a picture are measured on about so many of its pixels; more would tell no more.
_SAMPLES: Final = 60_000


def deep_grey_to_bytes(grey: NDArray[np.generic], *, bits: int = 16) -> NDArray[np.uint8]:
    """Scale a grey page of more than eight bits to 0..255, black staying 0.

    The range of the *type* decides, not that of the picture: stretching a blank scan to its own
    darkest and brightest value would turn the noise of its paper into ink. Only where the whole
    picture lies in the lowest sixteenth of the range is it read as the unscaled data of a sensor.

    Args:
        grey: (h, w) uint16; or int32 or float32, whose files do not say what white is: there it is
            the smallest usual white (1.0, 255, 65535) that covers the brightest value.
        bits: Depth that the file declares for uint16, such as 12.

    Returns:
        (h, w) uint8. A value that is not a number counts as paper, so 255.
    """
    if grey.dtype.kind == "u":
        return _by_table(grey.astype(np.uint16, copy=False), bits)
    values = grey.astype(np.float32)
    known = values[np.isfinite(values)]
    darkest, brightest = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    is_float = grey.dtype.kind == "f"
    white = _usual_white(brightest, usual=(1.0, 255.0, 65535.0) if is_float else (255.0, 65535.0))
    black = min(darkest, 0.0)
    values -= black
    values *= WHITE / (white - black)
    np.nan_to_num(values, copy=False, nan=WHITE, posinf=WHITE, neginf=BLACK)
    np.rint(values, out=values)
    np.clip(values, BLACK, WHITE, out=values)
    return values.astype(np.uint8)


def ground_for(rgba: NDArray[np.uint8]) -> int:
    """Choose what to lay a partly transparent picture on: WHITE, or BLACK for light strokes.

    White is the rule, for transparency stands for paper. Light strokes without a paper of their
    own would vanish on it.

    Args:
        rgba: (h, w, 4) uint8, colour not multiplied by alpha.
    """
    step = max(1, int(np.sqrt(rgba.shape[0] * rgba.shape[1] / _SAMPLES)))
    sample = rgba[::step, ::step].reshape(-1, 4).astype(np.float32)
    weight = sample[:, 3] / WHITE  # (N,)
    visible = float(weight.sum())
    # Strokes leave most of a picture free. Where half of it is covered, that is the paper itself,
    # with the ink on it: a scan with rounded corners.
    if visible == 0 or visible > 0.5 * weight.size:
        return WHITE
    luminance = sample[:, :3] @ np.array([0.299, 0.587, 0.114], dtype=np.float32)  # (N,)
    mean = float((luminance * weight).sum()) / visible
    dark_share = float(weight[luminance < 96].sum()) / visible
    # A small slip of paper cut out of its picture is light too, but has dark ink on it.
    return BLACK if mean > 170 and dark_share < 0.005 else WHITE


def _by_table(grey: NDArray[np.uint16], bits: int) -> NDArray[np.uint8]:
    white = 2**bits - 1
    brightest = int(grey.max())
    if brightest < white * _UNSCALED_SHARE:
        white = 2 ** max(8, brightest.bit_length()) - 1
    table = np.rint(np.arange(2**16) * (WHITE / white)).clip(BLACK, WHITE).astype(np.uint8)
    scaled = np.empty(grey.shape, np.uint8)
    # Row by row, for take() first widens its indices to eight bytes: 512 MB for a full page.
    for row, scaled_row in zip(grey, scaled, strict=True):
        np.take(table, row, out=scaled_row)
    return scaled


def _usual_white(brightest: float, *, usual: tuple[float, ...]) -> float:
    return next((white for white in usual if brightest <= white), brightest)
