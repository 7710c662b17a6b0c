"""What an evaluation found, and its form on disk."""

from __future__ import annotations

import csv
import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from export.evaluation.judging import Beyond, Outcome, Score
from export.evaluation.line_facts import LineFacts
from export.evaluation.metrics import Rate
from export.evaluation.reading import Timing
from export.evaluation.samples import Kind


@dataclass(frozen=True, slots=True)
class SetResult:
    """One reader on one set.

    Attributes:
        pictures: Picture files read; a form holds several units that count.
        outcomes: All units, in the order of the set.
        beyond: What was given as a number and is none of the fields; None but for whole forms.
    """

    name: str
    title: str
    kind: Kind
    trained_on: bool
    reader: str
    pictures: int
    score: Score
    timing: Timing
    outcomes: Sequence[Outcome] = field(repr=False)
    beyond: Beyond | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the numbers come from."""

    command: str
    date: str
    cpu: str
    versions: dict[str, str]
    network: str
    """File and hash of the shipped network."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All numbers of one run.

    Attributes:
        network: MNIST test images, straight through the network; None when not asked for.
        ours: The shipped reader, whole sets.
        compared: Ours and the peers on the same pictures; empty without ``--compare``.
        lines: The line network's boxes, size and time; None when not asked for.
        unfitted: The shipped networks before their answers were fitted, on part of the sets.
    """

    provenance: Provenance
    network: Rate | None
    ours: Sequence[SetResult]
    compared: Sequence[SetResult]
    lines: LineFacts | None = None
    unfitted: Sequence[SetResult] = ()

    def find(self, name: str) -> SetResult | None:
        """The shipped reader's result on a set, if it was read."""
        return next((result for result in self.ours if result.name == name), None)


def save_json(evaluation: Evaluation, path: Path) -> None:
    """All numbers, without the single outcomes."""

    def plain(result: SetResult) -> dict[str, object]:
        row = dataclasses.asdict(dataclasses.replace(result, outcomes=()))
        del row["outcomes"]
        return row

    content = {
        "provenance": dataclasses.asdict(evaluation.provenance),
        "mnist_network": dataclasses.asdict(evaluation.network) if evaluation.network else None,
        "line_facts": dataclasses.asdict(evaluation.lines) if evaluation.lines else None,
        "sets": [plain(result) for result in evaluation.ours],
        "unfitted": [plain(result) for result in evaluation.unfitted],
        "compared": [plain(result) for result in evaluation.compared],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def save_outcomes(result: SetResult, folder: Path) -> None:
    """Every unit of a set as a table, to look into: ``<reader>_<set>.tsv``."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{result.reader.lower()}_{result.name}.tsv"
    names = [entry.name for entry in dataclasses.fields(Outcome)]
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow(names)
        table.writerows([getattr(outcome, name) for name in names] for outcome in result.outcomes)
