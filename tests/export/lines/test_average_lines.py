"""The mean of line networks that were trained one after another."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from export.average_lines import run
from export.run_folder import SETTINGS_NAME, settings_of
from tests.support.training_tools import needs_training_tools

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = [
    *needs_training_tools,
    # Keras saves TensorFlow's variables in numpy's former way.
    pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning"),
]

_FIRST = {"answer": "sequence", "seed": 1}


def _save(folder: Path, settings: dict[str, Any], value: float) -> Path:
    """A run of a narrow network all of whose weights have one value."""
    from export.lines.network import build_line_network

    network = build_line_network("sequence", (4, 6, 8, 10))
    network.set_weights([np.full_like(one, value) for one in network.get_weights()])
    folder.mkdir()
    network.save(folder / "best.keras")
    (folder / SETTINGS_NAME).write_text(json.dumps(settings))
    return folder


def test_each_weight_is_the_mean_of_all_runs(tmp_path: Path) -> None:
    import keras

    first = _save(tmp_path / "first", _FIRST, 1.0)
    second = _save(tmp_path / "second", {"seed": 2, "start": _FIRST}, 4.0)
    mean = tmp_path / "mean"

    assert run(argparse.Namespace(runs=[first, second], run=mean)) == 0

    weights = keras.saving.load_model(mean / "best.keras", compile=False).get_weights()
    assert all(np.array_equal(one, np.full_like(one, 2.5)) for one in weights)
    assert settings_of(mean) == {"seed": 2, "start": _FIRST, "averaged": 2}


def test_networks_of_two_trainings_have_no_mean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = _save(tmp_path / "first", _FIRST, 1.0)
    stranger = _save(tmp_path / "stranger", {"seed": 2}, 4.0)
    mean = tmp_path / "mean"

    assert run(argparse.Namespace(runs=[first, stranger], run=mean)) == 1

    assert "did not begin with" in capsys.readouterr().err
    assert not mean.exists()
