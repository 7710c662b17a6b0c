"""Compare trained line networks on lines that none of them learned from, each by its own answer."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from export.draw_lines import REAL, VALIDATION, file_of
from export.evaluation.metrics import box_overlap
from export.lines.samples import load_samples
from export.lines.targets import WIDTH_STEP, LineSample
from export.run_folder import NETWORK_NAME, settings_of
from model.line_decode import Character, decode_detection, decode_sequence
from model.line_frame import LINE_HEIGHT
from model.marks import DIGITS

DECODERS: Final[dict[str, Callable[[NDArray[np.float32]], list[Character]]]] = {
    "sequence": decode_sequence,
    "detection": decode_detection,
}
_STEP: Final = 64


@dataclass(frozen=True, slots=True)
class LineScore:
    """How one network reads one set of lines.

    Attributes:
        exact: Lines whose digits are all right, in order, and no others.
        count: Lines.
        overlap: Mean intersection over union of the digits' boxes with the labelled ones, over the
            exact lines that have boxes; None without any.
    """

    exact: int
    count: int
    overlap: float | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``python -m export compare-lines``."""
    add = parser.add_argument
    add("runs", type=Path, nargs="+", help="trained runs of train-lines")
    add("--pool", type=Path, default=Path("runs/line_pool"), help="what draw-lines made")


def run(args: argparse.Namespace) -> int:
    """Print a table: each run on the pool's validation lines, drawn and real."""
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    import keras

    names = [VALIDATION, *(f"{VALIDATION}_{name}" for name in REAL)]
    sets = {n: load_samples(file_of(args.pool, n)) for n in names if file_of(args.pool, n).exists()}
    if not sets:
        print(f"compare-lines: {args.pool} holds no lines: draw-lines makes them.", file=sys.stderr)
        return 1
    print("| run | answer | lines | digits exact | boxes, mean IoU |\n|---|---|---|---|---|")
    for folder in args.runs:
        answer = str(settings_of(folder)["answer"])
        network = keras.saving.load_model(folder / NETWORK_NAME, compile=False)
        for name, lines in sets.items():
            score = score_lines(network, answer, lines)
            boxes = "–" if score.overlap is None else f"{score.overlap:.3f}"
            told = f"{score.exact:,} of {score.count:,} | {boxes}"
            print(f"| {folder.name} | {answer} | {name} | {told} |", flush=True)
    return 0


def score_lines(network: Any, answer: str, lines: Sequence[LineSample]) -> LineScore:
    """Read lines with a network alone, by the best path or the highest peaks.

    Args:
        network: Keras's; as ``export.lines.network.build_line_network`` builds it.
        answer: A key of ``DECODERS``.
        lines: With or without boxes.
    """
    exact, overlaps = 0, []
    by_width = sorted(lines, key=lambda line: line.frame.shape[1])
    for start in range(0, len(by_width), _STEP):
        some = by_width[start : start + _STEP]
        # As wide as training makes them: a network begins an odd width with half a column.
        width = -(-some[-1].frame.shape[1] // WIDTH_STEP) * WIDTH_STEP
        frames = np.zeros((len(some), LINE_HEIGHT, width, 1), np.float32)
        for frame, line in zip(frames, some, strict=True):
            frame[:, : line.frame.shape[1], 0] = line.frame / np.float32(255)
        for line, columns in zip(some, np.asarray(network(frames, training=False)), strict=True):
            found = [c for c in DECODERS[answer](columns) if c.mark < len(DIGITS)]
            is_digit = line.marks < len(DIGITS)
            if [c.mark for c in found] != line.marks[is_digit].tolist():
                continue
            exact += 1
            if len(line.boxes) == len(line.marks):
                wanted = line.boxes[is_digit]
                overlaps += [box_overlap(c.box, box) for c, box in zip(found, wanted, strict=True)]
    return LineScore(exact, len(lines), float(np.mean(overlaps)) if overlaps else None)
