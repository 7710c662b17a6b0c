"""The line reader's training: what its losses ask for, and the whole path on a handful of lines."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import onnxruntime
import pytest

from export.datasets import SMALL_SETS
from export.draw_lines import REAL, file_of
from export.lines.samples import load_samples
from export.lines.targets import LineSample, detection_target, sequence_target
from export.run_folder import BEST_NAME, NETWORK_NAME, read_curves, settings_of
from export.splits import is_dev_file, is_validation_line
from export.train_lines import line_losses
from model.card import WEIGHTS_FOLDER
from model.line_card import load_line_card
from model.line_decode import SIDES
from model.marks import MARKS, mark_of
from model.network import LineNetwork
from tests.support.idx import write_idx
from tests.support.pages import digit_ink, on_paper
from tests.support.training_tools import needs_training_tools

if TYPE_CHECKING:
    from numpy.typing import NDArray

pytestmark = needs_training_tools

_ROOT = Path(__file__).parents[3]
_COLUMNS = 12


def _sample(text: str, *, only_digits: bool) -> LineSample:
    marks = np.array([mark_of(character) for character in text])
    boxes = np.array([[8 * i + 1, 6, 6, 20] for i in range(len(text))], dtype=np.float32)
    return LineSample(np.zeros((32, 24), np.uint8), marks, boxes, only_digits)


def _sure_of(text: str, outputs: int, elsewhere: float) -> NDArray[np.float32]:
    """(1, 12, outputs): sure of each character at columns 2, 6, 10 and of none between."""
    columns = np.zeros((1, _COLUMNS, outputs), dtype=np.float32)
    columns[..., : len(MARKS)] = -elsewhere
    if outputs > len(MARKS) + SIDES:
        columns[..., len(MARKS)] = 8
    for i, character in enumerate(text):
        columns[0, 2 + 4 * i, : len(MARKS) + 1] = -elsewhere
        columns[0, 2 + 4 * i, mark_of(character)] = 8
    return columns


@pytest.mark.parametrize("answer", ["sequence", "detection"])
def test_a_separator_that_nobody_labelled_is_no_mistake(answer: str) -> None:
    from export.lines.network import ANSWERS, LOSSES

    make = {"sequence": sequence_target, "detection": detection_target}[answer]
    columns = _sure_of("1.2", ANSWERS[answer] + SIDES, elsewhere=8.0)

    def loss(*, only_digits: bool) -> float:
        digits = LineSample(
            np.zeros((32, 24), np.uint8),
            np.array([1, 2]),
            _sample("1.2", only_digits=False).boxes[[0, 2]],
            only_digits,
        )
        truth = make(digits, _COLUMNS)[None]
        truth[..., -1] = 0  # the boxes are not asked here
        return float(np.asarray(LOSSES[answer](truth, columns)).ravel()[0])

    assert loss(only_digits=True) < 0.1
    assert loss(only_digits=False) > 1.0


def test_the_first_two_steps_are_never_of_one_width() -> None:
    from export.lines.batches import LineBatches, LinePlan

    narrow = LineSample(np.zeros((32, 40), np.uint8), np.array([1]), np.zeros((0, 4), "f"), False)
    wide = LineSample(np.zeros((32, 300), np.uint8), np.array([1]), np.zeros((0, 4), "f"), False)
    batches = LineBatches([narrow] * 60 + [wide] * 4, [], LinePlan(64, 4, 1, 0.0), "sequence")

    assert not len(LineBatches([], [], LinePlan(0, 4, 0, 0.0), "sequence"))
    for epoch in range(10):
        batches.draw_for(epoch)
        (first, _), (second, _) = batches[0], batches[1]
        assert first.shape[2] > second.shape[2]
        assert len(batches) == 16


@pytest.fixture(scope="module")
def characters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few scanned and recorded characters in the layout of the real sets."""
    folder = tmp_path_factory.mktemp("characters")
    rng = np.random.default_rng(1)
    labels = (np.arange(240) % 10).astype(np.uint8)
    frames = np.zeros((240, 28, 28), dtype=np.uint8)
    for frame, label in zip(frames, labels, strict=True):
        frame[4:24, 8 : 11 + label] = 255
    write_idx(folder, "train", frames, labels)
    for name in SMALL_SETS:
        images = 255 - frames if name == "hwd1000" else frames
        split = np.full(240, next(iter(SMALL_SETS[name]), "all"))
        np.savez(folder / f"{name}.npz", images=images, labels=labels, split=split)
    for name, texts in (
        ("digits", "0123456789"),
        ("upper", "AX"),
        ("lower", "acX"),
        ("symbols", "+*"),
    ):
        kept = np.array(list(texts) * 2)
        np.savez(
            folder / f"unipen_{name}.npz",
            labels=kept,
            points=rng.uniform(0, 60, size=(6 * len(kept), 2)).astype(np.float32),
            stroke_offsets=np.arange(0, 6 * len(kept) + 1, 6),
            char_offsets=np.arange(len(kept) + 1),
            group=np.arange(len(kept)) % 2,
            group_names=np.array(["a", "b"]),
        )
    return folder


def test_the_quick_sequence_loss_is_the_written_out_one() -> None:
    import keras

    from export.lines.network import BLANK, ctc_loss

    rng = np.random.default_rng(1)
    logits = rng.normal(size=(4, 20, BLANK + 1)).astype(np.float32)
    marks = np.full((4, 20), -1, dtype=np.int32)
    for line, text in enumerate(("112", "55555", "", "9")):
        marks[line, : len(text)] = [int(character) for character in text]
    lengths = (marks >= 0).sum(axis=1).astype(np.int32)

    quick = ctc_loss(keras.ops.convert_to_tensor(marks), lengths, keras.ops.array(logits))

    labels = np.where(marks >= 0, marks, BLANK)
    steps = np.full(4, 20, np.int32)
    written_out = keras.ops.ctc_loss(labels, logits, lengths, steps, mask_index=BLANK)
    assert np.asarray(quick) == pytest.approx(np.asarray(written_out), rel=1e-5)


def test_a_line_that_does_not_fit_teaches_nothing() -> None:
    import keras

    from export.lines.network import BLANK, ctc_loss

    marks = np.array([[1, 1, 1], [1, 2, 3]], dtype=np.int32)  # 111 needs two blanks between
    logits = keras.ops.zeros((2, 3, BLANK + 1))

    loss = np.asarray(ctc_loss(keras.ops.convert_to_tensor(marks), np.array([3, 3], "i"), logits))

    assert loss == pytest.approx([0.0, 3 * np.log(BLANK + 1)])


@pytest.fixture(scope="module")
def strings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set of amounts with boxes, and one of cells without, of 40 pictures each."""
    folder = tmp_path_factory.mktemp("strings")
    for name, third in (("orand_car_a", "10,10,12,30 40,10,12,30"), ("meza_logbook", "train")):
        (folder / name).mkdir()
        rows = ["file\ttext\tthird"]
        for i in range(40):
            picture = np.full((48, 70), 200 + i, np.uint8)
            picture[10:40, 10:16] = picture[10:40, 44:48] = 30
            cv2.imwrite(str(folder / name / f"{i}.png"), picture)
            rows.append(f"{i}.png\t11\t{third}")
        (folder / name / "labels.tsv").write_text("\n".join(rows) + "\n")
    return folder


@pytest.fixture(scope="module")
def pool(characters: Path, strings: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pool")
    drawing = ["draw-lines", "--mnist", str(characters), "--single", str(characters)]
    drawing += ["--strings", str(strings), "--lines", "64", "--pool", str(folder)]
    assert _export(*drawing).returncode == 0
    return folder


def _export(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "export", *arguments],
        cwd=_ROOT,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_pool_keeps_what_measures_apart(strings: Path, pool: Path) -> None:
    names = [f"{i}.png" for i in range(40)]
    trains = [name for name in names if not is_dev_file(name)]

    for name, framings, kept in (("orand_car_a", 8, trains), ("meza_logbook", 1, names)):
        chosen = [file for file in kept if is_validation_line(file)]
        validation = load_samples(file_of(pool, f"validation_{name}"))
        shown = load_samples(file_of(pool, name))
        assert len(validation) == len(chosen) > 0
        assert len(shown) == framings * (len(kept) - len(chosen))
        assert all(list(line.marks) == [1, 1] for line in [*validation, *shown])
        boxed = {len(line.boxes) for line in shown}
        assert boxed == {2 if name == "orand_car_a" else 0}


def test_cuts_of_lines_that_validate_are_held_back(characters: Path, tmp_path: Path) -> None:
    """Pictures of a 7; those that validate are labelled 2, to be told apart."""
    names = [name for i in range(40) if not is_dev_file(name := f"{i}.png")][:20]
    for name in REAL:
        (tmp_path / name).mkdir()
        (tmp_path / name / "labels.tsv").write_text("file\ttext\tthird\n")
    folder = tmp_path / "orand_car_a"
    height, width = digit_ink(7, 60).shape
    rows = [f"{n}\t{2 if is_validation_line(n) else 7}\t40,40,{width},{height}" for n in names]
    (folder / "labels.tsv").write_text("\n".join(["file\ttext\tboxes", *rows]) + "\n")
    paper = on_paper(np.pad(digit_ink(7, 60), 40)).pixels
    for name in names:
        cv2.imwrite(str(folder / name), paper)
    sources = ["--mnist", str(characters), "--single", str(characters), "--strings", str(tmp_path)]
    cuts = tmp_path / "cuts.npz"

    done = _export("cut-lines", *sources, "--lines", "2", "--cuts", str(cuts))

    assert done.returncode == 0, done.stderr
    validate = sum(map(is_validation_line, names))
    with np.load(cuts) as kept:
        assert kept["held_back_orand_car_a_labels"].tolist() == [2] * validate
        assert kept["orand_car_a_labels"].tolist() == [7] * (len(names) - validate)
    assert validate > 0


def test_an_ablation_trains_without_each_part_and_goes_on_where_it_stopped(
    characters: Path, strings: Path, tmp_path: Path
) -> None:
    options = ["--mnist", str(characters), "--single", str(characters), "--strings", str(strings)]
    options += ["--lines", "24", "--epochs", "1", "--seeds", "1", "--run", str(tmp_path), "--parts"]

    first = _export("ablate-lines", *options, "print")
    again = _export("ablate-lines", *options, "print", "combs+warp")
    wrong = _export("ablate-lines", *options, "prints")

    assert first.returncode == again.returncode == 0, first.stderr + again.stderr
    scores = json.loads((tmp_path / "scores.json").read_text())
    assert list(scores) == ["everything, seed 1", "without print", "without combs, warp"]
    shown = sum(not is_dev_file(f"{i}.png") for i in range(40))
    counts = {name: score["count"] for name, score in scores["without print"].items()}
    assert counts == {"drawn": 24, "orand_car_a": shown, "meza_logbook": 40}
    assert "without print: {" in first.stdout
    assert "without print: {" not in again.stdout
    assert again.stdout.count("| without ") == 2
    assert wrong.returncode == 2
    assert "the parts are patterns" in wrong.stderr


@pytest.mark.parametrize("answer", ["sequence", "detection"])
def test_the_line_reader_learns_something(pool: Path, tmp_path: Path, answer: str) -> None:
    options = f"--samples 64 --batch 8 --epochs 3 --answer {answer}".split()

    done = _export("train-lines", *options, "--pool", str(pool), "--run", str(tmp_path))

    assert done.returncode == 0, done.stdout + done.stderr
    losses = read_curves(tmp_path)["loss"]
    assert len(losses) == 3
    assert losses[-1] < 0.9 * losses[0]

    converted = _export("convert-lines", "--pool", str(pool), "--run", str(tmp_path))

    assert converted.returncode == 0, converted.stdout + converted.stderr
    network = onnxruntime.InferenceSession(tmp_path / "lines.onnx")
    for width in (64, 150):  # any width
        frame = np.zeros((1, 32, width, 1), np.float32)
        (columns,) = network.run(None, {network.get_inputs()[0].name: frame})
        assert columns.shape[:2] == (1, width // 2)


def test_a_killed_run_goes_on_where_it_was(pool: Path, tmp_path: Path) -> None:
    options = ["--samples", "64", "--batch", "8", "--epochs", "3", "--pool", str(pool)]
    command = [
        sys.executable,
        "-u",
        "-m",
        "export",
        "train-lines",
        *options,
        "--run",
        str(tmp_path),
    ]
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    with subprocess.Popen(
        command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as killed:
        assert killed.stdout is not None
        assert any("Epoch 1 of 3 done" in line for line in killed.stdout)
        killed.kill()

    again = _export("train-lines", *options, "--run", str(tmp_path))

    assert again.returncode == 0, again.stdout + again.stderr
    assert "Epoch 1 of 3 done" not in again.stdout
    assert "Epoch 3 of 3 done" in again.stdout
    assert len(read_curves(tmp_path)["loss"]) == 3
    assert (tmp_path / NETWORK_NAME).exists()


def test_a_second_run_goes_on_with_what_the_first_one_can_read(pool: Path, tmp_path: Path) -> None:
    from export.lines.network import build_line_network

    first, second = tmp_path / "first", tmp_path / "second"
    options = ["--samples", "64", "--batch", "8", "--pool", str(pool)]
    assert _export("train-lines", *options, "--epochs", "3", "--run", str(first)).returncode == 0
    onward = [*options, "--epochs", "1", "--start", str(first), "--run"]
    network = build_line_network("sequence")
    network.load_weights(first / BEST_NAME)
    lines = load_samples(file_of(pool, "drawn"))
    losses = line_losses(network, lines, "sequence")
    level = float(np.median(losses))

    done = _export("train-lines", *onward, str(second), "--hardest", str(level))

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"{sum(loss <= level for loss in losses)} drawn lines")
    assert read_curves(second)["loss"][0] < read_curves(first)["loss"][0]
    assert settings_of(second)["start"] == settings_of(first)

    third = tmp_path / "third"
    nothing = _export("train-lines", *onward, str(third), "--hardest", "1e-6")
    assert nothing.returncode == 1
    assert "--hardest" in nothing.stderr
    assert not list(third.iterdir())


def test_only_a_trained_network_can_tell_what_is_hard(tmp_path: Path) -> None:
    refused = _export("train-lines", "--hardest", "1", "--run", str(tmp_path))

    assert refused.returncode == 2
    assert "--start" in refused.stderr


def test_a_network_ships_with_a_card_that_the_reader_opens(
    characters: Path, strings: Path, pool: Path, tmp_path: Path
) -> None:
    run, weights = tmp_path / "run", tmp_path / "weights"
    shutil.copytree(WEIGHTS_FOLDER, weights)
    training = ["train-lines", *["--samples", "64", "--batch", "8", "--epochs", "1"]]
    assert _export(*training, "--pool", str(pool), "--run", str(run)).returncode == 0

    shipping = ["convert-lines", "--pool", str(pool), "--run", str(run), "--lines", "8"]
    shipping += ["--mnist", str(characters), "--single", str(characters), "--rounds", "1"]
    shipped = _export(*shipping, "--strings", str(strings), "--weights", str(weights))

    assert shipped.returncode == 0, shipped.stdout + shipped.stderr
    card = load_line_card(weights)
    told = (weights / "LINES.md").read_text()
    assert card.first.version in told
    assert card.second is None
    assert "1. 1 epochs of 64 lines in steps of 8, 20% of them real" in told
    assert (weights / card.first.file).read_bytes() == (run / "lines.onnx").read_bytes()
    frame = np.zeros((32, 50), np.float32)
    network = LineNetwork.load(weights)
    assert network.run(frame).shape == (25, len(MARKS) + 1 + SIDES)
    assert network.ask_second(frame) is None

    shipping += ["--second", str(run)]
    shipped = _export(*shipping, "--strings", str(strings), "--weights", str(weights))

    assert shipped.returncode == 0, shipped.stdout + shipped.stderr
    network = LineNetwork.load(weights)
    second = network.ask_second(frame)
    assert second is not None
    assert np.array_equal(second, network.run(frame))
    told = (weights / "LINES.md").read_text()
    assert "`lines_2.onnx`" in told
    assert told.count("1. 1 epochs of 64 lines") == 2

    refit = ["convert-lines", "--refit", *shipping[5:-2], "--lines", "8"]
    before = [(weights / one).read_bytes() for one in ("lines.onnx", "lines_2.onnx")]
    (weights / "LINES.md").unlink()
    done = _export(*refit, "--strings", str(strings), "--weights", str(weights))

    assert done.returncode == 0, done.stdout + done.stderr
    assert [(weights / one).read_bytes() for one in ("lines.onnx", "lines_2.onnx")] == before
    assert (weights / "LINES.md").read_text() == told
    assert "--refit" in _export("convert-lines", "--refit").stderr

    restored = [tmp_path / "restored", tmp_path / "restored_second"]
    folders = ["--weights", str(weights), "--pool", str(pool), "--run", str(restored[0])]
    done = _export("restore-lines", *folders, "--second", str(restored[1]))

    assert done.returncode == 0, done.stdout + done.stderr
    assert [settings_of(one) for one in restored] == [settings_of(run)] * 2
    onward = [*training, "--pool", str(pool), "--run", str(tmp_path / "onward")]
    done = _export(*onward, "--start", str(restored[0]))
    assert done.returncode == 0, done.stdout + done.stderr


def test_shipping_without_pictures_to_fit_on_is_refused(tmp_path: Path) -> None:
    refused = _export("convert-lines", "--run", str(tmp_path), "--weights", str(tmp_path))

    assert refused.returncode == 2
    assert "--mnist" in refused.stderr


def test_a_deeper_network_begins_nearly_as_the_one_before_and_none_is_cut() -> None:
    from export.lines.network import begin_with, build_line_network

    widths = (4, 6, 8, 10)
    earlier = build_line_network("sequence", widths)
    same = build_line_network("sequence", widths)
    deeper = build_line_network("sequence", widths, blocks=(2, 3, 2))
    frames = np.random.default_rng(1).random((2, 32, 64, 1), dtype=np.float32)
    answer = np.asarray(earlier(frames))

    begin_with(same, earlier)
    begin_with(deeper, earlier)

    assert np.allclose(np.asarray(same(frames)), answer, atol=1e-5)
    assert 0 < np.abs(np.asarray(deeper(frames)) - answer).mean() < 0.3 * answer.std()
    with pytest.raises(ValueError, match="eighth_3_convolution"):
        begin_with(same, deeper)
