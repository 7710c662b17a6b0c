"""Turn a trained line network into the ONNX file that the reader runs, checked against Keras."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from export.lines.targets import LineSample
from export.to_onnx import LARGEST_DIFFERENCE, write_onnx
from model.line_frame import LINE_HEIGHT
from model.marks import MARKS

NETWORK_FILE: Final = "lines.onnx"
_CHECKED: Final = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``python -m export convert-lines``."""
    add = parser.add_argument
    add("--run", type=Path, default=Path("runs/lines"), help="a trained run")
    add("--pool", type=Path, default=Path("runs/line_pool"), help="what draw-lines made")


def run(args: argparse.Namespace) -> int:
    """Convert and verify; nothing is written where the check fails."""
    os.environ["KERAS_BACKEND"] = "tensorflow"  # the others convert to another graph
    import keras

    from export.draw_lines import VALIDATION, file_of
    from export.lines.samples import load_samples

    network = keras.saving.load_model(args.run / "best.keras", compile=False)
    lines = load_samples(file_of(args.pool, VALIDATION))[:_CHECKED]
    rough = args.run / f"{NETWORK_FILE}.part"
    told = {"marks": MARKS, "line_height": str(LINE_HEIGHT)}
    content = write_onnx(network, (LINE_HEIGHT, 10 * LINE_HEIGHT), rough, told)
    difference = largest_difference(network, content, lines)
    if difference > LARGEST_DIFFERENCE:
        raise ValueError(f"onnxruntime and Keras differ by {difference:.1e}")
    rough.rename(args.run / NETWORK_FILE)
    print(f"{len(content):,} bytes; largest {difference=:.1e} on {len(lines)} lines")
    return 0


def largest_difference(network: Any, content: bytes, lines: Sequence[LineSample]) -> float:
    """Between Keras's logits and onnxruntime's, on every column of the lines."""
    import onnxruntime

    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    largest = 0.0
    for line in lines:
        frame = line.frame[None, ..., None].astype(np.float32) / np.float32(255)
        ours, theirs = session.run(None, {name: frame})[0], np.asarray(network(frame))
        largest = max(largest, float(np.abs(ours - theirs).max()))
    return largest
