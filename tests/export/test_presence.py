"""A head on a committee's features: it replaces one answer of the ONNX file, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
import pytest

from model.card import WEIGHTS_FOLDER, load_card
from model.network import LABELS
from tests.support.training_tools import needs_training_tools

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from export.presence import Head

pytestmark = needs_training_tools


@pytest.fixture(scope="module")
def content() -> bytes:
    return (WEIGHTS_FOLDER / load_card(WEIGHTS_FOLDER).file).read_bytes()


@pytest.fixture(scope="module")
def frames() -> NDArray[np.float32]:
    return np.random.default_rng(1).random((7, 28, 28), dtype=np.float32)


def _head(features: int, seed: int) -> Head:
    from export.presence import Head

    rng = np.random.default_rng(seed)
    return Head(
        rng.normal(size=(features, 4)).astype(np.float32),
        rng.normal(size=4).astype(np.float32),
        rng.normal(size=(4, 1)).astype(np.float32),
        rng.normal(size=1).astype(np.float32),
    )


def _run(content: bytes, frames: NDArray[np.float32]) -> NDArray[np.float32]:
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    (logits,) = session.run(None, {session.get_inputs()[0].name: frames[..., None]})
    return np.asarray(logits)


def test_the_last_answer_is_the_heads_and_the_others_stay(
    content: bytes, frames: NDArray[np.float32]
) -> None:
    from export.presence import features_of, with_head

    features = features_of(content, frames)
    head = _head(features.shape[1], 2)

    answers = _run(with_head(content, head, "new"), frames)

    assert answers.shape == (7, 11)
    assert np.array_equal(answers[:, :10], _run(content, frames)[:, :10])
    assert answers[:, 10] == pytest.approx(head.log_odds(features), rel=1e-3, abs=1e-3)


def test_a_head_takes_the_place_of_the_one_before(
    content: bytes, frames: NDArray[np.float32]
) -> None:
    from export.presence import features_of, with_head

    size = features_of(content, frames).shape[1]
    first, second = _head(size, 3), _head(size, 4)

    once = with_head(content, second, "2")
    twice = with_head(with_head(content, first, "1"), second, "2")

    assert once == twice
    assert np.array_equal(features_of(twice, frames), features_of(content, frames))


def test_the_file_tells_its_version_and_what_it_told_before(content: bytes) -> None:
    from export.presence import features_of, with_head

    size = features_of(content, np.ones((1, 28, 28), np.float32)).shape[1]

    session = onnxruntime.InferenceSession(
        with_head(content, _head(size, 5), "5"), providers=["CPUExecutionProvider"]
    )

    told = session.get_modelmeta().custom_metadata_map
    assert told["version"] == "5"
    assert told["labels"] == LABELS


def test_a_file_without_members_is_refused() -> None:
    import onnx

    from export.presence import features_of

    identity = onnx.helper.make_node("Identity", ["in"], ["out"])
    ends = [
        onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, [None, 28, 28, 1])
        for name in ("in", "out")
    ]
    graph = onnx.helper.make_graph([identity], "plain", ends[:1], ends[1:])

    with pytest.raises(ValueError, match="no members"):
        features_of(onnx.helper.make_model(graph).SerializeToString(), np.zeros((1, 28, 28), "f"))
