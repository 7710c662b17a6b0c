"""Pictures of how far confidence can be trusted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from export.evaluation.judging import Answer, LineAnswer, judge, score
from export.evaluation.reading import sum_up_times
from export.evaluation.results import SetResult
from export.evaluation.samples import Kind, Sample

if TYPE_CHECKING:
    from pathlib import Path


def _result(confidences: list[float], read: str) -> SetResult:
    """Pictures of a 7, each read as a digit."""
    answers = [Answer((LineAnswer(read, one, True, (one,)),), 1.0) for one in confidences]
    outcomes = [
        outcome
        for i, answer in enumerate(answers)
        for outcome in judge(Kind.DIGIT, Sample(str(i), b"", "7"), answer)
    ]
    return SetResult(
        name="orand",
        title="Sevens",
        kind=Kind.DIGIT,
        trained_on=False,
        reader="Numberglass",
        pictures=len(answers),
        score=score(Kind.DIGIT, outcomes),
        timing=sum_up_times(answers),
        outcomes=outcomes,
    )


def test_a_bin_says_what_was_stated_and_what_was_right() -> None:
    pytest.importorskip("matplotlib", reason="drawn with the training tools")
    from export.evaluation.diagrams import bin_digits

    digits = [(0.9, True)] * 60 + [(0.9, False)] * 20 + [(0.1, True)] * 3

    stated, right = bin_digits(digits)

    assert stated == pytest.approx([0.9])
    assert right == pytest.approx([0.75])


def test_the_surest_are_accepted_first() -> None:
    pytest.importorskip("matplotlib", reason="drawn with the training tools")
    from export.evaluation.diagrams import error_reject

    right, wrong = _result([0.9, 0.7], "7"), _result([0.8, 0.6], "1")
    both = replace(right, outcomes=[*wrong.outcomes, *right.outcomes])

    accepted, share = error_reject(both)

    assert np.allclose(accepted, [0.25, 0.5, 0.75, 1.0])
    assert np.allclose(share, [0, 1 / 2, 1 / 3, 1 / 2])


def test_both_are_drawn(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="drawn with the training tools")
    from export.evaluation import diagrams

    results = [_result([0.9] * 30, "7"), _result([], "7")]
    before = [_result([0.6] * 30, "7")]
    diagrams.draw_reliability(tmp_path / "reliability.png", results, before)
    diagrams.draw_error_reject(tmp_path / "error_reject.png", results[:1])

    for name in ("reliability.png", "error_reject.png"):
        assert (tmp_path / name).read_bytes().startswith(b"\x89PNG")
