"""Average the weights of line networks that were trained one after another.

Each went on where the one before ended, on newly drawn lines. Networks of one training lie in one
basin of the loss: the mean of their weights reads paper that none of them knows better than the
last one does (Izmailov et al., 2018; Wortsman et al., 2022), and takes no longer.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from export.run_folder import BEST_NAME, OtherRunError, claim, settings_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``python -m export average-lines``."""
    add = parser.add_argument
    add("runs", type=Path, nargs="+", help="trained runs, each begun with the one before")
    add("--run", type=Path, required=True, help="folder for their mean")


def run(args: argparse.Namespace) -> int:
    """Make a run of the mean; it can be converted, compared, and trained on."""
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    import keras

    settings = [settings_of(folder) for folder in args.runs]
    for before, after in itertools.pairwise(range(len(settings))):
        if settings[after].get("start") != settings[before]:
            print(
                f"average-lines: {args.runs[after]} did not begin with {args.runs[before]}: "
                "only networks of one training have a mean.",
                file=sys.stderr,
            )
            return 1
    try:
        claim(args.run, settings[-1] | {"averaged": len(settings)})
    except OtherRunError as error:
        print(f"average-lines: {error}", file=sys.stderr)
        return 1
    networks = [
        keras.saving.load_model(folder / "best.keras", compile=False) for folder in args.runs
    ]
    network: Any = networks[-1]
    network.set_weights(mean_weights([one.get_weights() for one in networks]))
    network.save_weights(args.run / BEST_NAME)
    network.save(args.run / "best.keras")
    return 0


def mean_weights(networks: Sequence[Sequence[NDArray[np.float32]]]) -> list[NDArray[np.float32]]:
    """The mean of each array over networks of one shape."""
    return [
        np.asarray(np.mean(arrays, axis=0, dtype=np.float64), dtype=np.float32)
        for arrays in zip(*networks, strict=True)
    ]
