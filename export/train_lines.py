"""Train the line reader's network: as a sequence or as a detector, on the same lines.

Epochs are short and take their lines from the pool that ``draw-lines`` made.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from export.run_folder import (
    BEST_NAME,
    BLOCKS,
    NETWORK_NAME,
    SETTINGS_NAME,
    OtherRunError,
    blocks_of,
    claim,
    settings_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from export.lines.targets import LineSample

_NO_PART_IN_TRAINING: Final = frozenset({"command", "execute", "run", "pool"})


class NoLinesError(Exception):
    """Nothing is left to train on; the message says what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``python -m export train-lines``."""
    add = parser.add_argument
    add("--pool", type=Path, default=Path("runs/line_pool"), help="what draw-lines made")
    add("--without", nargs="*", default=[], metavar="SET", help="sets of real lines to leave out")
    add("--run", type=Path, default=Path("runs/lines"), help="checkpoints and curves")
    add("--answer", choices=("sequence", "detection"), default="sequence")
    add(
        "--blocks",
        type=int,
        nargs=3,
        default=list(BLOCKS),
        metavar="STEPS",
        help="residual steps at a quarter and an eighth of the height, and of the columns",
    )
    add("--real", type=float, default=0.2, help="share of real lines in an epoch")
    add("--epochs", type=int, default=40)
    add("--samples", type=int, default=20_000, help="lines an epoch")
    add("--batch", type=int, default=32)
    add("--rate", type=float, default=1.5e-3, help="highest learning rate")
    add("--start", type=Path, help="an earlier run, whose network this one begins with")
    add(
        "--hardest",
        type=float,
        default=math.inf,
        help="leave out lines that the network of --start reads with a larger loss, nats a mark",
    )
    add("--seed", type=int, default=1)


def run(args: argparse.Namespace) -> int:
    """Train, or go on where an interrupted run stopped."""
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    from export.draw_lines import digest

    settings = {k: v for k, v in vars(args).items() if k not in _NO_PART_IN_TRAINING}
    if args.blocks == list(BLOCKS):
        del settings["blocks"]  # as in runs that knew no other
    if args.start:
        settings["start"] = settings_of(args.start)
    elif args.hardest < math.inf:
        print("train-lines: --hardest needs --start: a network that can tell.", file=sys.stderr)
        return 2
    settings["hardest"] = args.hardest if args.hardest < math.inf else None
    try:
        claim(args.run, settings | {"lines": digest(args.pool)})
        network = train(args)
    except NoLinesError as error:
        (args.run / SETTINGS_NAME).unlink()  # the folder stays free for another try
        print(f"train-lines: {error}", file=sys.stderr)
        return 1
    except OtherRunError as error:
        print(f"train-lines: {error}", file=sys.stderr)
        return 1
    network.save(args.run / NETWORK_NAME)
    return 0


def train(args: argparse.Namespace) -> Any:
    """The network of the best epoch by validation loss.

    Raises:
        NoLinesError: all drawn lines were left out as too hard.
    """
    import keras

    from export.batches import run_callbacks
    from export.lines.batches import LineBatches, LinePlan
    from export.lines.network import LOSSES, begin_with, build_line_network

    keras.utils.set_random_seed(args.seed)
    network = build_line_network(args.answer, blocks=args.blocks)
    drawn, real, validation = _load_lines(args)
    if args.start:
        earlier = build_line_network(args.answer, blocks=blocks_of(settings_of(args.start)))
        earlier.load_weights(args.start / BEST_NAME)
        begin_with(network, earlier)
        drawn, real = (_easier(network, lines, args) for lines in (drawn, real))
    if not drawn:
        raise NoLinesError(f"no drawn line costs less than {args.hardest}: raise --hardest.")
    print(f"{len(drawn)} drawn lines, {len(real)} real ones", flush=True)
    plan = LinePlan(args.samples, args.batch, args.seed, args.real)
    batches = LineBatches(drawn, real, plan, args.answer)
    measure = LineBatches(validation, [], LinePlan(len(validation), 32, 0, 0.0), args.answer)
    steps = args.epochs * len(batches)
    rate = keras.optimizers.schedules.CosineDecay(
        1e-5, steps, alpha=1e-3, warmup_target=args.rate, warmup_steps=steps // 20
    )
    network.compile(
        optimizer=keras.optimizers.AdamW(rate, weight_decay=0.02, clipnorm=5.0),
        loss=LOSSES[args.answer],
    )
    network.fit(
        batches,
        epochs=args.epochs,
        validation_data=measure,
        verbose=1 if sys.stdout.isatty() else 2,
        callbacks=run_callbacks(args.run, args.epochs, batches),
    )
    if (args.run / BEST_NAME).exists():
        network.load_weights(args.run / BEST_NAME)
    return network


def _easier(
    network: Any, lines: Sequence[LineSample], args: argparse.Namespace
) -> list[LineSample]:
    if args.hardest == math.inf:
        return list(lines)
    losses = line_losses(network, lines, args.answer)
    return [line for line, loss in zip(lines, losses, strict=True) if loss <= args.hardest]


def line_losses(network: Any, lines: Sequence[LineSample], answer: str) -> list[float]:
    """What each line costs the network as it is, nats a mark, its boxes aside.

    Lines that do not serve for this way of answering cost more than any.
    """
    from export.lines.batches import LineBatches, LinePlan
    from export.lines.network import LOSSES

    losses = {id(line): math.inf for line in lines}
    batches = LineBatches(lines, [], LinePlan(len(lines), 64, 0, 0.0), answer)
    for i in range(len(batches)):
        frames, truth = batches[i]
        truth[..., -1] = 0.0  # the boxes' weight
        found = LOSSES[answer](truth, network(frames, training=False))
        for line, loss in zip(batches.lines_of(i), np.asarray(found), strict=True):
            losses[id(line)] = float(loss)
    return list(losses.values())


def _load_lines(
    args: argparse.Namespace,
) -> tuple[list[LineSample], list[LineSample], list[LineSample]]:
    """Drawn lines, real lines, and those that choose the epoch.

    The drawn ones among the last are other texts on other papers, by the hands that also train.
    """
    from export.draw_lines import DRAWN, REAL, VALIDATION, file_of
    from export.lines.samples import load_samples

    sets = [name for name in REAL if name not in args.without]
    sets = [name for name in sets if file_of(args.pool, name).exists()]
    real = [line for name in sets for line in load_samples(file_of(args.pool, name))]
    validation = load_samples(file_of(args.pool, VALIDATION))
    for name in sets:
        validation += load_samples(file_of(args.pool, f"{VALIDATION}_{name}"))
    return load_samples(file_of(args.pool, DRAWN)), real, validation
