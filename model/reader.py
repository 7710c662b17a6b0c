"""From a page to its reading: the steps, in order."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Self

import cv2
import numpy as np

from model.cancel import CancelToken
from model.card import WEIGHTS_FOLDER
from model.decode import to_confidence
from model.ink import MARKER_STROKE, InkMap, turn_ink
from model.level import find_level_ink
from model.line_card import DEFAULT_WRONG
from model.marks import PRINT_MARK
from model.network import BATCH, LineNetwork, Network
from model.part_of_page import clip_region, placed
from model.passed_over import (
    are_points_read,
    as_character,
    find_unread,
    with_passed_over,
    with_whole_piece,
)
from model.print_apart import part_print
from model.read_row import RowReading, read_row
from model.read_span import read_span
from model.rows import PageRows, Row, find_rows, narrow_row, stacked_row, whole_row
from model.second_look import Look, look_again
from model.sift import (
    doubt_halves,
    doubt_what_differs,
    explained,
    sift,
    without_surroundings,
)
from model.spans import Span, split_spans
from model.turn import turn_lines
from model.types import Box, Decision, Doubt, LineReading, Page, PageReading
from model.upside_down import is_print_upright
from model.way_up import WayUp, is_all_read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from model.line_card import Fusion

# Fewer pieces of ink do not say which way up a page lies.
_TURNED_PIECES: Final = 3
_HALF_TURN: Final = 2
# How much higher than its tall pieces a digit is that holds other ink.
_TALLER: Final = 1.1


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """The spans of a page's rows, with what all networks say about them, and the numbers there.

    Attributes:
        readings: The rows'.
        pieces: How many tall pieces of ink there are.
    """

    spans: list[tuple[Span, list[Look], tuple[NDArray[np.float32], ...]]]
    lines: list[LineReading]
    readings: list[RowReading]
    pieces: int

    @property
    def printed(self) -> int:
        """How many printed characters the line network saw."""
        return sum(c.mark == PRINT_MARK for one in self.readings for c in one.characters)


class Reader:
    """Reads pages. Not thread-safe: one worker owns it."""

    def __init__(
        self, lines: LineNetwork, digits: Network, wrong_accepted: float | None = None
    ) -> None:
        fusion = lines.card.fusion
        self._fusion = fusion if wrong_accepted is None else fusion.accepting(wrong_accepted)
        self._lines = lines
        self._digits = digits
        # Logits by the frame's pixels: what is read in two rows is looked at once.
        self._seen: dict[bytes, NDArray[np.float32]] = {}
        # Pictures are small: a pool of threads costs more than it saves, and the window needs
        # the other core.
        cv2.setNumThreads(1)

    @classmethod
    def open(cls, weights: Path = WEIGHTS_FOLDER, *, wrong_accepted: float = DEFAULT_WRONG) -> Self:
        """A reader with the shipped networks.

        Args:
            weights: Folder of the networks and their cards.
            wrong_accepted: How many of the accepted numbers may be wrong, in [0, 1].

        Raises:
            NetworkError: a network is missing, damaged, or not the one that its card describes.
        """
        return cls(LineNetwork.load(weights), Network.load(weights), wrong_accepted)

    @property
    def fusion(self) -> Fusion:
        """How its networks answer together."""
        return self._fusion

    def read(
        self, page: Page, *, region: Box | None = None, cancel: CancelToken | None = None
    ) -> PageReading:
        """Find and read the handwritten digits of a page, or of a part of it.

        Args:
            region: In pixels of the page; None reads all of it.
            cancel: Checked between steps and between batches.

        Returns:
            Lines from top to bottom; boxes in pixels of the whole page.

        Raises:
            Cancelled: the token was set.
        """
        token = cancel or CancelToken()
        part = clip_region(region, page)
        token.raise_if_cancelled()
        pixels = page.pixels[part.y : part.bottom, part.x : part.right]
        level = find_level_ink(pixels)
        found = self._read_ink(level.ink, token)
        if not found.lines and _is_small(part):
            # A felt pen on a tight crop is wider than any stroke elsewhere.
            thin, level = level, find_level_ink(pixels, widest=MARKER_STROKE)
            found = self._read_ink(level.ink, token)
            if not found.lines:
                found, level = replace(found, lines=self._read_broken(thin.ink, token)), thin
        turns = 0
        if region is None and found.pieces >= _TURNED_PIECES:
            turns, found = self._turn_upright(level.ink, found, token)
        # Who drags a field open wants what stands there, in whatever hand or print.
        parted = part_print(found.lines, found.printed) if region is None else (found.lines, [])
        height, width = level.ink.grey.shape[:: -1 if turns % 2 else 1]
        written, printed = (
            tuple(
                placed(level.as_it_lies(line), level.ink.scale, part)
                for line in turn_lines(doubt_halves(lines), -turns, width, height)
            )
            for lines in parted
        )
        return PageReading(written, turns, printed)

    def _turn_upright(self, ink: InkMap, found: _Found, token: CancelToken) -> tuple[int, _Found]:
        """The quarter turns after which the page is clearest, and what is found then.

        Boxes are those of the page so turned.
        """
        best, turns = found, 0
        as_it_lies = clearest = WayUp.of(found.lines, found.readings)
        token.raise_if_cancelled()
        print_upright = is_print_upright(found.readings, self._lines.run)
        is_over = print_upright is False
        if not is_over and is_all_read(found.lines, found.readings):
            return turns, best
        is_clear = print_upright and as_it_lies.says_enough and not as_it_lies.is_bare
        if is_clear or (as_it_lies.is_upright and not is_over):
            return turns, best
        for quarters in (_HALF_TURN,) if as_it_lies.is_upright else (1, 3, _HALF_TURN):
            turned = turn_ink(ink, quarters)
            other = self._read_ink(turned, token)
            way = WayUp.of(other.lines, other.readings)
            if quarters == _HALF_TURN:
                is_clearer = way.is_clearer_upside_down(as_it_lies, does_print_agree=is_over)
            else:
                is_clearer = way.is_clearer_than(as_it_lies)
            if is_clearer and (not turns or way.rank > clearest.rank):
                best, turns, clearest = other, quarters, way
        return turns, best

    def find_spans(
        self, page: Page, *, cancel: CancelToken | None = None
    ) -> Iterator[tuple[Span, list[Look], tuple[NDArray[np.float32], ...]]]:
        """What the networks say about each span with a candidate, before it is decided.

        Yields:
            The span, a look at each of its candidates, and the (T, outputs) columns of its row by
            each line network that was asked; boxes in pixels of the page's ink map. Where another
            way of reading the page has it doubted, it is not complete.

        Raises:
            Cancelled: the token was set.
        """
        found, _ = self._read_twice(find_level_ink(page.pixels).ink, cancel or CancelToken())
        is_doubted = any(Doubt.READ_OTHERWISE in line.doubts for line in found.lines)
        for span, looks, opinions in found.spans:
            if span.candidates:
                whole = span.is_complete and not is_doubted
                yield replace(span, is_complete=whole), looks, opinions

    def _read_ink(self, ink: InkMap, token: CancelToken) -> _Found:
        """What stands there, in pixels of the ink map."""
        found, page = self._read_twice(ink, token)
        return replace(found, lines=self._read_as_one(ink, page, found.lines, token))

    def _read_twice(self, ink: InkMap, token: CancelToken) -> tuple[_Found, PageRows]:
        """The rows by their pieces of ink, and of a picture of one line the better of two readings.

        Pieces say little about where a row is that climbs, falls apart or stands on a busy pattern;
        the shape of the picture says it again.
        """
        token.raise_if_cancelled()
        self._seen.clear()
        page = find_rows(ink)
        found = self._read_rows(ink, page, token)
        row = whole_row(ink)
        if row is None:
            return found, page
        boxes = tuple(box for part in page.rows for box in part.boxes)
        small = tuple(box for part in page.rows for box in part.small)
        other = PageRows((replace(row, boxes=boxes, small=small),), page.labels)
        whole = self._read_rows(ink, other, token)
        worse, better = sorted((whole, found), key=lambda one: explained(one.lines))
        height, width = ink.grey.shape
        lines, others = (without_surroundings(one.lines, width, height) for one in (better, worse))
        return replace(better, lines=doubt_what_differs(lines, others), pieces=found.pieces), page

    def _read_as_one(
        self, ink: InkMap, page: PageRows, lines: list[LineReading], token: CancelToken
    ) -> list[LineReading]:
        """The numbers, or the few tall pieces that there are as one digit, where that is likelier.

        The two halves of a broken digit may be one each, and a 0 that begins with a stroke a 10.
        """
        row = narrow_row(page.rows)
        if row is None or all(line.decision is Decision.ACCEPT for line in lines):
            return lines
        boxes = [digit.box for line in lines for digit in line.digits]
        if not all(row.left <= box.x + box.w / 2 <= row.right for box in boxes):
            return lines
        if Box.around([*row.boxes, *boxes]).h > _TALLER * row.height:
            return lines  # with the bar of a 5, which is not tall
        token.raise_if_cancelled()
        reading = read_row(ink, row, self._lines.run, self._lines.ask_second)
        span = Span((as_character(row.boxes[0], reading),), 0, len(reading.columns))
        looks = self._look_again(ink, _within(ink, row), span, token)
        one = read_span(span, looks, reading.opinions, self._fusion).line
        if one is None or one.confidence <= math.prod(line.confidence for line in lines):
            return lines
        return [one.doubted(Doubt.BROKEN)]

    def _read_broken(self, ink: InkMap, token: CancelToken) -> list[LineReading]:
        """A digit that is blurred into parts, read as one; for a person in any case."""
        row = stacked_row(find_rows(ink).rows)
        if row is None:
            return []
        lines = self._read_rows(ink, _within(ink, row), token).lines
        return [line.doubted(Doubt.BROKEN) for line in lines]

    def _read_rows(self, ink: InkMap, page: PageRows, token: CancelToken) -> _Found:
        found, readings = [], []
        for row in page.rows:
            token.raise_if_cancelled()
            reading = read_row(ink, row, self._lines.run, self._lines.ask_second)
            readings.append(reading)
            characters = with_passed_over(reading, row, page.labels)
            as_read = replace(row, height=reading.row.height)
            is_complete = not find_unread(characters, as_read, ink.grey.shape[1])
            if len(page.rows) == 1:
                # Beside other rows what stands alone may be a cell's side: it is not helped.
                characters = with_whole_piece(characters, row, page.labels)
            for part in split_spans(characters, len(reading.columns)):
                is_read = are_points_read(part.characters, as_read)
                span = replace(part, is_complete=is_complete, are_points_read=is_read)
                looks = self._look_again(ink, page, span, token)
                found.append((span, looks, reading.opinions))
        lines = sift([read_span(*one, self._fusion) for one in found])
        return _Found(found, lines, readings, sum(len(row.boxes) for row in page.rows))

    def _look_again(
        self, ink: InkMap, page: PageRows, span: Span, token: CancelToken
    ) -> list[Look]:
        def run(frames: NDArray[np.float32]) -> NDArray[np.float64]:
            return to_confidence(self._run_digits(frames, token), self._digits.card.calibration)

        return look_again(ink, page.labels, span.candidates, run)

    def _run_digits(self, frames: NDArray[np.float32], token: CancelToken) -> NDArray[np.float32]:
        """(n, 28, 28) frames -> (n, 11) logits; what was read in another row is not run again."""
        keys = [frame.tobytes() for frame in frames]
        new = {key: i for i, key in enumerate(keys) if key not in self._seen}
        rows = np.array(list(new.values()), dtype=np.intp)
        for start in range(0, len(rows), BATCH):
            token.raise_if_cancelled()
            batch = rows[start : start + BATCH]
            found = self._digits.run(frames[batch])
            self._seen.update((keys[i], logits) for i, logits in zip(batch, found, strict=True))
        return np.stack([self._seen[key] for key in keys])


def _within(ink: InkMap, row: Row) -> PageRows:
    """A row of one piece, with the faint ink between its parts."""
    labels = np.zeros(ink.solid.shape, dtype=np.int32)
    (box,) = row.boxes
    labels[box.y : box.bottom, box.x : box.right] = 1
    return PageRows((row,), labels)


def _is_small(part: Box) -> bool:
    """Whether one digit can fill the picture, so that blank paper is not looked at twice."""
    return part.w < 4 * part.h and part.w * part.h <= 1_000_000
