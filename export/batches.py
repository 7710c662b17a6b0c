"""Feeding the training loop, and telling how long it will take."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import keras
import numpy as np
from numpy.typing import NDArray

from export.augment import AugmentSettings, augment_batch
from export.datasets import Samples
from export.run_folder import BEST_NAME, LOG_NAME, best_so_far
from export.shares import NOT_DIGIT_SHARE, draw_chances


def as_arrays(
    parts: Sequence[Samples],
) -> tuple[NDArray[np.float32], NDArray[np.int32], NDArray[np.float32]]:
    """All parts in one: (n, 28, 28, 1) float32 in [0, 1], (n,) int32 labels, (n,) weights.

    Weighed so that what is not a digit counts as much as in training. Unweighed, it is more than
    half of the validation pictures, and the epoch that is best at letters would be chosen.
    """
    frames = np.concatenate([part.frames for part in parts])
    labels = np.concatenate([part.labels for part in parts])
    digits = labels >= 0
    odds = NOT_DIGIT_SHARE / (1 - NOT_DIGIT_SHARE)
    weight = odds * digits.sum() / max(int((~digits).sum()), 1)
    return (
        frames[..., None].astype(np.float32) / np.float32(255),
        labels.astype(np.int32),
        np.where(digits, 1.0, weight).astype(np.float32),
    )


_GENTLE: Final = 0.5


@dataclass(frozen=True, slots=True)
class EpochPlan:
    """What an epoch and a run are made of.

    Attributes:
        samples: Pictures an epoch.
        batch: Pictures a step.
        seed: Decides, with epoch and step, which pictures are drawn and how they are changed.
        epochs: Of the whole run.
        polish: How many of them, at the end, change the pictures less.
    """

    samples: int
    batch: int
    seed: int
    epochs: int
    polish: int


class Batches(keras.utils.PyDataset):
    """Augmented batches, drawn from the sets by their shares.

    Kept as bytes and turned into floats a batch at a time: 264,000 frames are 0.2 GB so, and
    0.8 GB as floats.
    """

    def __init__(
        self, parts: Sequence[Samples], plan: EpochPlan, settings: AugmentSettings
    ) -> None:
        super().__init__()
        self._frames = np.concatenate([part.frames for part in parts])
        self._labels = np.concatenate([part.labels for part in parts]).astype(np.int32)
        self._chances = draw_chances(parts)
        self._plan, self._settings, self._epoch = plan, settings, 0

    def __len__(self) -> int:
        return self._plan.samples // self._plan.batch

    def __getitem__(self, index: int) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        rng = np.random.default_rng([self._plan.seed, self._epoch, index])
        rows = rng.choice(len(self._labels), size=self._plan.batch, p=self._chances)
        polishing = self._epoch >= self._plan.epochs - self._plan.polish
        settings = self._settings.gentler(_GENTLE) if polishing else self._settings
        return augment_batch(self._frames[rows], rng, settings), self._labels[rows]

    def draw_for(self, epoch: int) -> None:
        """Draw anew: the seed, the epoch and the batch's number decide what is drawn.

        Told by the training loop rather than counted here: an interrupted run then goes on with
        the pictures that it would have seen.
        """
        self._epoch = epoch


class TimeLeft(keras.callbacks.Callback):
    """After each epoch, one line: how far the whole run is and how long the rest will take."""

    def __init__(self, epochs: int) -> None:
        super().__init__()
        self._epochs = epochs
        self._done: list[float] = []

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        """Start the clock."""
        self._started = time.monotonic()

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Say what is left, by the mean of this session's epochs."""
        self._done.append(time.monotonic() - self._started)
        left = (self._epochs - epoch - 1) * sum(self._done) / len(self._done)
        print(f"Epoch {epoch + 1} of {self._epochs} done, {left / 60:.1f} min left", flush=True)


class DrawnAnew(Protocol):
    """Batches that change from epoch to epoch."""

    def draw_for(self, epoch: int) -> None: ...


def run_callbacks(folder: Path, epochs: int, batches: DrawnAnew) -> list[keras.callbacks.Callback]:
    """Go on where it was interrupted, keep the best epoch, log the curves, tell the time left."""
    return [
        keras.callbacks.BackupAndRestore(str(folder / "checkpoint"), delete_checkpoint=False),
        keras.callbacks.LambdaCallback(on_epoch_begin=lambda epoch, logs: batches.draw_for(epoch)),
        keras.callbacks.ModelCheckpoint(
            str(folder / BEST_NAME),
            "val_loss",
            save_best_only=True,
            save_weights_only=True,
            initial_value_threshold=best_so_far(folder),
        ),
        keras.callbacks.CSVLogger(str(folder / LOG_NAME), append=True),
        TimeLeft(epochs),
    ]
