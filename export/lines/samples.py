"""Frames of lines, drawn in many processes from one seed, and kept for many epochs."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from export.lines.hands import Handwriting, load_handwriting
from export.lines.parts import NOTHING, Part
from export.lines.pictures import LinePicture, draw_picture
from export.lines.targets import LineSample
from model.ink import find_ink
from model.line_frame import DIGIT_HEIGHT, LINE_HEIGHT
from model.read_row import frame_row
from model.rows import Row

_SIZE_ERROR: Final = 0.1
"""Standard deviation of the logarithm of the digits' height where the line finder is near it."""

_LARGE_SIZE_ERROR: Final = 0.28
"""And where it is not: the first look at a row, before its digits give their own height."""

_LARGE_SHARE: Final = 0.2
_FARTHEST: Final = 0.45
"""Largest error of the logarithm: digits that fill a whole frame, or two thirds of their share."""

_PLACE_ERROR: Final = 0.09
"""Standard deviation of the line's middle, as a share of the digits' height."""

_LOT: Final = 500


@dataclass(frozen=True, slots=True)
class Source:
    """Where the characters of drawn lines come from.

    Attributes:
        mnist: Folder of MNIST's IDX files.
        singles: Folder of the ``.npz`` sets.
        kept: How many of MNIST's training images may be used.
        without: Parts of the recipe that are left out.
    """

    mnist: Path
    singles: Path
    kept: int
    without: frozenset[Part] = NOTHING

    def handwriting(self) -> Handwriting:
        """All characters; loaded once in a process."""
        return _load(self)


@cache
def _load(source: Source) -> Handwriting:
    return load_handwriting(source.mnist, source.singles, kept=source.kept)


def to_sample(picture: LinePicture, rng: np.random.Generator | None = None) -> LineSample:
    """The frame that the reader would make of a picture.

    Args:
        picture: A line.
        rng: Misjudges the line's height and place as the line finder does; None takes them as
            they are.
    """
    ink = find_ink(np.asarray(cv2.cvtColor(picture.grey, cv2.COLOR_GRAY2RGB), np.uint8))
    height, middle = picture.height, picture.middle
    if rng is not None:
        middle += float(rng.normal(0, _PLACE_ERROR)) * height
        error = rng.normal(0, _LARGE_SIZE_ERROR if rng.random() < _LARGE_SHARE else _SIZE_ERROR)
        height *= float(np.exp(np.clip(error, -_FARTHEST, _FARTHEST)))
    whole = Row(0, ink.grey.shape[1], 0.0, middle / ink.scale, height / ink.scale, 0)
    frame = frame_row(ink, whole)
    scale = DIGIT_HEIGHT / height
    boxes = picture.boxes * np.float32(scale)
    boxes[:, 1] += np.float32(LINE_HEIGHT / 2 - middle * scale)
    pixels = np.round(frame.pixels * 255).astype(np.uint8)
    return LineSample(pixels, picture.marks, boxes, picture.only_digits)


def draw_samples(source: Source, *, count: int, seed: int) -> list[LineSample]:
    """Draw lines on all cores; the same seed gives the same lines, however many cores there are."""
    lots = [min(_LOT, count - start) for start in range(0, count, _LOT)]
    children = np.random.SeedSequence(seed).spawn(len(lots))
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        drawn = pool.map(partial(_draw_lot, source), lots, children)
        return [sample for lot in drawn for sample in lot]


def _draw_lot(source: Source, count: int, seed: np.random.SeedSequence) -> list[LineSample]:
    cv2.setNumThreads(1)
    rng = np.random.default_rng(seed)
    handwriting, without = source.handwriting(), source.without
    misjudge = None if Part.MISFRAMED in without else rng
    return [to_sample(draw_picture(handwriting, rng, without), misjudge) for _ in range(count)]


def save_samples(path: Path, samples: Sequence[LineSample]) -> None:
    """Write samples to one ``.npz``; a half-written file never stands under that name."""
    rough = path.with_suffix(".part.npz")
    np.savez(
        rough,
        pixels=np.concatenate([sample.frame.ravel() for sample in samples]),
        widths=np.array([sample.frame.shape[1] for sample in samples]),
        marks=np.concatenate([sample.marks for sample in samples]),
        counts=np.array([len(sample.marks) for sample in samples]),
        boxes=np.concatenate([sample.boxes for sample in samples]),
        boxed=np.array([len(sample.boxes) for sample in samples]),
        only_digits=np.array([sample.only_digits for sample in samples]),
    )
    rough.rename(path)


def load_samples(path: Path) -> list[LineSample]:
    """What ``save_samples`` wrote."""
    with np.load(path) as data:
        frames = np.split(data["pixels"], np.cumsum(data["widths"])[:-1] * LINE_HEIGHT)
        marks = np.split(data["marks"], np.cumsum(data["counts"])[:-1])
        boxes = np.split(data["boxes"], np.cumsum(data["boxed"])[:-1])
        only_digits = [bool(flag) for flag in data["only_digits"]]
    return [
        LineSample(frame.reshape(LINE_HEIGHT, -1), its_marks, its_boxes, flag)
        for frame, its_marks, its_boxes, flag in zip(frames, marks, boxes, only_digits, strict=True)
    ]
