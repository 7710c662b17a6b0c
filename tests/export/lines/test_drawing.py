"""Drawn lines: the truth that comes with them must be true, or the network learns errors."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from export.lines import papers, pictures
from export.lines.compose import Spacing, compose
from export.lines.disturbances import cast_shadow, sign, stamp_box
from export.lines.hands import BitmapSamples, Handwriting, StrokeSamples, pen_width
from export.lines.papers import draw_paper, print_comb
from export.lines.parts import Part
from export.lines.pens import Pen, ink_strokes
from export.lines.pictures import LinePicture, draw_picture
from export.lines.prints import draw_box_letters, print_text
from export.lines.samples import load_samples, save_samples, to_sample
from export.lines.targets import LineSample, detection_target, sequence_target
from export.lines.texts import draw_text, plain
from model.line_decode import STRIDE
from model.line_frame import DIGIT_HEIGHT, LINE_HEIGHT
from model.marks import DIGITS, MARKS, PRINT_MARK, SEPARATORS, mark_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TIGHT = Spacing(gap=-0.1, uneven=0.0, jump=0.0, drift=0.0, size=0.0, below=0.0, pitch=0.0)
_COMB = Spacing(gap=0.1, uneven=0.0, jump=0.0, drift=0.0, size=0.0, below=0.0, pitch=1.5)

needs_fonts = pytest.mark.skipif(
    importlib.util.find_spec("matplotlib") is None,
    reason="the fonts come with the training tools: ./test --all installs them",
)


def _zigzag(seed: int) -> list[NDArray[np.float32]]:
    rng = np.random.default_rng(seed)
    return [rng.uniform(0, 100, size=(8, 2)).astype(np.float32)]


@pytest.fixture
def handwriting() -> Handwriting:
    characters = {letter: [_zigzag(i)] for i, letter in enumerate(DIGITS + "abcXRs")}
    frames = np.zeros((10, 28, 28), dtype=np.uint8)
    for digit in range(10):
        frames[digit, 4:24, 10 : 12 + digit] = 255
    rows = [np.array([digit]) for digit in range(10)]
    scans = BitmapSamples(frames, rows, np.zeros((10, 2), dtype=np.float32))
    return Handwriting(StrokeSamples({0: characters}, characters), [scans, scans])


def test_what_is_taller_than_the_digits_goes_below_the_line_in_part(
    handwriting: Handwriting,
) -> None:
    class Tall:
        """Writes bars, a 1 twice as high as other digits."""

        pen = handwriting.hand(np.random.default_rng(0)).pen

        def write(self, character: str, height: float) -> NDArray[np.float32]:
            return np.ones((round(height * (2 if character == "1" else 1)), 6), np.float32)

        def runs_on(self, _pair: str) -> bool:
            return False

    line = compose("414", Tall(), 40.0, replace(_TIGHT, below=0.25), np.random.default_rng(1))

    four, one, _ = line.boxes.tolist()
    assert one[1] + one[3] == pytest.approx(four[1] + four[3] + 10, abs=1)


def test_a_character_is_as_high_as_it_was_asked_to_be() -> None:
    pen = Pen(width=0.05, pressure=0, wobble=0, bleed=0.1, grain=0)
    upright = [np.array([[0, 0], [1, 50]], dtype=np.float32)]
    for height in (10.0, 20.0, 40.0):
        ink = ink_strokes(upright, height, 0.0, pen, np.random.default_rng(1))
        assert abs(ink.shape[0] - height) <= 0.1 * height + 3
        assert ink.max() > 0.4


def test_a_pencil_leaves_paper_in_its_strokes() -> None:
    line = [np.array([[0, 0], [5, 50]], dtype=np.float32)]

    def full(grain: float) -> float:
        pen = Pen(width=0.2, pressure=0, wobble=0, bleed=0.1, grain=grain)
        return float((ink_strokes(line, 60, 0.0, pen, np.random.default_rng(1)) > 0.9).mean())

    assert full(0.8) < 0.6 * full(0.0)


def test_each_box_holds_its_character_and_they_go_from_left_to_right(
    handwriting: Handwriting,
) -> None:
    rng = np.random.default_rng(2)
    spacing = replace(Spacing.draw(rng), pitch=0.0)
    line = compose("12.345/-", handwriting.hand(rng), 30, spacing, rng)

    assert [MARKS[mark] for mark in line.marks] == list("12.345/-")
    assert line.boxes[:, 0].min() == 0
    assert (line.boxes[:, :2] + line.boxes[:, 2:]).max(axis=0).tolist() == [
        line.ink.shape[1],
        line.ink.shape[0],
    ]
    centres = line.boxes[:, 0] + line.boxes[:, 2] / 2
    assert (np.diff(centres) > 0).all()
    for x, y, w, h in line.boxes.astype(int):
        assert line.ink[y : y + h, x : x + w].max() > 0.3


def test_tight_writing_touches_and_a_comb_does_not(handwriting: Handwriting) -> None:
    def gaps(spacing: Spacing) -> NDArray[np.float32]:
        rng = np.random.default_rng(3)
        boxes = compose("234567", handwriting.hand(rng), 30, spacing, rng).boxes
        return np.asarray(boxes[1:, 0] - boxes[:-1, 0] - boxes[:-1, 2])

    assert gaps(_TIGHT).min() < 0
    assert gaps(_COMB).mean() > gaps(_TIGHT).mean() + 5


class _LinkingHand:
    """Writes upright bars, and never lifts its pen between digits."""

    pen = Pen(width=0.1, pressure=0, wobble=0, bleed=0.1, grain=0)

    def write(self, character: str, height: float) -> NDArray[np.float32]:
        return np.ones((round(height), 5), dtype=np.float32)

    def runs_on(self, pair: str) -> bool:
        return pair.isdigit()


@pytest.mark.parametrize(("pitch", "pieces"), [(0.0, 1), (0.5, 4)])
def test_a_hand_that_runs_on_links_digits_but_not_across_the_boxes_of_a_comb(
    pitch: float, pieces: int
) -> None:
    spacing = replace(_COMB, gap=0.3, pitch=pitch)

    line = compose("2345", _LinkingHand(), 30, spacing, np.random.default_rng(5))

    solid = (line.ink > 0.5).astype(np.uint8)
    assert cv2.connectedComponents(solid)[0] - 1 == pieces


@pytest.mark.parametrize("width", [1, 2, 3, 4, 6])
def test_a_scans_pen_is_as_wide_as_its_strokes(width: int) -> None:
    frame = np.zeros((28, 28), dtype=np.uint8)
    frame[4:24, 12 : 12 + width] = 255

    assert pen_width(frame) == pytest.approx(width / 20, abs=0.035)


def test_an_empty_scan_has_no_pen() -> None:
    assert pen_width(np.zeros((28, 28), np.uint8)) == 0


def test_a_comb_has_a_box_for_each_character(handwriting: Handwriting) -> None:
    rng = np.random.default_rng(4)
    line = compose("110345", handwriting.hand(rng), 30, _COMB, rng)
    assert len(line.pitch) == 7
    assert np.allclose(np.diff(line.pitch), 45)


@needs_fonts
@pytest.mark.parametrize("pattern", papers.PATTERNS, ids=lambda one: one.darken.__name__)
def test_each_pattern_changes_most_papers_and_leaves_room_to_read(
    pattern: papers.Pattern,
) -> None:
    changed = 0
    for seed in range(30):
        paper = np.full((60, 200), 0.8, dtype=np.float32)
        pattern.darken(paper, 30, np.random.default_rng(seed))
        changed += bool(np.abs(paper - 0.8).max() > 0.005)
        assert np.isfinite(paper).all()
        assert np.median(paper) > 0.15

    assert changed > 20


@needs_fonts
def test_a_signature_reaches_in_from_above_or_below_and_a_shadow_has_an_edge() -> None:
    inked = np.zeros((60, 200))
    for seed in range(60):
        paper = np.ones((60, 200), dtype=np.float32)
        sign(paper, 30, np.random.default_rng(seed))
        inked += paper < 0.9
    assert inked[:12].mean() + inked[-12:].mean() > 3 * inked[24:36].mean()

    steps = []
    for seed in range(20):
        paper = np.ones((60, 200), dtype=np.float32)
        cast_shadow(paper, 30, np.random.default_rng(seed))
        low, high = float(paper.min()), float(paper.max())
        steps.append(high - low)
        assert ((paper < low + 0.02) | (paper > high - 0.02)).mean() > 0.5
    assert np.median(steps) > 0.15


@needs_fonts
def test_a_stamp_is_a_frame_with_print_in_it_and_hides_nothing() -> None:
    frames = 0
    for seed in range(40):
        paper = np.ones((120, 400), dtype=np.float32)
        stamp_box(paper, 30, np.random.default_rng(seed))
        assert paper.min() > 0.3
        frames += bool((paper < 0.95).any())
    assert frames > 25


@needs_fonts
@pytest.mark.parametrize("part", list(Part))
def test_what_is_left_out_is_not_there(part: Part, handwriting: Handwriting) -> None:
    """And what is not left out is: each part changes some of the pictures."""
    seeds = range(30)
    whole, less = (
        [draw_picture(handwriting, np.random.default_rng(seed), out) for seed in seeds]
        for out in (frozenset[Part](), frozenset({part}))
    )

    if part is Part.MISFRAMED:  # it comes after the picture
        assert all(np.array_equal(*pair) for pair in zip(_greys(whole), _greys(less), strict=True))
        return
    assert not all(np.array_equal(*pair) for pair in zip(_greys(whole), _greys(less), strict=True))
    if part is Part.PRINT:
        assert not any(one.has_print_under for one in less)
        assert not any((one.marks == PRINT_MARK).any() for one in less)
        assert any((one.marks == PRINT_MARK).any() for one in whole)


def _greys(drawn: list[LinePicture]) -> list[NDArray[np.uint8]]:
    return [one.grey for one in drawn]


@needs_fonts
def test_what_is_printed_is_marked_as_print_and_only_that(handwriting: Handwriting) -> None:
    rng = np.random.default_rng(11)

    printed = [print_text(text, 30, rng) for text in ("Rs.", "A/c No.", "405", "DATE")]
    written = compose("405", handwriting.hand(rng), 30, _TIGHT, rng)

    assert all((line.marks == PRINT_MARK).all() and len(line.marks) for line in printed)
    assert not (written.marks == PRINT_MARK).any()


def test_a_paper_without_its_parts_is_plain() -> None:
    for seed in range(10):
        paper = draw_paper((60, 200), 30, np.random.default_rng(seed), frozenset(Part))
        assert np.ptp(paper) == 0


@needs_fonts
def test_papers_differ_and_stay_paper() -> None:
    some = [draw_paper((60, 200), 30, np.random.default_rng(seed)) for seed in range(20)]
    assert len({round(float(paper.mean()), 4) for paper in some}) == 20
    assert all(np.isfinite(paper).all() and paper.mean() > 0.1 for paper in some)


def test_texts_hold_only_what_a_hand_can_write() -> None:
    rng = np.random.default_rng(5)
    texts = [draw_text(rng) for _ in range(2_000)]
    assert all(text.strip() for text in texts)
    used = set("".join(texts))
    assert used >= set(DIGITS + SEPARATORS)
    marks = [mark_of(character) for character in used - {" "}]
    assert max(marks) < len(MARKS)


def test_counts_begin_with_a_1_more_often_than_with_a_9() -> None:
    """A stroke at the left end of a line is a 1 there, and not the side of a box."""
    rng = np.random.default_rng(6)
    counts = [plain(rng) for _ in range(4_000)]
    long = [count for count in counts if len(count) > 1]
    first = {digit: sum(count[0] == digit for count in long) / len(long) for digit in "019"}

    assert 0.23 < first["1"] < 0.31
    assert 0.03 < first["9"] < 0.08
    assert 0.0 < first["0"] < 0.05
    lone = [count for count in counts if len(count) == 1]
    assert 0.05 < sum(count == "0" for count in lone) / len(lone) < 0.2


@needs_fonts
def test_a_seed_gives_the_same_picture_again(handwriting: Handwriting) -> None:
    first, again, other = (
        draw_picture(handwriting, np.random.default_rng(seed)) for seed in (6, 6, 7)
    )
    assert np.array_equal(first.grey, again.grey)
    assert np.array_equal(first.boxes, again.boxes)
    assert not np.array_equal(first.grey, other.grey)


@needs_fonts
def test_boxes_lie_in_their_pictures(handwriting: Handwriting) -> None:
    rng = np.random.default_rng(8)
    for _ in range(60):
        picture = draw_picture(handwriting, rng)
        height, width = picture.grey.shape
        assert len(picture.boxes) == len(picture.marks)
        if len(picture.boxes):
            assert picture.boxes.min() >= 0
            assert (picture.boxes[:, 0] + picture.boxes[:, 2]).max() <= width + 1
            assert (picture.boxes[:, 1] + picture.boxes[:, 3]).max() <= height + 1


@needs_fonts
def test_the_frame_brings_digits_to_the_networks_height(handwriting: Handwriting) -> None:
    rng = np.random.default_rng(9)
    heights = []
    for _ in range(40):
        sample = to_sample(draw_picture(handwriting, rng))
        assert sample.frame.shape[0] == LINE_HEIGHT
        digits = sample.marks < len(DIGITS)
        heights += sample.boxes[digits, 3].tolist()
    assert abs(float(np.median(heights)) - DIGIT_HEIGHT) < 4


@needs_fonts
def test_kept_samples_come_back_as_they_were(handwriting: Handwriting, tmp_path: Path) -> None:
    rng = np.random.default_rng(10)
    samples = [to_sample(draw_picture(handwriting, rng), rng) for _ in range(5)]
    save_samples(tmp_path / "pool.npz", samples)
    for before, after in zip(samples, load_samples(tmp_path / "pool.npz"), strict=True):
        assert np.array_equal(before.frame, after.frame)
        assert np.array_equal(before.marks, after.marks)
        assert np.array_equal(before.boxes, after.boxes)
        assert before.only_digits == after.only_digits


def _sample() -> LineSample:
    boxes = np.array([[4, 6, 10, 20], [20, 6, 4, 20]], dtype=np.float32)
    return LineSample(np.zeros((32, 40), np.uint8), np.array([3, 1]), boxes)


def test_a_detection_is_asked_for_at_each_middle() -> None:
    target = detection_target(_sample(), columns=20)
    assert np.flatnonzero(target[:, 3] == 1).tolist() == [4]
    assert np.flatnonzero(target[:, 1] == 1).tolist() == [10]
    assert target[:, 5].max() == 0


def test_the_sides_give_the_box_back() -> None:
    target = sequence_target(_sample(), columns=20)
    assert target[:3, 0].tolist() == [3, 1, -1]
    left, right, top, bottom = target[10, 2:6] * DIGIT_HEIGHT
    here = 10.5 * STRIDE
    assert np.allclose([here - left, LINE_HEIGHT / 2 - top], [20, 6], atol=1e-4)
    assert np.allclose([here + right, LINE_HEIGHT / 2 + bottom], [24, 26], atol=1e-4)


@needs_fonts
def test_print_under_the_writing_changes_the_paper_and_not_the_truth(
    handwriting: Handwriting, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = range(80)
    printed = [draw_picture(handwriting, np.random.default_rng(seed)) for seed in seeds]
    nothing = pictures._Under(0.0, [])
    monkeypatch.setattr(pictures, "_print_under", lambda *_, **__: nothing)
    bare = [draw_picture(handwriting, np.random.default_rng(seed)) for seed in seeds]

    for one, other in zip(printed, bare, strict=True):
        assert one.marks.tolist() == other.marks.tolist()
        assert one.boxes.tolist() == other.boxes.tolist()
        assert one.has_print_under != np.array_equal(one.grey, other.grey)
    assert 2 <= sum(one.has_print_under for one in printed) <= 20
    assert not any(one.has_print_under for one in bare)


def test_boxes_of_a_date_say_what_goes_into_each() -> None:
    rng = np.random.default_rng(3)

    eight, eleven = ({draw_box_letters(boxes, rng) for _ in range(60)} for boxes in (8, 11))

    assert "DDMMYYYY" in eight
    assert {len(letters) for letters in eleven} == {11}


def test_most_boxes_of_a_comb_are_higher_than_what_is_in_them() -> None:
    higher = 0
    for seed in range(40):
        paper = np.ones((200, 90), dtype=np.float32)
        print_comb(paper, np.array([20.0, 50.0, 80.0]), 80, 120, np.random.default_rng(seed))
        side = np.flatnonzero(paper[:, 12:22].min(axis=1) < 0.95)
        assert side.size
        higher += side[0] < 76 and side[-1] > 124

    assert higher > 20
