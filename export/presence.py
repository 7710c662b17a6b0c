"""Whether ink is a digit at all, by a head of its own on what the committee sees in it.

The members say it too, each by one linear layer. A head on the features of all of them tells more
from what is no digit, and leaves what they say of the ten digits as it is: it replaces one output
of the ONNX file, whose Keras networks need not be there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from model.marks import DIGITS

PREFIX: Final = "presence_"
"""Of the names of all that this module adds to a graph."""

_COMMITTEE: Final = f"{PREFIX}committee"
_STEP: Final = 512


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """One hidden layer of rectified units, and a log-odds.

    Attributes:
        weights: (features, units) float32.
        bias: (units,) float32.
        out_weights: (units, 1) float32.
        out_bias: (1,) float32.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    out_weights: NDArray[np.float32]
    out_bias: NDArray[np.float32]

    def log_odds(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, features) -> (n,)."""
        hidden = np.maximum(features @ self.weights + self.bias, 0)
        return np.asarray((hidden @ self.out_weights + self.out_bias)[:, 0], np.float32)

    @property
    def parameters(self) -> int:
        """How many numbers it has."""
        return sum(part.size for part in (self.weights, self.bias)) + self.out_weights.size + 1


def without_head(content: bytes) -> Any:
    """The ONNX model of a committee alone, whether or not it has a head."""
    import onnx

    model = onnx.load_from_string(content)
    graph = model.graph
    if any(node.name.startswith(PREFIX) for node in graph.node):
        name = graph.output[0].name
        for node in [node for node in graph.node if node.name.startswith(PREFIX)]:
            graph.node.remove(node)
        for one in [one for one in graph.initializer if one.name.startswith(PREFIX)]:
            graph.initializer.remove(one)
        for node in graph.node:
            node.output[:] = [name if out == _COMMITTEE else out for out in node.output]
    return model


def features_of(content: bytes, frames: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, 28, 28) frames -> (n, features): of each member the mean over its looks, side by side."""
    import onnx
    import onnxruntime

    model = without_head(content)
    _add_features(model.graph)
    told = onnx.helper.make_tensor_value_info(f"{PREFIX}features", onnx.TensorProto.FLOAT, None)
    model.graph.output.append(told)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    name = session.get_inputs()[0].name
    parts = [
        session.run([told.name], {name: frames[i : i + _STEP, :, :, None]})[0]
        for i in range(0, len(frames), _STEP)
    ]
    return np.concatenate(parts).astype(np.float32)


def with_head(content: bytes, head: Head, version: str) -> bytes:
    """The ONNX file of a committee whose last output is a head's.

    Args:
        content: The file as it is, with or without a head.
        head: On ``features_of`` it.
        version: That its metadata tell.
    """
    import onnx

    model = without_head(content)
    graph, helper = model.graph, onnx.helper
    name = graph.output[0].name
    for node in graph.node:
        node.output[:] = [_COMMITTEE if out == name else out for out in node.output]
        node.input[:] = [_COMMITTEE if one == name else one for one in node.input]
    arrays = {
        "weights": head.weights,
        "bias": head.bias,
        "out_weights": head.out_weights,
        "out_bias": head.out_bias,
        "first": np.array([0], np.int64),
        "stop": np.array([len(DIGITS)], np.int64),
        "axis": np.array([1], np.int64),
    }
    graph.initializer.extend(
        onnx.numpy_helper.from_array(array, PREFIX + one) for one, array in arrays.items()
    )
    _add_features(graph)
    steps = (
        ("MatMul", ("features", "weights"), "weighed"),
        ("Add", ("weighed", "bias"), "biased"),
        ("Relu", ("biased",), "hidden"),
        ("MatMul", ("hidden", "out_weights"), "out_weighed"),
        ("Add", ("out_weighed", "out_bias"), "log_odds"),
        ("Slice", ("committee", "first", "stop", "axis"), "digits"),
    )
    graph.node.extend(
        helper.make_node(kind, [PREFIX + one for one in given], [PREFIX + out], PREFIX + out)
        for kind, given, out in steps
    )
    both = [f"{PREFIX}digits", f"{PREFIX}log_odds"]
    graph.node.append(helper.make_node("Concat", both, [name], f"{PREFIX}answer", axis=1))
    told = {one.key: one.value for one in model.metadata_props} | {"version": version}
    helper.set_model_props(model, told)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def _add_features(graph: Any) -> None:
    """What each member's last layer is given: flattened, one for each look."""
    import onnx

    looks: dict[str, list[str]] = defaultdict(list)
    for node in graph.node:
        member = re.search(r"member_(\d+)(?:_\d+)?/flatten", node.name)
        if node.op_type == "Reshape" and member:
            looks[member[1]].append(node.output[0])
    if not looks:
        raise ValueError("the file has no members whose features could be told")
    means = []
    for number, outputs in sorted(looks.items()):
        means.append(f"{PREFIX}member_{number}")
        graph.node.append(onnx.helper.make_node("Mean", outputs, means[-1:], means[-1]))
    joined = f"{PREFIX}features"
    graph.node.append(onnx.helper.make_node("Concat", means, [joined], joined, axis=1))
