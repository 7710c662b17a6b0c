"""Labels that are wrong: what the picture shows instead, seen by eye, with a reason each.

The figures of the report are by the labels as they came; these corrections give a second one.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from export.evaluation.metrics import Rate, edit_distance
from export.evaluation.results import SetResult

DISPUTES: Final = Path(__file__).with_name("disputes.tsv")


@dataclass(frozen=True, slots=True)
class Dispute:
    """One label that is wrong.

    Attributes:
        set: As in ``--sets``.
        file: The sample's name.
        label: Digits of the label as it came.
        shown: What the picture shows; ``?`` for a digit that nobody can tell.
        reason: Why, for people.
    """

    set: str
    file: str
    label: str
    shown: str
    reason: str


def load_disputes(path: Path = DISPUTES) -> list[Dispute]:
    """The list that the project keeps."""
    with path.open(newline="", encoding="utf-8") as file:
        return [Dispute(**row) for row in csv.DictReader(file, delimiter="\t")]


def count_corrected(result: SetResult, disputes: Sequence[Dispute]) -> tuple[Rate, int]:
    """How many are exact once the disputed labels are corrected, and how many those are.

    Raises:
        ValueError: a label is not the one that was disputed.
    """
    shown = {dispute.file: dispute for dispute in disputes if dispute.set == result.name}
    exact = changed = 0
    for outcome in result.outcomes:
        dispute = shown.get(outcome.name)
        if dispute is None:
            exact += outcome.is_exact
            continue
        if dispute.label != outcome.truth:
            raise ValueError(f"{dispute.file} is labelled {outcome.truth}, not {dispute.label}")
        changed += 1
        exact += edit_distance(dispute.shown, outcome.read) == 0
    return Rate(exact, len(result.outcomes)), changed
