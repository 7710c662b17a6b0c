"""The command line's promises: the form of its output and its exit status."""

from __future__ import annotations

import io
import json
import os
import sys
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from desktop_app.cli import SELF_CHECK_DIGITS, read_files, self_check
from model import refusals
from model.errors import NetworkError
from model.fields.catalogue import find_kind
from model.types import (
    Alternative,
    Box,
    Decision,
    DigitReading,
    Doubt,
    LineReading,
    PageReading,
)
from tests.support.pictures import encode, sketch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from model.types import Page

PAGE_FIELDS = {"file", "page", "outcome", "message", "size_px", "lines", "elapsed_ms"}
PAGE_FIELDS |= {"printed"}
LINE_FIELDS = {"text", "confidence", "decision", "box", "digits"}
LINE_FIELDS |= {"written", "doubts", "alternatives", "field", "agrees"}
DIGIT_FIELDS = {"digit", "confidence", "decision", "box", "runner_up"}


def digit(value: int, place: int, *, confidence: float = 0.998) -> DigitReading:
    return DigitReading(
        digit=value,
        confidence=confidence,
        decision=Decision.ACCEPT if confidence > 0.9 else Decision.REVIEW,
        box=Box(4 + 10 * place, 5, 8, 12),
        runner_up=(value + 5) % 10,
        runner_up_confidence=min(confidence, 1 - confidence),
    )


def line(*digits: DigitReading) -> LineReading:
    is_sure = all(each.decision is Decision.ACCEPT for each in digits)
    return LineReading(
        digits,
        confidence=min(each.confidence for each in digits),
        decision=Decision.ACCEPT if is_sure else Decision.REVIEW,
        box=Box(4, 5, 10 * len(digits) - 2, 12),
    )


SURE = PageReading((line(digit(5, 0), digit(6, 1), digit(1, 2)),))
DOUBTFUL = PageReading((*SURE.lines, line(digit(8, 0), digit(4, 1, confidence=0.61234567))))
NOTHING = PageReading(())


class FakeReader:
    """Finds the same on every page."""

    def __init__(self, reading: PageReading) -> None:
        self.reading = reading

    def read(self, page: Page) -> PageReading:
        assert page.pixels.dtype == np.uint8
        return self.reading


def finding(reading: PageReading) -> Callable[[], FakeReader]:
    return lambda: FakeReader(reading)


def without_network() -> FakeReader:
    raise NetworkError("The network is missing.", "Install the program again.")


@pytest.fixture
def picture(tmp_path: Path) -> str:
    path = tmp_path / "scan.png"
    path.write_bytes(encode(sketch(40, 60), "PNG"))
    return str(path)


@pytest.fixture
def text_file(tmp_path: Path) -> str:
    path = tmp_path / "letter.png"
    path.write_text("Dear Sir or Madam\n" * 9, encoding="utf-8")
    return str(path)


def objects(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    out, err = capsys.readouterr()
    assert err == ""
    return [json.loads(row) for row in out.splitlines()]


def assert_form(page: dict[str, Any]) -> None:
    """The form that other programs rely on."""
    assert set(page) == PAGE_FIELDS
    assert isinstance(page["file"], str)
    assert isinstance(page["page"], int)
    assert page["page"] >= 1
    assert page["outcome"] in {"read", "empty", "failed"}
    assert isinstance(page["message"], str)
    assert page["message"].endswith(".")
    assert (page["outcome"] == "read") == bool(page["lines"])
    if page["outcome"] == "failed":
        assert page["size_px"] is None
    else:
        assert [type(side) for side in page["size_px"]] == [int, int]
    assert set(page["elapsed_ms"]) == {"load", "read"}
    assert all(isinstance(ms, float) and ms >= 0 for ms in page["elapsed_ms"].values())
    for each in page["printed"]:
        assert set(each) == {"text", "confidence", "box"}
    for each in page["lines"]:
        assert set(each) == LINE_FIELDS
        assert each["text"].isdecimal()
        assert each["text"] == "".join(str(one["digit"]) for one in each["digits"])
        for part in (each, *each["digits"]):
            assert 0 <= part["confidence"] <= 1
            assert part["decision"] in {"accept", "review"}
            assert [type(side) for side in part["box"]] == [int] * 4
        chances = [one["probability"] for one in each["alternatives"]]
        assert each["confidence"] + sum(chances) <= 1 + 1e-3
        assert all(set(one) == {"text", "written", "probability"} for one in each["alternatives"])
        if each["field"] is not None:
            assert set(each["field"]) == {"kind", "value", "valid", "rule", "changed"}
            assert each["field"]["valid"] == (each["field"]["value"] is not None)
        for one in each["digits"]:
            assert set(one) == DIGIT_FIELDS
            assert one["digit"] in range(10)
            assert one["runner_up"] in range(10)


def test_json_has_the_promised_form(
    picture: str, text_file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for reading in (SURE, DOUBTFUL, NOTHING):
        read_files([picture, text_file], as_json=True, open_reader=finding(reading))

    found = objects(capsys)
    assert len(found) == 6
    for page in found:
        assert_form(page)


def test_json_of_a_read_page_says_everything(
    picture: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status = read_files([picture], as_json=True, open_reader=finding(DOUBTFUL))

    (page,) = objects(capsys)
    assert status == 0
    assert page["file"] == picture
    assert page["page"] == 1
    assert page["outcome"] == "read"
    assert page["size_px"] == [60, 40]
    assert page["message"] == (
        "Picture OK: 60 × 40 PNG. Two lines, five digits. Please check 1 digit."
    )
    assert [each["text"] for each in page["lines"]] == ["561", "84"]
    assert [each["decision"] for each in page["lines"]] == ["accept", "review"]
    assert page["lines"][1]["digits"][1] == {
        "digit": 4,
        "confidence": 0.6123,
        "decision": "review",
        "box": [14, 5, 8, 12],
        "runner_up": 9,
    }


def test_json_tells_what_a_line_may_also_be_and_what_a_rule_made_of_it(
    picture: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = line(digit(2, 0), digit(3, 1), digit(6, 2), digit(8, 3, confidence=0.6))
    meant = (*before.digits[:3], replace(before.digits[3], digit=3, confidence=0.35))
    before = replace(
        before,
        written="23.68",
        alternatives=(Alternative(meant, "23.63", 0.35),),
        doubts=(Doubt.UNSURE,),
        accept_above=0.95,
    )
    kind = find_kind("custom:4:verhoeff")

    read_files([picture], as_json=True, open_reader=finding(PageReading((before,))))
    read_files([picture], as_json=True, field=kind, open_reader=finding(PageReading((before,))))

    plain, field = objects(capsys)
    assert_form(plain)
    assert_form(field)
    (read,), (ruled,) = plain["lines"], field["lines"]
    assert (read["text"], read["written"], read["field"]) == ("2368", "23.68", None)
    assert read["alternatives"] == [{"text": "2363", "written": "23.63", "probability": 0.35}]
    assert read["doubts"] == ["unsure"]
    assert (ruled["text"], ruled["decision"]) == ("2363", "review")
    assert "changed" in ruled["doubts"]
    assert ruled["field"] == {
        "kind": "custom:4:verhoeff",
        "value": "2363",
        "valid": True,
        "rule": "4 digits, checked by Verhoeff.",
        "changed": [{"place": 4, "read": 8, "taken": 3, "box": [34, 5, 8, 12]}],
    }


def test_numbers_that_confirm_each_other_are_told(
    picture: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, total = (
        line(*(digit(int(d), i) for i, d in enumerate(text))) for text in ("250", "150", "400")
    )
    reading = PageReading((first, second, total))

    read_files([picture], as_json=True, open_reader=finding(reading))
    (page,) = objects(capsys)
    read_files([picture], as_json=False, open_reader=finding(reading))

    assert_form(page)
    assert [one["agrees"] for one in page["lines"]] == [
        {"how": "part", "lines": [1, 2]},
        {"how": "part", "lines": [0, 2]},
        {"how": "total", "lines": [0, 1]},
    ]
    assert "    It is the sum of lines 1 and 2." in capsys.readouterr().out.splitlines()


def test_what_looks_printed_is_listed_and_is_none_of_the_lines(
    picture: str, capsys: pytest.CaptureFixture[str]
) -> None:
    form = replace(SURE, printed=(line(digit(7, 0)),))

    read_files([picture], as_json=True, open_reader=finding(form))
    (page,) = objects(capsys)

    assert_form(page)
    assert len(page["lines"]) == 1
    assert [one["text"] for one in page["printed"]] == ["7"]
    assert page["message"].endswith("Left out: one number that looks printed.")
    read_files([picture], as_json=False, open_reader=finding(form))
    assert "  in print: 7" in capsys.readouterr().out.splitlines()


def test_text_says_what_a_field_means_and_why_to_look(
    picture: str, capsys: pytest.CaptureFixture[str]
) -> None:
    day = line(*(digit(int(d), i) for i, d in enumerate("15032016")))
    none = line(*(digit(int(d), i) for i, d in enumerate("31022016")))
    reading = PageReading((day, none))

    read_files([picture], as_json=False, field=find_kind("date"), open_reader=finding(reading))

    rows = capsys.readouterr().out.splitlines()
    assert rows[2] == "    Date, day first: 15 03 2016 (2016-03-15)"
    assert rows[4] == "    It breaks the rule: A day of the calendar: day, month, year."


def test_empty_page_is_no_failure(picture: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = read_files([picture], as_json=True, open_reader=finding(NOTHING))

    (page,) = objects(capsys)
    assert status == 0
    assert page["outcome"] == "empty"
    assert page["lines"] == []
    assert page["message"].endswith("No handwritten digits were found.")


def test_run_goes_on_after_a_failed_file(
    picture: str, text_file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status = read_files([text_file, picture], as_json=True, open_reader=finding(SURE))

    failed, read = objects(capsys)
    assert status == 1
    assert (failed["outcome"], failed["file"]) == ("failed", text_file)
    assert failed["message"].startswith(refusals.text().user_message)
    assert failed["message"].endswith(refusals.text().hint)
    assert read["outcome"] == "read"


@pytest.mark.parametrize("as_json", [True, False])
def test_missing_network_fails_every_file(
    picture: str, text_file: str, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    status = read_files([picture, text_file], as_json=as_json, open_reader=without_network)

    out, err = capsys.readouterr()
    assert status == 1
    assert (out + err).count("The network is missing. Install the program again.") == 2
    if as_json:
        for row in out.splitlines():
            assert_form(json.loads(row))


def test_every_page_gets_an_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from PIL import Image

    path = tmp_path / "fax.tif"
    others = [Image.fromarray(sketch(30, 40)), Image.fromarray(sketch(20, 20))]
    path.write_bytes(encode(sketch(40, 60), "TIFF", save_all=True, append_images=others))

    read_files([str(path)], as_json=True, open_reader=finding(SURE))

    assert [(page["page"], page["size_px"]) for page in objects(capsys)] == [
        (1, [60, 40]),
        (2, [40, 30]),
        (3, [20, 20]),
    ]


class RunsOutOfMemory:
    def read(self, page: Page) -> PageReading:
        raise MemoryError


def test_lack_of_memory_fails_the_file_alone(
    picture: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read_files([picture], as_json=True, open_reader=RunsOutOfMemory) == 1

    (page,) = objects(capsys)
    assert page["message"].startswith(refusals.no_memory().user_message)


class SlowTerminal(io.StringIO):
    """Remembers what had been written whenever it was flushed."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[int] = []

    def flush(self) -> None:
        self.seen.append(self.getvalue().count("\n"))


def test_each_object_is_out_before_the_next_file_is_read(
    picture: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = SlowTerminal()
    monkeypatch.setattr(sys, "stdout", terminal)

    read_files([picture, picture], as_json=True, open_reader=finding(SURE))

    assert terminal.seen == [1, 2]


def test_picture_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = SimpleNamespace(buffer=io.BytesIO(encode(sketch(), "PNG")))
    monkeypatch.setattr(sys, "stdin", given)

    read_files(["-"], as_json=True, open_reader=finding(SURE))

    (page,) = objects(capsys)
    assert (page["file"], page["outcome"]) == ("-", "read")


@pytest.mark.skipif(sys.platform != "linux", reason="names are always Unicode there")
def test_file_name_that_is_not_utf8_comes_back_as_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.png"
    with open(name, "wb") as file:  # noqa: PTH123  a name in bytes
        file.write(encode(sketch(), "PNG"))

    assert read_files([os.fsdecode(name)], as_json=True, open_reader=finding(SURE)) == 0

    (page,) = objects(capsys)
    assert os.fsencode(page["file"]) == name


def test_text_for_people_marks_doubt_and_groups_lines(
    picture: str, capsys: pytest.CaptureFixture[str]
) -> None:
    read_files([picture], as_json=False, open_reader=finding(DOUBTFUL))

    assert capsys.readouterr().out == (
        f"{picture}\n"
        "  561   sure, over 99 %\n"
        "  84?   please check: digit 2 is 4 (61 %) or 9\n"
        "  Picture OK: 60 × 40 PNG. Two lines, five digits. Please check 1 digit.\n"
    )


def test_many_doubts_are_counted_not_listed(
    picture: str, capsys: pytest.CaptureFixture[str]
) -> None:
    all_doubtful = line(*(digit(7, place, confidence=0.5) for place in range(4)))

    read_files([picture], as_json=False, open_reader=finding(PageReading((all_doubtful,))))

    assert "  7?7?7?7?   please check 4 digits\n" in capsys.readouterr().out


def test_failure_is_told_apart_from_the_numbers(
    picture: str, text_file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status = read_files([text_file, picture], as_json=False, open_reader=finding(SURE))

    out, err = capsys.readouterr()
    assert status == 1
    assert text_file not in out
    assert err == f"{text_file}\n  {refusals.text().user_message} {refusals.text().hint}\n"


def test_empty_file_name_is_no_folder(picture: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = read_files(["", picture], as_json=False, open_reader=finding(SURE))

    out, err = capsys.readouterr()
    assert status == 1
    assert err.startswith("''\n  The name of the file is empty.")
    assert "561" in out


def test_line_in_doubt_as_a_whole_asks_to_check_it(
    picture: str, capsys: pytest.CaptureFixture[str]
) -> None:
    digits = SURE.lines[0].digits
    whole = LineReading(digits, confidence=0.9, decision=Decision.REVIEW, box=Box(0, 0, 9, 9))

    read_files([picture], as_json=False, open_reader=finding(PageReading((whole,))))

    assert "  561   please check\n" in capsys.readouterr().out


def test_self_check_passes_on_the_expected_digits(
    picture: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = line(*(digit(int(sign), at) for at, sign in enumerate(SELF_CHECK_DIGITS)))
    reader = finding(PageReading((expected,)))

    assert self_check(open_reader=reader, picture=tmp_path / "scan.png") == 0
    out, err = capsys.readouterr()
    assert out.startswith(
        f"Numberglass works: it read its own test number {SELF_CHECK_DIGITS} rightly, in "
    )
    assert (out.count("\n"), err) == (1, "")


@pytest.mark.parametrize("reading", [SURE, NOTHING])
def test_self_check_fails_on_other_digits(
    picture: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], reading: PageReading
) -> None:
    assert self_check(open_reader=finding(reading), picture=tmp_path / "scan.png") == 1

    out, err = capsys.readouterr()
    assert out == ""
    assert SELF_CHECK_DIGITS in err
    assert f"but {reading.lines[0].text if reading.lines else 'nothing'} was read" in err


def test_bundled_picture_is_there_and_in_ink_on_light_paper() -> None:
    seen: list[Page] = []

    class Looks:
        def read(self, page: Page) -> PageReading:
            seen.append(page)
            return NOTHING

    self_check(open_reader=Looks)

    assert (seen[0].width, seen[0].height) == (640, 120)
    assert np.median(seen[0].pixels) > 200


def test_self_check_fails_without_network_or_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert self_check(open_reader=without_network) == 1
    assert self_check(open_reader=finding(SURE), picture=tmp_path / "none.png") == 1

    err = capsys.readouterr().err
    assert "The network is missing." in err
    assert refusals.missing().user_message in err
