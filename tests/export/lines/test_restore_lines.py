"""Taking a line network back out of the file that ships."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from export.restore_lines import unfold
from export.to_onnx import write_onnx
from model.line_frame import LINE_HEIGHT
from tests.support.training_tools import needs_training_tools

if TYPE_CHECKING:
    from pathlib import Path

    import keras
    from numpy.typing import NDArray

pytestmark = [
    *needs_training_tools,
    # tf2onnx asks numpy for a name that it will give another meaning.
    pytest.mark.filterwarnings("ignore:In the future `np.object`:FutureWarning"),
]

_NARROW = (4, 6, 8, 10)


def _trained(rng: np.random.Generator) -> keras.Model:
    """A network whose normalisations and bias are anything but what they began with."""
    import keras

    from export.lines.network import build_line_network

    network = build_line_network("sequence", _NARROW)
    for layer in network.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            width = layer.gamma.shape[0]
            gamma, spread = rng.uniform(0.5, 2, size=(2, width))
            beta, mean = rng.normal(size=(2, width))
            layer.set_weights([gamma, beta, mean, spread])
        elif isinstance(layer, keras.layers.Conv2D) and layer.use_bias:
            kernel, bias = layer.get_weights()
            layer.set_weights([kernel, rng.normal(size=bias.shape)])
    return network


def _without_dropout(network: keras.Model) -> None:
    import keras

    for layer in network.layers:
        if isinstance(layer, keras.layers.Dropout):
            layer.rate = 0.0


def _frames(rng: np.random.Generator, width: int) -> NDArray[np.float32]:
    return rng.random((8, LINE_HEIGHT, width, 1), dtype=np.float32)


def test_a_restored_network_answers_as_its_file_and_is_at_rest(tmp_path: Path) -> None:
    from export.lines.network import build_line_network

    rng = np.random.default_rng(7)
    shipped, restored = _trained(rng), build_line_network("sequence", _NARROW)
    content = write_onnx(shipped, (LINE_HEIGHT, 64), tmp_path / "lines.onnx", {})
    batches = [_frames(rng, 64), _frames(rng, 96)]

    unfold(restored, content, batches)

    unseen = _frames(rng, 80)
    answer = np.asarray(shipped(unseen))
    assert np.allclose(np.asarray(restored(unseen)), answer, atol=1e-4)
    # In training a batch is normalised by itself: one like the lines that it was restored with
    # gives nearly the same. Over twelve sets of kernels the difference is 0.009 at most, and 0.5 to
    # 0.8 in a network that has only the weights; dropout alone would be 0.17 to 0.30.
    _without_dropout(restored)
    off = np.abs(np.asarray(restored(unseen, training=True)) - answer).mean()
    assert off < 0.05 * answer.std()


def test_the_file_of_another_network_is_refused(tmp_path: Path) -> None:
    import keras

    from export.lines.network import build_line_network

    frame = keras.Input((LINE_HEIGHT, None, 1))
    other = keras.Model(frame, keras.layers.Conv2D(2, 3)(frame))
    content = write_onnx(other, (LINE_HEIGHT, 64), tmp_path / "other.onnx", {})

    with pytest.raises(ValueError, match="1 convolutions, not 9"):
        unfold(build_line_network("sequence", _NARROW), content, [])
