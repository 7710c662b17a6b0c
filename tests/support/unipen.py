"""Recorded characters of made-up writers, in the layout of UNIPEN's sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_POINTS = 6


def write_unipen(folder: Path, texts: Mapping[str, str], writers: int = 40) -> None:
    """Every writer records each character of each set once, as one stroke of six points.

    Args:
        folder: Gets a file for each set.
        texts: By the set's name, such as ``digits``, its characters.
        writers: How many; of forty some measure and the others train.
    """
    rng = np.random.default_rng(1)
    for name, characters in texts.items():
        labels = np.array(list(characters) * writers)
        count = _POINTS * len(labels)
        np.savez(
            folder / f"unipen_{name}.npz",
            labels=labels,
            points=rng.uniform(0, 60, size=(count, 2)).astype(np.float32),
            stroke_offsets=np.arange(0, count + 1, _POINTS),
            char_offsets=np.arange(len(labels) + 1),
            group=np.repeat(np.arange(writers), len(characters)),
            group_names=np.array([f"writer{i}" for i in range(writers)]),
        )
