"""How much of an epoch each set gets, whatever its size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from export.datasets import LINE_CUTS, Samples

SHARES: Final = {
    "mnist": 0.38,
    "unipen_digits": 0.25,
    LINE_CUTS: 0.1,
    "usps": 0.03,
    "orand_car_a": 0.02,
}
"""Share of each epoch that a set gets, whatever its size."""

NOT_DIGIT_SHARE: Final = 0.18
"""Share of what is not a digit; the sets named nowhere divide the rest."""


def draw_chances(parts: Sequence[Samples]) -> NDArray[np.float64]:
    """Each sample's chance to be drawn; they sum to 1."""
    digits = np.concatenate([part.labels >= 0 for part in parts])
    names = np.concatenate([np.full(len(part), part.source) for part in parts])
    chances = np.where(digits, 0.0, NOT_DIGIT_SHARE / max(int((~digits).sum()), 1))
    unnamed = digits & ~np.isin(names, list(SHARES))
    left = 1.0 - NOT_DIGIT_SHARE - sum(SHARES.values())
    chances[unnamed] = left / max(int(unnamed.sum()), 1)
    for name, share in SHARES.items():
        chosen = digits & (names == name)
        chances[chosen] = share / max(int(chosen.sum()), 1)
    # Of a set that is not there the other digits take the share, not what is none.
    chances[digits] *= (1.0 - NOT_DIGIT_SHARE) / max(float(chances[digits].sum()), 1e-12)
    return np.asarray(chances / chances.sum(), dtype=np.float64)
