import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from model.card import CARD_NAME, WEIGHTS_FOLDER, load_card
from model.errors import NetworkError
from model.network import Network


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS_FOLDER, folder)
    return folder


def _change_card(folder: Path, **changes: object) -> None:
    card = json.loads((folder / CARD_NAME).read_text())
    (folder / CARD_NAME).write_text(json.dumps(card | changes))


def _network_file(folder: Path) -> Path:
    return folder / load_card(folder).file


def test_the_shipped_network_gives_eleven_logits_a_frame() -> None:
    logits = Network.load().run(np.zeros((3, 28, 28), dtype=np.float32))

    assert logits.shape == (3, 11)
    assert np.isfinite(logits).all()


def test_no_frames_give_no_logits() -> None:
    assert Network.load().run(np.empty((0, 28, 28), dtype=np.float32)).shape == (0, 11)


def test_a_frame_is_read_alike_alone_and_in_a_batch() -> None:
    frames = np.random.default_rng(1).random((70, 28, 28), dtype=np.float32)
    network = Network.load()

    alone = np.concatenate([network.run(frame[None]) for frame in frames])

    assert np.allclose(network.run(frames), alone, atol=1e-3)


def test_a_missing_network_is_said_to_be_missing(weights: Path) -> None:
    _network_file(weights).unlink()

    with pytest.raises(NetworkError, match="network is missing") as caught:
        Network.load(weights)
    assert "Install Numberglass again" in caught.value.hint


def test_a_missing_card_is_said_to_be_missing(weights: Path) -> None:
    (weights / CARD_NAME).unlink()

    with pytest.raises(NetworkError, match="network is missing"):
        Network.load(weights)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": "1"}'])
def test_a_damaged_card_is_said_to_be_damaged(weights: Path, content: str) -> None:
    (weights / CARD_NAME).write_text(content)

    with pytest.raises(NetworkError, match="model card is damaged"):
        Network.load(weights)


@pytest.mark.parametrize("value", [0, -1, "NaN", "Infinity"])
def test_a_temperature_that_gives_no_confidence_is_damage(weights: Path, value: object) -> None:
    card = json.loads((weights / CARD_NAME).read_text())
    _change_card(weights, calibration=card["calibration"] | {"digit_temperature": value})

    with pytest.raises(NetworkError, match="model card is damaged"):
        Network.load(weights)


def test_a_file_name_that_cannot_be_is_no_crash(weights: Path) -> None:
    _change_card(weights, file="a\0b")

    with pytest.raises(NetworkError, match="cannot be opened"):
        Network.load(weights)


def test_one_changed_byte_of_the_network_is_noticed(weights: Path) -> None:
    file = _network_file(weights)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))

    with pytest.raises(NetworkError, match="damaged or was exchanged"):
        Network.load(weights)


def test_a_file_that_is_no_network_is_damaged(weights: Path) -> None:
    import hashlib

    content = b"not a network"
    _network_file(weights).write_bytes(content)
    _change_card(weights, sha256=hashlib.sha256(content).hexdigest())

    with pytest.raises(NetworkError, match="network is damaged"):
        Network.load(weights)


def test_a_network_of_another_version_than_its_card_is_refused(weights: Path) -> None:
    _change_card(weights, version="1999.01.01-00000000")

    with pytest.raises(NetworkError, match="does not match its model card"):
        Network.load(weights)
