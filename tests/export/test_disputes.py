"""The list of labels that are wrong, and what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from export.evaluation.disputes import Dispute, load_disputes, score_corrected
from export.evaluation.judging import Outcome, score
from export.evaluation.metrics import Rate
from export.evaluation.reading import Timing
from export.evaluation.results import SetResult
from export.evaluation.samples import Kind
from export.evaluation.sets import LOADERS

if TYPE_CHECKING:
    from pathlib import Path


def _result(*outcomes: tuple[str, str, str]) -> SetResult:
    """Of (file, label, read)."""
    judged = [
        Outcome(file, label, read, len(label), 0, 0.9, is_accepted=True, is_exact=label == read)
        for file, label, read in outcomes
    ]
    return SetResult(
        name="orand",
        title="amounts",
        kind=Kind.STRING,
        trained_on=False,
        reader="Numberglass",
        pictures=len(judged),
        score=score(Kind.STRING, judged),
        timing=Timing(1.0, 1.0, 1),
        outcomes=judged,
    )


def test_a_corrected_label_counts_both_ways() -> None:
    result = _result(("a", "178", "198"), ("b", "5966", "5966"), ("c", "12", "12"))
    disputes = [
        Dispute("orand", "a", "178", "198", "the second digit is a 9"),
        Dispute("orand", "b", "5966", "5965", "the last digit is a 5"),
        Dispute("meza", "c", "12", "13", "of another set"),
    ]

    corrected = score_corrected(result, disputes)

    assert corrected.changed == 2
    assert corrected.exact == Rate(2, 3)
    assert corrected.wrong_accepted == Rate(1, 3)
    assert result.score.exact == Rate(2, 3)
    assert [outcome.is_exact for outcome in result.outcomes] == [False, True, True]


def test_a_surest_error_by_a_wrong_label_does_not_cost_the_read_rate() -> None:
    result = _result(*((str(i), "12", "12") for i in range(50)), ("a", "178", "198"))
    dispute = Dispute("orand", "a", "178", "198", "the second digit is a 9")

    assert result.score.read_rate.rate == Rate(0, 51)
    assert score_corrected(result, [dispute]).read_rate.rate == Rate(51, 51)


def test_a_dispute_about_another_label_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="labelled 178"):
        score_corrected(_result(("a", "178", "178")), [Dispute("orand", "a", "17", "18", "?")])


def test_every_dispute_names_a_picture_its_label_and_a_reason(shared_data: Path) -> None:
    disputes = load_disputes()

    for name in {dispute.set for dispute in disputes}:
        labels = {sample.name: sample.truth for sample in LOADERS[name](shared_data).samples}
        for dispute in disputes:
            if dispute.set == name:
                assert labels[dispute.file] == dispute.label
                assert dispute.shown != dispute.label
                assert len(dispute.reason) > 10
