"""Hands: where the characters of a drawn line come from, one writer's at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from export import splits
from export.datasets import SMALL_SETS, load_mnist, training_rows
from export.lines.habits import Habits
from export.lines.parts import NOTHING, Part
from export.lines.pens import Pen, cut_to_ink, ink_strokes
from export.lines.signs import draw_sign
from export.synthesize import Stroke
from model.marks import DIGITS
from model.normalize import Ink

_TRIES: Final = 6
_RECORDED: Final = 0.6
"""Share of hands that were recorded as strokes."""
_SMALL_LETTERS: Final = frozenset("aceimnorsuvwxz")
_ENLARGED: Final = 4
"""Times that a scan is enlarged before its strokes, a few px wide, are measured."""

# What a damaged scan may not go beyond: shares of the height, px across per px up, and how rough.
_PEN_WIDTHS: Final = (0.04, 0.3)
_SLANTS: Final = (-0.4, 0.6)
_SCANNED_GRAIN: Final = 0.1


class Hand(Protocol):
    """One writer with one pen."""

    @property
    def pen(self) -> Pen:
        """What it writes with, and links characters with."""

    def write(self, character: str, height: float) -> Ink:
        """The ink of a character, cut to it; digits are about ``height`` px high."""

    def runs_on(self, pair: str) -> bool:
        """Whether the pen stays on the paper between two characters, this time."""


@dataclass(frozen=True, slots=True, eq=False)
class StrokeSamples:
    """UNIPEN's characters: recorded pen strokes, by writer.

    Attributes:
        by_writer: For each writer and character, the recordings of it.
        by_character: All writers' recordings.
    """

    by_writer: Mapping[int, Mapping[str, Sequence[Sequence[Stroke]]]]
    by_character: Mapping[str, Sequence[Sequence[Stroke]]]


@dataclass(frozen=True, slots=True, eq=False)
class BitmapSamples:
    """Scanned digits, with what tells one writer's from another's.

    Attributes:
        frames: (n, side, side) uint8, ink 255.
        by_digit: Rows of ``frames`` that show each digit.
        style: (n, 2): thickness of the strokes as a share of the digit's height, and slant.
    """

    frames: NDArray[np.uint8]
    by_digit: Sequence[NDArray[np.int64]]
    style: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Handwriting:
    """All characters that lines are drawn from."""

    strokes: StrokeSamples
    bitmaps: Sequence[BitmapSamples]

    def hand(self, rng: np.random.Generator, without: frozenset[Part] = NOTHING) -> Hand:
        """Any writer of any school: three fifths from recorded strokes, the rest from scans."""
        pen, slant, habits = Pen.draw(rng), float(rng.normal(0.04, 0.21)), Habits.draw(rng)
        if Part.HABITS in without:
            habits = Habits()
        is_scanned = rng.random() >= _RECORDED
        if Part.SCANS not in without and (is_scanned or Part.STROKES in without):
            return self._scanned_hand(pen, slant, habits, rng)
        writers = list(self.strokes.by_writer)
        writer = self.strokes.by_writer[writers[int(rng.integers(len(writers)))]]
        recorded = _StrokeHand(writer, self.strokes.by_character, pen, slant, rng)
        return _SchooledHand(recorded, habits, pen, slant, rng)

    def _scanned_hand(
        self, pen: Pen, slant: float, habits: Habits, rng: np.random.Generator
    ) -> Hand:
        # MNIST comes first and is the largest; the small sets share what it leaves.
        i = 0 if rng.random() < 0.6 else int(rng.integers(1, max(2, len(self.bitmaps))))
        scans = self.bitmaps[min(i, len(self.bitmaps) - 1)]
        # What it writes of another school is by the pen and with the slant of its scans.
        model = int(rng.integers(len(scans.frames)))
        width = float(np.clip(pen_width(scans.frames[model]), *_PEN_WIDTHS))
        lean = float(np.clip(scans.style[model][1], *_SLANTS)) + slant / 2
        # A scan's height holds its pen's width; that of strokes does not.
        pen = replace(pen, width=width / (1 - width), grain=min(pen.grain, _SCANNED_GRAIN))
        letters = _StrokeHand({}, self.strokes.by_character, pen, lean, rng)
        recorded = _ScannedHand(scans, letters, slant / 2, rng, scans.style[model])
        return _SchooledHand(recorded, habits, pen, lean, rng, size=1 - width)


class _Recorded(Protocol):
    def write(self, character: str, height: float) -> Ink: ...


@dataclass(frozen=True, slots=True, eq=False)
class _SchooledHand:
    """A recorded hand, but for what its school writes otherwise.

    Attributes:
        size: Height of its own strokes without the pen's width, as a share of the recorded ones'.
    """

    recorded: _Recorded
    habits: Habits
    pen: Pen
    slant: float
    rng: np.random.Generator
    size: float = 1.0

    def write(self, character: str, height: float) -> Ink:
        if character == "0":
            return self.recorded.write(character, self.habits.zero * height)
        tall = self.size * height
        ink = self.habits.write(character, tall, self.slant, self.pen, self.rng)
        return self.recorded.write(character, height) if ink is None else ink

    def runs_on(self, pair: str) -> bool:
        return self.habits.runs_on(pair, self.rng)


@dataclass(frozen=True, slots=True, eq=False)
class _StrokeHand:
    writer: Mapping[str, Sequence[Sequence[Stroke]]]
    anybody: Mapping[str, Sequence[Sequence[Stroke]]]
    pen: Pen
    slant: float
    rng: np.random.Generator

    def write(self, character: str, height: float) -> Ink:
        samples = self.writer.get(character) or self.anybody.get(character)
        if character not in DIGITS and not (samples and character.isalpha()):
            return draw_sign(character, height, self.pen, self.rng)
        assert samples
        strokes = samples[int(self.rng.integers(len(samples)))]
        tall = height * (0.62 if character in _SMALL_LETTERS else 1.0)
        return ink_strokes(strokes, tall, self.slant, self.pen, self.rng)


@dataclass(frozen=True, slots=True, eq=False)
class _ScannedHand:
    samples: BitmapSamples
    letters: _StrokeHand
    slant: float
    rng: np.random.Generator
    style: NDArray[np.float32]

    def write(self, character: str, height: float) -> Ink:
        if character not in DIGITS:
            return self.letters.write(character, height)
        rows = self.samples.by_digit[int(character)]
        some = rows[self.rng.integers(len(rows), size=_TRIES)]
        # One writer's digits resemble each other in thickness and slant.
        best = int(np.abs(self.samples.style[some] - self.style).sum(axis=1).argmin())
        ink = cut_to_ink(self.samples.frames[some[best]].astype(np.float32) / np.float32(255))
        return _enlarge(ink, height, self.slant)


def _enlarge(ink: Ink, height: float, slant: float) -> Ink:
    scale = height / ink.shape[0]
    lean = abs(slant) * height
    size = (max(3, round(ink.shape[1] * scale + lean)), max(3, round(height)))
    shift = slant * height if slant > 0 else 0.0
    move = np.array([[scale, -slant * scale, shift], [0, scale, 0]], dtype=np.float64)
    drawn = cv2.warpAffine(ink, move, size, flags=cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA)
    return cut_to_ink(np.clip(drawn, 0, 1).astype(np.float32))


def load_handwriting(mnist: Path, singles: Path, *, kept: int) -> Handwriting:
    """All training characters; nothing that measures.

    Args:
        mnist: Folder of MNIST's IDX files.
        singles: Folder of the ``.npz`` sets.
        kept: How many of MNIST's training images train; the others validate.
    """
    whole = load_mnist(mnist, "train")
    bitmaps = [_to_bitmaps(whole.frames[:kept], whole.labels[:kept])]
    bitmaps += [_to_bitmaps(*training_rows(singles, name)) for name in SMALL_SETS]
    return Handwriting(load_strokes(singles), bitmaps)


def _to_bitmaps(frames: NDArray[np.uint8], labels: NDArray[np.int8]) -> BitmapSamples:
    style = np.array([_style_of(frame) for frame in frames], dtype=np.float32)
    return BitmapSamples(frames, [np.flatnonzero(labels == d) for d in range(10)], style)


def pen_width(frame: NDArray[np.uint8]) -> float:
    """Of a scanned digit's strokes, as a share of its height."""
    ink = cut_to_ink(frame.astype(np.float32) / np.float32(255))
    size = (_ENLARGED * ink.shape[1], _ENLARGED * ink.shape[0])
    large = cv2.resize(ink, size, interpolation=cv2.INTER_LINEAR)
    solid = np.pad((large > 0.5).astype(np.uint8), 1)
    inside = cv2.distanceTransform(solid, cv2.DIST_L2, 5)
    # Across a stroke the distance to its edge goes from half a pixel to half its width.
    mean = float(inside[solid > 0].mean()) if solid.any() else 0.0
    return 4 * max(0.0, mean - 0.5) / len(large)


def _style_of(frame: NDArray[np.uint8]) -> tuple[float, float]:
    moments = cv2.moments(frame)
    slant = -moments["mu11"] / max(moments["mu02"], 1e-6)
    solid = (frame > 96).astype(np.uint8)
    inside = cv2.distanceTransform(solid, cv2.DIST_L2, 3)
    rows = max(1, int(np.count_nonzero(solid.any(axis=1))))
    return 4 * float(inside[solid > 0].mean() if solid.any() else 0) / rows, slant


def load_held_back(mnist: Path, singles: Path) -> Handwriting:
    """Characters that measure: of UNIPEN's held-back writers, and MNIST's test images."""
    whole = load_mnist(mnist, "t10k")
    bitmaps = [_to_bitmaps(whole.frames, whole.labels)]
    return Handwriting(load_strokes(singles, held_back=True), bitmaps)


def load_strokes(folder: Path, *, held_back: bool = False) -> StrokeSamples:
    """UNIPEN's digits and letters of the writers that train, or of those that measure."""
    by_writer: dict[int, dict[str, list[list[Stroke]]]] = {}
    by_character: dict[str, list[list[Stroke]]] = {}
    for name in ("digits", "upper", "lower"):
        with np.load(folder / f"unipen_{name}.npz") as data:
            names = [str(group) for group in data["group_names"]]
            groups, labels, points = data["group"], data["labels"], data["points"]
            starts, characters = data["stroke_offsets"], data["char_offsets"]
        # One writer's digits, capitals and small letters lie in files of different names.
        is_wanted = [splits.is_held_back_group(group) is held_back for group in names]
        for i, group in enumerate(groups):
            if not is_wanted[group]:
                continue
            ends = range(characters[i], characters[i + 1])
            strokes = [points[starts[s] : starts[s + 1]].astype(np.float32) for s in ends]
            by_character.setdefault(str(labels[i]), []).append(strokes)
            if name == "digits":
                by_writer.setdefault(int(group), {}).setdefault(str(labels[i]), []).append(strokes)
    return StrokeSamples(by_writer, by_character)
