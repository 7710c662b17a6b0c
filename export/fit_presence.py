"""Fit anew whether ink is a digit at all: strange ink among what is none, nothing else changed."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from export import card
from export.presence import Head, features_of, with_head
from export.strange_samples import KINDS, load_strange
from export.to_onnx import run_onnx
from model.card import CARD_NAME, WEIGHTS_FOLDER, Calibration
from model.decode import to_confidence

if TYPE_CHECKING:
    from export.datasets import Samples

UNITS: Final = 32
EPOCHS: Final = 12
MOST_OF_A_SET: Final = 20_000
"""Frames that a set gives, so that MNIST does not outweigh all others."""

STRANGE: Final = 9_000
HELD_BACK_STRANGE: Final = 1_500
SHARES: Final = {"digits": 0.75, "others": 0.17, "strange": 0.08}
"""What each kind counts in the loss."""

_KIND: Final = {True: "digits", False: "others"}
_GENTLE: Final = 0.5
_RATE: Final = 3e-3
_BATCH: Final = 512


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``python -m export fit-presence``."""
    add = parser.add_argument
    add("--weights", type=Path, default=WEIGHTS_FOLDER, help="the network and its card")
    add("--data", type=Path, help="folder of MNIST's IDX files (default: Keras's own loader)")
    add("--single", type=Path, required=True, help="folder of the .npz sets of single characters")
    add("--strings", type=Path, help="folder that holds orand_car_a")
    add("--cuts", type=Path, help="file that cut-lines made")
    add("--drawings", type=float, default=0.5, help="share of a training's drawn frames")
    add("--strange", type=int, default=STRANGE, help="frames of each kind of strange ink")
    add("--seed", type=int, default=1)


def run(args: argparse.Namespace) -> int:
    """Fit the head, check that the digits' answers stay, calibrate and write the card anew."""
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    from export.datasets import load_training

    facts = json.loads((args.weights / CARD_NAME).read_text(encoding="utf-8"))
    content = (args.weights / facts["file"]).read_bytes()
    rng = np.random.default_rng(args.seed)
    sources = args.data, args.single, args.strings
    parts = load_training(*sources, seed=args.seed, drawings=args.drawings, cuts=args.cuts)
    parts += load_strange(args.single, args.strange, rng, held_back=False)
    head = fit_head(content, parts, seed=args.seed)
    version = f"{time.strftime('%Y.%m.%d')}-{_digest(content, head)}"
    fitted = with_head(content, head, version)
    counts = Counter[str]()
    for part in parts:
        counts[part.source] += len(part)
    told = {"command": " ".join(sys.argv[1:]), "parameters": head.parameters}
    told |= {"samples": dict(counts)}
    try:
        written = _describe(args, facts, (content, fitted), told)
    except ValueError as error:
        print(f"fit-presence: {error}", file=sys.stderr)
        return 1
    (args.weights / facts["file"]).write_bytes(fitted)
    card.write(args.weights, replace(written, version=version))
    return 0


def fit_head(content: bytes, parts: Sequence[Samples], *, seed: int) -> Head:
    """A head on what a committee sees in frames, changed as in its training.

    Args:
        content: The committee's ONNX file.
        parts: Digits, what is none, and strange ink.
        seed: Decides which frames are shown, how they are changed, and where the fit begins.
    """
    import keras

    from export.augment import AugmentSettings, augment_batch

    rng = np.random.default_rng(seed)
    settings = AugmentSettings().gentler(_GENTLE)
    features, kinds = [], []
    for name in dict.fromkeys(part.source for part in parts):
        frames = np.concatenate([part.frames for part in parts if part.source == name])
        labels = np.concatenate([part.labels for part in parts if part.source == name])
        some = rng.permutation(len(frames))[:MOST_OF_A_SET]
        changed = [
            augment_batch(frames[some[i : i + _BATCH]], rng, settings)[..., 0]
            for i in range(0, len(some), _BATCH)
        ]
        features.append(features_of(content, np.concatenate(changed)))
        kinds += ["strange" if name in KINDS else _KIND[label >= 0] for label in labels[some]]
    inputs, names = np.concatenate(features), np.array(kinds)
    mean, spread = inputs.mean(axis=0), inputs.std(axis=0) + 1e-6
    weights = np.zeros(len(names), np.float32)
    for kind, share in SHARES.items():
        chosen = names == kind
        weights[chosen] = share * len(names) / max(1, int(chosen.sum()))

    keras.utils.set_random_seed(seed)
    seen = keras.Input((inputs.shape[1],))
    hidden = keras.layers.Dropout(0.1)(keras.layers.Dense(UNITS, "relu")(seen))
    network = keras.Model(seen, keras.layers.Dense(1)(hidden))
    steps = EPOCHS * -(-len(names) // _BATCH)
    rate = keras.optimizers.schedules.CosineDecay(_RATE, steps)
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    network.compile(keras.optimizers.AdamW(rate, weight_decay=0.01), loss)
    truth = (names == "digits").astype(np.float32)
    standing = (inputs - mean) / spread
    network.fit(standing, truth, sample_weight=weights, batch_size=_BATCH, epochs=EPOCHS, verbose=2)
    into, bias, out, out_bias = network.get_weights()
    return Head(into / spread[:, None], bias - (mean / spread) @ into, out, out_bias)


def _describe(
    args: argparse.Namespace,
    facts: dict[str, Any],
    contents: tuple[bytes, bytes],
    told: dict[str, Any],
) -> card.Facts:
    """The card of the second file, which has to say of digits what the first one says.

    Raises:
        ValueError: it says something else.
    """
    from export import calibrate
    from export.datasets import load_line_cuts, load_mnist, load_validation

    test = load_mnist(args.data, "t10k")
    before, logits = (run_onnx(one, _as_floats(test)) for one in contents)
    if not np.array_equal(before[:, :-1], logits[:, :-1]):
        raise ValueError("the digits' logits are others than before")
    rng = np.random.default_rng(args.seed + 1)
    count = min(HELD_BACK_STRANGE, args.strange)
    strange = load_strange(args.single, count, rng, held_back=True)
    chosen = [*load_validation(args.data, args.single, facts["training"][0]["seed"]), *strange]
    calibration, fit = calibrate.fit_calibration(contents[1], chosen)
    measured = facts["measured"] | card.measure(logits, test.labels) | fit
    if args.cuts is not None:
        cuts = load_line_cuts(args.cuts, held_back=True)
        measured |= card.measure_cuts(run_onnx(contents[1], _as_floats(cuts)), cuts.labels)
    levels = Calibration(**facts["calibration"]), calibration
    told["strange"] = {
        part.source: [
            _count_accepted(run_onnx(content, _as_floats(part)), level)
            for content, level in zip(contents, levels, strict=True)
        ]
        for part in strange
    }
    told["strange_of_each"] = count
    before_parameters = (
        facts["parameters"] - (facts.get("presence") or {"parameters": 0})["parameters"]
    )
    return card.Facts(
        version="",
        file=facts["file"],
        sha256=hashlib.sha256(contents[1]).hexdigest(),
        calibration=calibration,
        parameters=before_parameters + told["parameters"],
        largest_difference=facts["largest_difference"],
        measured=measured,
        training=facts["training"],
        presence=told,
    )


def _count_accepted(logits: NDArray[np.float32], calibration: Calibration) -> int:
    confidence = to_confidence(logits, calibration).max(axis=1)
    return int((confidence >= calibration.accept_above).sum())


def _as_floats(part: Samples) -> NDArray[np.float32]:
    return part.frames.astype(np.float32) / np.float32(255)


def _digest(content: bytes, head: Head) -> str:
    """Eight hexadecimal digits that differ where the committee or the head does."""
    whole = hashlib.sha256(content)
    for part in (head.weights, head.bias, head.out_weights, head.out_bias):
        whole.update(np.ascontiguousarray(part).tobytes())
    return whole.hexdigest()[:8]
