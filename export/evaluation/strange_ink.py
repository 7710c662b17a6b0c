"""Ink that is no digit of ours, as a person crops it: the reader should not accept any."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np

from export.evaluation import drawing
from export.evaluation.samples import Kind, Sample, SampleSet

PICTURES: Final = 500
_SEED: Final = 1_000_039


def load_strange_ink(name: str, kind: str, title: str) -> Callable[[Path], SampleSet]:
    """A loader of one of ``export.strange_samples.KINDS``.

    Struck-out digits are of held-back writers; numerals are of the shapes that were learned from.
    """

    def load(data: Path) -> SampleSet:
        from export.strange_samples import KINDS, draw_strange

        rng = np.random.default_rng([_SEED, KINDS.index(kind)])
        inks = draw_strange(data / "single", kind, PICTURES, rng, held_back=True)
        samples = [
            Sample(f"{name}_{i:03d}", drawing.draw_crop(np.asarray(ink * 255, np.uint8), rng), "")
            for i, ink in enumerate(inks)
        ]
        return SampleSet(name, title, Kind.NEGATIVE, samples)

    return load
