"""Numbers with a check digit, composed of USPS test digits: what the check is worth.

Each number is a valid one drawn at random; its digits are images of the test set's, side by side as
dark ink on light paper.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from export.evaluation import drawing
from export.evaluation.samples import Kind, Sample, SampleSet
from export.splits import TEST_SPLITS
from model.fields.catalogue import find_kind

COUNT: Final = 2_000
CARD_DIGITS: Final = 16
ROUTING_DIGITS: Final = 9


def load_cards(data: Path) -> SampleSet:
    """Payment cards of 16 digits (Luhn)."""
    title = "USPS test digits as 16-digit card numbers"
    return _compose(data, "card_numbers", title, "card", CARD_DIGITS)


def load_routing(data: Path) -> SampleSet:
    """Routing numbers of 9 digits (ABA)."""
    title = "USPS test digits as 9-digit routing numbers"
    return _compose(data, "routing_numbers", title, "routing", ROUTING_DIGITS)


def _compose(data: Path, name: str, title: str, field: str, count: int) -> SampleSet:
    with np.load(data / "single" / "usps.npz") as arrays:
        chosen = arrays["split"] == TEST_SPLITS["usps"]
        inks, labels = arrays["images"][chosen], arrays["labels"][chosen]
    if np.median(inks) > 127:
        inks = 255 - inks
    rng = np.random.default_rng([len(name), count])
    samples = []
    for i in range(COUNT):
        number = valid_number(field, count, rng)
        row = [inks[rng.choice(np.flatnonzero(labels == int(digit)))] for digit in number]
        samples.append(Sample(f"{name}_{i:04d}", drawing.draw_row(row, rng), number, field=field))
    return SampleSet(name, title, Kind.STRING, samples)


def valid_number(field: str, count: int, rng: np.random.Generator) -> str:
    """A random number of so many digits that keeps the rule of its kind."""
    kind = find_kind(field)
    while True:
        digits: NDArray[np.int64] = rng.integers(10, size=count)
        number = "".join(map(str, digits))
        if kind.value_of(number) is not None:
            return number
