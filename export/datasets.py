"""The handwriting that trains the network, as the network sees it.

Every set passes through the reader's own ``normalize_crop``, so that what is trained is what is
met at the counter. Sets marked dev are never opened here; see ``splits`` for the others.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from export import splits, synthesize
from model.normalize import Ink

NOT_A_DIGIT: Final = -1

LETTERS_LIKE_DIGITS: Final = frozenset("OISZBGDQJYLoiszbgqlyj")
"""Letters that some hands write exactly like a digit: to call them "not a digit" would teach the
network to doubt good digits. (O D Q o 0; I l i L J j 1; Z z 2; S s 5; G b 6; B 8; g q 9; Y y 4.)"""

SYMBOLS_UNLIKE_DIGITS: Final = frozenset("#%*+-.:=@^_~<>?")
"""Symbols that no hand writes like a digit; / \\ | ( ) [ ] ! ' , may all be a 1, & and $ an 8."""

WRONG_CUTS: Final = "wrong cuts"
"""Source of the frames that show parts of two digits."""

LINE_CUTS: Final = "line_cuts"
"""Source of what the reader cuts out of lines."""

HELD_BACK: Final = "held_back_"
"""How the parts of a file of cuts begin that come from lines that validate."""

VALIDATION_SHARE: Final = 12
"""One in so many of MNIST's training images, the last 5,000 of 60,000, choose the best epoch."""

SMALL_SETS: Final = {
    "usps": ("train",),
    "pendigits_orig": ("train",),
    "optdigits_orig": ("tra",),
    "semeion": (),
    "hwd1000": (),
}
"""Sets of single digits, and the parts of each that train; () is all of it."""

PENS_A_DIGIT: Final = 6
"""How many times each UNIPEN digit is drawn, each time with another pen."""


_LOOSE_HANDS: Final = 0.5
"""Share of the characters that train which ``synthesize.vary_hand`` changes."""

_FARTHEST_BAR: Final = 0.5
"""How far the bar of a looser hand's 5 is lifted at most, as a share of the rest's height."""


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Frames with what they show.

    Attributes:
        frames: (n, 28, 28) uint8, ink 255.
        labels: (n,) int8: the digit, or NOT_A_DIGIT.
        source: The data set's name.
    """

    frames: NDArray[np.uint8]
    labels: NDArray[np.int8]
    source: str

    def __len__(self) -> int:
        return len(self.labels)


Task: TypeAlias = Callable[[np.random.Generator], Samples]
"""Draws samples from a generator."""


def load_mnist(folder: Path | None, part: str) -> Samples:
    """MNIST's "train" (60,000) or "t10k" (10,000) images.

    Args:
        folder: Holds the IDX files, gzipped or not; None asks Keras's own loader, which
            downloads them once.

    Raises:
        FileNotFoundError: the folder lacks a file.
        ValueError: a file is not IDX.
    """
    if folder is None:
        from keras.datasets import mnist

        images, labels = mnist.load_data()[0 if part == "train" else 1]
        return Samples(images, labels.astype(np.int8), "mnist")
    images = _read_idx(folder, f"{part}-images-idx3-ubyte", header=16).reshape(-1, 28, 28)
    labels = _read_idx(folder, f"{part}-labels-idx1-ubyte", header=8)
    return Samples(images, labels.astype(np.int8), "mnist")


def _read_idx(folder: Path, name: str, *, header: int) -> NDArray[np.uint8]:
    packed = folder / f"{name}.gz"
    raw = gzip.decompress(packed.read_bytes()) if packed.exists() else (folder / name).read_bytes()
    if raw[:3] != b"\x00\x00\x08":
        raise ValueError(f"{name} is not an IDX file of bytes")
    return np.frombuffer(raw, dtype=np.uint8, offset=header)


def load_training(
    mnist_folder: Path | None,
    singles: Path | None,
    strings: Path | None,
    *,
    seed: int,
    drawings: float = 1.0,
    cuts: Path | None = None,
) -> list[Samples]:
    """Everything there is to train on, with fresh renderings drawn from ``seed``.

    Args:
        mnist_folder: See ``load_mnist``.
        singles: Folder of the ``.npz`` sets of single characters, or None to do without.
        strings: Folder with ``orand_car_a``, or None to do without.
        drawings: Share of the wrong cuts and scribbles that a whole run draws.
        cuts: What ``cut-lines`` made, or None to do without.
    """
    mnist = _split_mnist(mnist_folder)[0]
    tasks: list[Task] = [
        *(partial(make_wrong_cuts, mnist, round(5_000 * drawings)) for _ in range(6)),
        *(partial(make_scribbles, round(3_000 * drawings)) for _ in range(4)),
    ]
    small: list[Samples] = []
    if singles is not None:
        small = _load_small_sets(singles)
        # Each call draws the digits with other pens.
        pens = max(1, round(PENS_A_DIGIT * drawings))
        names = (*("digits",) * pens, "upper", "lower", "symbols")
        tasks += [partial(draw_unipen, singles, name, held_back=False) for name in names]
    orand = [load_orand_digits(strings / "orand_car_a")] if strings is not None else []
    lines = [load_line_cuts(cuts, held_back=False)] if cuts is not None else []
    return [mnist, *small, *orand, *lines, *_run_all(tasks, seed)]


def load_validation(mnist_folder: Path | None, singles: Path | None, seed: int) -> list[Samples]:
    """What chooses the best epoch and the calibration; no picture of it is trained on."""
    mnist = _split_mnist(mnist_folder)[1]
    tasks: list[Task] = [
        partial(make_wrong_cuts, mnist, 2_000),
        partial(make_scribbles, 1_000),
    ]
    if singles is not None:
        names = ("digits", "upper", "lower", "symbols")
        tasks += [partial(draw_unipen, singles, name, held_back=True) for name in names]
    return [mnist, *_run_all(tasks, seed + 1)]


def _run_all(tasks: list[Task], seed: int) -> list[Samples]:
    """All drawing tasks on all cores; each has its own seed, so the order changes nothing."""
    seeds = np.random.SeedSequence(seed).spawn(len(tasks))
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        jobs = [
            pool.submit(task, np.random.default_rng(child))
            for task, child in zip(tasks, seeds, strict=True)
        ]
        return [job.result() for job in jobs]


def _split_mnist(folder: Path | None) -> tuple[Samples, Samples]:
    """MNIST's training images: those that train, and the last ones, which choose."""
    whole = load_mnist(folder, "train")
    kept = len(whole) - len(whole) // VALIDATION_SHARE
    return (
        Samples(whole.frames[:kept], whole.labels[:kept], whole.source),
        Samples(whole.frames[kept:], whole.labels[kept:], whole.source),
    )


def _load_small_sets(folder: Path) -> list[Samples]:
    """USPS, pendigits, optdigits and semeion: writing of other countries and decades."""
    sets = []
    for name in SMALL_SETS:
        images, labels = training_rows(folder, name)
        inks = (image / np.float32(max(int(image.max()), 1)) for image in images)
        sets.append(_to_samples(inks, labels, name))
    return sets


def training_rows(folder: Path, name: str) -> tuple[NDArray[np.uint8], NDArray[np.int8]]:
    """A small set's training pictures as they are, (n, side, side) with ink light, and labels."""
    parts = SMALL_SETS[name]
    with np.load(folder / f"{name}.npz") as data:
        images, labels = data["images"], data["labels"].astype(np.int8)
        keep = np.isin(data["split"], parts) if parts else np.ones(len(labels), dtype=bool)
    images = 255 - images[keep] if name == "hwd1000" else images[keep]
    return images, labels[keep]


def draw_unipen(folder: Path, name: str, rng: np.random.Generator, *, held_back: bool) -> Samples:
    """UNIPEN characters re-drawn with random pens, of the groups held back or of the others.

    Those that train are written by a looser hand every other time. Letters and symbols that look
    like a digit are left out.
    """
    with np.load(folder / f"unipen_{name}.npz") as data:
        held_back_names = np.array([splits.is_held_back_group(str(g)) for g in data["group_names"]])
        is_held_back = held_back_names[data["group"]]
        characters, points = data["labels"], data["points"]
        strokes, chars = data["stroke_offsets"], data["char_offsets"]
    wanted = np.array([_is_wanted(name, str(character)) for character in characters])
    rows = np.flatnonzero(wanted & (is_held_back == held_back))

    def draw(row: int) -> Ink:
        pen = [points[strokes[s] : strokes[s + 1]] for s in range(chars[row], chars[row + 1])]
        if not held_back and rng.random() < _LOOSE_HANDS:
            pen = synthesize.vary_hand(pen, rng)
            if str(characters[row]) == "5":
                pen = synthesize.lift_bar(pen, _FARTHEST_BAR, rng)
        return synthesize.draw_strokes(pen, rng)

    drawn = (draw(row) for row in rows.tolist())
    digit = [int(c) if name == "digits" else NOT_A_DIGIT for c in characters[rows]]
    return _to_samples(drawn, np.array(digit, dtype=np.int8), f"unipen_{name}")


def _is_wanted(name: str, character: str) -> bool:
    if name == "symbols":
        return character in SYMBOLS_UNLIKE_DIGITS
    return character not in LETTERS_LIKE_DIGITS


def load_orand_digits(folder: Path) -> Samples:
    """The digits of ORAND-CAR-A's lines that train, cut out by their boxes."""
    import cv2

    inks: list[Ink] = []
    labels = []
    for row in (folder / "labels.tsv").read_text().splitlines()[1:]:
        file, text, boxes = row.split("\t")[:3]
        if splits.is_dev_file(file) or splits.is_validation_line(file):
            continue
        grey = cv2.imread(str(folder / file), cv2.IMREAD_GRAYSCALE)
        if grey is None:
            raise FileNotFoundError(folder / file)
        for character, box in zip(text, boxes.split(), strict=True):
            x, y, w, h = (int(number) for number in box.split(","))
            crop = grey[max(y, 0) : y + h, max(x, 0) : x + w]
            level = cv2.threshold(crop, 0, 255, cv2.THRESH_OTSU)[0]
            soft = np.clip((level * 1.15 - crop) / (0.6 * level + 1.0), 0, 1)
            if soft.max() > 0.5:
                inks.append(np.asarray(soft / soft.max(), dtype=np.float32))
                labels.append(int(character))
    return _to_samples(iter(inks), np.array(labels, dtype=np.int8), "orand_car_a")


def load_line_cuts(file: Path, *, held_back: bool) -> Samples:
    """What the reader cut out of lines, of those that validate or of the others.

    Args:
        file: What ``cut-lines`` made.

    Raises:
        OSError: it cannot be read.
        ValueError: it holds no such cuts.
    """
    with np.load(file) as data:
        names = [
            name.removesuffix("_frames")
            for name in data.files
            if name.endswith("_frames") and name.startswith(HELD_BACK) == held_back
        ]
        if not names:
            raise ValueError(f"{file} holds no cuts: make it with python -m export cut-lines")
        frames = np.concatenate([data[f"{name}_frames"] for name in names])
        labels = np.concatenate([data[f"{name}_labels"] for name in names])
    return Samples(frames, labels, LINE_CUTS)


def make_wrong_cuts(digits: Samples, count: int, rng: np.random.Generator) -> Samples:
    """Pairs that were not cut apart, and digits that were cut in two."""

    def draw() -> Iterator[Ink]:
        while True:
            first, second = (_trimmed(digits.frames[i]) for i in rng.integers(len(digits), size=2))
            if rng.random() < 0.7:
                yield synthesize.join_side_by_side(first, second, rng)
            elif (piece := synthesize.cut_in_two(first, rng)) is not None:
                yield piece

    pieces = draw()
    inks = (next(pieces) for _ in range(count))
    return _to_samples(inks, np.full(count, NOT_A_DIGIT, dtype=np.int8), WRONG_CUTS)


def make_scribbles(count: int, rng: np.random.Generator) -> Samples:
    """Scrawls and textures, half each."""
    makers = (synthesize.draw_scribble, synthesize.draw_texture)
    inks = (makers[i % 2](rng) for i in range(count))
    return _to_samples(inks, np.full(count, NOT_A_DIGIT, dtype=np.int8), "scribbles")


def _trimmed(frame: NDArray[np.uint8]) -> Ink:
    rows = np.flatnonzero(frame.max(axis=1) > 40)
    columns = np.flatnonzero(frame.max(axis=0) > 40)
    cut = frame[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return np.asarray(cut / np.float32(255), dtype=np.float32)


def _to_samples(inks: Iterator[Ink], labels: NDArray[np.int8], source: str) -> Samples:
    frames = np.empty((len(labels), 28, 28), dtype=np.uint8)
    for i, ink in enumerate(inks):
        frames[i] = synthesize.to_frame(np.asarray(ink, dtype=np.float32))
    return Samples(frames, labels, source)
