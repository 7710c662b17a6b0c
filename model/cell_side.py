"""The side of a cell that was cut out with its number: it goes, a digit that runs into it stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from model.components import find_components
from model.join import Piece
from model.types import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Shares of the picture's height: a side begins no farther from the picture's edge, and a digit is
# no lower. How many times as wide as it is high a digit may be, and its least ink in its box.
_MARGIN: Final = 0.12
_TALL: Final = 0.3
_WIDEST: Final = 1.2
_INKED: Final = 0.1
# A side has ink in so many of its rows. It is as thick as this share of them shows, for a 1 may lie
# along most of it; so many times as thick where it is ragged, and a px more.
_WHOLE: Final = 0.6
_BARE: Final = 0.25
_RAGGED: Final = 1.5


def digits_at_side(piece: Piece, labels: NDArray[np.int32]) -> list[Piece]:
    """What is shaped like a digit in a piece that runs along a side of a picture of one line.

    Args:
        piece: Of which a side of a cell is part.
        labels: (h, w) int32, the pieces' label map; what is found gets a label of its own, in
            place.
    """
    box, (height, width) = piece.box, labels.shape
    window = labels[box.y : box.bottom, box.x : box.right]
    own = window == piece.label
    margin = round(_MARGIN * height)
    if box.x <= 2:
        own &= ~_side(own, margin)
    if box.right >= width - 2:
        own &= ~_side(own[:, ::-1], margin)[:, ::-1]
    found, last = [], int(labels.max())
    parts = find_components(own.astype(np.uint8))
    for i, (x, y, w, h, area) in enumerate(parts.boxes.tolist()):
        is_tall = h >= _TALL * height and w <= _WIDEST * h
        if i and is_tall and area >= _INKED * w * h:
            last += 1
            window[parts.labels == i] = last
            found.append(Piece(last, Box(box.x + x, box.y + y, w, h), area))
    return found


def _side(own: NDArray[np.bool_], margin: int) -> NDArray[np.bool_]:
    """The stroke at the left of a piece: the first ink of each row, as thick as where it is bare.

    Args:
        own: (h, w), the piece's pixels.
        margin: Px from the left within which it begins.
    """
    first = own.argmax(axis=1)
    has_ink = own[:, :margin].any(axis=1)
    side = np.zeros_like(own)
    if has_ink.mean() < _WHOLE:
        return side
    columns = np.arange(own.shape[1])
    behind = columns >= first[:, None]
    ends = np.where(behind & ~own, columns, own.shape[1]).min(axis=1)
    thick = _RAGGED * np.quantile((ends - first)[has_ink], _BARE) + 1
    side[has_ink] = (behind & (columns < np.minimum(ends, first + thick)[:, None]))[has_ink]
    return side
