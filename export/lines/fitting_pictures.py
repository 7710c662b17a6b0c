"""The pictures by which the networks' answers are put together; nothing was trained on them.

They are no even sample of what people bring: half of the lines were drawn to be hard, and half of
the characters are letters or scribbles. So each counts for as much as there may be of its kind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from export.evaluation.drawing import draw_crop, draw_row
from export.lines.disputed_labels import DRAWN_SET, DisputedLabels, digits_of
from export.lines.fusion import Labelled
from export.lines.parts import Part
from export.lines.pictures import draw_picture
from export.lines.samples import Source
from export.splits import MNIST_TRAINS, is_validation_line
from model.marks import OTHER_MARK, PRINT_MARK

UNLEARNED: Final = frozenset({Part.OVERLAYS})
"""Parts of the drawing that the shipped networks have not learned from: what they misread of them
would raise the levels for all that they have."""

NO_DIGITS: Final = 0.04
"""Of what stands alone on paper and looks like a digit at first sight, how much is none."""

CAUTION: Final = 7.5
"""How many times as often it is none where a level is set. Who brings letters, brings many, and a
person who looks at one digit too many loses less than one who trusts a letter."""

DRAWN: Final = 0.5
"""What a drawn line counts beside a real one: the networks read two in three of the drawn ones,
and nine in ten of the real ones."""

_CHARACTERS: Final = 500
# Of MNIST three times as many, each counting a third: with 500 the share of a lone digit hung on
# which 500 they were. UNIPEN's held-back writers also measure the writing pad.
_MNIST: Final = 1_500
_ROWS: Final = 600
# People who write each digit by itself leave room for another one between two.
_WIDE_ROWS: Final = 300
_WIDE: Final = (0.3, 0.9)
_LENGTHS: Final = (2, 16)


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the sets are."""

    mnist: Path
    singles: Path
    strings: Path


def fitting_pictures(folders: Folders, seen: Collection[str], lines: int) -> Iterator[Labelled]:
    """Lines and single characters, and their digits.

    Args:
        folders: Of the sets.
        seen: Sets of real lines that the networks have learned from; the others stay unseen.
        lines: How many are drawn.
    """
    from export.draw_lines import VALIDATION_SEED

    rng = np.random.default_rng(VALIDATION_SEED)
    yield from _drawn_lines(folders, lines, rng)
    yield from real_lines(folders, seen)
    yield from _characters(folders, rng)


def _drawn_lines(folders: Folders, count: int, rng: np.random.Generator) -> Iterator[Labelled]:
    """Where letters stand in it, what is a digit is a matter of taste: an O among them is a 0."""
    handwriting = Source(folders.mnist, folders.singles, MNIST_TRAINS).handwriting()
    disputed = DisputedLabels.load()
    for i in range(count):
        picture = draw_picture(handwriting, rng, UNLEARNED)
        certain = not np.isin(picture.marks, (OTHER_MARK, PRINT_MARK)).any()
        truth = disputed.truth_of(DRAWN_SET, str(i), digits_of(picture.marks))
        if truth is not None:
            yield Labelled(_in_colour(picture.grey), truth, certain, DRAWN)


def real_lines(folders: Folders, seen: Collection[str]) -> Iterator[Labelled]:
    """Validation lines of real paper, with the labels corrected that are disputed.

    Raises:
        ValueError: a label is not the one that was disputed.
    """
    from export.draw_lines import REAL

    disputed = DisputedLabels.load()
    for name, (load, _) in REAL.items():
        if name not in seen:
            continue
        for picture in load(folders.strings / name):
            if not is_validation_line(picture.name):
                continue
            truth = disputed.truth_of(name, picture.name, digits_of(picture.marks))
            if truth is not None:
                yield Labelled(_in_colour(picture.grey), truth)


def _characters(folders: Folders, rng: np.random.Generator) -> Iterator[Labelled]:
    """Single ones, and rows of those that are digits as they stand on a plain form."""
    from export.datasets import WRONG_CUTS, load_validation

    disputed = DisputedLabels.load()
    digits: list[tuple[NDArray[np.uint8], list[str | None]]] = []
    parts = [
        part
        for part in load_validation(folders.mnist, folders.singles, 1)
        # No digit for the digit network, two for a reader of lines.
        if len(part) and part.source != WRONG_CUTS
    ]
    others = sum(part.labels.min() < 0 for part in parts)
    of_others = NO_DIGITS * (len(parts) - others) / max(1, others)
    for part in parts:
        is_digit = part.labels.min() >= 0
        truths = [
            disputed.truth_of(part.source, str(i), str(label) if is_digit else "")
            for i, label in enumerate(part.labels)
        ]
        if is_digit:
            digits.append((part.frames, truths))
        shown = rng.permutation(len(part))[: _MNIST if part.source == "mnist" else _CHARACTERS]
        of_digits = min(len(part), _CHARACTERS) / len(shown)
        for i in shown:
            crop, truth = draw_crop(part.frames[i], rng), truths[i]
            # A letter that looks like a digit is none, and no error either.
            if truth is not None and bool(truth) == is_digit:
                if is_digit:
                    yield Labelled(_opened(crop), truth, weight=of_digits)
                else:
                    yield Labelled(_opened(crop), truth, weight=of_others, caution=CAUTION)
    for i in range(_ROWS + _WIDE_ROWS if digits else 0):
        frames, known = digits[i % len(digits)]
        chosen: Sequence[int] = rng.integers(len(known), size=rng.integers(*_LENGTHS)).tolist()
        inks = [frames[k] for k in chosen]
        row = draw_row(inks, rng) if i < _ROWS else draw_row(inks, rng, apart=_WIDE)
        said = [known[k] for k in chosen]
        if None not in said:
            yield Labelled(_opened(row), "".join(map(str, said)))


def _opened(png: bytes) -> NDArray[np.uint8]:
    return _in_colour(np.asarray(cv2.imdecode(np.frombuffer(png, np.uint8), 0), np.uint8))


def _in_colour(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), dtype=np.uint8)
