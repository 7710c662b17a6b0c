"""Pages for reader tests: real digits laid on paper of every kind, without any data set.

The digits come from the self-check picture, ten images of MNIST's test set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from model.card import WEIGHTS_FOLDER
from model.intake import load_page
from model.types import Page

if TYPE_CHECKING:
    from numpy.typing import NDArray

INK_LEVEL: Final = 40
PAPER_LEVEL: Final = 225


def digit_ink(digit: int, height: int = 60) -> NDArray[np.float32]:
    """(h, w) in [0, 1], ink 1: one digit of the self-check picture, trimmed and resized."""
    grey = load_page(WEIGHTS_FOLDER / "self_check.png").pixels[..., 0].astype(np.float32)
    ink = (grey.max() - grey) / (grey.max() - grey.min())
    count, _labels, stats, _ = cv2.connectedComponentsWithStats((ink > 0.3).astype(np.uint8))
    boxes = sorted(tuple(int(v) for v in row[:4]) for row in stats[1:] if row[4] > 60)
    assert count > 10
    x, y, w, h = boxes[digit]
    crop = ink[max(0, y - 2) : y + h + 2, max(0, x - 2) : x + w + 2]
    size = (max(1, round(crop.shape[1] * height / crop.shape[0])), height)
    return np.asarray(cv2.resize(crop, size, interpolation=cv2.INTER_AREA), dtype=np.float32)


def ink_page(
    *rows: str, height: int = 60, gap: int = 24, margin: int = 50, row_gap: int = 50
) -> NDArray[np.float32]:
    """(h, w) in [0, 1]: the digits of each row from left to right, rows from top to bottom."""
    placed = [[digit_ink(int(character), height) for character in row] for row in rows]
    width = 2 * margin + max(sum(ink.shape[1] + gap for ink in row) for row in placed)
    page = np.zeros((2 * margin + len(rows) * (height + row_gap), width), dtype=np.float32)
    for number, row in enumerate(placed):
        x, y = margin, margin + number * (height + row_gap)
        for ink in row:
            part = page[y : y + ink.shape[0], x : x + ink.shape[1]]
            np.maximum(part, ink, out=part)
            x += ink.shape[1] + gap
    return page


def on_paper(
    ink: NDArray[np.float32],
    paper: tuple[int, int, int] | NDArray[np.float32] = (PAPER_LEVEL,) * 3,
    pen: tuple[int, int, int] = (INK_LEVEL,) * 3,
) -> Page:
    """A page of that ink, drawn in the pen's colour on paper of one colour or (h, w, 3) of many."""
    ground = np.broadcast_to(np.asarray(paper, dtype=np.float32), (*ink.shape, 3))
    pixels = ground + (np.asarray(pen, dtype=np.float32) - ground) * ink[..., None]
    return Page(np.round(np.clip(pixels, 0, 255)).astype(np.uint8), "PNG")
