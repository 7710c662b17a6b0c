"""Times are taken fairly and told with their counts."""

from __future__ import annotations

import itertools
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest

from export import benchmark
from export.evaluation import first_paint, speed
from export.evaluation.drawing import encode_png
from export.evaluation.first_paint import BARE_COMMAND, PaintTimes, time_first_paint
from export.evaluation.judging import Answer
from export.evaluation.results import Provenance
from export.evaluation.samples import Kind, Sample, SampleSet
from export.evaluation.speed import SizeTimes, compare_speed, pictures_by_size
from model.intake import load_page
from tests.export.measuring_data import draw_digit, write_labels, write_mnist, write_picture

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ORIGIN = Provenance("python -m export benchmark", "", "", {}, "")


@dataclass
class Metronome:
    """Takes the told times in turn."""

    times_ms: Sequence[float]
    readings: int = 0

    def read(self, sample: Sample, kind: Kind) -> Answer:
        self.readings += 1
        return Answer((), self.times_ms[self.readings % len(self.times_ms)])


def test_the_bare_window_says_when_it_has_painted() -> None:
    assert time_first_paint(BARE_COMMAND, "offscreen") > 20


def test_a_program_that_never_paints_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match="no first paint on offscreen; exit status 3"):
        time_first_paint((sys.executable, "-c", "raise SystemExit(3)"), "offscreen")


def test_both_windows_start_in_turn_and_the_first_pair_does_not_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = itertools.count(1)
    monkeypatch.setattr(first_paint, "time_first_paint", lambda *_: float(next(clock)))
    found = first_paint.compare_first_paints("offscreen", 2)
    assert (found.bare_ms, found.ours_ms) == ([3.0, 5.0], [4.0, 6.0])
    assert found.ratio == 1.25


def test_each_picture_counts_with_its_median_and_the_warm_up_does_not() -> None:
    pictures = SampleSet("s", "", Kind.DIGIT, [Sample("a", b"", "1"), Sample("b", b"", "2")])
    ours, peer = Metronome([4.0]), Metronome([90.0, 40.0, 50.0])
    found = compare_speed("title", pictures, ours, peer)
    assert (ours.readings, peer.readings) == (7, 7)
    assert (found.ours_ms, found.peer_ms) == ([4.0, 4.0], [50.0, 50.0])
    assert found.ratio == 12.5


def test_pictures_go_from_28_pixels_to_1_megapixel(tmp_path: Path) -> None:
    write_mnist(tmp_path, [3, 1, 4])
    files = [f"images/{number}.png" for number in range(40)]
    folder = tmp_path / "strings" / "orand_car_a"
    write_labels(folder / "labels.tsv", ["file;text;boxes", *(f"{file};22;" for file in files)])
    for file in files:
        write_picture(folder / file, "22")
    photos = tmp_path / "photos_dev"
    rows = ["file;text;kind;lines;ambiguous"]
    for name, side in (("large.png", 1100), ("middle.png", 500)):
        photos.mkdir(exist_ok=True)
        (photos / name).write_bytes(encode_png(255 - draw_digit(7, side)))
        rows.append(f"{name};7;drawing;1;0")
    write_labels(photos / "labels.tsv", rows)

    sizes = [
        [load_page(sample.source).pixels.shape[:2] for sample in pictures.samples]
        for _, pictures in pictures_by_size(tmp_path, 2)
    ]

    assert sizes[0] == [(28, 28)] * 2
    assert sizes[1] == [(28, 56)] * 2
    assert sizes[2] == [(300, 400)] * 2
    assert sizes[3] == [(500, 500)]
    assert np.prod(sizes[4][0]) == pytest.approx(speed.MEGAPIXEL, rel=0.01)


def test_the_document_says_what_was_measured_and_whether_it_is_enough() -> None:
    paints = [PaintTimes("offscreen", [260.0, 250.0, 270.0], [200.0, 200.0, 200.0])]
    sizes = [SizeTimes("amounts", [5.0, 5.0], [40.0, 50.0])]
    text = benchmark.write_benchmarks(ORIGIN, paints, sizes)
    assert "| offscreen | 3 each | 260 (250 to 270) | 200 (200 to 200) | 1.30 | **met** |" in text
    assert "| amounts | 2 | 5.0 | 45 | 9.0 | **missed** |" in text


def test_the_worst_ratios_are_kept_for_the_bars(tmp_path: Path) -> None:
    paints = [PaintTimes("a", [2.0], [2.0]), PaintTimes("b", [3.0], [2.0])]
    sizes = [SizeTimes("a", [1.0], [30.0]), SizeTimes("b", [1.0], [20.0])]
    path = tmp_path / "runs" / "results.json"
    benchmark.save_ratios(path, paints, sizes)
    assert json.loads(path.read_text()) == {"first_paint_ratio": 1.5, "least_speed_ratio": 20.0}
