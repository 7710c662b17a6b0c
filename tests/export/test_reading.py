"""Whole sets are read in order, kept answers are not read again, and time is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import pytest

from export.evaluation.answer_cache import AnswerCache, make_key
from export.evaluation.judging import Answer, LineAnswer
from export.evaluation.readers import FirstAlonePlan, ShippedPlan, UnfittedPlan
from export.evaluation.reading import open_readers, read_set, sum_up_times
from export.evaluation.samples import Kind, Sample, SampleSet
from model.types import Box
from tests.export.fake_reader import FakePlan
from tests.support.pages import ink_page, on_paper

if TYPE_CHECKING:
    from pathlib import Path

PICTURES = SampleSet("s", "", Kind.DIGIT, [Sample(f"s{i}", bytes([i]), str(i)) for i in range(9)])


def texts(answers: list[Answer]) -> list[str]:
    return [answer.lines[0].text for answer in answers]


def test_answers_come_in_the_order_of_the_pictures_from_several_processes(tmp_path: Path) -> None:
    plan = FakePlan(misread={"s3": "8"})
    done: list[int] = []
    with open_readers(plan, plan.open(), 2) as read_many:
        cache = AnswerCache(tmp_path / "kept.jsonl")
        answers = read_set(PICTURES, plan, read_many, cache=cache, on_read=lambda: done.append(1))
    assert texts(answers) == ["0", "1", "2", "8", "4", "5", "6", "7", "8"]
    assert len(done) == 9
    assert not (tmp_path / "kept.jsonl").exists()


def test_kept_answers_are_not_read_again_but_counted_as_done(tmp_path: Path) -> None:
    plan = FakePlan(key="settings 1")
    names, done = [], []
    for _ in range(2):
        reader = plan.open()
        with open_readers(plan, reader, 1) as read_many:
            cache = AnswerCache(tmp_path / "kept.jsonl")
            answers = read_set(
                PICTURES, plan, read_many, cache=cache, on_read=lambda: done.append(1)
            )
        names.append(reader.read_names)
        assert texts(answers) == [str(i) for i in range(9)]
    assert [len(read) for read in names] == [9, 0]
    assert len(done) == 18


def test_a_killed_run_is_continued_where_it_stopped(tmp_path: Path) -> None:
    plan = FakePlan(key="settings 1")
    half = SampleSet("s", "", Kind.DIGIT, PICTURES.samples[:5])
    for pictures, expected in ((half, 5), (PICTURES, 4)):
        reader = plan.open()
        with open_readers(plan, reader, 1) as read_many:
            cache = AnswerCache(tmp_path / "kept.jsonl")
            read_set(pictures, plan, read_many, cache=cache, on_read=lambda: None)
        assert len(reader.read_names) == expected


def test_settings_kind_picture_and_region_make_the_key() -> None:
    sample = Sample("a", b"1", "1")
    keys = {
        make_key("settings 1", Kind.DIGIT, sample),
        make_key("settings 2", Kind.DIGIT, sample),
        make_key("settings 1", Kind.PAGE, sample),
        make_key("settings 1", Kind.DIGIT, Sample("a", b"2", "1")),
        make_key("settings 1", Kind.DIGIT, Sample("a", b"1", "1", Box(0, 0, 2, 2))),
    }
    assert len(keys) == 5
    assert make_key("settings 1", Kind.DIGIT, Sample("b", b"1", "2")) in keys


def test_kept_answers_come_back_as_they_were_and_can_be_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "kept.jsonl"
    answer = Answer((LineAnswer("12", 0.5, True), LineAnswer("3", 0.25, False)), 7.5, "torn")
    AnswerCache(path).keep("k", answer)
    assert AnswerCache(path).find("k") == answer
    assert AnswerCache(path, refresh=True).find("k") is None
    assert AnswerCache(path).find("k") is None


def test_times_are_summed_up_over_all_pictures() -> None:
    timing = sum_up_times([Answer((), float(ms)) for ms in range(1, 101)])
    assert (timing.count, timing.median_ms) == (100, 50.5)
    assert timing.p95_ms == pytest.approx(95.05)


def test_the_shipped_networks_can_be_opened_unfitted_and_without_the_second() -> None:
    page = on_paper(ink_page("240756893"))
    sample = Sample("nine", cv2.imencode(".png", page.pixels)[1].tobytes(), "240756893")

    fitted, alone, unfitted = (
        plan.open().read(sample, Kind.STRING)
        for plan in (ShippedPlan(), FirstAlonePlan(), UnfittedPlan())
    )

    for answer in (fitted, alone, unfitted):
        assert [line.text for line in answer.lines] == ["240756893"]
    assert not unfitted.lines[0].is_accepted  # its level is 1
    assert unfitted.lines[0].confidence != fitted.lines[0].confidence
