"""The model card: JSON for the program, Markdown for people (Mitchell et al., 2019)."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from model.card import CARD_NAME, Calibration

LICENCES: Final = {
    "mnist": "CC BY-SA 3.0",
    "usps": "none formal, public research set",
    "pendigits_orig": "CC BY 4.0",
    "optdigits_orig": "CC BY 4.0",
    "semeion": "CC BY 4.0",
    "hwd1000": "MIT",
    "orand_car_a": "MIT (labels); research set",
    "unipen_digits": "CC BY 4.0",
    "unipen_upper": "CC BY 4.0",
    "unipen_lower": "CC BY 4.0",
    "unipen_symbols": "CC BY 4.0",
    "wrong cuts": "made by the project from MNIST",
    "scribbles": "made by the project",
    "struck out": "made by the project from UNIPEN",
    "other numerals": "made by the project",
    "blots": "made by the project",
    "line_cuts": "made by the project from the sets named here and log books (no licence stated)",
}

LIMITS: Final = """\
- It reads one digit at a time, cut out by `model/second_look.py` where the line network found one;
  ink that is cut wrongly is read wrongly, or marked for a person.
- Letters that some hands write exactly like a digit (o, l, S, Z, b, g, q …) are read as that digit.
- Western digits only.
- Confidence was fitted on scans and re-drawn pen strokes; on photographs it was measured, not
  fitted: see docs/RESULTS.md."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the card says.

    Attributes:
        training: The facts of each member's run.
        presence: Of the fit of whether ink is a digit at all; None where the members say it.
    """

    version: str
    file: str
    sha256: str
    calibration: Calibration
    parameters: int
    largest_difference: float
    measured: dict[str, Any]
    training: Sequence[dict[str, Any]]
    presence: dict[str, Any] | None = None


def measure(logits: NDArray[np.float32], labels: NDArray[np.int8]) -> dict[str, Any]:
    """How many of MNIST's test images are right."""
    right = logits[:, :10].argmax(axis=1) == labels
    return {"mnist_test": len(labels), "mnist_test_correct": int(right.sum())}


def measure_cuts(logits: NDArray[np.float32], labels: NDArray[np.int8]) -> dict[str, Any]:
    """Of the digits cut out of lines, how many are right, and how many are taken for none."""
    digits = labels >= 0
    right = logits[digits, :10].argmax(axis=1) == labels[digits]
    return {
        "cuts": int(digits.sum()),
        "cuts_right": int(right.sum()),
        "cuts_rejected": int((logits[digits, 10] < 0).sum()),
    }


def write(folder: Path, facts: Facts) -> None:
    """Write ``card.json`` and ``CARD.md`` beside the network."""
    told = asdict(facts) | {"versions": _versions()}
    (folder / CARD_NAME).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    (folder / "CARD.md").write_text(_markdown(facts), encoding="utf-8")


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in ("keras", "tensorflow-cpu", "onnx", "tf2onnx", "onnxruntime", "numpy"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "absent"
    return found


def _markdown(facts: Facts) -> str:
    m, c = facts.measured, facts.calibration
    versions = ", ".join(f"{name} {number}" for name, number in _versions().items())
    rate = 100 * m["mnist_test_correct"] / m["mnist_test"]
    return f"""# Model card: the digit network

Version {facts.version}, `{facts.file}`, SHA-256 `{facts.sha256}`.

Convolutional networks: {len(facts.training)}, of {facts.parameters:,} parameters together, that
tell the ten digits from each other, and digits from what is none. Each looks at a digit turned a
little to either side (`export/committee.py`); the mean of their logits is the
answer{_who_says(facts)}.
In: frames of 28 × 28 px from `model.normalize.normalize_crop`.
Out: ten digit logits and the log-odds that the ink is a digit at all.

## Measured
| what | value |
|---|---|
| MNIST test images right | {m["mnist_test_correct"]:,} of {m["mnist_test"]:,} ({rate:.2f} %) |
| largest difference of a digit's logit, Keras against onnxruntime, on those images \
| {facts.largest_difference:.1e} |
| validation digits right | {m["validation_digits_right"]:,} of {m["validation_digits"]:,} |
| validation digits accepted without a person | {m["validation_digits_accepted"]:,} \
of {m["validation_digits"]:,} |
| wrong answers among all accepted | {m["validation_wrong_accepted"]:,} |
| letters, symbols, wrong cuts, scribbles{" and strange ink" if facts.presence else ""} \
accepted | {m["validation_others_accepted"]:,} \
of {m["validation"] - m["validation_digits"]:,} |
{_cuts(m)}
On the validation digits:

{_looks(m)}

The validation pictures chose the epoch, the looks, the temperatures ({c.digit_temperature} for
digits, {c.presence_temperature} about {c.presence_shift} for being a digit) and the accept level
({c.accept_above}); the test images were read after training.

{_trained_on(facts.training)}
{_presence(facts.presence)}

Converted with {versions}.

## Limits
{LIMITS}
"""


def _who_says(facts: Facts) -> str:
    if facts.presence is None:
        return ""
    head = f"{facts.presence['parameters']:,}"
    return f"; that it is a digit at all is said by a head of {head} of these parameters (below)"


def _cuts(measured: dict[str, Any]) -> str:
    """A row of the table, where cuts were counted."""
    if "cuts" not in measured:
        return ""
    right, of, none = (measured[key] for key in ("cuts_right", "cuts", "cuts_rejected"))
    what = "digits cut out of lines that were held back, right (taken for no digit)"
    return f"| {what} | {right:,} of {of:,} ({none:,}) |\n"


def _looks(measured: dict[str, Any]) -> str:
    """What answering together, and looking more than once, is worth."""
    rows = []
    for score in measured["looks"]:
        turns = ", ".join(f"{turn:+.0f}°" if turn else "0°" for turn in score["turns"])
        rows.append(f"| {score['who']} | {turns} | {score['wrong']} | {score['loss']:.5f} |")
    count = f"{measured['validation_digits']:,}"
    head = f"| who answers | turned by | digits wrong, of {count} | loss, nats |"
    return "\n".join([head, "|---|---|---|---|", *rows])


def _presence(presence: dict[str, Any] | None) -> str:
    """How the head was fitted that tells digits from what is none."""
    if presence is None:
        return ""
    counts = "\n".join(
        f"| {name} | {count:,} | {LICENCES[name]} |" for name, count in presence["samples"].items()
    )
    of = f"{presence['strange_of_each']:,}"
    rows = "\n".join(
        f"| {kind} | {before:,} | {after:,} |"
        for kind, (before, after) in presence["strange"].items()
    )
    return f"""
## Whether it is a digit at all
`python -m export {presence["command"]}` fitted a head of {presence["parameters"]:,} parameters
on what both members see ([ADR 0026](../../docs/adr/0026-a-head-for-what-is-no-digit.md)); what
they say of the ten digits is as it was trained. Of each set at most 20,000 frames were shown:

| set | samples | licence |
|---|---|---|
{counts}

Accepted as a digit, of {of} drawn frames of each kind that the fit did not see (the numerals are
of the shapes that it saw), each with its own calibration:

| what | before | with this head |
|---|---|---|
{rows}
"""


def _trained_on(runs: Sequence[dict[str, Any]]) -> str:
    """The members of a committee learn from the same sets."""
    counts, hashes = runs[0]["samples"], runs[0]["hashes"]
    sets = "\n".join(f"| {name} | {count:,} | {LICENCES[name]} |" for name, count in counts.items())
    files = "\n".join(f"| `{name}` | `{sha}` |" for name, sha in hashes.items())
    commands = "\n".join(
        f"- `python -m export {run['command']}`; seed {run['seed']}; {run['backend']}; "
        f"finished {run['finished']}"
        for run in runs
    )
    return f"""## Trained on
| set | samples | licence |
|---|---|---|
{sets}

UNIPEN strokes were drawn with random pens. MNIST's last 5,000 training images and UNIPEN's
held-back groups were kept for validation; no other NIST digits were seen.

| file | SHA-256 |
|---|---|
{files}

Commands:
{commands}"""
