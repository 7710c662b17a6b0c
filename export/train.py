"""Train the digit network, convert it, verify it and write its card.

What this must reproduce, of 10,000 MNIST test images: see ``model/weights/CARD.md``, which the
last run wrote. The test images are read once, after training, by ``to_onnx``; the epoch is chosen
by validation pictures alone.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final

QUICK_SAMPLES: Final = 12_000
QUICK_DRAWINGS: Final = 0.1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``python -m export train``."""
    add = parser.add_argument
    add("--data", type=Path, help="folder of MNIST's IDX files (default: Keras's own loader)")
    add("--single", type=Path, help="folder of the .npz sets of single characters")
    add("--strings", type=Path, help="folder that holds orand_car_a")
    add("--run", type=Path, default=Path("runs/digits"), help="checkpoints, curves, pictures")
    add("--weights", type=Path, default=Path("model/weights"), help="where the network is shipped")
    add("--epochs", type=int, default=50)
    add("--batch", type=int, default=256)
    add("--samples", type=int, default=60_000, help="pictures an epoch")
    add("--widths", type=int, nargs=3, default=[32, 64, 96], help="channels of the three sizes")
    add("--rate", type=float, default=2e-3, help="highest learning rate")
    add("--seed", type=int, default=1)
    add("--without", metavar="CHANGE", help="leave one augmentation out, to measure its worth")
    add("--quick", action="store_true", help="two minutes on a small share, to try the path")
    add("--no-convert", action="store_true", help="stop after training")


def run(args: argparse.Namespace) -> int:
    """Train, or go on where an interrupted run stopped; then convert in a process of its own."""
    # Chosen before Keras is imported; TensorFlow trains 2 to 3 times faster than the others on a
    # processor, JAX on a graphics card.
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    if args.quick:
        args.epochs, args.samples, args.widths = 2, QUICK_SAMPLES, [16, 32, 48]
    args.run.mkdir(parents=True, exist_ok=True)
    network, history = train(args)
    network.save(args.run / "best.keras")
    (args.run / "history.json").write_text(json.dumps(history, indent=1))
    if args.no_convert:
        return 0
    return _convert(args)


def train(args: argparse.Namespace) -> tuple[Any, dict[str, list[float]]]:
    """The network of the best epoch by validation loss, and the curves of every epoch."""
    import keras

    from export.architecture import build_network, digit_accuracy, digit_loss
    from export.augment import AugmentSettings
    from export.batches import Batches, EpochPlan, TimeLeft, as_arrays
    from export.datasets import hash_files, load_training, load_validation

    keras.utils.set_random_seed(args.seed)
    parts = load_training(
        args.data,
        args.single,
        args.strings,
        seed=args.seed,
        drawings=QUICK_DRAWINGS if args.quick else 1.0,
    )
    chosen = load_validation(args.data, args.single, args.seed)
    counts = Counter[str]()
    for part in parts:
        counts[part.source] += len(part)
    print(dict(counts), flush=True)
    settings = AugmentSettings()
    settings = settings.without(args.without) if args.without else settings
    batches = Batches(parts, EpochPlan(args.samples, args.batch, args.seed), settings)
    network = build_network(tuple(args.widths))
    steps = args.epochs * len(batches)
    rate = keras.optimizers.schedules.CosineDecay(
        1e-5, steps, alpha=1e-3, warmup_target=args.rate, warmup_steps=steps // 20
    )
    network.compile(
        optimizer=keras.optimizers.AdamW(rate, weight_decay=0.02),
        loss=digit_loss,
        metrics=[digit_accuracy],
    )
    best = args.run / "best.weights.h5"
    log = args.run / "epochs.csv"
    network.fit(
        batches,
        epochs=args.epochs,
        validation_data=as_arrays(chosen),
        validation_batch_size=1024,
        verbose=1 if sys.stdout.isatty() else 2,
        callbacks=[
            keras.callbacks.BackupAndRestore(str(args.run / "checkpoint"), delete_checkpoint=False),
            keras.callbacks.ModelCheckpoint(
                str(best),
                "val_loss",
                save_best_only=True,
                save_weights_only=True,
                initial_value_threshold=_best_so_far(log) if best.exists() else None,
            ),
            keras.callbacks.CSVLogger(str(log), append=True),
            TimeLeft(args.epochs),
        ],
    )
    if best.exists():
        network.load_weights(best)
    facts = {
        "command": " ".join(sys.argv[1:]),
        "backend": f"{keras.backend.backend()}, Keras {keras.__version__}",
        "seed": args.seed,
        "samples": dict(counts),
        "hashes": hash_files(args.data, args.single, args.strings and args.strings / "orand_car_a"),
        "finished": time.strftime("%Y-%m-%d"),
    }
    (args.run / "facts.json").write_text(json.dumps(facts, indent=1))
    return network, read_curves(log)


def _best_so_far(log: Path) -> float | None:
    """The lowest validation loss of an interrupted run: a worse epoch must not replace its best."""
    return min(read_curves(log)["val_loss"]) if log.exists() and log.stat().st_size else None


def read_curves(log: Path) -> dict[str, list[float]]:
    """Each curve of the log that Keras wrote, by its name."""
    with log.open(newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: [float(row[name]) for row in rows] for name in rows[0]}


def _convert(args: argparse.Namespace) -> int:
    """Only the TensorFlow backend converts to ONNX equal to Keras within 1e-5."""
    command = [sys.executable, "-m", "export", "convert", "--run", str(args.run)]
    command += ["--weights", str(args.weights)]
    if args.data is not None:
        command += ["--data", str(args.data)]
    if args.single is not None:
        command += ["--single", str(args.single)]
    environment = {**os.environ, "KERAS_BACKEND": "tensorflow"}
    return subprocess.run(command, env=environment, check=False).returncode
