"""The line network's file and card: what is shipped, and what is refused."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from model.card import WEIGHTS_FOLDER
from model.errors import NetworkError
from model.line_card import LINE_CARD_NAME, load_line_card
from model.line_decode import SIDES
from model.marks import MARKS
from model.network import LineNetwork


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS_FOLDER, folder)
    return folder


def _change_card(folder: Path, **changes: object) -> None:
    card = json.loads((folder / LINE_CARD_NAME).read_text())
    (folder / LINE_CARD_NAME).write_text(json.dumps(card | changes))


@pytest.mark.parametrize("width", [32, 101, 640])
def test_every_second_column_gets_an_answer(width: int) -> None:
    columns = LineNetwork.load().run(np.zeros((32, width), dtype=np.float32))

    assert columns.shape == (-(-width // 2), len(MARKS) + 1 + SIDES)
    assert np.isfinite(columns).all()


def test_blank_paper_says_nothing() -> None:
    columns = LineNetwork.load().run(np.zeros((32, 200), dtype=np.float32))

    assert (columns[:, : len(MARKS) + 1].argmax(axis=1) == len(MARKS)).all()


def test_a_missing_network_is_said_to_be_missing(weights: Path) -> None:
    (weights / load_line_card(weights).first.file).unlink()

    with pytest.raises(NetworkError, match="network is missing") as caught:
        LineNetwork.load(weights)
    assert "Install Numberglass again" in caught.value.hint


def test_a_missing_card_is_said_to_be_missing(weights: Path) -> None:
    (weights / LINE_CARD_NAME).unlink()

    with pytest.raises(NetworkError, match="line network is missing"):
        LineNetwork.load(weights)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": "1"}'])
def test_a_damaged_card_is_said_to_be_damaged(weights: Path, content: str) -> None:
    (weights / LINE_CARD_NAME).write_text(content)

    with pytest.raises(NetworkError, match="model card is damaged"):
        LineNetwork.load(weights)


@pytest.mark.parametrize("value", [-1.0, "NaN", "Infinity"])
def test_an_exponent_that_gives_no_confidence_is_damage(weights: Path, value: object) -> None:
    card = json.loads((weights / LINE_CARD_NAME).read_text())
    _change_card(weights, fusion=card["fusion"] | {"sequence": value})

    with pytest.raises(NetworkError, match="model card is damaged"):
        LineNetwork.load(weights)


def test_one_changed_byte_of_the_network_is_noticed(weights: Path) -> None:
    file = weights / load_line_card(weights).first.file
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))

    with pytest.raises(NetworkError, match="damaged or was exchanged"):
        LineNetwork.load(weights)


def test_the_digit_network_in_its_place_is_refused(weights: Path) -> None:
    content = (weights / "digits.onnx").read_bytes()
    (weights / load_line_card(weights).first.file).write_bytes(content)
    _change_card(weights, sha256=hashlib.sha256(content).hexdigest())

    with pytest.raises(NetworkError, match="does not match its model card"):
        LineNetwork.load(weights)


def _with_second(weights: Path) -> Path:
    """The first network as the second one, too; its file."""
    first = load_line_card(weights).first
    (weights / "again.onnx").write_bytes((weights / first.file).read_bytes())
    second = {"version": first.version, "file": "again.onnx", "sha256": first.sha256}
    _change_card(weights, second=second)
    return weights / "again.onnx"


def test_a_second_network_is_asked_of_the_same_frame(weights: Path) -> None:
    _with_second(weights)
    frame = np.random.default_rng(0).random((32, 90), dtype=np.float32)

    network = LineNetwork.load(weights)
    again = network.ask_second(frame)

    assert again is not None
    assert np.array_equal(again, network.run(frame))
    assert [one.file for one in network.card.files] == [network.card.first.file, "again.onnx"]


def test_without_a_second_network_there_is_no_second_answer(weights: Path) -> None:
    _change_card(weights, second=None)

    assert LineNetwork.load(weights).ask_second(np.zeros((32, 90), np.float32)) is None


def test_a_second_network_that_the_card_names_must_be_there(weights: Path) -> None:
    _with_second(weights).unlink()

    with pytest.raises(NetworkError, match="network is missing"):
        LineNetwork.load(weights)
