"""The whole path from pictures to a shipped network, on a handful of digits."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from model.card import CARD_NAME, load_card
from model.network import Network
from tests.support.idx import write_idx
from tests.support.pages import digit_ink

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("keras") is None or importlib.util.find_spec("tensorflow") is None,
        reason="the training tools are not installed: ./test --all installs them",
    ),
]

_ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def mnist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """IDX files of 600 + 200 shifted copies of ten real digits."""
    from model.normalize import normalize_crop

    folder = tmp_path_factory.mktemp("mnist")
    rng = np.random.default_rng(1)
    clean = [np.round(normalize_crop(digit_ink(d)) * 255).astype(np.uint8) for d in range(10)]
    for part, count in (("train", 600), ("t10k", 200)):
        labels = (np.arange(count) % 10).astype(np.uint8)
        frames = np.stack([np.roll(clean[d], rng.integers(-1, 2, 2), (0, 1)) for d in labels])
        write_idx(folder, part, frames, labels)
    return folder


def _export(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "export", *arguments],
        cwd=_ROOT,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _train(mnist: Path, folder: Path, *, epochs: int) -> str:
    options = f"--samples 512 --batch 64 --widths 8 8 8 --epochs {epochs}".split()
    paths = ["--data", str(mnist), "--run", str(folder / "run"), "--weights", str(folder / "out")]
    return _export("train", *options, *paths)


def test_an_interrupted_run_goes_on_and_ships_a_network(mnist: Path, tmp_path: Path) -> None:
    _train(mnist, tmp_path, epochs=1)
    first = Network.load(tmp_path / "out").card.version

    said = _train(mnist, tmp_path, epochs=3)

    assert "Epoch 1/3" not in said
    assert "Epoch 2 of 3 done" in said
    assert "Epoch 3 of 3 done" in said
    assert Network.load(tmp_path / "out").card.version != first
    facts = json.loads((tmp_path / "out" / CARD_NAME).read_text())
    assert facts["measured"]["mnist_test"] == 200
    assert facts["largest_difference"] < 1e-4
    assert load_card(tmp_path / "out").calibration.digit_temperature > 0
    assert f"{facts['measured']['mnist_test_correct']:,} of 200" in (
        tmp_path / "out" / "CARD.md"
    ).read_text(encoding="utf-8")
    for picture in ("learning_curves", "confusion_matrix", "most_confused", "reliability"):
        assert (tmp_path / "run" / f"{picture}.png").stat().st_size > 5_000
