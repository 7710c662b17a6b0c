"""Whole forms of the project's drawing, by hands that nothing has learned from."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from export.evaluation import drawing
from export.evaluation.judging import LINE_BREAK
from export.evaluation.samples import Kind, Sample, SampleSet

FORMS: Final = 60
_SEED: Final = 1_000_037


def load_drawn_forms(data: Path) -> SampleSet:
    """Print all over, and a few numbers by UNIPEN's held-back writers or of MNIST's test digits."""
    # Their print needs the fonts of the training tools, which the other sets do without.
    from export.lines.forms import draw_form
    from export.lines.hands import load_held_back

    hands = load_held_back(data / "mnist", data / "single")
    samples = []
    for i in range(FORMS):
        form = draw_form(hands, np.random.default_rng([_SEED, i]))
        truth = LINE_BREAK.join(form.numbers)
        samples.append(Sample(f"form_{i:02d}", drawing.encode_png(form.grey), truth))
    return SampleSet("drawn_forms", "Drawn forms, held-back hands", Kind.FIELDS, samples)
