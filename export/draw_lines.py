"""Draw the lines that the line reader learns from, and frame the real ones; once for many runs.

Drawing a line takes 13 ms of a core, longer than learning from it: the lines are kept in a pool,
one file for each source, and every run takes its share of them.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from export.lines.disputed_labels import DisputedLabels
from export.lines.pictures import LinePicture
from export.lines.real import load_meza, load_orand
from export.lines.samples import Source, draw_samples, save_samples, to_sample
from export.run_folder import OtherRunError, claim
from export.splits import MNIST_TRAINS, is_validation_line

DRAWN: Final = "drawn"
VALIDATION: Final = "validation"
REAL: Final[dict[str, tuple[Callable[[Path], Sequence[LinePicture]], int]]] = {
    "orand_car_a": (load_orand, 8),
    "meza_logbook": (load_meza, 1),
}
"""How each set of real lines is loaded, and in how many framings each line is kept, as the rows
are misjudged: ten times as many cells of log books are there as amounts."""

DRAWING: Final = 17
"""Raised whenever the same seed would draw other lines: a pool holds lines of one drawing. (8 and 9
were tried and dropped: docs/experiments.md.)"""

VALIDATION_SEED: Final = 1_000_003
_VALIDATION_LINES: Final = 2_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``python -m export draw-lines``."""
    add_source_arguments(parser)
    add = parser.add_argument
    add("--pool", type=Path, default=Path("runs/line_pool"), help="where the lines are kept")
    add("--lines", type=int, default=60_000, help="drawn lines")
    add("--seed", type=int, default=1)


def add_source_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where the characters and the real lines are."""
    add = parser.add_argument
    add("--mnist", type=Path, required=True, help="folder of MNIST's IDX files")
    add("--single", type=Path, required=True, help="folder of the .npz sets of single characters")
    add(
        "--strings", type=Path, help="folder of the sets of real lines; without it, drawn ones only"
    )


def run(args: argparse.Namespace) -> int:
    """Draw what is not there yet."""
    disputed = DisputedLabels.load()
    try:
        settings = {"lines": args.lines, "seed": args.seed, "drawing": DRAWING}
        settings["disputed"] = disputed.digest_of(REAL)
        claim(args.pool, settings, option="--pool")
    except OtherRunError as error:
        print(f"draw-lines: {error}", file=sys.stderr)
        return 1
    source = Source(args.mnist, args.single, MNIST_TRAINS)
    count = min(_VALIDATION_LINES, args.lines)
    for name, lines, seed in (
        (VALIDATION, count, VALIDATION_SEED),
        (DRAWN, args.lines, args.seed),
    ):
        if not file_of(args.pool, name).exists():
            save_samples(file_of(args.pool, name), draw_samples(source, count=lines, seed=seed))
    for name, (load, framings) in REAL.items() if args.strings else ():
        if file_of(args.pool, name).exists():
            continue
        rng = np.random.default_rng(args.seed)
        pictures = disputed.corrected(name, load(args.strings / name))
        kept = [picture for picture in pictures if is_validation_line(picture.name)]
        shown = [picture for picture in pictures if not is_validation_line(picture.name)]
        save_samples(file_of(args.pool, f"{VALIDATION}_{name}"), [to_sample(p) for p in kept])
        samples = [to_sample(picture, rng) for picture in shown for _ in range(framings)]
        save_samples(file_of(args.pool, name), samples)
    return 0


def digest(pool: Path) -> str:
    """Of all lines of the pool: a run goes on only with those that it began with."""
    whole = hashlib.sha256()
    for file in sorted(pool.glob("*.npz")):
        with file.open("rb") as content:
            whole.update(hashlib.file_digest(content, "sha256").digest())
    return whole.hexdigest()


def file_of(pool: Path, name: str) -> Path:
    """Where the lines of a source are kept."""
    return pool / f"{name}.npz"
