"""Connected pieces of ink, and the box around each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def find_components(mask: NDArray[np.uint8]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The 8-connected components of a mask that is mostly paper.

    OpenCV's own statistics look at all paper too: on 2 megapixels with 0.3 % of ink they take three
    times as long, with 5 % twice; with 28 % this takes twice as long as they.

    Args:
        mask: (h, w) uint8, 1 where there is ink, 0 elsewhere.

    Returns:
        (h, w) int32 labels, 0 for paper; (n, 5): x, y, w, h and area of each label. Row 0, of the
        paper, says nothing.
    """
    count, found = cv2.connectedComponents(mask, connectivity=8)
    labels: NDArray[np.int32] = np.asarray(found, dtype=np.int32)
    places = np.flatnonzero(mask.view(np.bool_))
    own = labels.ravel()[places]
    y, x = np.divmod(places, mask.shape[1])
    left, top = np.full(count, mask.shape[1]), np.full(count, mask.shape[0])
    right, bottom = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    np.minimum.at(left, own, x)
    np.minimum.at(top, own, y)
    np.maximum.at(right, own, x + 1)
    np.maximum.at(bottom, own, y + 1)
    area = np.bincount(own, minlength=count)
    return labels, np.stack([left, top, right - left, bottom - top, area], axis=1)
