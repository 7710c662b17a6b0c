import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from model.join import Piece
from model.layout import InkLine
from model.segment import (
    Candidate,
    best_path,
    crop_candidate,
    cut_segments,
    list_candidates,
)
from model.types import Box


def _line(*boxes: Box) -> tuple[InkLine, np.ndarray[tuple[int, int], np.dtype[np.int32]]]:
    """A line of filled boxes and its label map."""
    labels = np.zeros((60, 200), dtype=np.int32)
    pieces = []
    for label, box in enumerate(boxes, start=1):
        labels[box.y : box.bottom, box.x : box.right] = label
        pieces.append(Piece(label, box, box.w * box.h))
    return InkLine(tuple(pieces), 40.0), labels


def test_two_apart_are_two_segments() -> None:
    line, labels = _line(Box(10, 10, 20, 40), Box(50, 10, 20, 40))

    segments = cut_segments(line, labels)

    assert [segment.box for segment in segments] == [Box(10, 10, 20, 40), Box(50, 10, 20, 40)]


def test_a_loose_bar_above_belongs_to_its_digit() -> None:
    line, labels = _line(Box(10, 20, 20, 30), Box(12, 10, 18, 6))

    segments = cut_segments(line, labels)

    assert [segment.box for segment in segments] == [Box(10, 10, 20, 40)]


def test_a_touching_pair_is_cut_where_the_ink_is_thin() -> None:
    line, labels = _line(Box(10, 10, 60, 40))
    labels[10:46, 36:44] = 0  # only four rows of ink join the two

    segments = cut_segments(line, labels)

    inside = [s for s in segments if s.box.x < 36 <= s.box.right - 1 or s.box.right <= 44]
    assert len(segments) >= 2
    assert any(36 <= segment.box.right <= 44 for segment in inside)


def test_a_wide_gap_is_never_bridged() -> None:
    line, labels = _line(Box(10, 10, 20, 40), Box(90, 10, 20, 40))

    candidates = list_candidates(cut_segments(line, labels), line.height)

    assert all(candidate.first == candidate.last for candidate in candidates)


def test_a_crop_holds_no_ink_of_its_neighbour() -> None:
    line, labels = _line(Box(10, 10, 20, 40), Box(28, 30, 20, 20))
    labels[30:50, 28:30] = 1
    soft = (labels > 0).astype(np.float32)
    segments = cut_segments(line, labels)
    first = next(c for c in list_candidates(segments, 40.0) if c.first == c.last == 0)

    crop = crop_candidate(first, segments, soft)

    assert crop.sum() == segments[0].mask.sum() + soft[29:51, 30].sum()


def test_the_likelier_of_one_and_two_digits_wins() -> None:
    whole, left, right = (
        Candidate(0, 1, Box(0, 0, 9, 9)),
        Candidate(0, 0, Box(0, 0, 4, 9)),
        Candidate(1, 1, Box(5, 0, 4, 9)),
    )
    skipping = np.array([-3.0, -3.0])

    one = best_path(2, [whole, left, right], np.array([-0.1, -1.0, -1.0]), skipping)
    two = best_path(2, [whole, left, right], np.array([-4.0, -0.5, -0.5]), skipping)

    assert one == [whole]
    assert two == [left, right]


def test_what_is_unlikely_to_be_a_digit_is_skipped() -> None:
    dot = Candidate(0, 0, Box(0, 0, 2, 2))

    assert best_path(1, [dot], np.array([-6.0]), np.array([-0.1])) == []


@given(st.integers(1, 8), st.integers(0, 999))
def test_a_path_uses_no_segment_twice(count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    candidates = [
        Candidate(first, last, Box(first, 0, last - first + 1, 9))
        for first in range(count)
        for last in range(first, min(count, first + 3))
    ]

    path = best_path(count, candidates, -rng.random(len(candidates)), -rng.random(count))

    used = [i for candidate in path for i in range(candidate.first, candidate.last + 1)]
    assert used == sorted(set(used))
