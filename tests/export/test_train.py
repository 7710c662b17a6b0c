"""The whole path from pictures to a shipped network, on a handful of digits."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from export.__main__ import main
from export.datasets import HELD_BACK, SMALL_SETS
from export.run_folder import SETTINGS_NAME, read_curves
from export.train import committee_of
from model.card import CARD_NAME, WEIGHTS_FOLDER, load_card
from model.network import Network
from tests.support.idx import write_idx
from tests.support.pages import digit_ink
from tests.support.training_tools import needs_training_tools
from tests.support.unipen import write_unipen

pytestmark = needs_training_tools

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


def _start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "export", *arguments],
        cwd=_ROOT,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _training(mnist: Path, folder: Path, *, seed: int = 1) -> list[str]:
    options = f"train --samples 512 --batch 64 --widths 8 8 8 --epochs 3 --seed {seed}".split()
    paths = ["--data", str(mnist), "--run", str(folder / "run"), "--weights", str(folder / "out")]
    return [*options, *paths]


def test_a_killed_run_goes_on_and_ships_a_network(mnist: Path, tmp_path: Path) -> None:
    cuts = ["--cuts", str(_make_cuts(tmp_path / "cuts.npz"))]
    killed = _start(*_training(mnist, tmp_path), *cuts)
    assert killed.stdout is not None
    with killed:
        assert any("Epoch 1 of 3 done" in line for line in killed.stdout)
        killed.kill()

    again = _start(*_training(mnist, tmp_path), *cuts)
    said = again.communicate()[0]

    assert again.returncode == 0, said
    assert "Epoch 1/3" not in said
    assert "Epoch 2 of 3 done" in said
    assert "Epoch 3 of 3 done" in said
    assert len(read_curves(tmp_path / "run")["loss"]) == 3
    facts = json.loads((tmp_path / "out" / CARD_NAME).read_text())
    assert facts["measured"]["mnist_test"] == 200
    assert facts["largest_difference"] < 1e-4
    assert facts["training"][0]["samples"]["line_cuts"] == 2
    assert facts["measured"]["cuts"] == 3
    assert load_card(tmp_path / "out").calibration.digit_temperature > 0
    card = (tmp_path / "out" / "CARD.md").read_text(encoding="utf-8")
    assert f"{facts['measured']['mnist_test_correct']:,} of 200" in card
    assert f"{facts['measured']['cuts_right']} of 3" in card
    sha = hashlib.sha256((tmp_path / "cuts.npz").read_bytes()).hexdigest()
    assert f"| `cuts.npz` | `{sha}` |" in card
    for picture in ("learning_curves", "confusion_matrix", "most_confused", "reliability"):
        assert (tmp_path / "run" / f"{picture}.png").stat().st_size > 5_000

    member = _training(mnist, tmp_path / "second", seed=2)
    second = _start(*member, "--stem", "deep", "--no-convert")
    said = second.communicate()[0]
    assert second.returncode == 0, said
    runs = ["--run", str(tmp_path / "run"), str(tmp_path / "second" / "run")]
    together = _start("convert", *runs, "--weights", str(tmp_path / "both"), "--data", str(mnist))
    said = together.communicate()[0]

    assert together.returncode == 0, said
    facts = json.loads((tmp_path / "both" / CARD_NAME).read_text())
    assert [run["seed"] for run in facts["training"]] == [1, 2]
    assert {score["who"] for score in facts["measured"]["looks"]} == {
        "member 1",
        "member 2",
        "together",
    }
    assert facts["largest_difference"] < 1e-4

    other = _start(*_training(mnist, tmp_path, seed=2))
    said = other.communicate()[0]

    assert other.returncode == 1
    assert "seed was 1 and is 2" in said
    assert "--run" in said


def test_the_members_of_a_committee_differ_and_share_everything_else() -> None:
    from export.committee import COMMITTEE

    common = {"samples": 512, "data": Path("mnist"), "widths": [8, 8, 8], "run": Path("runs/x")}

    members = committee_of(Namespace(**common))

    assert len({member.run for member in members}) == len(COMMITTEE) == 2
    assert {member.run.parent for member in members} == {Path("runs/x")}
    assert {member.stem for member in members} == {"wide", "pooled"}
    for member, plan in zip(members, COMMITTEE, strict=True):
        assert (member.samples, member.data) == (512, Path("mnist"))
        assert member.widths == list(plan.widths)
        assert (member.epochs, member.polish, member.seed) == (
            plan.epochs,
            plan.polish,
            plan.seed,
        )
        json.dumps(member.widths)


def _train_on_cuts(cuts: Path, folder: Path) -> int:
    return main(["train", "--cuts", str(cuts), "--run", str(folder), "--no-convert"])


def _make_cuts(file: Path) -> Path:
    arrays: dict[str, Any] = {}
    for name, count in (("drawn", 2), (f"{HELD_BACK}drawn", 3)):
        arrays[f"{name}_frames"] = np.zeros((count, 28, 28), np.uint8)
        arrays[f"{name}_labels"] = np.zeros(count, np.int8)
    np.savez(file, **arrays)
    return file


def test_cuts_that_are_none_are_told_before_the_folder_is_claimed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    np.savez(tmp_path / "other.npz", pixels=np.zeros(3))

    assert _train_on_cuts(tmp_path / "missing.npz", tmp_path / "run") == 1
    assert "missing.npz" in capsys.readouterr().err
    assert _train_on_cuts(tmp_path / "other.npz", tmp_path / "run") == 1
    assert "python -m export cut-lines" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_a_run_goes_on_only_with_the_cuts_that_it_began_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / SETTINGS_NAME).write_text("{}")

    assert _train_on_cuts(_make_cuts(tmp_path / "cuts.npz"), tmp_path / "run") == 1
    assert "cuts was None and is" in capsys.readouterr().err


def test_a_head_is_fitted_on_what_ships_and_told_in_its_card(mnist: Path, tmp_path: Path) -> None:
    weights = tmp_path / "weights"
    shutil.copytree(WEIGHTS_FOLDER, weights)
    singles = _write_singles(tmp_path / "singles")
    options = ["--data", str(mnist), "--single", str(singles), "--weights", str(weights)]
    before = load_card(weights)
    trained = json.loads((weights / CARD_NAME).read_text())
    parameters = trained["parameters"] - trained["presence"]["parameters"]
    # As ``train`` leaves it.
    (weights / CARD_NAME).write_text(
        json.dumps(trained | {"presence": None, "parameters": parameters})
    )

    with _start("fit-presence", *options, "--drawings", "0.01", "--strange", "20") as done:
        said = done.communicate()[0]

    assert done.returncode == 0, said
    after = load_card(weights)
    assert after.version != before.version
    assert after.calibration != before.calibration
    frames = np.random.default_rng(1).random((5, 28, 28), dtype=np.float32)
    new, old = (Network.load(folder).run(frames) for folder in (weights, WEIGHTS_FOLDER))
    assert np.array_equal(new[:, :10], old[:, :10])
    assert not np.allclose(new[:, 10], old[:, 10])
    told = (weights / "CARD.md").read_text()
    assert "## Whether it is a digit at all" in told
    assert "| blots |" in told
    facts = json.loads((weights / CARD_NAME).read_text())
    assert facts["presence"]["strange_of_each"] == 20
    assert facts["parameters"] == parameters + facts["presence"]["parameters"]


def _write_singles(folder: Path) -> Path:
    """A few scanned and recorded characters in the layout of the real sets."""
    folder.mkdir()
    labels = (np.arange(60) % 10).astype(np.uint8)
    frames = np.zeros((60, 28, 28), dtype=np.uint8)
    for frame, label in zip(frames, labels, strict=True):
        frame[4:24, 8 : 11 + label] = 255
    for name in SMALL_SETS:
        split = np.full(60, next(iter(SMALL_SETS[name]), "all"))
        images = 255 - frames if name == "hwd1000" else frames
        np.savez(folder / f"{name}.npz", images=images, labels=labels, split=split)
    texts = {"digits": "0123456789", "upper": "A", "lower": "c", "symbols": "+"}
    write_unipen(folder, texts)
    return folder
