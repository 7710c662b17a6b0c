"""Make runs of the line networks that ship, so that training goes on where nobody kept its folder.

The shipped graph has its batch normalisations folded into the convolutions before them. They are
unfolded by what the validation lines of a pool give there: the network answers as before, and
batches that are like those lines change nothing in it either.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from export.run_folder import BEST_NAME, NETWORK_NAME, OtherRunError, blocks_of, claim
from export.to_onnx import LARGEST_DIFFERENCE
from model.card import WEIGHTS_FOLDER
from model.line_card import LINE_CARD_NAME

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LINES = 320
_LINES_A_STEP = 32


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``python -m export restore-lines``."""
    add = parser.add_argument
    add("--weights", type=Path, default=WEIGHTS_FOLDER, help="where the networks are shipped")
    add("--pool", type=Path, default=Path("runs/line_pool"), help="what draw-lines made")
    add("--run", type=Path, default=Path("runs/lines"), help="folder for the first network")
    add("--second", type=Path, help="folder for the one that is asked in doubt")


def run(args: argparse.Namespace) -> int:
    """Restore one network or both; each is checked against its file."""
    from export.convert_lines import largest_difference
    from export.draw_lines import VALIDATION, file_of
    from export.lines.batches import LineBatches, LinePlan
    from export.lines.network import build_line_network
    from export.lines.samples import load_samples

    told = json.loads((args.weights / LINE_CARD_NAME).read_text(encoding="utf-8"))
    lines = load_samples(file_of(args.pool, VALIDATION))[:_LINES]
    steps = LineBatches(lines, [], LinePlan(len(lines), _LINES_A_STEP, 0, 0.0), "sequence")
    batches = [steps[i][0] for i in range(len(steps))]
    for folder, facts in ((args.run, told), (args.second, told.get("second"))):
        if folder is None or facts is None:
            continue
        content = (args.weights / facts["file"]).read_bytes()
        network = build_line_network(
            facts["training"]["answer"], blocks=blocks_of(facts["training"])
        )
        unfold(network, content, batches)
        difference = largest_difference(network, content, lines)
        if difference > LARGEST_DIFFERENCE:
            raise ValueError(f"Keras and {facts['file']} differ by {difference:.1e}")
        try:
            claim(folder, facts["training"])
        except OtherRunError as error:
            print(f"restore-lines: {error}", file=sys.stderr)
            return 1
        network.save_weights(folder / BEST_NAME)
        network.save(folder / NETWORK_NAME)
        print(f"{folder}: {facts['version']}; {difference=:.1e} on {len(lines)} lines", flush=True)
    return 0


def unfold(network: Any, content: bytes, batches: Sequence[NDArray[np.float32]]) -> None:
    """Give a Keras network the weights of its ONNX file.

    Args:
        network: Of the same shape; each batch normalisation stands behind its convolution.
        content: The file.
        batches: (n, 32, w, 1) frames, by which the normalisations are set.

    Raises:
        ValueError: the file holds another network.
    """
    import keras
    import onnx
    from onnx import numpy_helper

    graph = onnx.load_from_string(content).graph
    arrays = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    folded = [
        [arrays[name] for name in node.input[1:]] for node in graph.node if node.op_type == "Conv"
    ]
    convolutions = [one for one in network.layers if isinstance(one, keras.layers.Conv2D)]
    norms = [one for one in network.layers if isinstance(one, keras.layers.BatchNormalization)]
    if len(folded) != len(convolutions):
        raise ValueError(f"the file has {len(folded)} convolutions, not {len(convolutions)}")
    behind = iter(norms)
    for layer, (weights, bias) in zip(convolutions, folded, strict=True):
        kernel = weights.transpose(2, 3, 1, 0)  # (out, in, h, w) -> (h, w, in, out)
        if layer.use_bias:
            layer.set_weights([kernel, bias])
            continue
        layer.set_weights([kernel])
        norm = next(behind)
        until_here = keras.Model(network.input, layer.output)
        mean, variance = _moments([np.asarray(until_here(one)) for one in batches])
        # gamma and beta first: (x - mean) / sqrt(variance + e) * gamma + beta is x + bias.
        norm.set_weights([np.sqrt(variance + norm.epsilon), mean + bias, mean, variance])


def _moments(
    outputs: Sequence[NDArray[np.float32]],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Mean and variance of each channel over (n, h, w, channels) outputs of any widths."""
    flat = [one.reshape(-1, one.shape[-1]).astype(np.float64) for one in outputs]
    count = sum(len(one) for one in flat)
    mean = sum(one.sum(axis=0) for one in flat) / count
    variance = sum(np.square(one - mean).sum(axis=0) for one in flat) / count
    return np.asarray(mean, np.float32), np.asarray(variance, np.float32)
