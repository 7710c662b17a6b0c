"""From colours to ink: even light, one polarity, and how dark each pixel's ink is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from model.blur import blur
from model.sheet import paper_all_over

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORKING_PIXELS: Final = 2_000_000
"""Larger pages are shrunk to this before looking for ink: at 300 dpi that is a page of A5, on
which a thin pen still draws 3 px."""

LONGEST_SIDE: Final = 8_000
"""Longer pictures are shrunk to this: the width of a printed line's search grows with it."""

SMALLEST_SIDE: Final = 96
"""Smaller pictures are enlarged to this, at most 4 times: at a digit height of 15 px, the gap
between two digits and the thickness of a line are a pixel each."""

FAINT: Final = 0.25
DARK: Final = 0.55
"""Shares of full ink. Faint ink counts where it is joined to dark ink."""

WIDEST_STROKE: Final = 0.2
MARKER_STROKE: Final = 0.6
"""Shares of the shorter side: usual writing, and one digit in felt pen that fills the picture."""

# Share of a side along which something dark runs that is not on the paper; in smaller pictures it
# may be a digit's own stroke.
_ALONG: Final = 0.75
_PAGE: Final = 100_000
_SAMPLES: Final = 65_000
_BACKGROUND_SIDE: Final = 192
_CLEAR_CONTRAST: Final = 1.6
_SLENDER: Final = 4.0
_LINEAR: Final = 1.4
_NOISE_MARGIN: Final = 4.0
_FAINTEST: Final = 0.06

_PAPER: Final = 255
DARKNESS: Final[NDArray[np.float32]] = 1 - np.arange(256, dtype=np.float32) / np.float32(255)
"""(256,) float32 in [0, 1]: the share of the paper's light that is missing, by the light left."""


@dataclass(frozen=True, slots=True, eq=False)
class InkMap:
    """A page with its light evened out.

    Attributes:
        grey: (h, w) uint8 as it was, but dark on light.
        soft: (h, w) float32 in [0, 1], paper 0, ink 1, smooth at the strokes' edges.
        solid: (h, w) uint8, 1 where there is ink, however faint.
        scale: Pixels of the page for each pixel here; below 1 where the picture was enlarged.
    """

    grey: NDArray[np.uint8]
    soft: NDArray[np.float32]
    solid: NDArray[np.uint8]
    scale: float


def find_ink(pixels: NDArray[np.uint8], *, widest: float = WIDEST_STROKE) -> InkMap:
    """Tell ink from paper, whatever the light, the paper's colour and the polarity.

    Args:
        pixels: (h, w, 3) uint8 RGB.
        widest: Share of the picture's shorter side that a stroke may be wide. Shadows narrower
            than that pass for ink, so it should not be larger than it must.
    """
    # Grey first: one channel is resized in a third of the time.
    grey, scale = _to_working_size(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8))
    grey = paper_all_over(grey)
    if _is_light_on_dark(grey):
        grey = 255 - grey
    light = even_light(grey, widest)
    low, high = ink_levels(light)
    edges = _dark_edges(_darker(light, DARKNESS, (low + high) / 2))
    if edges is not None:
        # What lies around the paper is darker than any pen on it.
        light[edges] = _PAPER
        low, high = ink_levels(light)
    soft = np.clip((DARKNESS - low) / (high - low), 0, 1).astype(np.float32)
    return InkMap(grey, look_up(light, soft), _darker(light, soft, FAINT), scale)


def look_up(light: NDArray[np.uint8], values: NDArray[np.float32]) -> NDArray[np.float32]:
    """What stands in a table for each pixel's light.

    Arithmetic on so few levels is done once a level, not once a pixel of a page.

    Args:
        light: (h, w) as from ``even_light``.
        values: (256,), by the light.
    """
    return np.asarray(cv2.LUT(light, values), dtype=np.float32)


def _darker(
    light: NDArray[np.uint8], values: NDArray[np.float32], level: float
) -> NDArray[np.uint8]:
    """(h, w) uint8, 1 where a table that falls with the light is above a level, 0 elsewhere."""
    return (light < np.count_nonzero(values > level)).view(np.uint8)


def _dark_edges(dark: NDArray[np.uint8]) -> NDArray[np.bool_] | None:
    """Where a table or a shadow runs along a side of the picture, or None where none does.

    Args:
        dark: (h, w) uint8, 1 where it is dark, 0 elsewhere.
    """
    if dark.size < _PAGE:
        return None
    small = _shrink(dark * np.uint8(255), _BACKGROUND_SIDE) > 127
    _, labels = cv2.connectedComponents(small.astype(np.uint8))
    sides = (labels[0], labels[-1], labels[:, 0], labels[:, -1])
    along = {
        int(label)
        for side in sides
        for label, count in zip(*np.unique(side, return_counts=True), strict=True)
        if label and count >= _ALONG * side.size
    }
    if not along:
        return None
    edges = cv2.dilate(np.isin(labels, list(along)).astype(np.uint8), np.ones((3, 3), np.uint8))
    size = (dark.shape[1], dark.shape[0])
    return np.asarray(cv2.resize(edges, size, interpolation=cv2.INTER_NEAREST) > 0)


def turn_ink(ink: InkMap, quarter_turns: int) -> InkMap:
    """The page turned clockwise by quarters."""
    return InkMap(
        grey=np.ascontiguousarray(np.rot90(ink.grey, -quarter_turns)),
        soft=np.ascontiguousarray(np.rot90(ink.soft, -quarter_turns)),
        solid=np.ascontiguousarray(np.rot90(ink.solid, -quarter_turns)),
        scale=ink.scale,
    )


def _to_working_size(grey: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], float]:
    height, width = grey.shape
    scale = max(0.25, min(1.0, min(height, width) / SMALLEST_SIDE))
    # The limits come last: a strip of 30 px by 200,000 must not be enlarged.
    area = float(np.sqrt(height * width / WORKING_PIXELS))
    scale = max(scale, area, max(height, width) / LONGEST_SIDE)
    if scale == 1:
        return grey, scale
    size = (max(1, round(width / scale)), max(1, round(height / scale)))
    if scale > 1:
        return _shrunk(grey, size), scale
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_CUBIC), np.uint8), scale


def _shrunk(grey: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """A smaller picture, in the time of one that halves it: another share takes twenty times it.

    Args:
        grey: (h, w) uint8.
        size: Width and height wanted, px; neither larger than the picture's.
    """
    while grey.shape[1] >= 2 * size[0] and grey.shape[0] >= 2 * size[1]:
        grey = halved(grey)
    # Up to there, the two neighbours on each side hold nearly all of it; beyond, a stroke of 1 px
    # could fall between them.
    left = max(grey.shape[1] / size[0], grey.shape[0] / size[1])
    how = cv2.INTER_AREA if left > _LINEAR else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(grey, size, interpolation=how), dtype=np.uint8)


def halved(grey: cv2.typing.MatLike) -> NDArray[np.uint8]:
    """Half as wide and high; an odd last row or column is left out."""
    even = grey[: grey.shape[0] // 2 * 2, : grey.shape[1] // 2 * 2]
    half = (even.shape[1] // 2, even.shape[0] // 2)
    return np.asarray(cv2.resize(even, half, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _is_light_on_dark(grey: NDArray[np.uint8]) -> bool:
    """Whether the strokes are lighter than the paper.

    Strokes are what differs most from the median of what is around them. Where both sides differ
    alike (a thick digit that fills the picture), the paper is the side that fills most of the
    picture and of its edge.
    """
    # A long strip keeps its height: strokes must still be narrower than the window.
    slenderness = max(grey.shape) / min(grey.shape)
    small = _shrink(grey, round(_BACKGROUND_SIDE * max(1.0, slenderness / _SLENDER)))
    window = min(small.shape) // 3 | 1
    around = cv2.medianBlur(small, window) if window >= 3 else np.full_like(small, np.median(small))
    difference = np.sort(small.astype(np.int16) - around, axis=None)
    few = max(1, min(12, difference.size // 8))
    darker, lighter = -float(difference[:few].mean()), float(difference[-few:].mean())
    if max(darker, lighter) > _CLEAR_CONTRAST * max(1.0, min(darker, lighter)):
        return lighter > darker
    level, _ = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    dark = small <= level
    border = np.concatenate([dark[0], dark[-1], dark[:, 0], dark[:, -1]])
    return bool(dark.mean() + border.mean() > 1.0)


def _shrink(grey: NDArray[np.uint8], longer_side: int) -> NDArray[np.uint8]:
    scale = longer_side / max(grey.shape)
    if scale >= 1:
        return grey
    size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
    return _shrunk(grey, size)


def even_light(grey: NDArray[np.uint8], widest: float) -> NDArray[np.uint8]:
    """How light each pixel is beside the paper around: (h, w), a new array.

    The paper's light is the picture with everything narrow filled in (morphological closing).

    Returns:
        255 as light as that paper or lighter, 0 black; ``DARKNESS`` tells what share is missing.
    """
    small = _shrink(grey, _BACKGROUND_SIDE)
    small = np.asarray(cv2.medianBlur(small, 3), dtype=np.uint8)
    side = max(3, round(min(small.shape) * widest) | 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel, borderType=cv2.BORDER_REPLICATE)
    paper = blur(np.asarray(paper, dtype=np.uint8), side / 4)
    size = (grey.shape[1], grey.shape[0])
    paper = cv2.resize(paper, size, interpolation=cv2.INTER_LINEAR)
    light = cv2.divide(grey, cv2.max(paper, np.full_like(paper, 24)), scale=255)
    return np.asarray(light, dtype=np.uint8)


def ink_levels(light: NDArray[np.uint8]) -> tuple[float, float]:
    """The darkness where ink begins and where it is full.

    Paper grain sets the lowest level that can be ink; between that and the darkest, Otsu's (1979)
    threshold of what is left divides faint ink from full ink.

    Args:
        light: (h, w) as from ``even_light``.
    """
    step = max(1, round(float(np.sqrt(light.size / _SAMPLES))))
    # Counting so few levels finds a median in a fifth of the time.
    lights = np.bincount(light[::step, ::step].ravel(), minlength=256)
    counts, levels = lights[::-1], np.arange(256) / 255
    middle = _median(levels, counts)
    grain = 1.4826 * _median(np.abs(levels - middle), counts)
    floor = max(middle + _NOISE_MARGIN * grain, _FAINTEST)
    inked = np.repeat(DARKNESS, np.where(floor < DARKNESS, lights, 0))
    if inked.size < 8:
        return floor, max(2 * floor, 0.5)
    as_bytes = np.round(inked * 255).astype(np.uint8).reshape(-1, 1)
    level = cv2.threshold(as_bytes, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[0] / 255
    full = float(np.quantile(inked[inked >= level], 0.6)) if (inked >= level).any() else level
    return max(floor * 0.7, 0.2 * full), max(full, floor * 1.3)


def _median(values: NDArray[np.float64], counts: NDArray[np.int_]) -> float:
    """The middle of values of which there are so many each."""
    order = np.argsort(values)
    before, total = np.cumsum(counts[order]), counts.sum()
    middle = np.searchsorted(before, [(total - 1) // 2, total // 2], side="right")
    return float(values[order][middle].mean())
