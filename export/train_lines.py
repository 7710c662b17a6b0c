"""Train the line reader's network: as a sequence or as a detector, on the same lines.

Epochs are short and drawn from a pool of lines that is itself drawn from a seed; the pool is kept
beside the run, so that an interrupted run goes on at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from export.run_folder import BEST_NAME, OtherRunError, claim

if TYPE_CHECKING:
    from export.lines.targets import LineSample

POOL_NAME: Final = "pool.npz"
MNIST_TRAINS: Final = 55_000
"""Of MNIST's 60,000 training images; the last 5,000 validate."""

_NO_PART_IN_TRAINING: Final = frozenset({"command", "execute", "run", "mnist", "single", "strings"})
_VALIDATION_SEED: Final = 1_000_003


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``python -m export train-lines``."""
    add = parser.add_argument
    add("--mnist", type=Path, required=True, help="folder of MNIST's IDX files")
    add("--single", type=Path, required=True, help="folder of the .npz sets of single characters")
    add("--strings", type=Path, help="folder that holds orand_car_a; without it, only drawn lines")
    add("--run", type=Path, default=Path("runs/lines"), help="checkpoints, curves, the pool")
    add("--answer", choices=("sequence", "detection"), default="sequence")
    add("--lines", type=int, default=60_000, help="drawn lines in the pool")
    add("--real", type=float, default=0.1, help="share of real lines in an epoch")
    add("--epochs", type=int, default=40)
    add("--samples", type=int, default=20_000, help="lines an epoch")
    add("--batch", type=int, default=32)
    add("--rate", type=float, default=1.5e-3, help="highest learning rate")
    add("--seed", type=int, default=1)


def run(args: argparse.Namespace) -> int:
    """Train, or go on where an interrupted run stopped."""
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    settings = {k: v for k, v in vars(args).items() if k not in _NO_PART_IN_TRAINING}
    try:
        claim(args.run, settings | {"real lines": args.strings is not None})
    except OtherRunError as error:
        print(f"train-lines: {error}", file=sys.stderr)
        return 1
    network = train(args)
    network.save(args.run / "best.keras")
    return 0


def train(args: argparse.Namespace) -> Any:
    """The network of the best epoch by validation loss."""
    import keras

    from export.batches import run_callbacks
    from export.lines.batches import LineBatches, LinePlan
    from export.lines.network import LOSSES, build_line_network

    keras.utils.set_random_seed(args.seed)
    drawn, real, validation = _load_lines(args)
    print(f"{len(drawn)} drawn lines, {len(real)} real ones", flush=True)
    plan = LinePlan(args.samples, args.batch, args.seed, args.real if real else 0.0)
    batches = LineBatches(drawn, real, plan, args.answer)
    measure = LineBatches(validation, [], LinePlan(len(validation), 32, 0, 0.0), args.answer)
    steps = args.epochs * len(batches)
    rate = keras.optimizers.schedules.CosineDecay(
        1e-5, steps, alpha=1e-3, warmup_target=args.rate, warmup_steps=steps // 20
    )
    network = build_line_network(args.answer)
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


def _load_lines(
    args: argparse.Namespace,
) -> tuple[list[LineSample], list[LineSample], list[LineSample]]:
    """Drawn lines, real lines, and those that choose the epoch: drawn of other writing."""
    import numpy as np

    from export.lines.real import load_orand
    from export.lines.samples import Source, draw_samples, load_samples, save_samples, to_sample

    source = Source(args.mnist, args.single, MNIST_TRAINS)
    pool = args.run / POOL_NAME
    if not pool.exists():
        save_samples(pool, draw_samples(source, count=args.lines, seed=args.seed))
    # Each real line is shown in several sizes and places, as the line finder errs.
    rng = np.random.default_rng(args.seed)
    orand = load_orand(args.strings / "orand_car_a") if args.strings is not None else []
    real = [to_sample(picture, rng) for picture in orand for _ in range(4)]
    validation = draw_samples(source, count=min(2_000, args.lines), seed=_VALIDATION_SEED)
    return load_samples(pool), real, validation
