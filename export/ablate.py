"""What each augmentation is worth: train without it, and count what goes wrong.

The networks are trained on MNIST and UNIPEN alone. They are scored on validation digits of those
two, and on the training parts of the sets that they never saw: an augmentation exists so that
other hands, pens and papers can be read. No test and no dev picture plays a part.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from export.train import add_network_arguments, compile_network

if TYPE_CHECKING:
    from export.augment import AugmentSettings
    from export.datasets import Samples

SEEN: Final = ("mnist", "unipen_digits")
EVERYTHING: Final = "everything"
SCORES_NAME: Final = "scores.json"


@dataclass(frozen=True, slots=True)
class Score:
    """What a network answers on some digits.

    Attributes:
        count: Digits asked.
        wrong: Wrong answers: another digit, or for what is no digit, "a digit".
        loss: Mean of the training loss, nats.
    """

    count: int
    wrong: int
    loss: float


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``python -m export ablate``."""
    add = parser.add_argument
    add("--data", type=Path, help="folder of MNIST's IDX files (default: Keras's own loader)")
    add("--single", type=Path, required=True, help="folder of the .npz sets of single characters")
    add("--strings", type=Path, required=True, help="folder that holds orand_car_a")
    add("--run", type=Path, default=Path("runs/ablate"), help="where the scores are kept")
    add("--epochs", type=int, default=9)
    add("--polish", type=int, default=3, help="epochs at the end that change pictures less")
    add("--samples", type=int, default=30_000, help="pictures an epoch")
    add_network_arguments(parser)
    add("--seeds", type=int, default=3, help="runs with everything, whose spread is the noise")


def run(args: argparse.Namespace) -> int:
    """Train with each augmentation left out in turn; an interrupted run goes on."""
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    from export.datasets import load_training, load_validation

    args.run.mkdir(parents=True, exist_ok=True)
    kept = args.run / SCORES_NAME
    scores: dict[str, dict[str, Any]] = json.loads(kept.read_text()) if kept.exists() else {}
    parts = load_training(args.data, args.single, args.strings, seed=1, drawings=0.5)
    unseen = [p for p in parts if p.labels.min() >= 0 and p.source not in SEEN]
    shown = [p for p in parts if p not in unseen]
    validation = load_validation(args.data, args.single, 1)
    for name, settings, seed in _variants(args.seeds):
        if name in scores:
            continue
        network = _train(args, shown, settings, seed)
        scores[name] = {
            part.source + " (unseen)" * (part in unseen): asdict(_score(network, part))
            for part in (*validation, *unseen)
        }
        kept.write_text(json.dumps(scores, indent=1))
        print(f"{name}: {scores[name]}", flush=True)
    print(as_table(scores))
    return 0


def _variants(seeds: int) -> Iterator[tuple[str, AugmentSettings, int]]:
    """Name, settings and seed of each run."""
    from export.augment import AugmentSettings

    full = AugmentSettings()
    for seed in range(1, seeds + 1):
        yield f"{EVERYTHING}, seed {seed}", full, seed
    for field in fields(full):
        yield f"without {field.name}", full.without(field.name), 1
    yield "nothing", full.gentler(0), 1


def _train(
    args: argparse.Namespace, parts: Sequence[Samples], settings: AugmentSettings, seed: int
) -> Any:
    import keras

    from export.batches import Batches, EpochPlan

    keras.utils.set_random_seed(seed)
    plan = EpochPlan(args.samples, args.batch, seed, args.epochs, args.polish)
    batches = Batches(parts, plan, settings)
    network = compile_network(args, steps=args.epochs * len(batches))
    on_epoch = keras.callbacks.LambdaCallback(
        on_epoch_begin=lambda epoch, logs: batches.draw_for(epoch)
    )
    network.fit(batches, epochs=args.epochs, verbose=2, callbacks=[on_epoch])
    return network


def _score(network: Any, part: Samples) -> Score:
    import numpy as np

    from export.architecture import digit_accuracy, digit_loss

    frames = part.frames[..., None].astype(np.float32) / np.float32(255)
    logits = network.predict(frames, batch_size=1000, verbose=0)
    right = int(np.asarray(digit_accuracy(part.labels, logits)).sum())
    loss = float(np.asarray(digit_loss(part.labels, logits)).mean())
    return Score(len(part), len(part) - right, loss)


def as_table(scores: dict[str, dict[str, Any]]) -> str:
    """A Markdown table: wrong answers of each run on each set, and the mean loss of the sets."""
    sets = list(next(iter(scores.values())))
    heads = [f"{name}, of {next(iter(scores.values()))[name]['count']:,}" for name in sets]
    lines = [f"| run | {' | '.join(heads)} | mean loss |", "|---" * (len(sets) + 2) + "|"]
    for run_name, by_set in scores.items():
        wrong = " | ".join(f"{by_set[name]['wrong']:,}" for name in sets)
        loss = sum(by_set[name]["loss"] for name in sets) / len(sets)
        lines.append(f"| {run_name} | {wrong} | {loss:.4f} |")
    return "\n".join(lines)
