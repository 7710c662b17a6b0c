"""Turn trained line networks into what ships: ONNX files, checked against Keras, and their card.

How they answer together with the digit network is fitted on validation lines and characters.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from export.line_card import Facts, seen_sets
from export.line_card import write as write_card
from export.lines.fit_share import UNFITTED
from export.lines.fitting_pictures import Folders, fitting_pictures
from export.lines.fusion import fit_fusion, read_pictures
from export.lines.targets import LineSample
from export.run_folder import NETWORK_NAME, settings_of
from export.to_onnx import LARGEST_DIFFERENCE, write_onnx
from model.line_card import LINE_CARD_NAME
from model.line_frame import LINE_HEIGHT
from model.marks import MARKS

if TYPE_CHECKING:
    from model.line_card import Fusion

NETWORK_FILE: Final = "lines.onnx"
SECOND_FILE: Final = "lines_2.onnx"
_CHECKED: Final = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``python -m export convert-lines``."""
    add = parser.add_argument
    add("--run", type=Path, default=Path("runs/lines"), help="a trained run")
    add("--second", type=Path, help="the run of a network that is asked in doubt")
    add("--pool", type=Path, default=Path("runs/line_pool"), help="what draw-lines made")
    add("--mnist", type=Path, help="folder of MNIST's IDX files")
    add("--single", type=Path, help="folder of the .npz sets of single characters")
    add("--strings", type=Path, help="folder of the sets of real lines")
    add("--weights", type=Path, help="where the network is shipped; without it, it is only checked")
    add(
        "--refit",
        action="store_true",
        help="take the networks that --weights holds, and fit anew only how they answer together",
    )
    add("--lines", type=int, default=2_000, help="drawn lines to fit on")
    add(
        "--rounds", type=int, default=2, help="how often they are fitted, each time on the last fit"
    )


def run(args: argparse.Namespace) -> int:
    """Convert, verify, fit and describe; nothing is shipped where the check fails."""
    os.environ["KERAS_BACKEND"] = "tensorflow"  # the others convert to another graph
    if args.weights and not (args.mnist and args.single and args.strings):
        print("convert-lines: --weights needs --mnist, --single and --strings.", file=sys.stderr)
        return 2
    if args.refit and not args.weights:
        print("convert-lines: --refit needs --weights: whose networks to fit.", file=sys.stderr)
        return 2
    if args.refit:
        _ship(args, _shipped(args.weights))
        return 0
    for folder in (args.run, args.second) if args.weights else ():
        if folder and settings_of(folder)["answer"] != "sequence":
            print(
                f"convert-lines: {folder} is no sequence: the reader takes none.", file=sys.stderr
            )
            return 2
    networks = [_convert(args.run, args.pool, NETWORK_FILE)]
    if args.second:
        networks.append(_convert(args.second, args.pool, SECOND_FILE))
    if args.weights:
        _ship(args, networks)
    return 0


def _convert(run: Path, pool: Path, name: str) -> tuple[bytes, Facts]:
    """The network as ONNX in the folder of its run, equal to Keras's.

    Args:
        run: A trained run.
        pool: Whose validation lines it is compared on.
        name: Of the file that it ships in.

    Raises:
        ValueError: it differs.
    """
    import keras

    from export.draw_lines import VALIDATION, file_of
    from export.lines.samples import load_samples

    network = keras.saving.load_model(run / NETWORK_NAME, compile=False)
    lines = load_samples(file_of(pool, VALIDATION))[:_CHECKED]
    version = f"{datetime.now(UTC):%Y.%m.%d}-{_hash(network)}"
    told = {"version": version, "marks": MARKS, "line_height": str(LINE_HEIGHT)}
    rough = run / f"{NETWORK_FILE}.part"
    content = write_onnx(network, (LINE_HEIGHT, 10 * LINE_HEIGHT), rough, told)
    difference = largest_difference(network, content, lines)
    if difference > LARGEST_DIFFERENCE:
        raise ValueError(f"onnxruntime and Keras differ by {difference:.1e}")
    rough.rename(run / NETWORK_FILE)
    print(f"{len(content):,} bytes; largest {difference=:.1e} on {len(lines)} lines", flush=True)
    return content, Facts(
        version=version,
        file=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        parameters=int(network.count_params()),
        largest_difference=difference,
        training=settings_of(run),
    )


def _shipped(weights: Path) -> list[tuple[bytes, Facts]]:
    """The networks in a folder as they are, with what their card tells of them."""
    card = json.loads((weights / LINE_CARD_NAME).read_text(encoding="utf-8"))
    told = [card, card["second"]] if "second" in card else [card]
    names = [entry.name for entry in fields(Facts)]
    facts = [Facts(**{name: one[name] for name in names}) for one in told]
    return [((weights / one.file).read_bytes(), one) for one in facts]


def _ship(args: argparse.Namespace, networks: Sequence[tuple[bytes, Facts]]) -> None:
    """Fit how they answer together with the digit network that is there, and write their card."""
    facts = [told for _, told in networks]
    fusion, measured = _fit(args, networks, UNFITTED)
    for _ in range(1, args.rounds):
        # Which of two readings of a picture counts hangs on the fusion that is being fitted.
        fusion, measured = _fit(args, networks, fusion)
    for content, told in networks:
        rough = args.weights / f"{told.file}.part"
        rough.write_bytes(content)
        rough.replace(args.weights / told.file)
    write_card(args.weights, facts, fusion, measured)
    if len(networks) == 1:
        (args.weights / SECOND_FILE).unlink(missing_ok=True)
    print(f"validation: {measured}")


def _fit(
    args: argparse.Namespace, networks: Sequence[tuple[bytes, Facts]], fusion: Fusion
) -> tuple[Fusion, dict[str, Any]]:
    """The fusion that makes likeliest what a reader with another one finds on fitting pictures."""
    from export.draw_lines import REAL
    from model.line_card import LineCard, NetworkFile
    from model.network import LineNetwork, Network
    from model.reader import Reader

    contents, facts = [content for content, _ in networks], [told for _, told in networks]
    files = [NetworkFile(told.version, told.file, told.sha256) for told in facts]
    second = (contents[1], files[1]) if len(networks) > 1 else (None, None)
    lines = LineNetwork.of(contents[0], LineCard(files[0], second[1], fusion), second[0])
    reader = Reader(lines, Network.load(args.weights))
    folders = Folders(args.mnist, args.single, args.strings)
    seen = {name for told in facts for name in seen_sets(told.training, list(REAL))}
    read, left_out = read_pictures(reader, fitting_pictures(folders, seen, args.lines))
    found, measured = fit_fusion(read)
    return found, {**measured, "left_out": left_out}


def _hash(network: Any) -> str:
    """Eight hexadecimal digits that differ where the weights do."""
    digest = hashlib.sha256()
    for weight in network.get_weights():
        digest.update(np.ascontiguousarray(weight).tobytes())
    return digest.hexdigest()[:8]


def largest_difference(network: Any, content: bytes, lines: Sequence[LineSample]) -> float:
    """Between Keras's logits and onnxruntime's, on every column of the lines."""
    import onnxruntime

    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    largest = 0.0
    for line in lines:
        frame = line.frame[None, ..., None].astype(np.float32) / np.float32(255)
        ours, theirs = session.run(None, {name: frame})[0], np.asarray(network(frame))
        largest = max(largest, float(np.abs(ours - theirs).max()))
    return largest
