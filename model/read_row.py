"""Read a row of writing whole: bring it to the network's height, run it, place what it says."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from model.ink import DARKNESS, WIDEST_STROKE, even_light, halved, ink_levels, look_up
from model.line_decode import (
    STRIDE,
    Character,
    decode_sequence,
    heard,
    mean_log_probability,
    propose_digits,
    sequence_probability,
)
from model.line_frame import DIGIT_HEIGHT, LINE_HEIGHT, to_line_frame
from model.marks import DIGITS

if TYPE_CHECKING:
    from model.ink import InkMap
    from model.rows import Row

RunLineNetwork: TypeAlias = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""(32, w) frame -> (T, outputs) columns."""

AskSecond: TypeAlias = Callable[[NDArray[np.float32]], NDArray[np.float32] | None]
"""The same by another network; None where there is none."""

# Shares of the row's height: what is cut out with it.
_BESIDE: Final = 0.6
_BEYOND: Final = 1.1
# A row that climbs by less than this share of its height is cut out straight.
_LEVEL: Final = 0.15
# A row so many times as high as in its frame is halved before anything else.
_LARGE: Final = 4.0
# From this factor, or this share of the height, a row is framed again by what was read in it.
_WRONG_SIZE: Final = 1.25
_WRONG_PLACE: Final = 0.15
# Log-probability below which a row is also read a little larger and smaller, and by how much.
_DOUBTFUL: Final = math.log(0.6)
_OTHER_SIZES: Final = (0.87, 1.15)
# Log-probability below which another network is asked what stands in the frame.
_UNSURE: Final = math.log(0.97)
# The same where it reads nothing: dirt is rarely surely nothing, and there is much of it.
_EMPTY: Final = math.log(0.5)
# What the other's word counts for the choice between two numbers. It learned from fewer lines; 0.2,
# 0.3 and 0.5 read 444, 443 and 443 of 482 validation cells and 292, 291 and 290 of 300 training
# amounts, when each digit was still the first one's alone. About those both count alike.
_SECOND: Final = 0.2
# Beyond this, what was read says nothing about the row.
_MOST_SIZE: Final = 2.0
_MOST_PLACE: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class RowFrame:
    """A row as the network sees it, and where that lies on the page.

    Attributes:
        pixels: (32, w) float32 in [0, 1], ink 1.
        left: Column of the ink map at the frame's left edge.
        middle: Row of the ink map at the middle of the frame's left edge.
        slope: Of the row, px down for each px to the right.
        scale: Px of the frame for each px of the ink map.
    """

    pixels: NDArray[np.float32]
    left: float
    middle: float
    slope: float
    scale: float

    def place(self, character: Character) -> Character:
        """The same character with its box in pixels of the ink map."""
        x, y, w, h = character.box
        across = (x + w / 2) / self.scale
        down = self.middle + self.slope * across
        box = (
            self.left + x / self.scale,
            down + (y - LINE_HEIGHT / 2) / self.scale,
            w / self.scale,
            h / self.scale,
        )
        return replace(character, box=box)

    def column_at(self, x: float) -> int:
        """The network's column at a column of the ink map; it may lie outside the frame."""
        return math.floor((x - self.left) * self.scale / STRIDE)


@dataclass(frozen=True, slots=True, eq=False)
class RowReading:
    """What stands in a row.

    Attributes:
        row: As it was framed for this reading.
        frame: As it was cut out then.
        characters: From left to right, with those that are only proposed; boxes in pixels of the
            ink map.
        digits: Those of the best path.
        columns: (T, outputs): what the network said by which it is read.
        score: Log-probability of the best path's digits, nats; -inf without any.
        opinions: (T, outputs) each: what every network that was asked says of the frame.
    """

    row: Row
    frame: RowFrame
    characters: tuple[Character, ...]
    digits: str
    columns: NDArray[np.float32]
    score: float
    opinions: tuple[NDArray[np.float32], ...]


def read_row(
    ink: InkMap, row: Row, run_network: RunLineNetwork, ask_second: AskSecond | None = None
) -> RowReading:
    """Read a row; by its digits where they turn out larger, smaller or elsewhere.

    A doubtful row is read once more a little larger and a little smaller, and the surest counts.
    Where that leaves a doubt, another network is asked, and of what both read that counts which
    both together find likelier; that nothing is written there, too.

    Args:
        ink: The page.
        row: Where it was found.
        run_network: Asked first.
        ask_second: Asked in doubt.
    """
    best = _read_once(ink, row, run_network)
    better = _by_its_digits(best, row)
    if better is not None:
        best = max(best, _read_once(ink, better, run_network), key=_score)
    if -math.inf < best.score < _DOUBTFUL:
        sizes = (replace(best.row, height=size * best.row.height) for size in _OTHER_SIZES)
        best = max(best, *(_read_once(ink, other, run_network) for other in sizes), key=_score)
    if ask_second is None or _is_sure(best):
        return best
    columns = ask_second(best.frame.pixels)
    return best if columns is None else _of_both(best, columns)


def _is_sure(reading: RowReading) -> bool:
    """Whether nobody else needs to be asked about the number, or about there being none."""
    if reading.digits:
        return reading.score >= _UNSURE
    return mean_log_probability(reading.opinions, "") >= _EMPTY


def _of_both(first: RowReading, columns: NDArray[np.float32]) -> RowReading:
    """The reading by one of two networks that both together find likelier."""
    opinions = (first.columns, columns)
    second = _decoded(first.row, first.frame, columns)
    pairs = ((first, second), (second, first))
    best, other = max(pairs, key=lambda pair: _likelihood(opinions, pair[0].digits))
    characters = heard(best.characters, other.columns)
    return replace(best, opinions=opinions, characters=characters)


def _likelihood(opinions: Sequence[NDArray[np.float32]], digits: str) -> float:
    """Weighed log-probability of a number by the first network and the second, nats."""
    first, second = (mean_log_probability([one], digits) for one in opinions)
    return (1 - _SECOND) * first + _SECOND * second


def _score(reading: RowReading) -> float:
    return reading.score


def frame_row(ink: InkMap, row: Row) -> RowFrame:
    """Cut a row out of the page, level and evenly lit, and bring it to the network's height."""
    page_height, page_width = ink.grey.shape
    first, last = row.limits
    left = round(max(0, first, row.left - _BESIDE * row.height))
    right = round(min(page_width, last, row.right + _BESIDE * row.height))
    right = max(left + 1, right)
    middle = row.middle_at(left)
    slope = row.slope if abs(row.slope) * (right - left) > _LEVEL * row.height else 0.0
    if slope:
        top = round(middle - _BEYOND * row.height)
        size = (right - left, max(1, round(2 * _BEYOND * row.height)))
        shear = np.array([[1, 0, left], [slope, 1, top]], dtype=np.float32)
        how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        strip = cv2.warpAffine(ink.grey, shear, size, flags=how, borderMode=cv2.BORDER_REPLICATE)
    else:
        middle = row.middle_at((row.left + row.right) / 2)
        top = max(0, round(middle - _BEYOND * row.height))
        bottom = max(top + 1, min(page_height, round(middle + _BEYOND * row.height)))
        strip = ink.grey[top:bottom, left:right]
    # What is far higher than the network sees it is halved first: its light is evened out sooner.
    share = 1.0
    while share * row.height > _LARGE * DIGIT_HEIGHT and min(strip.shape) > 1:
        strip, share = halved(strip), share / 2
    light = even_light(np.ascontiguousarray(strip), WIDEST_STROKE)
    clear = np.clip(DARKNESS / ink_levels(light)[1], 0, 1).astype(np.float32)
    pixels = to_line_frame(look_up(light, clear), share * (middle - top), share * row.height)
    return RowFrame(pixels, left, middle, slope, DIGIT_HEIGHT / row.height)


def _read_once(ink: InkMap, row: Row, run_network: RunLineNetwork) -> RowReading:
    frame = frame_row(ink, row)
    return _decoded(row, frame, run_network(frame.pixels))


def _decoded(row: Row, frame: RowFrame, columns: NDArray[np.float32]) -> RowReading:
    sure = decode_sequence(columns)
    digits = "".join(DIGITS[c.mark] for c in sure if c.mark < len(DIGITS))
    chance = sequence_probability(columns, digits) if digits else 0.0
    score = math.log(chance) if chance > 0 else -math.inf
    found = sorted([*sure, *propose_digits(columns, sure)], key=lambda one: one.column)
    return RowReading(
        row, frame, tuple(map(frame.place, found)), digits, columns, score, (columns,)
    )


def _by_its_digits(reading: RowReading, row: Row) -> Row | None:
    """The row as high as the digits that were read in it, or None where it was."""
    sure = [c for c in reading.characters if c.mark < len(DIGITS) and c.probability > 0.5]
    boxes = np.array([c.box for c in sure])
    if not boxes.size:
        return None
    height = float(np.median(boxes[:, 3]))
    columns = boxes[:, 0] + boxes[:, 2] / 2
    centres = boxes[:, 1] + boxes[:, 3] / 2
    shift = float(np.median(centres - row.slope * columns)) - row.middle
    ratio = height / row.height
    if not 1 / _MOST_SIZE < ratio < _MOST_SIZE or abs(shift) > _MOST_PLACE * row.height:
        return None
    if 1 / _WRONG_SIZE < ratio < _WRONG_SIZE and abs(shift) < _WRONG_PLACE * row.height:
        return None
    return replace(row, height=height, middle=row.middle + shift)
