"""The mean of line networks that were trained one after another."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from export.average_lines import run
from export.run_folder import BEST_NAME, SETTINGS_NAME, settings_of
from tests.support.training_tools import needs_training_tools

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = [
    *needs_training_tools,
    # Keras saves TensorFlow's variables in numpy's former way.
    pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning"),
]

_NARROW = (4, 6, 8, 10)
_FIRST = {"answer": "sequence", "seed": 1}


def _save(folder: Path, settings: dict[str, Any], value: float) -> Path:
    """A run of a narrow network all of whose weights have one value."""
    from export.lines.network import build_line_network

    network = build_line_network("sequence", _NARROW)
    network.set_weights([np.full_like(one, value) for one in network.get_weights()])
    folder.mkdir()
    network.save(folder / "best.keras")
    (folder / SETTINGS_NAME).write_text(json.dumps(settings))
    return folder


def _average(into: Path, *runs: Path) -> int:
    return run(argparse.Namespace(runs=list(runs), run=into))


def test_each_weight_is_the_mean_of_all_runs(tmp_path: Path) -> None:
    import keras

    from export.lines.network import build_line_network

    first = _save(tmp_path / "first", _FIRST, 1.0)
    second = _save(tmp_path / "second", {"seed": 2, "start": _FIRST}, 4.0)
    mean = tmp_path / "mean"

    assert _average(mean, first, second) == 0

    begun_with = build_line_network("sequence", _NARROW)
    begun_with.load_weights(mean / BEST_NAME)
    for network in (keras.saving.load_model(mean / "best.keras", compile=False), begun_with):
        weights = network.get_weights()
        assert all(np.array_equal(one, np.full_like(one, 2.5)) for one in weights)
    assert settings_of(mean) == {"seed": 2, "start": _FIRST, "averaged": 2}


def test_what_goes_on_from_a_mean_has_a_mean_with_it(tmp_path: Path) -> None:
    mean = _FIRST | {"averaged": 2}
    first = _save(tmp_path / "first", mean, 1.0)
    second = _save(tmp_path / "second", {"seed": 3, "start": mean}, 2.0)

    assert _average(tmp_path / "mean", first, second) == 0
    assert settings_of(tmp_path / "mean") == {"seed": 3, "start": mean, "averaged": 2}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"seed": 2}, "did not go on from"),
        ({"seed": 2, "start": _FIRST, "blocks": [3, 3, 2]}, "with the same network"),
        (None, "one run has no mean"),
    ],
)
def test_other_runs_have_no_mean(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    settings: dict[str, Any] | None,
    said: str,
) -> None:
    runs = [_save(tmp_path / "first", _FIRST, 1.0)]
    if settings:
        runs.append(_save(tmp_path / "other", settings, 4.0))

    assert _average(tmp_path / "mean", *runs) == 1

    assert said in capsys.readouterr().err
    assert not (tmp_path / "mean").exists()


def test_a_run_that_has_not_ended_has_no_mean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = _save(tmp_path / "first", _FIRST, 1.0)
    second = _save(tmp_path / "second", {"seed": 2, "start": _FIRST}, 4.0)
    (second / "best.keras").unlink()

    assert _average(tmp_path / "mean", first, second) == 1

    assert "second has not ended" in capsys.readouterr().err
    assert not (tmp_path / "mean").exists()
