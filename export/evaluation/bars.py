"""The bars that the product has to clear, and what was measured against them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from export.evaluation.metrics import Rate
from export.evaluation.results import Evaluation

NETWORK_BAR: Final = 0.9970
PAGES_BAR: Final = 0.992
PHOTOS_BAR: Final = 0.75
FIRST_PAINT_BAR: Final = 1.3
SPEED_BAR: Final = 10.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the bars table.

    Attributes:
        is_met: None where nothing was measured.
    """

    what: str
    bar: str
    measured: str
    is_met: bool | None


def list_bars(evaluation: Evaluation, benchmark: Path) -> list[Bar]:
    """The bars that ``export evaluate`` and ``export benchmark`` measure.

    Args:
        evaluation: This run's numbers.
        benchmark: What ``export benchmark`` wrote last, if it ran.
    """
    return [
        _rate_bar(
            "shipped ONNX on MNIST's 10,000 test images", evaluation.network, 10_000, NETWORK_BAR
        ),
        _rate_bar(
            "the same digits on 400 × 300 pages, whole reader",
            _exact(evaluation, "mnist_pages"),
            10_000,
            PAGES_BAR,
        ),
        _rate_bar(
            "`photos_dev`, unambiguous positives, exact",
            _exact(evaluation, "photos"),
            94,
            PHOTOS_BAR,
        ),
        _negatives_bar(evaluation),
        *_benchmark_bars(benchmark),
    ]


def _exact(evaluation: Evaluation, name: str) -> Rate | None:
    result = evaluation.find(name)
    return result.score.exact if result else None


def _rate_bar(what: str, rate: Rate | None, full: int, bar: float) -> Bar:
    decimals = 2 if bar > 0.99 else 0
    asked = f"≥ {100 * bar:.{decimals}f} %"
    if rate is None:
        return Bar(what, asked, "not measured", None)
    part = "" if rate.total >= full else ", a part only"
    measured = f"{100 * rate.share:.2f} % ({rate.count:,} of {rate.total:,}{part})"
    return Bar(what, asked, measured, rate.share >= bar)


def _negatives_bar(evaluation: Evaluation) -> Bar:
    what = "`photos_dev` negatives with an accepted reading"
    result = evaluation.find("photos_negative")
    if result is None:
        return Bar(what, "0 of 16", "not measured", None)
    accepted = result.score.accepted
    return Bar(what, "0 of 16", f"{accepted.count} of {accepted.total}", accepted.count == 0)


def _benchmark_bars(path: Path) -> list[Bar]:
    found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

    def bar(what: str, asked: str, name: str, is_met: Callable[[float], bool]) -> Bar:
        value = found.get(name)
        if value is None:
            return Bar(what, asked, "not measured; run `python -m export benchmark`", None)
        return Bar(what, asked, f"{value:.2f} × (docs/BENCHMARKS.md)", is_met(value))

    return [
        bar(
            "first paint of the window, against a bare label window",
            f"≤ {FIRST_PAINT_BAR} ×",
            "first_paint_ratio",
            lambda ratio: ratio <= FIRST_PAINT_BAR,
        ),
        bar(
            "reading 28 × 28 px to 1 megapixel, against RapidOCR's whole pipeline",
            f"≥ {SPEED_BAR:.0f} × faster",
            "least_speed_ratio",
            lambda ratio: ratio >= SPEED_BAR,
        ),
    ]
