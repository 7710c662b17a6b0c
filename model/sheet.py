"""A light sheet on something dark: a desk, a scanner's lid, the rim of a bad copy.

Beside that, paper is what differs most from its surroundings, and would pass for strokes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Longer side at which the sheet is looked for, px.
_SIDE: Final = 256
# No more of the picture's edge is light, the sheet is so much of the picture, and so much of it is
# blank. What is written in light on dark fills little, and little of what is around it.
_LIGHT_RIM: Final = 0.6
_SHEET: Final = 0.3
_BLANK: Final = 0.7
# What lies well beyond a sheet is mostly dark, or a small share of the picture: between printed
# lines and writing a cut-out field falls into parts, and each is paper. Another sheet on the same
# desk, or a keyboard, is less than the desk.
_LIGHT_BEYOND: Final = 0.5
_LARGE_PART: Final = 0.1
# Beyond its edge, within so many px, light falls to such a share; shade falls slowly.
_EDGE_PX: Final = 5
_FALLS_TO: Final = 0.7


def paper_all_over(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture with a light sheet's own paper laid over all that is dark around it.

    Args:
        grey: (h, w) uint8.

    Returns:
        The very same array where there is no such sheet.
    """
    height, width = grey.shape
    share = min(1.0, _SIDE / max(height, width))
    size = max(1, round(width * share)), max(1, round(height * share))
    small = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    sheet = _find_sheet(small)
    if sheet is None:
        return grey
    paper = cv2.resize(_spread(small, sheet), (width, height), interpolation=cv2.INTER_LINEAR)
    inside = cv2.resize(sheet, (width, height), interpolation=cv2.INTER_NEAREST)
    return np.where(inside > 0, grey, paper)


def _find_sheet(small: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """(h, w) uint8, 1 on the sheet but for its very edge; None where there is none."""
    level, _ = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    light = (small > level).astype(np.uint8)
    border = np.concatenate([light[0], light[-1], light[:, 0], light[:, -1]])
    if border.mean() > _LIGHT_RIM:
        return None
    _, labels, stats, _ = cv2.connectedComponentsWithStats(light)
    if len(stats) < 2:
        return None
    largest = 1 + int(stats[1:, 4].argmax())
    points = cv2.findNonZero((labels == largest).astype(np.uint8))
    sheet = np.zeros_like(small)
    cv2.fillConvexPoly(sheet, cv2.convexHull(points), 1)
    area = int(np.count_nonzero(sheet))
    if area < _SHEET * small.size or stats[largest, 4] < _BLANK * area:
        return None
    beyond = cv2.dilate(sheet, np.ones((_EDGE_PX, _EDGE_PX), np.uint8)) == 0
    light_beyond = np.count_nonzero(light[beyond])
    is_part = light_beyond > _LIGHT_BEYOND * np.count_nonzero(beyond)
    if (is_part and light_beyond > _LARGE_PART * small.size) or not _has_sharp_edge(small, sheet):
        return None
    # Where paper and desk share a pixel it is neither.
    around = cv2.copyMakeBorder(sheet, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    inner = cv2.erode(around, np.ones((3, 3), np.uint8))[1:-1, 1:-1]
    return np.asarray(inner, np.uint8) if inner.any() else None


def _has_sharp_edge(small: NDArray[np.uint8], sheet: NDArray[np.uint8]) -> bool:
    """Whether it is much darker right beyond the sheet than right within it."""
    near = np.ones((_EDGE_PX, _EDGE_PX), np.uint8)
    beyond = cv2.dilate(sheet, near) > sheet
    within = sheet > cv2.erode(sheet, near, borderValue=1)
    if not (beyond.any() and within.any()):
        return False
    return float(np.median(small[beyond])) < _FALLS_TO * float(np.median(small[within]))


def _spread(small: NDArray[np.uint8], sheet: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The sheet with its edge's paper going on beyond it, as light as it is there."""
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 5)
    _, nearest = cv2.distanceTransformWithLabels(
        1 - sheet, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    light = np.zeros(int(nearest.max()) + 1, np.uint8)
    inside = sheet > 0
    light[nearest[inside]] = paper[inside]
    return np.where(inside, small, light[nearest])
