"""Connected pieces of ink, and the box around each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """The 8-connected components of a mask.

    Attributes:
        labels: (h, w) int32, 0 for paper.
        boxes: (n, 5): x, y, w, h and area of each label. Row 0, of the paper, says nothing.
        rows: (n,) the mean row of each, px; likewise.
    """

    labels: NDArray[np.int32]
    boxes: NDArray[np.int64]
    rows: NDArray[np.float64]


def find_components(mask: NDArray[np.uint8]) -> Components:
    """The components of a mask that is mostly paper.

    OpenCV's own statistics look at every pixel of the paper too: on 2 megapixels they take 11 ms
    where this takes 2. A component is gathered from its runs, the level stretches of ink, of which
    there are a few times fewer than pixels.

    Args:
        mask: (h, w) uint8, 1 where there is ink, 0 elsewhere.
    """
    count, found = cv2.connectedComponents(mask, connectivity=8)
    labels: NDArray[np.int32] = np.asarray(found, dtype=np.int32)
    first, length = _find_runs(mask)
    own = labels.ravel()[first]
    y, x = np.divmod(first, mask.shape[1])
    left, right = np.full(count, mask.shape[1]), np.zeros(count, dtype=np.int64)
    np.minimum.at(left, own, x)
    np.maximum.at(right, own, x + length)
    top, bottom = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    # Runs come from top to bottom, and of several values for one place the last one stays.
    top[own[::-1]] = y[::-1]
    bottom[own] = y + 1
    # Sums of whole numbers below 2 ** 53: exact, though the weights are floating point.
    area = np.bincount(own, weights=length, minlength=count)
    rows = np.bincount(own, weights=length * y, minlength=count) / np.maximum(area, 1)
    sides = [left, top, right - left, bottom - top, area.astype(np.int64)]
    return Components(labels, np.stack(sides, axis=1), rows)


def _find_runs(mask: NDArray[np.uint8]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The place of each run's first pixel in the flattened mask, in order, and its length."""
    ink, width = mask.ravel().view(np.bool_), mask.shape[1]
    changes = np.flatnonzero(ink[1:] != ink[:-1]) + 1
    # Ink at the end of a row and at the start of the next one is of two runs.
    across = (np.flatnonzero(mask[:-1, -1] & mask[1:, 0]) + 1) * width
    if across.size:
        changes = np.sort(np.concatenate([changes, across, across]))
    if ink[0]:
        changes = np.append(0, changes)
    if ink[-1]:
        changes = np.append(changes, ink.size)
    # First pixels and those behind a last one take turns.
    return changes[::2], changes[1::2] - changes[::2]
