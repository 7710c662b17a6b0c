"""The line network's card: JSON for the program, Markdown for people (Mitchell et al., 2019)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from export.lines.fitting_pictures import CAUTION
from export.run_folder import blocks_of
from model.line_card import LINE_CARD_NAME, Fusion, Share

LIMITS: Final = """\
- One row of writing at a time: what is no row to `model/layout.py` is not read.
- Western digits only. Letters that some hands write exactly like a digit are read as that digit.
- The networks' answers were put together on drawn lines and on validation parts of the real ones;
  on other paper that was measured, not fitted: see docs/RESULTS.md. Stamps with letters, signatures
  and hard shadows across a field are among neither: there the levels promise less."""

_REAL_LINES: Final = {
    "orand_car_a": "four fifths of ORAND-CAR-A's amounts",
    "meza_logbook": "the training cells of the log books",
}

_LEVELS_NOTE: Final = """\
An administrator who allows more or fewer wrong ones among the accepted gets other levels. One wrong
number in a thousand cannot be counted among a thousand pictures: levels and curve follow a logistic
curve through all of them (`export/lines/levels.py`)."""

_CURVE_NOTE: Final = """\
How many numbers of several digits can be accepted, and how many of these are then wrong (the
error-reject curve, which the window draws; docs/RESULTS.md has those of the dev sets):"""

_SHOWN_POINTS: Final = 12

_KINDS: Final = {
    "single": "the only one of its span",
    "clear": "others whose ink stands by itself, in a span that the digit network knows",
    "alone": "the rest of those",
    "joined": "cut out of a larger piece of ink",
    "separator": "a point, comma or stroke to the line network",
    "passed_over": "passed over by the line network, nothing else in its row",
    "skipped": "passed over among digits",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the card says of the network; ``training`` has the settings of its run."""

    version: str
    file: str
    sha256: str
    size: int
    parameters: int
    largest_difference: float
    training: dict[str, Any]


def seen_sets(training: dict[str, Any], names: Sequence[str]) -> list[str]:
    """The sets of real lines that a run learned from, or one that it began with."""
    start = training.get("start")
    before = [] if start is None else seen_sets(start, names)
    left_out = training.get("without", [])
    return [name for name in names if name not in left_out or name in before]


def _real_lines(networks: Sequence[Facts]) -> str:
    seen = {name for facts in networks for name in seen_sets(facts.training, list(_REAL_LINES))}
    return " and ".join(told for name, told in _REAL_LINES.items() if name in seen) or "none"


def write(
    folder: Path, networks: Sequence[Facts], fusion: Fusion, measured: dict[str, Any]
) -> None:
    """Write ``lines.json`` and ``LINES.md`` beside the networks.

    Args:
        folder: Where they are.
        networks: The one that reads each line, and perhaps one that is asked in doubt.
        fusion: How they answer together with the digit network.
        measured: What that gave on validation pictures.
    """
    first, *others = map(asdict, networks)
    second = {"second": others[0]} if others else {}
    counted = {what: count for what, count in measured.items() if what != "curve"}
    told = first | second | {"fusion": asdict(fusion), "measured": counted}
    told["curve"] = measured["curve"]
    (folder / LINE_CARD_NAME).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    (folder / "LINES.md").write_text(_markdown(networks, fusion, measured), encoding="utf-8")


def _markdown(networks: Sequence[Facts], fusion: Fusion, m: dict[str, Any]) -> str:
    difference = max(facts.largest_difference for facts in networks)
    return f"""# Model card: the line network

{_told(networks)}

A fully convolutional network of {_parameters(networks)} that reads a row of writing whole.
In: frames of 32 px height and any width from `model.read_row.frame_row`.
Out: every second column, logits of 17 marks (ten digits, five separators, other handwriting,
print) and of nothing, and the sides of a box (`model/line_decode.py`).

The digit network (`CARD.md`) looks at each digit again; their answers are multiplied, each with an
exponent (`model/read_span.py`).

## Measured on validation pictures
| what | value |
|---|---|
| pictures with one span | {m["pictures"]:,}, and {m["left_out"]:,} with none or several |
| read exactly | {m["right"]:,} |
| accepted without a person, of {m["certain"]:,} whose labels are certain | {m["accepted"]:,} |
| wrong among these | {m["wrong_accepted"]:,} |
| largest difference of an output, Keras against onnxruntime | {difference:.1e} |

Counted one by one; for exponents and levels each picture counts for as much as there may be of
its kind, and for the levels what is no digit {CAUTION:g} times that
(`export/lines/fitting_pictures.py`): half of the lines were drawn to be hard, and half of the lone
characters are letters or scribbles.

Digits, and what was taken for one:

| digits | count | right by the line network | by the digit network | together |\
 exponents: line, digit; no digit |
|---|---|---|---|---|---|
{_rows(fusion, m["digits"])}

A line's confidence is its sequence's probability to the power of {fusion.sequence} times the
product of its digits' confidences, and of how likely what is left out is none, to the power of
{fusion.digits}. Where no letter stands beside it and all tall ink but the sides of a cell lies
under a mark, it is accepted from {fusion.accept_above}, a digit alone from
{fusion.accept_single}. {_LEVELS_NOTE}

{_levels_tables(fusion, m["curve"])}

## Trained
{_trained(networks)}

Drawn lines are made of MNIST's first 55,000 training images, UNIPEN without the groups that are
held back, and the small sets of `CARD.md`. Real lines, without their validation part:
{_real_lines(networks)}.

## Limits
{LIMITS}
"""


def _levels(fusion: Fusion) -> str:
    return "\n".join(
        f"| {level.wrong:.2%} | {_level(level.several)} | {_level(level.single)} |"
        for level in fusion.levels
    )


def _levels_tables(fusion: Fusion, curve: Sequence[dict[str, float]]) -> str:
    return f"""| wrong among the accepted | several digits | one digit |
|---|---|---|
{_levels(fusion)}

{_CURVE_NOTE}

| accepted | wrong among these | confidence from |
|---|---|---|
{_curve(curve)}"""


def _curve(points: Sequence[dict[str, float]]) -> str:
    return "\n".join(
        f"| {one['accepted']:.1%} | {one['wrong']:.2%} | {one['level']:.4f} |"
        for one in points[:: max(1, len(points) // _SHOWN_POINTS)]
    )


def _level(level: float) -> str:
    return f"{level:.4f}" if level <= 1 else "none is accepted"


def _told(networks: Sequence[Facts]) -> str:
    told = [
        f"Version {facts.version}, `{facts.file}`, {facts.size:,} bytes, SHA-256 `{facts.sha256}`."
        for facts in networks
    ]
    if len(told) > 1:
        told.insert(1, "Where it is in doubt, another is asked (docs/adr/0009-read-rows-whole.md):")
    return "\n\n".join(told)


def _parameters(networks: Sequence[Facts]) -> str:
    first, *others = (f"{facts.parameters:,}" for facts in networks)
    return f"{first} parameters{''.join(f' ({one} the other)' for one in others)}"


def _trained(networks: Sequence[Facts]) -> str:
    runs = [_runs(facts.training) for facts in networks]
    return "\n\nThe network that is asked in doubt:\n\n".join(runs)


def _runs(training: dict[str, Any]) -> str:
    """One line for each run, the first of all first."""
    runs = [training]
    while runs[0].get("start"):
        runs.insert(0, runs[0]["start"])
    return "\n".join(f"{i}. {_run(run)}" for i, run in enumerate(runs, start=1))


def _run(run: dict[str, Any]) -> str:
    told = (
        f"{run['epochs']} epochs of {run['samples']:,} lines in steps of {run['batch']}, "
        f"{run['real']:.0%} of them real, highest rate {run['rate']}, seed {run['seed']}, "
        f"lines {run['lines'][:8]}"
    )
    blocks = blocks_of(run)
    if blocks != blocks_of(run.get("start") or {}):
        told += f"; with {blocks[0]}, {blocks[1]} and {blocks[2]} residual steps"
    if run.get("hardest"):
        told += f"; without lines that cost its beginning more than {run['hardest']} nats a mark"
    told += "".join(f"; without {name}" for name in run["without"])
    if run.get("averaged"):
        told += f"; then the mean of its weights and those of the {run['averaged'] - 1} before it"
    return told


def _rows(fusion: Fusion, digits: dict[str, dict[str, int]]) -> str:
    rows = []
    for kind, title in _KINDS.items():
        count, share = digits[kind], getattr(fusion, kind)
        assert isinstance(share, Share)
        rows.append(
            f"| {title} | {count['count']:,} | {count['by_line']:,} | {count['by_look']:,} | "
            f"{count['by_both']:,} | {share.line}, {share.look}; {share.none} |"
        )
    return "\n".join(rows)
