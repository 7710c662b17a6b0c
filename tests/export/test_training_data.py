"""What trains: drawn strokes, IDX files, shares of an epoch."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from export import synthesize
from export.datasets import (
    LINE_CUTS,
    NOT_A_DIGIT,
    Samples,
    draw_unipen,
    load_mnist,
    load_orand_digits,
    make_scribbles,
    make_wrong_cuts,
)
from export.shares import NOT_DIGIT_SHARE, SHARES, draw_chances
from export.splits import is_held_back_group
from tests.support.idx import write_idx

if TYPE_CHECKING:
    from collections.abc import Sequence

    from export.synthesize import Stroke


def _samples(count: int, label: int, source: str) -> Samples:
    frames = np.zeros((count, 28, 28), dtype=np.uint8)
    frames[:, 6:22, 8:20] = 255
    return Samples(frames, np.full(count, label, dtype=np.int8), source)


def test_strokes_are_drawn_where_the_pen_went() -> None:
    stroke = np.array([[0, 0], [0, 100]], dtype=np.float32)

    ink = synthesize.draw_strokes([stroke], np.random.default_rng(1))

    rows = np.flatnonzero(ink.max(axis=1) > 0.5)
    columns = np.flatnonzero(ink.max(axis=0) > 0.5)
    assert np.ptp(rows) > 60
    assert np.ptp(columns) < 20


def test_a_dot_is_drawn() -> None:
    dot = np.array([[5, 5]], dtype=np.float32)

    assert synthesize.draw_strokes([dot], np.random.default_rng(1)).max() > 0.3


_FIVE = [
    np.array([[10, 0], [9, 30], [30, 45], [40, 70], [20, 100], [0, 90]], dtype=np.float32),
    np.array([[10, 0], [50, 2]], dtype=np.float32),
]


def test_another_hands_proportions_keep_the_size_and_where_strokes_begin_and_end() -> None:
    changed = synthesize.with_proportions(_FIVE, np.array([0.7, 1.5]))

    before, after = np.concatenate(_FIVE), np.concatenate(changed)
    assert np.allclose(after.min(axis=0), before.min(axis=0))
    assert np.allclose(after.max(axis=0), before.max(axis=0), atol=1e-4)
    assert np.abs(after - before).max() > 5
    assert np.allclose(np.concatenate(synthesize.with_proportions(_FIVE, np.ones(2))), before)


def test_a_looser_hand_sets_its_strokes_beside_their_places_but_not_far() -> None:
    gaps = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        varied = synthesize.vary_hand(_FIVE, rng)

        assert [len(stroke) for stroke in varied] == [len(stroke) for stroke in _FIVE]
        gaps.append(varied[1][0] - varied[0][0])  # where the bar meets the stem, or does not
    assert 2 < np.abs(gaps).max() < 40
    assert np.ptp(gaps, axis=0).min() > 2


def test_a_character_in_one_stroke_has_other_proportions_alone() -> None:
    (stroke,) = synthesize.vary_hand(_FIVE[:1], np.random.default_rng(1))

    assert np.allclose(stroke.min(axis=0), _FIVE[0].min(axis=0))
    assert not np.allclose(stroke, _FIVE[0], atol=1)


def test_a_bar_is_lifted_off_its_5_and_nothing_else_moves() -> None:
    lifted = synthesize.lift_bar(_FIVE, 0.5, np.random.default_rng(2))

    assert np.array_equal(lifted[0], _FIVE[0])
    moves = lifted[1] - _FIVE[1]
    assert np.allclose(moves, moves[0], atol=1e-4)
    assert -50 <= moves[0, 1] < 0


def test_a_5_in_one_stroke_or_under_a_hook_has_no_bar_to_lift() -> None:
    hook = [_FIVE[0], np.array([[10, 0], [12, 30]], dtype=np.float32)]

    dot = [_FIVE[0], np.array([[10, 0]], dtype=np.float32)]

    for strokes in (_FIVE[:1], hook, dot):
        same = synthesize.lift_bar(strokes, 0.5, np.random.default_rng(2))
        assert all(np.array_equal(*pair) for pair in zip(same, strokes, strict=True))


def _write_unipen(folder: Path, groups: tuple[str, str]) -> None:
    """Eight recorded 5s of each group."""
    count, points = 16, np.concatenate(_FIVE)
    lengths = [len(stroke) for stroke in _FIVE] * count
    np.savez(
        folder / "unipen_digits.npz",
        labels=np.full(count, "5"),
        group=np.repeat([0, 1], 8),
        group_names=np.array(groups),
        points=np.tile(points, (count, 1)),
        stroke_offsets=np.concatenate([[0], np.cumsum(lengths)]),
        char_offsets=np.arange(0, 2 * count + 1, 2),
    )


def test_only_characters_that_train_are_written_by_looser_hands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"a/b/{i}" for i in range(99)]
    held_back = next(name for name in names if is_held_back_group(name))
    trains = next(name for name in names if not is_held_back_group(name))
    _write_unipen(tmp_path, (held_back, trains))
    changed = []
    vary = synthesize.vary_hand

    def spy(strokes: Sequence[Stroke], rng: np.random.Generator) -> list[Stroke]:
        changed.append(len(strokes))
        return vary(strokes, rng)

    monkeypatch.setattr(synthesize, "vary_hand", spy)
    rng = np.random.default_rng(1)

    assert len(draw_unipen(tmp_path, "digits", rng, held_back=True)) == 8
    assert changed == []
    assert len(draw_unipen(tmp_path, "digits", rng, held_back=False)) == 8
    assert 0 < len(changed) < 8


def test_half_of_a_narrow_digit_is_no_example_of_a_wrong_cut() -> None:
    bar = np.ones((40, 8), dtype=np.float32)

    assert synthesize.cut_in_two(bar, np.random.default_rng(1)) is None


def test_wrong_cuts_and_scribbles_are_not_digits_and_not_blank() -> None:
    rng = np.random.default_rng(1)

    for made in (make_wrong_cuts(_samples(5, 3, "mnist"), 20, rng), make_scribbles(20, rng)):
        assert (made.labels == NOT_A_DIGIT).all()
        assert (made.frames.max(axis=(1, 2)) > 0).all()


@pytest.mark.parametrize("packed", [True, False])
def test_mnist_is_read_from_idx_files_packed_or_not(tmp_path: Path, packed: bool) -> None:
    frames = np.arange(3 * 28 * 28, dtype=np.int64).reshape(3, 28, 28).astype(np.uint8)
    write_idx(tmp_path, "t10k", frames, np.array([7, 1, 4], dtype=np.uint8), packed=packed)

    samples = load_mnist(tmp_path, "t10k")

    assert np.array_equal(samples.frames, frames)
    assert samples.labels.tolist() == [7, 1, 4]


def test_a_missing_idx_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="train-images"):
        load_mnist(tmp_path, "train")


def test_a_file_that_is_not_idx_is_refused(tmp_path: Path) -> None:
    (tmp_path / "train-images-idx3-ubyte.gz").write_bytes(gzip.compress(b"GIF89a" + bytes(64)))

    with pytest.raises(ValueError, match="not an IDX file"):
        load_mnist(tmp_path, "train")


def test_each_set_gets_its_share_of_an_epoch_whatever_its_size() -> None:
    parts = [
        _samples(900, 1, "mnist"),
        _samples(10, 2, "unipen_digits"),
        _samples(40, 3, "orand_car_a"),
        _samples(5, 4, "usps"),
        _samples(20, 6, LINE_CUTS),
        _samples(7, 5, "semeion"),
        _samples(50, NOT_A_DIGIT, "scribbles"),
        _samples(3, NOT_A_DIGIT, LINE_CUTS),
    ]

    chances = draw_chances(parts)

    ends = np.cumsum([len(part) for part in parts])
    by_set = [part.sum() for part in np.split(chances, ends[:-1])]
    assert sum(by_set) == pytest.approx(1)
    assert by_set[0] == pytest.approx(SHARES["mnist"])
    assert by_set[1] == pytest.approx(SHARES["unipen_digits"])
    assert by_set[4] == pytest.approx(SHARES[LINE_CUTS])
    assert by_set[6] + by_set[7] == pytest.approx(NOT_DIGIT_SHARE)


def test_where_a_set_is_missing_the_other_digits_take_its_share() -> None:
    parts = [_samples(9, 1, "mnist"), _samples(7, 5, "semeion"), _samples(5, NOT_A_DIGIT, "x")]

    assert draw_chances(parts)[-5:].sum() == pytest.approx(NOT_DIGIT_SHARE)


def test_no_measuring_cheque_is_trained_on(shared_data: Path) -> None:
    from export.splits import is_dev_file, is_validation_line

    folder = shared_data / "strings" / "orand_car_a"
    rows = [row.split("\t") for row in (folder / "labels.tsv").read_text().splitlines()[1:]]
    training = sum(
        len(text) for file, text, *_ in rows if not (is_dev_file(file) or is_validation_line(file))
    )

    assert 0.99 * training < len(load_orand_digits(folder)) <= training
