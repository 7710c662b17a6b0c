"""Pictures of a run, for the engineer who judges it: PNG files beside the run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot as plt
from numpy.typing import NDArray

from export.datasets import Samples
from model.card import Calibration
from model.decode import DIGITS, to_confidence

mpl.use("Agg")  # a server has no screen

_SHOWN: Final = 40
_BINS: Final = 15


def draw_all(
    folder: Path, logits: NDArray[np.float32], test: Samples, calibration: Calibration
) -> None:
    """Curves, confusion matrix, misreadings and reliability, into ``folder``.

    Args:
        logits: (n, 11) of MNIST's test images.
    """
    probabilities = to_confidence(logits, calibration)
    draw_curves(folder / "learning_curves.png", json.loads((folder / "history.json").read_text()))
    draw_confusion(folder / "confusion_matrix.png", probabilities, test.labels)
    draw_most_confused(folder / "most_confused.png", probabilities, test)
    draw_reliability(folder / "reliability.png", probabilities, test.labels)


def draw_curves(path: Path, history: dict[str, list[float]]) -> None:
    """Loss and errors of each epoch, training and validation."""
    figure, axes = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    epochs = range(1, len(history["loss"]) + 1)
    for name, label in (("loss", "training"), ("val_loss", "validation")):
        axes[0].semilogy(epochs, history[name], label=label)
    for name, label in (("digit_accuracy", "training"), ("val_digit_accuracy", "validation")):
        axes[1].semilogy(epochs, [100 * (1 - value) for value in history[name]], label=label)
    for axis, title in zip(axes, ("Loss", "Wrong answers, %"), strict=True):
        axis.set(title=title, xlabel="Epoch")
        axis.legend()
        axis.grid(alpha=0.3)
    _save(figure, path)


def draw_confusion(path: Path, probabilities: NDArray[np.float64], labels: NDArray[Any]) -> None:
    """How often each digit is read as each other one, on MNIST's test images."""
    counts = np.zeros((DIGITS, DIGITS), dtype=int)
    np.add.at(counts, (labels.astype(int), probabilities.argmax(axis=1)), 1)
    figure, axis = plt.subplots(figsize=(6, 5.5), layout="constrained")
    axis.imshow(np.log1p(counts), cmap="Blues")
    for row in range(DIGITS):
        for column in range(DIGITS):
            if counts[row, column]:
                colour = "white" if row == column else "black"
                text = str(counts[row, column])
                axis.text(column, row, text, ha="center", va="center", color=colour, fontsize=8)
    axis.set(xticks=range(DIGITS), yticks=range(DIGITS), xlabel="Read as", ylabel="Written")
    _save(figure, path)


def draw_most_confused(path: Path, probabilities: NDArray[np.float64], test: Samples) -> None:
    """The images whose right answer got the least probability."""
    right = probabilities[np.arange(len(test)), test.labels.astype(int)]
    worst = np.argsort(right)[:_SHOWN]
    figure, axes = plt.subplots(4, _SHOWN // 4, figsize=(12, 6), layout="constrained")
    for axis, i in zip(axes.flat, worst, strict=True):
        axis.imshow(255 - test.frames[i], cmap="gray", vmin=0, vmax=255)
        read = int(probabilities[i].argmax())
        axis.set_title(f"{test.labels[i]} read {read}, {probabilities[i, read]:.0%}", fontsize=8)
        axis.axis("off")
    _save(figure, path)


def draw_reliability(path: Path, probabilities: NDArray[np.float64], labels: NDArray[Any]) -> None:
    """Stated confidence against the share that was right (DeGroot and Fienberg, 1983)."""
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    figure, axis = plt.subplots(figsize=(5, 5), layout="constrained")
    axis.plot([0, 1], [0, 1], color="grey", linestyle="--", label="perfect")
    present = [b for b in range(_BINS) if (bins == b).any()]
    stated = [float(confidence[bins == b].mean()) for b in present]
    true = [float(right[bins == b].mean()) for b in present]
    sizes = [8 + 40 * float(np.log10((bins == b).sum() + 1)) for b in present]
    axis.plot(stated, true, color="tab:blue")
    axis.scatter(stated, true, sizes, label="measured; larger dots hold more digits")
    axis.set(xlabel="Stated confidence", ylabel="Share right", xlim=(0, 1.02), ylim=(0, 1.02))
    axis.legend()
    _save(figure, path)


def _save(figure: Any, path: Path) -> None:
    figure.savefig(path, dpi=120)
    plt.close(figure)
