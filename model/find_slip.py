"""Finds the four corners of a slip of paper that was photographed on another ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from model.care import Corners

Quad: TypeAlias = "NDArray[np.float64]"

# Longer side at which it is looked for, px: edges of the paper, but not of its writing.
_SIDE: Final = 480
# Shares of the picture that a slip covers.
_LEAST: Final = 0.04
_MOST: Final = 0.92
# A corner on the picture's edge, within this share of it, is where the slip is cut off.
_EDGE: Final = 0.012
# Cosine of the sharpest corner, 40 degrees: a right angle seen from more aslant reads nothing.
_SHARPEST: Final = 0.77
# What of its outline a quadrilateral fills.
_FILLED: Final = 0.93
# How far on either side of an edge the colours are compared, px, at the farther place too because
# a printed frame is the same paper on both sides; along how much of each side they have to differ,
# by how much (CIE Lab, where 2 is just seen) and alike.
_BESIDE: Final = (4.0, 11.0)
_SAMPLES: Final = 48
_DIFFERENT: Final = 9.0
_ALONG: Final = 0.85
# The reader follows rows that climb less than this without help.
_ASLANT_DEG: Final = 4.0


def find_slip(pixels: NDArray[np.uint8]) -> Corners | None:
    """The corners of the one slip in a photograph, or None where it is not sure.

    A slip has four straight sides, along each of which paper and ground differ in colour in the
    same way; all of it is in the picture, and it is the largest that is so.

    Args:
        pixels: (h, w, 3) uint8 RGB.

    Returns:
        Shares of the picture, clockwise from the top left corner.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    if min(size) < 24:
        return None
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    colours = np.asarray(
        cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), dtype=np.float32
    )
    found = [quad for quad in _quads(colours) if _is_slip(quad, colours)]
    if not found:
        return None
    best = max(found, key=_area)
    first, second, third, fourth = (
        (float(x) / size[0], float(y) / size[1]) for x, y in _from_top_left(best)
    )
    return first, second, third, fourth


def _quads(colours: NDArray[np.float32]) -> Iterator[Quad]:
    """Quadrilaterals that outline something that differs from what is around it."""
    parts = [cv2.medianBlur(one, 5) for one in cv2.split(colours)]
    smooth = np.asarray(np.dstack(parts), dtype=np.float32)
    for mask in _masks(smooth):
        outlines, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
        for outline in outlines:
            if not _LEAST <= cv2.contourArea(outline) / mask.size <= _MOST:
                continue
            hull = cv2.convexHull(outline)
            rough = _four_corners(hull)
            if rough is None or cv2.contourArea(outline) < _FILLED * cv2.contourArea(rough):
                continue
            quad = _refined(rough[:, 0].astype(np.float64), outline[:, 0].astype(np.float64))
            if quad is not None:
                yield quad


def _masks(smooth: NDArray[np.float32]) -> Iterator[NDArray[np.uint8]]:
    """What may be the slip: lighter than the rest, coloured otherwise than the rest, or framed."""
    kernel = np.ones((5, 5), np.uint8)
    border = np.concatenate([smooth[:4].reshape(-1, 3), smooth[-4:].reshape(-1, 3)])
    border = np.concatenate([border, smooth[:, :4].reshape(-1, 3), smooth[:, -4:].reshape(-1, 3)])
    away = np.linalg.norm(smooth - np.median(border, axis=0), axis=2)
    light, hue = smooth[..., 0], np.linalg.norm(smooth[..., 1:], axis=2)
    for grey in (away, light, -hue):
        span = max(float(np.ptp(grey)), 1e-6)
        levels = np.round(255 * (grey - grey.min()) / span).astype(np.uint8)
        _, mask = cv2.threshold(levels, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
        # The writing is no hole in the paper, and a pen beside it no part of it.
        closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel)
        yield np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, kernel), dtype=np.uint8)
    bytes_of_light = np.clip(light * 2.55, 0, 255).astype(np.uint8)
    edges = cv2.dilate(cv2.Canny(bytes_of_light, 25, 75), np.ones((3, 3), np.uint8))
    yield np.asarray(255 - edges, dtype=np.uint8)


def _four_corners(hull: cv2.typing.MatLike) -> NDArray[np.int32] | None:
    """(4, 1, 2): the hull as a quadrilateral, where it is nearly one."""
    length = cv2.arcLength(hull, closed=True)
    for share in (0.01, 0.02, 0.03, 0.045):
        corners = cv2.approxPolyDP(hull, share * length, closed=True)
        if len(corners) == 4:
            return np.asarray(corners, dtype=np.int32)
    return None


def _refined(quad: Quad, outline: NDArray[np.float64]) -> Quad | None:
    """The quadrilateral of the lines that fit the outline's sides, away from its corners.

    A rounded or bent corner draws those of a polygon inwards; the sides do not know of it.
    """
    lines = []
    for start, end in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        way = end - start
        length = float(np.linalg.norm(way))
        if length < 8:
            return None
        along = (outline - start) @ way / length**2
        off = np.abs((outline - start) @ np.array([-way[1], way[0]])) / length
        near = outline[(along > 0.1) & (along < 0.9) & (off < max(3.0, 0.03 * length))]
        if len(near) < 0.5 * length:
            return None
        vx, vy, x, y = cv2.fitLine(near.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        lines.append(np.array([vy, -vx, vx * y - vy * x]))
    corners = [np.cross(lines[at - 1], lines[at]) for at in range(4)]
    if any(abs(corner[2]) < 1e-6 for corner in corners):
        return None
    # OpenCV's outline runs through the middles of the outermost pixels.
    return np.array([corner[:2] / corner[2] + 0.5 for corner in corners], dtype=np.float64)


def _is_slip(quad: Quad, colours: NDArray[np.float32]) -> bool:
    height, width = colours.shape[:2]
    margin = _EDGE * max(width, height)
    inside = (quad > margin).all() and (quad < np.array([width, height]) - margin).all()
    if not inside or not cv2.isContourConvex(quad.astype(np.float32)):
        return False
    if not _LEAST <= _area(quad) / (width * height) <= _MOST:
        return False
    ways = np.roll(quad, -1, axis=0) - quad
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    if np.abs((ways * np.roll(ways, -1, axis=0)).sum(axis=1)).max() > _SHARPEST:
        return False
    centre = quad.mean(axis=0)
    sides = zip(quad, np.roll(quad, -1, axis=0), strict=True)
    return all(_differs_along(start, end, centre, colours) for start, end in sides)


def _differs_along(
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    centre: NDArray[np.float64],
    colours: NDArray[np.float32],
) -> bool:
    """Whether paper and ground differ along a side, and everywhere in the same way."""
    way = (end - start) / np.linalg.norm(end - start)
    inwards = np.array([-way[1], way[0]])
    inwards *= np.sign(inwards @ (centre - (start + end) / 2))
    places = start + np.linspace(0.06, 0.94, _SAMPLES)[:, None] * (end - start)
    usual: NDArray[np.float32] | None = None
    for beside in _BESIDE:
        by = beside * inwards
        steps = _colours_at(places + by, colours) - _colours_at(places - by, colours)
        usual = np.median(steps, axis=0) if usual is None else usual
        strength = float(np.linalg.norm(usual))
        alike = steps @ usual > 0.4 * strength**2
        if strength < _DIFFERENT or float(alike.mean()) < _ALONG:
            return False
    return True


def _colours_at(places: NDArray[np.float64], colours: NDArray[np.float32]) -> NDArray[np.float32]:
    height, width = colours.shape[:2]
    columns = np.clip(np.round(places[:, 0] - 0.5), 0, width - 1).astype(np.intp)
    rows = np.clip(np.round(places[:, 1] - 0.5), 0, height - 1).astype(np.intp)
    return colours[rows, columns]


def _area(quad: Quad) -> float:
    return float(cv2.contourArea(quad.astype(np.float32)))


def _from_top_left(quad: Quad) -> Quad:
    """Clockwise, beginning so that the first side runs to the right as nearly as any does."""
    if cv2.contourArea(quad.astype(np.float32), oriented=True) < 0:
        quad = quad[::-1]
    ways = np.roll(quad, -1, axis=0) - quad
    rightwards = (ways - np.roll(ways, -2, axis=0))[:, 0]
    return np.roll(quad, -int(rightwards.argmax()), axis=0)


def is_aslant(corners: Corners, width: int, height: int) -> bool:
    """Whether a slip's sides are so far from level and upright that straightening helps."""
    points = np.array(corners) * (width, height)
    ways = np.roll(points, -1, axis=0) - points
    angles = np.degrees(np.arctan2(ways[:, 1], ways[:, 0]))
    return bool(np.abs((angles + 45) % 90 - 45).max() > _ASLANT_DEG)
