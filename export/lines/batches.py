"""Feeding lines of like width to the training loop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import keras
import numpy as np
from numpy.typing import NDArray

from export.lines.splice import crop, is_boxed, splice_some
from export.lines.targets import TARGETS, WIDTH_STEP, LineSample
from export.lines.warp import warp
from model.line_decode import STRIDE
from model.line_frame import LINE_HEIGHT

WIDEST: Final = 480
"""Px; wider lines are left out of training: a batch is as wide as its widest line."""

_NOISE: Final = 0.04
_CROPPED: Final = 0.15
"""Share of boxed lines that are cut off close beside their first or last character."""


@dataclass(frozen=True, slots=True)
class LinePlan:
    """What an epoch is made of.

    Attributes:
        samples: Lines an epoch.
        batch: Lines a step.
        seed: Decides, with the epoch, which lines are drawn and how they are changed.
        real: Share of real lines.
        warps: Whether a line is changed each time that it is shown.
    """

    samples: int
    batch: int
    seed: int
    real: float
    warps: bool = True


class LineBatches(keras.utils.PyDataset):
    """Lines by width: each step's are as wide as its widest, the rest is paper.

    Args:
        drawn: Lines drawn by the project.
        real: Lines of real paper; may be empty.
        plan: What an epoch is made of; seed 0 takes the drawn lines as they are, once each.
        answer: A key of ``TARGETS``.
    """

    def __init__(
        self,
        drawn: Sequence[LineSample],
        real: Sequence[LineSample],
        plan: LinePlan,
        answer: str,
    ) -> None:
        super().__init__()
        self._drawn = [sample for sample in drawn if _serves(sample, answer)]
        self._real = [sample for sample in real if _serves(sample, answer)]
        self._joinable = [sample for sample in self._real if is_boxed(sample)]
        self._plan, self._target = plan, TARGETS[answer]
        self.draw_for(0)

    def _recut(self, sample: LineSample, rng: np.random.Generator) -> LineSample:
        """The line, or one spliced or cropped out of it; as it is where that would be too wide."""
        if not is_boxed(sample):
            return sample
        is_joinable = self._joinable and sample.only_digits
        cut = splice_some(sample, self._joinable, rng) if is_joinable else sample
        if rng.random() < _CROPPED:
            cut = crop(cut, rng)
        return cut if cut.frame.shape[1] <= WIDEST else sample

    def draw_for(self, epoch: int) -> None:
        """Choose the epoch's lines, and which of them share a step."""
        plan = self._plan
        rng = np.random.default_rng([plan.seed, epoch])
        self._epoch = epoch
        if not plan.seed:
            chosen = list(self._drawn)
        else:
            real = round(plan.samples * plan.real) if self._real else 0
            picked = rng.integers(len(self._drawn), size=plan.samples - real)
            chosen = [self._drawn[i] for i in picked]
            chosen += [self._real[i] for i in rng.integers(max(1, len(self._real)), size=real)]
            chosen = [self._recut(sample, rng) for sample in chosen]
        # Neighbours by width, give or take, so that the company changes from epoch to epoch.
        widths = [sample.frame.shape[1] * rng.uniform(0.9, 1.1) for sample in chosen]
        order = np.argsort(widths)
        steps = [order[i : i + plan.batch] for i in range(0, len(order), plan.batch)]
        # Keras takes a width that its first two steps share for that of all: they are the widest
        # and the narrowest.
        ends = list(dict.fromkeys((len(steps) - 1, 0))) if steps else []
        shuffled = [*ends, *(k for k in rng.permutation(len(steps)) if k not in ends)]
        self._steps = [[chosen[i] for i in steps[k]] for k in shuffled]

    def lines_of(self, index: int) -> Sequence[LineSample]:
        """The lines of a step, before they are changed."""
        return self._steps[index]

    def __len__(self) -> int:
        return len(self._steps)

    def __getitem__(self, index: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        rng = np.random.default_rng([self._plan.seed, self._epoch, index])
        step = self._steps[index]
        if self._plan.seed and self._plan.warps:
            step = [warp(sample, rng) for sample in step]
        widest = max(sample.frame.shape[1] for sample in step)
        columns = -(-widest // WIDTH_STEP) * WIDTH_STEP // STRIDE
        frames = np.zeros((len(step), LINE_HEIGHT, columns * STRIDE, 1), dtype=np.float32)
        for i, sample in enumerate(step):
            frames[i, :, : sample.frame.shape[1], 0] = sample.frame
        frames /= 255
        if self._plan.seed and self._plan.warps:
            frames = _change(frames, rng)
        return frames, np.stack([self._target(sample, columns) for sample in step])


def _serves(sample: LineSample, answer: str) -> bool:
    """A detector cannot learn from a line whose boxes nobody drew."""
    boxed = answer == "sequence" or len(sample.boxes) == len(sample.marks)
    return boxed and sample.frame.shape[1] <= WIDEST


def _change(frames: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """Other contrast and grain each time that a kept line is shown."""
    count = (len(frames), 1, 1, 1)
    power = np.exp(rng.normal(0, 0.25, size=count)).astype(np.float32)
    full = rng.uniform(0.75, 1.1, size=count).astype(np.float32)
    level = rng.uniform(0, _NOISE, size=count).astype(np.float32)
    changed = full * frames**power + level * rng.standard_normal(frames.shape, dtype=np.float32)
    return np.asarray(np.clip(changed, 0, 1), dtype=np.float32)
