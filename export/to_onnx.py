"""Turn a trained run into what ships: the ONNX file, checked against Keras, and its model card."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from export.run_folder import NETWORK_NAME

LARGEST_DIFFERENCE: Final = 1e-4
"""Between Keras's logits and onnxruntime's, on every MNIST test image."""

NETWORK_FILE: Final = "digits.onnx"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``python -m export convert``."""
    add = parser.add_argument
    runs = [Path("runs/digits")]
    add("--run", type=Path, nargs="+", default=runs, help="trained runs, which answer together")
    add("--weights", type=Path, default=Path("model/weights"), help="where the network is shipped")
    add("--data", type=Path, help="folder of MNIST's IDX files (default: Keras's own loader)")
    add("--single", type=Path, help="folder of the .npz sets of single characters")
    add("--cuts", type=Path, help="file that cut-lines made, to count on those held back")


def run(args: argparse.Namespace) -> int:
    """Convert, verify, calibrate, draw and describe; nothing is written where a check fails."""
    os.environ["KERAS_BACKEND"] = "tensorflow"  # the others convert to another graph
    import keras

    from export import calibrate, card, figures
    from export.committee import TURNS, combine, compare_looks
    from export.datasets import load_line_cuts, load_mnist, load_validation

    members = [keras.saving.load_model(run / NETWORK_NAME, compile=False) for run in args.run]
    network = combine(members)
    training = [json.loads((run / "facts.json").read_text()) for run in args.run]
    first = args.run[0]
    test = load_mnist(args.data, "t10k")
    frames = test.frames.astype(np.float32) / np.float32(255)
    version = f"{training[-1]['finished'].replace('-', '.')}-{_hash(network, TURNS)}"
    content = convert(network, first / NETWORK_FILE, version)
    logits, difference = verify(network, content, frames)
    chosen = load_validation(args.data, args.single, training[0]["seed"])
    calibration, fit = calibrate.fit_calibration(content, chosen)
    figures.draw_all(first, logits, test, calibration)
    measured = card.measure(logits, test.labels) | fit
    digits = [part for part in chosen if part.labels.min() >= 0]
    measured["looks"] = [asdict(score) for score in compare_looks(members, digits)]
    if args.cuts is not None:
        cuts = load_line_cuts(args.cuts, held_back=True)
        told = run_onnx(content, cuts.frames.astype(np.float32) / np.float32(255))
        measured |= card.measure_cuts(told, cuts.labels)
    args.weights.mkdir(parents=True, exist_ok=True)
    (args.weights / NETWORK_FILE).write_bytes(content)
    card.write(
        args.weights,
        card.Facts(
            version=version,
            file=NETWORK_FILE,
            sha256=hashlib.sha256(content).hexdigest(),
            calibration=calibration,
            parameters=int(network.count_params()),
            largest_difference=difference,
            measured=measured,
            training=training,
        ),
    )
    print(f"MNIST test: {measured['mnist_test_correct']} of {len(test)}; {difference=:.1e}")
    return 0


def convert(network: Any, path: Path, version: str) -> bytes:
    """The digit network as ONNX with dynamic batch, carrying its version, labels and frame size."""
    from model.network import LABELS, OUTPUTS
    from model.normalize import FRAME_SIZE

    told = {"version": version, "labels": LABELS, "frame_size": str(FRAME_SIZE)}
    told["outputs"] = f"{OUTPUTS} logits: ten digits, then the log-odds of being a digit"
    return write_onnx(network, (FRAME_SIZE, FRAME_SIZE), path, told)


def write_onnx(network: Any, size: tuple[int, int], path: Path, told: dict[str, str]) -> bytes:
    """Any network of one grey frame as ONNX; what is told stands in the file's metadata.

    Args:
        size: Height and width of a frame that it takes.
    """
    import onnx

    # Keras exports a network only once it has been called.
    network(np.zeros((1, *size, 1), dtype=np.float32))
    network.export(str(path), format="onnx", verbose=False)
    graph = onnx.load(str(path))
    onnx.helper.set_model_props(graph, told)
    onnx.checker.check_model(graph)
    content = bytes(graph.SerializeToString())
    path.write_bytes(content)
    return content


def verify(
    network: Any, content: bytes, frames: NDArray[np.float32]
) -> tuple[NDArray[np.float32], float]:
    """Run both on every frame: onnxruntime's logits and the largest difference to Keras's.

    Raises:
        ValueError: an answer differs, or a logit by more than LARGEST_DIFFERENCE.
    """
    logits = run_onnx(content, frames)
    expected = network.predict(frames[..., None], batch_size=1000, verbose=0)
    difference = float(np.abs(logits - expected).max())
    same = (logits[:, :10].argmax(1) == expected[:, :10].argmax(1)).all()
    if not same or difference > LARGEST_DIFFERENCE:
        raise ValueError(f"onnxruntime and Keras differ by {difference:.1e}")
    return logits, difference


def run_onnx(content: bytes, frames: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, 28, 28) frames -> (n, 11) logits, by onnxruntime."""
    import onnxruntime

    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    parts = [
        session.run(None, {name: frames[i : i + 1000, :, :, None]})[0]
        for i in range(0, len(frames), 1000)
    ]
    return np.concatenate(parts).astype(np.float32)


def _hash(network: Any, turns: Sequence[float]) -> str:
    """Eight hexadecimal digits that differ where the weights or the looks do."""
    digest = hashlib.sha256(repr(turns).encode())
    for weight in network.get_weights():
        digest.update(np.ascontiguousarray(weight).tobytes())
    return digest.hexdigest()[:8]
