"""Labels that are wrong: what the picture shows instead, seen by eye, with a reason each.

The figures of the report are by the labels as they came; these corrections give a second one.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from export.evaluation.judging import Outcome, score
from export.evaluation.metrics import Rate, ReadRate, edit_distance
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


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a set says once its disputed labels are corrected.

    Attributes:
        changed: How many labels were.
        exact: Pictures read without any mistake.
        wrong_accepted: Wrong ones of those accepted.
        read_rate: At 1 % error.
    """

    changed: int
    exact: Rate
    wrong_accepted: Rate
    read_rate: ReadRate


def score_corrected(result: SetResult, disputes: Sequence[Dispute]) -> Corrected:
    """What a set says once its disputed labels are corrected.

    Raises:
        ValueError: a label is not the one that was disputed.
    """
    shown = {dispute.file: dispute for dispute in disputes if dispute.set == result.name}
    corrected = [_correct(outcome, shown.get(outcome.name)) for outcome in result.outcomes]
    found = score(result.kind, corrected)
    changed = sum(outcome.name in shown for outcome in result.outcomes)
    return Corrected(changed, found.exact, found.wrong_accepted, found.read_rate)


def _correct(outcome: Outcome, dispute: Dispute | None) -> Outcome:
    if dispute is None:
        return outcome
    if dispute.label != outcome.truth:
        raise ValueError(f"{dispute.file} is labelled {outcome.truth}, not {dispute.label}")
    distance = edit_distance(dispute.shown, outcome.read)
    return replace(
        outcome,
        truth=dispute.shown,
        length=len(dispute.shown),
        distance=distance,
        is_exact=distance == 0,
        digits=(),  # which of them were right was said of the old label
        ruled=None,
    )
