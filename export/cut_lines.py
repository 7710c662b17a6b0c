"""Cut digits out of lines as the reader does, for the digit network to learn from what it is shown.

A digit that was scanned by itself has no neighbour whose stroke runs through it, and no side of a
box beside it; dashes, corners of boxes and scraps of other rows are in no set of digits at all.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from export.datasets import HELD_BACK, LINE_CUTS, NOT_A_DIGIT, Samples
from export.draw_lines import DRAWN, REAL, VALIDATION_SEED, add_source_arguments
from export.evaluation.metrics import box_overlap, common_area
from export.lines.disputed_labels import DisputedLabels
from export.lines.pictures import LinePicture, draw_picture
from export.lines.samples import Source
from export.splits import MNIST_TRAINS, is_validation_line
from model.alternatives import NO_DIGIT
from model.level import find_level_ink
from model.marks import DIGITS, MARKS
from model.read_span import choose
from model.reader import Reader
from model.types import Page

if TYPE_CHECKING:
    from model.second_look import Look

_SAME: Final = 0.5
"""Overlap, intersection over union, from which a cut shows the character of a box."""

_APART: Final = 0.1
"""Share of a cut that may lie in the box of a digit, and it shows none of it."""

_LIKE_NO_DIGIT: Final = "-="
"""Separators that no hand writes like a digit; the others may all be a 1."""

_NARROW: Final = 0.45
"""What is narrower than this share of its height may be a 1, whatever it is."""

_LOT: Final = 100
_HELD_BACK_DRAWN: Final = 500


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``python -m export cut-lines``."""
    add_source_arguments(parser)
    add = parser.add_argument
    add("--cuts", type=Path, default=Path("runs/cuts.npz"), help="where the cuts are kept")
    add("--lines", type=int, default=12_000, help="drawn lines")
    add("--seed", type=int, default=1)


def run(args: argparse.Namespace) -> int:
    """Cut up drawn and real lines by the shipped networks."""
    if args.lines < 1:
        print("cut-lines: --lines must be at least 1.", file=sys.stderr)
        return 2
    args.cuts.parent.mkdir(parents=True, exist_ok=True)
    source = Source(args.mnist, args.single, MNIST_TRAINS)
    arrays: dict[str, Any] = {}

    def keep(name: str, lots: Iterable[Samples]) -> None:
        cuts = _together(lots)
        print(f"{name}: {np.bincount(cuts.labels + 1, minlength=11)}", flush=True)
        arrays[f"{name}_frames"], arrays[f"{name}_labels"] = cuts.frames, cuts.labels

    disputed = DisputedLabels.load()
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for name, count, seed in (
            (f"{HELD_BACK}{DRAWN}", min(args.lines, _HELD_BACK_DRAWN), VALIDATION_SEED + 1),
            (DRAWN, args.lines, args.seed),
        ):
            sizes = [min(_LOT, count - start) for start in range(0, count, _LOT)]
            children = np.random.SeedSequence(seed).spawn(len(sizes))
            keep(name, pool.map(partial(_cut_drawn, source), sizes, children))
        for name, (load, _) in REAL.items() if args.strings else ():
            pictures = disputed.corrected(name, load(args.strings / name))
            for part, wanted in ((name, False), (f"{HELD_BACK}{name}", True)):
                chosen = [one for one in pictures if is_validation_line(one.name) == wanted]
                lots = [chosen[start : start + _LOT] for start in range(0, len(chosen), _LOT)]
                keep(part, pool.map(_cut_all, lots))
    rough = args.cuts.with_suffix(".part.npz")
    np.savez_compressed(rough, **arrays)
    rough.replace(args.cuts)
    return 0


def _together(lots: Iterable[Samples]) -> Samples:
    none = Samples(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.int8), LINE_CUTS)
    all_lots = [none, *lots]
    return Samples(
        np.concatenate([lot.frames for lot in all_lots]),
        np.concatenate([lot.labels for lot in all_lots]),
        LINE_CUTS,
    )


def _cut_drawn(source: Source, count: int, seed: np.random.SeedSequence) -> Samples:
    rng = np.random.default_rng(seed)
    handwriting = source.handwriting()
    return _cut_all([draw_picture(handwriting, rng) for _ in range(count)])


def _cut_all(pictures: Sequence[LinePicture]) -> Samples:
    reader = Reader.open()
    cuts = [cut for picture in pictures for cut in cut_line(reader, picture)]
    frames = np.array([frame for frame, _ in cuts], dtype=np.float32).reshape(-1, 28, 28)
    labels = np.array([label for _, label in cuts], dtype=np.int8)
    return Samples(np.round(frames * 255).astype(np.uint8), labels, LINE_CUTS)


def cut_line(reader: Reader, picture: LinePicture) -> Iterator[tuple[NDArray[np.float32], int]]:
    """What the digit network is shown of a line, and what that shows.

    Args:
        reader: Whose networks find the digits.
        picture: One whose characters have boxes; or one that has none, of which all is taken if
            the reader reads it as it is labelled, and nothing otherwise.

    Yields:
        (28, 28) frames, and the digit that each shows or NOT_A_DIGIT. What is no digit but may look
        like one is left out: letters, parts of digits, upright strokes.
    """
    pixels = np.asarray(cv2.cvtColor(picture.grey, cv2.COLOR_GRAY2RGB), np.uint8)
    level = find_level_ink(pixels)
    if level.back is not None:
        return
    seen: list[Look] = []
    read: list[int] = []
    for span, looks, _ in reader.find_spans(Page(pixels, "picture")):
        seen += looks
        read += choose(span, looks, reader.fusion)[1]
    if len(picture.boxes) or not len(picture.marks):
        labels = [_label_at(look, level.ink.scale, picture) for look in seen]
    else:
        labels = _labels_read(read, picture)
    for look, label in zip(seen, labels, strict=True):
        if look.frame is None or label is None:
            continue
        if label != NOT_A_DIGIT or look.box.w >= _NARROW * look.box.h:
            yield look.frame, label


def _label_at(look: Look, scale: float, picture: LinePicture) -> int | None:
    """The digit whose box a look shows, NOT_A_DIGIT where no character's is, else None."""
    x, y, w, h = (side * scale for side in (look.box.x, look.box.y, look.box.w, look.box.h))
    # Of a line whose digits alone are labelled, what is nobody's may be any mark, or print.
    nobodys = None if picture.only_digits or picture.has_print_under else NOT_A_DIGIT
    if not len(picture.boxes):
        return nobodys
    overlaps = [box_overlap((x, y, w, h), box) for box in picture.boxes.tolist()]
    best = int(np.argmax(overlaps))
    mark = int(picture.marks[best])
    if overlaps[best] >= _SAME:
        if mark < len(DIGITS):
            return mark
        return NOT_A_DIGIT if MARKS[mark] in _LIKE_NO_DIGIT else None
    covered = max(common_area((x, y, w, h), box) for box in picture.boxes.tolist()) / (w * h)
    return nobodys if covered <= _APART else None


def _labels_read(read: Sequence[int], picture: LinePicture) -> list[int | None]:
    """What the reader reads, where that is what the picture is labelled."""
    truth = [mark for mark in picture.marks.tolist() if mark < len(DIGITS)]
    if [digit for digit in read if digit != NO_DIGIT] != truth:
        return [None] * len(read)
    # What is no digit there may be a comma that looks like one.
    return [None if digit == NO_DIGIT else digit for digit in read]
