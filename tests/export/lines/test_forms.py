"""Drawn forms: print and fields, and the truth of what was written."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest

from export.lines.forms import draw_form
from export.lines.hands import BitmapSamples, Handwriting, StrokeSamples
from model.marks import DIGITS

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("matplotlib") is None,
    reason="the fonts come with the training tools: ./test --all installs them",
)


@pytest.fixture(scope="module")
def handwriting() -> Handwriting:
    """Scans of bars alone, each digit's of another width."""
    frames = np.zeros((10, 28, 28), dtype=np.uint8)
    for digit in range(10):
        frames[digit, 4:24, 8 : 11 + digit] = 255
    rows = [np.array([digit]) for digit in range(10)]
    scans = BitmapSamples(frames, rows, np.zeros((10, 2), dtype=np.float32))
    bar = [np.array([[0, 0], [1, 50]], dtype=np.float32)]
    characters = {digit: [bar] for digit in DIGITS}
    return Handwriting(StrokeSamples({0: characters}, characters), [scans, scans])


def test_a_form_has_numbers_and_the_same_seed_draws_it_again(handwriting: Handwriting) -> None:
    for seed in range(6):
        first, again = (draw_form(handwriting, np.random.default_rng(seed)) for _ in range(2))
        assert np.array_equal(first.grey, again.grey)
        assert first.numbers == again.numbers
        assert first.numbers
        assert all(number and set(number) <= set(DIGITS) for number in first.numbers)


def test_forms_differ_in_size_and_have_more_print_than_numbers(handwriting: Handwriting) -> None:
    forms = [draw_form(handwriting, np.random.default_rng(seed)) for seed in range(8)]

    assert len({form.grey.shape for form in forms}) == 8
    rows = [(form.grey < np.median(form.grey) * 0.75).any(axis=1) for form in forms]
    inked = [np.flatnonzero(np.diff(np.pad(row.astype(int), 1)) > 0).size for row in rows]
    assert sum(inked) > sum(len(form.numbers) for form in forms)
