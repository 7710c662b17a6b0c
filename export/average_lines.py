"""Average the weights of line networks that were trained one after another.

Each went on where the one before ended, on newly drawn lines, and lost a little of what that one
knew. Networks of one training lie in one basin of the loss; their mean keeps most of both
(Izmailov et al., 2018; Wortsman et al., 2022: docs/adr/0024-means-of-networks.md) and takes no
longer to read. The moving statistics of batch normalisation are averaged like weights.

The runs must be the folders that were trained: ``restore-lines`` gives a network whose weights are
set otherwise, though it answers alike.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from export.run_folder import (
    BEST_NAME,
    NETWORK_NAME,
    OtherRunError,
    blocks_of,
    claim,
    settings_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class NoMeanError(Exception):
    """The runs have no mean; the message says why."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``python -m export average-lines``."""
    add = parser.add_argument
    add("runs", type=Path, nargs="+", help="two or more, each begun with the one before")
    add("--run", type=Path, required=True, help="folder for their mean")


def run(args: argparse.Namespace) -> int:
    """Make a run of the mean; it can be converted, compared, and trained on."""
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    try:
        network, settings = _mean(args.runs)
        claim(args.run, settings)
    except (NoMeanError, OtherRunError) as error:
        print(f"average-lines: {error}", file=sys.stderr)
        return 1
    network.save_weights(args.run / BEST_NAME)
    network.save(args.run / NETWORK_NAME)
    return 0


def _mean(runs: Sequence[Path]) -> tuple[Any, dict[str, Any]]:
    """The mean of the runs' networks, and the settings of a run that ends with it.

    Raises:
        NoMeanError: they are no successive runs of one network, or one has not ended.
    """
    import keras

    if len(runs) < 2:
        raise NoMeanError("one run has no mean: name two or more.")
    settings = [settings_of(folder) for folder in runs]
    for (before, its), (after, theirs) in itertools.pairwise(zip(runs, settings, strict=True)):
        if theirs.get("start") != its or blocks_of(theirs) != blocks_of(its):
            raise NoMeanError(
                f"{after} did not go on from {before} with the same network: only networks of one "
                "training have a mean."
            )
    unfinished = [folder for folder in runs if not (folder / NETWORK_NAME).exists()]
    if unfinished:
        raise NoMeanError(f"{unfinished[0]} has not ended: train-lines goes on with it.")
    networks = [keras.saving.load_model(folder / NETWORK_NAME, compile=False) for folder in runs]
    network = networks[-1]
    network.set_weights(mean_weights([one.get_weights() for one in networks]))
    return network, settings[-1] | {"averaged": len(runs)}


def mean_weights(networks: Sequence[Sequence[NDArray[np.float32]]]) -> list[NDArray[np.float32]]:
    """The mean of each array over networks of one shape."""
    return [
        np.asarray(np.mean(arrays, axis=0, dtype=np.float64), dtype=np.float32)
        for arrays in zip(*networks, strict=True)
    ]
