"""The whole evaluation, with readers that answer from a table, on two tiny sets."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from export import evaluate
from export.evaluation import bars, provenance
from export.evaluation.judging import Outcome, score
from export.evaluation.line_facts import LineFacts
from export.evaluation.metrics import Rate, box_overlap
from export.evaluation.network_accuracy import score_network
from export.evaluation.reading import Timing
from export.evaluation.results import Evaluation, Provenance, SetResult
from export.evaluation.samples import Kind
from export.evaluation.sets import LOADERS
from model.card import WEIGHTS_FOLDER
from model.intake import load_page
from tests.export.fake_reader import FakePlan
from tests.export.measuring_data import write_labels, write_mnist, write_picture

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("rich", reason="the progress bar is part of the train extra")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Five MNIST pages and two pictures without a digit."""
    folder = tmp_path / "data"
    write_mnist(folder, [3, 1, 4, 1, 5])
    rows = ["file;text;kind;lines;ambiguous", "n1.png;;negative;0;0", "n2.png;;negative;0;0"]
    write_labels(folder / "photos_dev" / "labels.tsv", rows)
    for name in ("n1.png", "n2.png"):
        write_picture(folder / "photos_dev" / name, "7")
    return folder


def arguments(data: Path, *more: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    evaluate.add_arguments(parser)
    sets = ("--sets", "mnist_pages", "photos_negative")
    places = ("--data", str(data), "--runs", str(data.parent / "runs"), "--jobs", "1")
    return parser.parse_args([*places, *sets, *more])


def test_every_reader_and_set_ends_up_in_the_report_and_on_disk(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(data.parent)
    monkeypatch.setattr(provenance, "rapidocr_version", lambda: "3.0")
    monkeypatch.setattr(provenance, "tesseract_version", lambda: "5.0")
    shipped = FakePlan("Ours", {"mnist_00002": "9", "n1.png": "1"})
    peer = FakePlan("Peer", {"mnist_00000": ""}, key="1")

    missed = evaluate.measure_all(arguments(data, "--compare"), shipped, [peer])

    runs = data.parent / "runs"
    found = json.loads((runs / "results.json").read_text())
    scores = {(row["reader"], row["name"]): row["score"] for row in found["compared"]}
    assert scores["Ours", "mnist_pages"]["exact"] == {"count": 4, "total": 5}
    assert scores["Peer", "mnist_pages"]["exact"] == {"count": 4, "total": 5}
    assert scores["Peer", "photos_negative"]["any_reading"] == {"count": 0, "total": 2}
    text = capsys.readouterr().out
    assert "| MNIST test, drawn on 400 × 300 pages | 4 of 5, 80.0 % |" in text
    assert "| Other people's pictures, no digit | 1 of 2, 50.0 % |" in text
    assert "1 of 2 | **missed** |" in text
    assert missed == 1
    assert "mnist_00002\t4\t9" in (runs / "outcomes" / "ours_mnist_pages.tsv").read_text()


def test_misread_pictures_are_shown_but_a_part_of_the_sets_changes_no_document(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(data.parent)
    evaluate.measure_all(arguments(data), FakePlan("Ours", {"mnist_00002": "9"}), [])
    sheets = data.parent / "runs" / "misreadings"
    assert load_page(sheets / "mnist_pages.png").pixels.shape == (170, 190, 3)
    assert not (sheets / "photos_negative.png").exists()
    assert not (data.parent / "docs").exists()


def test_other_networks_are_read_and_named_and_change_no_document(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(data.parent)
    opened: list[Path] = []

    def plan(weights: Path) -> FakePlan:
        opened.append(weights)
        return FakePlan("Ours")

    monkeypatch.setattr(evaluate, "ShippedPlan", plan)
    other = data.parent / "other"
    other.mkdir()
    (other / "lines.json").write_text('{"version": "not shipped"}')
    args = arguments(data, "--weights", str(other))
    args.sets, args.runs = None, evaluate.RUNS
    monkeypatch.setattr(evaluate, "LOADERS", {"mnist_pages": LOADERS["mnist_pages"]})

    evaluate.run(args)

    assert opened == [other]
    found = json.loads((data.parent / "runs" / "evaluate_other" / "results.json").read_text())
    assert "not shipped" in found["provenance"]["network"]
    assert not (data.parent / "docs").exists()


def test_what_is_measured_on_the_shipped_networks_alone_is_refused_for_others(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    args = arguments(data, "--weights", "other")
    args.sets = [evaluate.LINE_FACTS]

    assert evaluate.run(args) == 2
    assert "of what ships" in capsys.readouterr().err


def test_peers_read_no_more_than_their_limit(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(data.parent)
    monkeypatch.setattr(provenance, "rapidocr_version", lambda: "3.0")
    monkeypatch.setattr(provenance, "tesseract_version", lambda: "5.0")
    evaluate.measure_all(
        arguments(data, "--compare", "--compare-limit", "2"), FakePlan("Ours"), [FakePlan("Peer")]
    )
    found = json.loads((data.parent / "runs" / "results.json").read_text())
    assert [row["pictures"] for row in found["compared"]] == [2, 2, 2, 2]
    assert [row["pictures"] for row in found["sets"]] == [5, 2]
    kept = data.parent / "runs" / "outcomes"
    assert len((kept / "ours_mnist_pages.tsv").read_text().splitlines()) == 6
    assert len((kept / "peer_mnist_pages.tsv").read_text().splitlines()) == 3


def test_bars_are_open_until_they_are_measured(tmp_path: Path) -> None:
    origin = Provenance("", "", "", {}, "")
    nothing = bars.list_bars(Evaluation(origin, None, [], []), tmp_path / "none.json")
    assert {bar.is_met for bar in nothing} == {None}


@pytest.mark.parametrize(("right", "is_met"), [(9970, True), (9969, False)])
def test_the_network_bar_is_9970_of_10000(tmp_path: Path, right: int, is_met: bool) -> None:
    origin = Provenance("", "", "", {}, "")
    evaluation = Evaluation(origin, Rate(right, 10_000), [], [])
    assert bars.list_bars(evaluation, tmp_path / "none.json")[0].is_met is is_met


def test_the_benchmarks_are_taken_from_their_last_run(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    path.write_text('{"first_paint_ratio": 1.31, "least_speed_ratio": 12.0}')
    evaluation = Evaluation(Provenance("", "", "", {}, ""), None, [], [])
    *_, paint, speed = bars.list_bars(evaluation, path)
    assert (paint.is_met, speed.is_met) == (False, True)
    assert paint.measured.startswith("1.31 ×")


def _result(reader: str, right: int, ms: float) -> SetResult:
    outcome = Outcome("a", "1", "1", 1, 0, 1.0, is_accepted=True, is_exact=True)
    outcomes = [replace(outcome, is_exact=i < right) for i in range(169)]
    return SetResult(
        name="orand",
        title="amounts",
        kind=Kind.STRING,
        trained_on=False,
        reader=reader,
        pictures=169,
        score=score(Kind.STRING, outcomes),
        timing=Timing(ms, ms, 169),
        outcomes=outcomes,
    )


@pytest.mark.parametrize(
    ("wrong", "ms", "met"), [(10, 10.0, [True, True]), (11, 11.0, [False, False])]
)
def test_a_third_of_the_peers_mistakes_in_a_third_of_its_time(
    tmp_path: Path, wrong: int, ms: float, met: list[bool]
) -> None:
    compared = [_result("Numberglass", 169 - wrong, ms), _result("RapidOCR", 169 - 31, 30.5)]
    evaluation = Evaluation(Provenance("", "", "", {}, ""), None, [], compared)

    against = [b for b in bars.list_bars(evaluation, tmp_path / "none") if "RapidOCR" in b.what]

    assert [bar.is_met for bar in against if bar.is_met is not None] == met


def test_the_line_networks_facts_are_held_against_their_bars(tmp_path: Path) -> None:
    facts = LineFacts(0.74, 600, 5_999_999, 10.1, photo_ratio=2.9, photos=4)
    evaluation = Evaluation(Provenance("", "", "", {}, ""), None, [], [], facts)

    found = {bar.what: bar.is_met for bar in bars.list_bars(evaluation, tmp_path / "none")}

    verdicts = [met for what, met in found.items() if met is not None]
    assert verdicts == [False, True, False, True]


@pytest.mark.parametrize(
    ("other", "expected"),
    [((0, 0, 10, 10), 1.0), ((5, 0, 10, 10), 1 / 3), ((10, 0, 5, 5), 0.0)],
)
def test_boxes_overlap_by_their_common_part(other: tuple[float, ...], expected: float) -> None:
    assert box_overlap((0, 0, 10, 10), other) == pytest.approx(expected)


def test_the_command_names_no_folder_of_this_machine() -> None:
    origin = provenance.describe(["x", "evaluate", "--data", "/home/me/shared/data"], False)
    assert origin.command == "python -m export evaluate --data …/shared/data"


@pytest.mark.skipif(not (WEIGHTS_FOLDER / "card.json").exists(), reason="no network is shipped yet")
def test_the_shipped_network_stays_at_its_bar_on_mnist(shared_data: Path) -> None:
    assert score_network(shared_data).share >= 0.9970
