"""What each part of the drawn lines is worth to the line network: draw and train without it.

The networks, of half the shipped ones' width, are trained on drawn lines alone, and read the real
lines that train or validate elsewhere: paper that they never saw. No dev picture plays a part.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from export.draw_lines import DRAWING
from export.lines.parts import NOTHING, Part
from export.run_folder import OtherRunError, claim

if TYPE_CHECKING:
    from export.lines.targets import LineSample

EVERYTHING: Final = "everything"
WARP: Final = "warp"
"""Beside the parts of the drawing: the change of each line each time that it is shown."""
PARTS: Final = (*map(str, Part), WARP)

SCORES_NAME: Final = "scores.json"
_WIDTHS: Final = (16, 24, 48, 72)
_RATE: Final = 2e-3
_BATCH: Final = 32
_VALIDATION_SEED: Final = 1_000_033
_VALIDATION_LINES: Final = 1_000


@dataclass(frozen=True, slots=True)
class Variant:
    """One network to be trained.

    Attributes:
        name: In the table.
        without: Parts of the drawing that are left out.
        warps: Whether lines are changed each time that they are shown.
        seed: Of its lines and its weights.
    """

    name: str
    without: frozenset[Part]
    warps: bool
    seed: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``python -m export ablate-lines``."""
    from export.draw_lines import add_source_arguments

    add_source_arguments(parser)
    add = parser.add_argument
    add("--run", type=Path, default=Path("runs/ablate_lines"), help="where the scores are kept")
    add("--lines", type=int, default=15_000, help="drawn lines, and lines an epoch")
    add("--epochs", type=int, default=10)
    add("--seeds", type=int, default=2, help="runs with everything, whose spread is the noise")
    add(
        "--parts",
        nargs="*",
        default=PARTS,
        metavar="PART",
        help=f"to leave out in turn; several at once are joined by a +: {', '.join(PARTS)}",
    )


def run(args: argparse.Namespace) -> int:
    """Draw and train with each part left out in turn; an interrupted run goes on."""
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    if not args.strings:
        print("ablate-lines: --strings has to name the real lines to read.", file=sys.stderr)
        return 2
    try:
        variants = list(_variants(args.seeds, args.parts))
    except ValueError as error:
        print(f"ablate-lines: {error}; the parts are {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    settings = {"lines": args.lines, "epochs": args.epochs, "drawing": DRAWING}
    try:
        claim(args.run, settings)
    except OtherRunError as error:
        print(f"ablate-lines: {error}", file=sys.stderr)
        return 1
    kept = args.run / SCORES_NAME
    scores: dict[str, dict[str, Any]] = json.loads(kept.read_text()) if kept.exists() else {}
    unseen = _load_unseen(args)
    for variant in variants:
        if variant.name in scores:
            continue
        scores[variant.name] = _score(args, variant, unseen)
        kept.write_text(json.dumps(scores, indent=1))
        print(f"{variant.name}: {scores[variant.name]}", flush=True)
    print(as_table(scores))
    return 0


def _variants(seeds: int, parts: Sequence[str]) -> Iterator[Variant]:
    for seed in range(1, seeds + 1):
        yield Variant(f"{EVERYTHING}, seed {seed}", NOTHING, warps=True, seed=seed)
    for part in parts:
        names = part.split("+")
        without = frozenset(Part(name) for name in names if name != WARP)
        yield Variant(f"without {', '.join(names)}", without, warps=WARP not in names, seed=1)


def _load_unseen(args: argparse.Namespace) -> dict[str, list[LineSample]]:
    """The real lines but those that measure, framed as they are."""
    from export.draw_lines import REAL
    from export.lines.disputed_labels import DisputedLabels
    from export.lines.samples import to_sample

    disputed = DisputedLabels.load()
    return {
        name: [to_sample(one) for one in disputed.corrected(name, load(args.strings / name))]
        for name, (load, _) in REAL.items()
        if (args.strings / name).exists()
    }


def _score(
    args: argparse.Namespace, variant: Variant, unseen: Mapping[str, Sequence[LineSample]]
) -> dict[str, Any]:
    """What a network that learned from such lines reads; all of them see the same validation."""
    from export.compare_lines import score_lines
    from export.lines.samples import Source, draw_samples
    from export.splits import MNIST_TRAINS

    whole = Source(args.mnist, args.single, MNIST_TRAINS)
    part = Source(args.mnist, args.single, MNIST_TRAINS, variant.without)
    drawn = draw_samples(part, count=args.lines, seed=variant.seed)
    network = _train(args, variant, drawn)
    held = draw_samples(whole, count=min(_VALIDATION_LINES, args.lines), seed=_VALIDATION_SEED)
    return {
        name: asdict(score_lines(network, "sequence", lines))
        for name, lines in {"drawn": held, **unseen}.items()
    }


def _train(args: argparse.Namespace, variant: Variant, drawn: Sequence[LineSample]) -> Any:
    import keras

    from export.lines.batches import LineBatches, LinePlan
    from export.lines.network import LOSSES, build_line_network

    keras.utils.set_random_seed(variant.seed)
    network = build_line_network("sequence", _WIDTHS)
    plan = LinePlan(args.lines, _BATCH, variant.seed, real=0.0, warps=variant.warps)
    batches = LineBatches(drawn, [], plan, "sequence")
    steps = args.epochs * len(batches)
    rate = keras.optimizers.schedules.CosineDecay(
        1e-5, steps, alpha=1e-3, warmup_target=_RATE, warmup_steps=steps // 20
    )
    network.compile(
        optimizer=keras.optimizers.AdamW(rate, weight_decay=0.02, clipnorm=5.0),
        loss=LOSSES["sequence"],
    )
    on_epoch = keras.callbacks.LambdaCallback(
        on_epoch_begin=lambda epoch, logs: batches.draw_for(epoch)
    )
    network.fit(batches, epochs=args.epochs, verbose=2, callbacks=[on_epoch])
    return network


def as_table(scores: Mapping[str, Mapping[str, Any]]) -> str:
    """A Markdown table: the lines that each network reads exactly."""
    first = next(iter(scores.values()))
    heads = [f"{name}, of {score['count']:,}" for name, score in first.items()]
    lines = [f"| drawn lines | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    for name, by_set in scores.items():
        told = " | ".join(f"{score['exact']:,}" for score in by_set.values())
        lines.append(f"| {name} | {told} |")
    return "\n".join(lines)
