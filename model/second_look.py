"""A second look: the digit network reads each digit that the line network found, by its own ink."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from model.normalize import normalize_crop
from model.types import Box

if TYPE_CHECKING:
    from model.ink import InkMap
    from model.line_decode import Character

RunDigitNetwork: TypeAlias = Callable[[NDArray[np.float32]], NDArray[np.float64]]
"""(n, 28, 28) frames -> (n, 10) probabilities; a row sums to that of being a digit at all."""

# Share of a piece's ink that lies in a digit's box, from which all of it is the digit's.
_OWN: Final = 0.7
# Share of a digit's ink that may be cut out of a larger piece, and it still stands by itself.
_CUT: Final = 0.05
# Shares of the box's height and width: how far its own ink may stand out of it.
_BEYOND: Final = 0.25

# A rim: so much of what it encloses with itself lies inside; inside of that, so far from the rim,
# it is so dark, between the paper outside and the darkest of the rim, of which a few are noise.
_HOLE: Final = 0.04
_DEEP: Final = 0.5
_DARKEST: Final = 10
_DARK: Final = 0.6
# What is left of the probability that a filled shape is a digit.
_NO_PEN: Final = 1e-3


@dataclass(frozen=True, slots=True)
class Look:
    """What the digit network says about one character.

    Attributes:
        box: Around its own ink, in pixels of the ink map.
        digits: (10,) probabilities, or None where there is no ink to look at.
        stands_alone: Whether its ink had not to be cut out of a larger piece.
        frame: (28, 28) float32 that was looked at; None where there was no ink.
    """

    box: Box
    digits: NDArray[np.float64] | None
    stands_alone: bool
    frame: NDArray[np.float32] | None = None


def look_again(
    ink: InkMap,
    labels: NDArray[np.int32],
    characters: Sequence[Character],
    run_network: RunDigitNetwork,
) -> list[Look]:
    """Look at the ink of each character.

    Args:
        ink: The page.
        labels: (h, w) int32: the piece of ink that each pixel belongs to, 0 for none.
        characters: With boxes in pixels of the ink map.
    """
    cuts = [_cut_out(ink, labels, character.box) for character in characters]
    frames = [normalize_crop(cut.ink) for cut in cuts if cut.ink.any()]
    if not frames:
        return [Look(cut.box, None, cut.stands_alone) for cut in cuts]
    read = zip(frames, run_network(np.stack(frames)), strict=True)
    looks = []
    for cut in cuts:
        frame, digits = next(read) if cut.ink.any() else (None, None)
        if digits is not None and cut.is_filled:
            digits = digits * _NO_PEN
        looks.append(Look(cut.box, digits, cut.stands_alone, frame))
    return looks


@dataclass(frozen=True, slots=True, eq=False)
class _Cut:
    ink: NDArray[np.float32]
    box: Box
    stands_alone: bool
    is_filled: bool = False


def _cut_out(
    ink: InkMap, labels: NDArray[np.int32], around: tuple[float, float, float, float]
) -> _Cut:
    """A character's own ink: whole pieces that lie in its box, and its share of larger ones."""
    box = _clipped(around, 0.0, labels.shape)
    room = _clipped(around, _BEYOND, labels.shape)
    window = labels[room.y : room.bottom, room.x : room.right]
    core = slice(box.y - room.y, box.bottom - room.y), slice(box.x - room.x, box.right - room.x)
    own = np.zeros(window.shape, dtype=bool)
    own[core] = window[core] > 0
    inside = np.bincount(window[core][own[core]])
    leaving = _leaving(window, room, labels.shape)
    cut = 0
    for label in np.flatnonzero(inside).tolist():
        piece = window == label
        # A piece that goes on beyond the window is larger than the digit, however much is in it.
        if label not in leaving and inside[label] >= _OWN * np.count_nonzero(piece):
            own |= piece
        else:
            cut += int(inside[label])
    if not own.any():
        return _Cut(np.zeros((1, 1), np.float32), box, stands_alone=False)
    x, y, w, h = cv2.boundingRect(own.view(np.uint8))
    tight = Box(room.x + x, room.y + y, w, h)
    soft = np.asarray(cv2.dilate(own.astype(np.uint8), np.ones((3, 3), np.uint8)), dtype=np.float32)
    soft *= ink.soft[room.y : room.bottom, room.x : room.right]
    return _Cut(
        soft,
        tight,
        stands_alone=bool(cut <= _CUT * np.count_nonzero(own)),
        is_filled=_is_filled(own, ink.grey[room.y : room.bottom, room.x : room.right]),
    )


def _is_filled(ink: NDArray[np.bool_], grey: NDArray[np.uint8]) -> bool:
    """Whether a line of ink is the rim of something dark: what a pen encloses is paper.

    A disc or a button that is wider than any stroke has ink at its rim alone, and looks like a 0.

    Args:
        ink: (h, w) of one character.
        grey: (h, w) uint8 of the same part of the page, dark on light.
    """
    around = np.pad(ink, 1).astype(np.uint8)
    cv2.floodFill(around, None, (0, 0), 2)
    outside, hole = around[1:-1, 1:-1] == 2, around[1:-1, 1:-1] == 0
    enclosed = np.count_nonzero(hole)
    if enclosed < _HOLE * (enclosed + np.count_nonzero(ink)) or not outside.any():
        return False
    depth = cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 5)
    inner = float(np.median(grey[depth > _DEEP * depth.max()]))
    paper = float(np.median(grey[outside]))
    darkest = float(np.percentile(grey[ink], _DARKEST))
    return paper - inner > _DARK * (paper - darkest)


def _leaving(window: NDArray[np.int32], room: Box, page: tuple[int, ...]) -> set[int]:
    """Labels of the pieces that reach a side of the window behind which the page goes on."""
    height, width = page
    sides = (
        (room.x > 0, window[:, 0]),
        (room.y > 0, window[0]),
        (room.right < width, window[:, -1]),
        (room.bottom < height, window[-1]),
    )
    return {label for goes_on, side in sides if goes_on for label in side.tolist()}


def _clipped(box: tuple[float, float, float, float], more: float, page: tuple[int, ...]) -> Box:
    """The box in whole pixels as far as it lies on the page; at least one pixel of it.

    Args:
        box: x, y, w, h.
        more: Share of its width and height that is added on each side.
        page: Height and width.
    """
    (x, y, w, h), (height, width) = box, page
    left, top = (
        min(max(0, int(x - more * w)), width - 1),
        min(max(0, int(y - more * h)), height - 1),
    )
    right = min(max(left + 1, int(np.ceil(x + (1 + more) * w))), width)
    bottom = min(max(top + 1, int(np.ceil(y + (1 + more) * h))), height)
    return Box(left, top, right - left, bottom - top)
