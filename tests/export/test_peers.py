"""What the peers say is understood; the programs themselves are tried where they are installed."""

from __future__ import annotations

import importlib.util
import shutil

import cv2
import numpy as np
import pytest

from export.evaluation.rapid import RapidPlan, join_rows
from export.evaluation.samples import Kind, Sample
from export.evaluation.tesseract import TesseractPlan, TesseractSettings, parse_tsv, prepare

COLUMNS = "level page_num block_num par_num line_num word_num left top width height conf text"
HEAD = "\t".join(COLUMNS.split())


def row(level: int, line: int, word: int, confidence: float, text: str) -> str:
    return "\t".join(map(str, (level, 1, 1, 1, line, word, 0, 0, 9, 9, confidence, text)))


def box(x: float, y: float, w: float, h: float) -> list[list[float]]:
    return [[x, y], [x + w, y], [x + w, y + h], [x, y + h]]


def printed_number() -> Sample:
    page = np.full((90, 260), 255, dtype=np.uint8)
    cv2.putText(page, "52817", (20, 65), cv2.FONT_HERSHEY_SIMPLEX, 2.0, 0, 4)
    return Sample("printed", cv2.imencode(".png", page)[1].tobytes(), "52817")


def test_words_of_a_line_are_joined_and_the_least_sure_speaks_for_it() -> None:
    table = [HEAD, row(4, 1, 0, -1, ""), row(5, 1, 1, 91.5, "56"), row(5, 1, 2, 40, "1247")]
    table += [row(5, 2, 1, 88, "7"), row(5, 3, 1, 95, " ")]
    first, second = parse_tsv("\n".join(table))
    assert (first.text, first.confidence) == ("561247", 0.4)
    assert (second.text, second.confidence) == ("7", 0.88)


def test_a_quotation_mark_in_the_table_swallows_no_line() -> None:
    table = [HEAD, row(5, 1, 1, 50, '"'), row(5, 2, 1, 90, "4")]
    assert [line.text for line in parse_tsv("\n".join(table))] == ["4"]


def test_light_writing_is_given_to_tesseract_as_dark_and_enlarged() -> None:
    pixels = np.zeros((20, 30, 3), dtype=np.uint8)
    pixels[8:12, 8:20] = 255
    picture = prepare(pixels, TesseractSettings(psm=7, height_px=40, border_px=5))
    assert picture.shape == (50, 70)
    assert picture[0, 0] == 255
    assert picture[25, 30] == 0


def test_pieces_side_by_side_are_one_row_from_left_to_right() -> None:
    boxes = np.array([box(200, 12, 90, 30), box(5, 100, 90, 30), box(5, 10, 90, 30)])
    rows = join_rows(["345-", "x7", "12"], [0.9, 0.8, 0.6], boxes)
    assert [(line.text, line.confidence) for line in rows] == [("12345", 0.6), ("7", 0.8)]


def test_rows_without_a_digit_are_no_lines() -> None:
    assert join_rows(["Rs."], [0.9], np.array([box(0, 0, 9, 9)])) == ()


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_tesseract_reads_a_printed_number() -> None:
    answer = TesseractPlan().open().read(printed_number(), Kind.STRING)
    assert [line.text for line in answer.lines] == ["52817"]
    assert answer.processor_ms > 0


@pytest.mark.skipif(
    importlib.util.find_spec("rapidocr") is None, reason="the compare extra is not installed"
)
def test_rapidocr_reads_a_printed_number() -> None:
    answer = RapidPlan().open().read(printed_number(), Kind.STRING)
    assert [line.text for line in answer.lines] == ["52817"]


def test_each_kind_has_settings_of_its_own_in_the_key() -> None:
    if shutil.which("tesseract") is None:
        pytest.skip("Tesseract is not installed")
    plan = TesseractPlan({Kind.DIGIT: TesseractSettings(10), Kind.STRING: TesseractSettings(7)})
    assert plan.cache_key(Kind.DIGIT) != plan.cache_key(Kind.STRING)
