"""Train the digit network, convert it, verify it and write its card.

What this must reproduce, of 10,000 MNIST test images: see ``model/weights/CARD.md``, which the
last run wrote. The test images are read after training, by ``to_onnx``; the epoch is chosen by
validation pictures alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from export.run_folder import BEST_NAME, NETWORK_NAME, OtherRunError, claim, read_curves

QUICK_SAMPLES: Final = 12_000
QUICK_DRAWINGS: Final = 0.1

_NO_PART_IN_TRAINING: Final = frozenset(
    {
        *("command", "execute", "run", "weights", "committee", "no_convert"),
        *("data", "single", "strings", "cuts"),
    }
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``python -m export train``."""
    add = parser.add_argument
    add("--data", type=Path, help="folder of MNIST's IDX files (default: Keras's own loader)")
    add("--single", type=Path, help="folder of the .npz sets of single characters")
    add("--strings", type=Path, help="folder that holds orand_car_a")
    add("--cuts", type=Path, help="file that cut-lines made")
    add("--run", type=Path, default=Path("runs/digits"), help="checkpoints, curves, pictures")
    add("--weights", type=Path, default=Path("model/weights"), help="where the network is shipped")
    add("--epochs", type=int, default=44)
    add("--polish", type=int, default=12, help="epochs at the end that change pictures less")
    add("--samples", type=int, default=68_000, help="pictures an epoch")
    add_network_arguments(parser)
    add("--seed", type=int, default=1)
    add("--without", metavar="CHANGE", help="leave one augmentation out, to measure its worth")
    add(
        "--committee",
        action="store_true",
        help="train every member of what ships, in turn;"
        " each has its own --epochs, --polish, --widths, --stem and --seed",
    )
    add("--quick", action="store_true", help="two minutes on a small share, to try the path")
    add("--no-convert", action="store_true", help="stop after training")


def add_network_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``compile_network`` goes by."""
    add = parser.add_argument
    add("--batch", type=int, default=256)
    add("--widths", type=int, nargs=3, default=[32, 64, 96], help="channels of the three sizes")
    add("--stem", choices=("wide", "deep", "pooled"), default="wide", help="how the network begins")
    add("--rate", type=float, default=2e-3, help="highest learning rate")


def run(args: argparse.Namespace) -> int:
    """Train, or go on where an interrupted run stopped; then convert in a process of its own.

    A committee's members have their own build, length and seed, and a folder each.
    """
    # Chosen before Keras is imported; TensorFlow trains 2 to 3 times faster than the others on a
    # processor, JAX on a graphics card.
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    from export.datasets import load_line_cuts

    members = committee_of(args) if args.committee else [args]
    try:
        for held_back in (False, True) if args.cuts is not None else ():
            load_line_cuts(args.cuts, held_back=held_back)
        for member in members:
            if args.quick:
                member.epochs, member.samples, member.widths = 2, QUICK_SAMPLES, [16, 32, 48]
            claim(member.run, _settings(member))
    except (OtherRunError, OSError, ValueError) as error:
        print(f"train: {error}", file=sys.stderr)
        return 1
    for member in members:
        network, history = train(member)
        network.save(member.run / NETWORK_NAME)
        (member.run / "history.json").write_text(json.dumps(history, indent=1))
    return 0 if args.no_convert else _convert(args, [member.run for member in members])


def committee_of(args: argparse.Namespace) -> list[argparse.Namespace]:
    """The arguments of each member of what ships, which trains in a folder of its own."""
    from export.committee import COMMITTEE

    members = []
    for member in COMMITTEE:
        own = {**asdict(member), "widths": list(member.widths), "run": args.run / member.stem}
        members.append(argparse.Namespace(**{**vars(args), **own}))
    return members


def train(args: argparse.Namespace) -> tuple[Any, dict[str, list[float]]]:
    """The network of the best epoch by validation loss, and the curves of every epoch."""
    import keras

    from export.augment import AugmentSettings
    from export.batches import Batches, EpochPlan, as_arrays, run_callbacks
    from export.datasets import load_training, load_validation

    keras.utils.set_random_seed(args.seed)
    drawings = QUICK_DRAWINGS if args.quick else 1.0
    parts = load_training(
        args.data,
        args.single,
        args.strings,
        seed=args.seed,
        drawings=drawings,
        cuts=args.cuts,
    )
    counts = Counter[str]()
    for part in parts:
        counts[part.source] += len(part)
    print(dict(counts), flush=True)
    settings = AugmentSettings()
    settings = settings.without(args.without) if args.without else settings
    plan = EpochPlan(args.samples, args.batch, args.seed, args.epochs, args.polish)
    batches = Batches(parts, plan, settings)
    network = compile_network(args, steps=args.epochs * len(batches))
    network.fit(
        batches,
        epochs=args.epochs,
        validation_data=as_arrays(load_validation(args.data, args.single, args.seed)),
        validation_batch_size=1024,
        verbose=1 if sys.stdout.isatty() else 2,
        callbacks=run_callbacks(args.run, args.epochs, batches),
    )
    if (args.run / BEST_NAME).exists():
        network.load_weights(args.run / BEST_NAME)
    _write_facts(args, dict(counts))
    return network, read_curves(args.run)


def compile_network(args: argparse.Namespace, *, steps: int) -> Any:
    """The network with its loss; the learning rate rises for a twentieth, then falls."""
    import keras

    from export.architecture import build_network, digit_accuracy, digit_loss

    network = build_network(tuple(args.widths), args.stem)
    rate = keras.optimizers.schedules.CosineDecay(
        1e-5, steps, alpha=1e-3, warmup_target=args.rate, warmup_steps=steps // 20
    )
    optimizer = keras.optimizers.AdamW(rate, weight_decay=0.02)
    network.compile(optimizer=optimizer, loss=digit_loss, metrics=[digit_accuracy])
    return network


def _settings(args: argparse.Namespace) -> dict[str, Any]:
    """What decides the outcome of a run, beside the data."""
    settings = {k: v for k, v in vars(args).items() if k not in _NO_PART_IN_TRAINING}
    cuts = args.cuts and hashlib.sha256(args.cuts.read_bytes()).hexdigest()
    return settings | {"cuts": cuts}


def _write_facts(args: argparse.Namespace, counts: dict[str, int]) -> None:
    """What the model card has to tell of the training."""
    import keras

    orand = args.strings / "orand_car_a" if args.strings is not None else None
    facts = {
        "command": " ".join(sys.argv[1:]),
        "backend": f"{keras.backend.backend()}, Keras {keras.__version__}",
        "seed": args.seed,
        "samples": counts,
        "hashes": _hash_files(args.data, args.single, orand, args.cuts),
        "finished": time.strftime("%Y-%m-%d"),
    }
    (args.run / "facts.json").write_text(json.dumps(facts, indent=1))


def _hash_files(*places: Path | None) -> dict[str, str]:
    """SHA-256 of these files, and of those in these folders that training opens, by name."""
    files = sorted(
        file
        for place in places
        if place
        for file in ([place] if place.is_file() else filter(_trains, place.iterdir()))
    )
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def _trains(file: Path) -> bool:
    from export.datasets import SMALL_SETS

    return file.stem.startswith(("train-", "unipen_", *SMALL_SETS)) or file.name == "labels.tsv"


def _convert(args: argparse.Namespace, runs: Sequence[Path]) -> int:
    """Only the TensorFlow backend converts to ONNX equal to Keras within 1e-5."""
    command = [sys.executable, "-m", "export", "convert", "--weights", str(args.weights)]
    command += ["--run", *(str(run) for run in runs)]
    if args.data is not None:
        command += ["--data", str(args.data)]
    if args.single is not None:
        command += ["--single", str(args.single)]
    if args.cuts is not None:
        command += ["--cuts", str(args.cuts)]
    environment = {**os.environ, "KERAS_BACKEND": "tensorflow"}
    return subprocess.run(command, env=environment, check=False).returncode
