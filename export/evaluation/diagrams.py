"""Pictures of how far confidence can be trusted: reliability diagrams and error-reject curves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot as plt
from numpy.typing import NDArray

from export.evaluation.metrics import BINS
from export.evaluation.results import SetResult

mpl.use("Agg")  # a server has no screen

_COLUMNS: Final = 4
_FEWEST: Final = 20
"""A bin of fewer digits says nothing and is left out."""
_LEAST_WRONG: Final = 3e-4
_INK: Final = "#14315e"


def draw_reliability(
    path: Path, results: Sequence[SetResult], unfitted: Sequence[SetResult] = ()
) -> None:
    """Stated confidence of a digit against the share that was right, a diagram for each set.

    After DeGroot and Fienberg (1983), in the bins of the calibration error.

    Args:
        path: Of the PNG file.
        results: Of sets whose digits have truths; others are left out.
        unfitted: Of some of them, before the fit; drawn in grey.
    """
    before = {one.title: digits_of(one) for one in unfitted}
    known = [(one.title, digits_of(one)) for one in results]
    known = [(title, digits) for title, digits in known if len(digits) >= _FEWEST]
    rows = max(1, -(-len(known) // _COLUMNS))
    figure, axes = plt.subplots(
        rows, _COLUMNS, figsize=(12, 3 * rows), layout="constrained", squeeze=False
    )
    for axis in axes.flat[len(known) :]:
        axis.axis("off")
    for axis, (title, digits) in zip(axes.flat, known, strict=False):
        stated, right = bin_digits(digits)
        axis.plot([0, 1], [0, 1], color="grey", linestyle="--", linewidth=1)
        if title in before:
            axis.plot(*bin_digits(before[title]), color="grey", marker="x", label="before the fit")
            axis.legend(fontsize=8, loc="upper left")
        axis.plot(stated, right, color=_INK, marker="o", markersize=4)
        axis.set_title(f"{title}\n{len(digits):,} digits", fontsize=9)
        axis.set(xlim=(0, 1.03), ylim=(0, 1.03))
    figure.supxlabel("Stated confidence")
    figure.supylabel("Share that was right")
    _save(figure, path)


def draw_error_reject(path: Path, results: Sequence[SetResult]) -> None:
    """How many can be accepted, surest first, and how many of these are wrong.

    Args:
        path: Of the PNG file.
        results: A curve each.
    """
    figure, axis = plt.subplots(figsize=(8, 5), layout="constrained")
    for one in results:
        accepted, wrong = error_reject(one)
        axis.semilogy(accepted, np.maximum(wrong, _LEAST_WRONG), label=one.title)
    axis.axhline(0.01, color="grey", linestyle="--", linewidth=1)
    axis.set(
        xlabel="Share of pictures that is accepted",
        ylabel="Share of these that is wrong (the lowest line: none)",
        xlim=(0, 1),
        ylim=(_LEAST_WRONG, 1),
    )
    axis.grid(alpha=0.3, which="both")
    axis.legend(fontsize=8)
    _save(figure, path)


def digits_of(result: SetResult) -> list[tuple[float, bool]]:
    """Confidence of each digit that was read, and whether it was right."""
    return [digit for outcome in result.outcomes for digit in outcome.digits]


def bin_digits(digits: Sequence[tuple[float, bool]]) -> tuple[list[float], list[float]]:
    """Mean confidence and share that was right of each bin that holds enough."""
    sure = np.array([confidence for confidence, _ in digits])
    right = np.array([is_right for _, is_right in digits], dtype=bool)
    at = np.minimum((sure * BINS).astype(int), BINS - 1)
    full = [i for i in range(BINS) if (at == i).sum() >= _FEWEST]
    return [float(sure[at == i].mean()) for i in full], [float(right[at == i].mean()) for i in full]


def error_reject(result: SetResult) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share accepted and share of these that is wrong, from each confidence up."""
    order = sorted(result.outcomes, key=lambda outcome: (-outcome.confidence, outcome.is_exact))
    wrong = np.cumsum([not outcome.is_exact for outcome in order])
    count = np.arange(1, len(order) + 1)
    return count / len(order), wrong / count


def _save(figure: Any, path: Path) -> None:
    figure.savefig(path, dpi=110)
    plt.close(figure)
