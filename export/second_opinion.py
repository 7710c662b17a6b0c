"""``export second-opinion``: what another reader's agreement is worth at a fixed error.

Two readers that err independently agree almost only where both are right. RapidOCR, an optional
install, reads the lines that the shipped reader reads; each reader's confidence, and both together,
are ranked, and it is counted how many lines nobody would have to look at. The validation lines
choose; the dev lines, measured the same way, only tell whether the choice holds there.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from export.evaluation.answer_cache import AnswerCache
from export.evaluation.judging import Answer, Outcome, judge
from export.evaluation.metrics import percentile, read_rate_at_error
from export.evaluation.rapid import RapidPlan
from export.evaluation.readers import FirstAlonePlan, ReaderPlan, ShippedPlan
from export.evaluation.reading import open_readers, read_set
from export.evaluation.samples import SampleSet
from export.evaluation.sets import load_meza, load_orand
from export.lines.disputed_labels import DisputedLabels
from export.splits import is_validation_line

ERRORS: Final = (0.01, 0.005)
"""Wrong ones among those that nobody looks at, as shares."""


@dataclass(frozen=True, slots=True)
class Opinions:
    """What two readers made of one line.

    Attributes:
        first: Of the shipped reader.
        second: Of the other.
    """

    first: Outcome
    second: Outcome

    @property
    def agree(self) -> bool:
        return bool(self.first.read) and self.first.read == self.second.read


Surety: TypeAlias = Callable[[Opinions], float]
"""How sure the number of the first reader is, in [0, 1]; 0 is always looked at."""

SURETIES: Final[dict[str, Surety]] = {
    "Numberglass alone": lambda both: both.first.confidence,
    "both agree, by Numberglass": lambda both: both.first.confidence * both.agree,
    "both agree, by RapidOCR": lambda both: both.second.confidence * both.agree,
    "both agree, by the product": lambda both: (
        both.first.confidence * both.second.confidence * both.agree
    ),
    "agreement first, then Numberglass": lambda both: (both.agree + both.first.confidence) / 2,
}
"""Ways to put two opinions together, and the one without the second."""

FIRST_ALONE: Final = "our first line network alone"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``export second-opinion``."""
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--runs", type=Path, default=Path("runs/second_opinion"))
    parser.add_argument("--jobs", type=int, default=2)


def run(args: argparse.Namespace) -> int:
    """Print a table for each set."""
    cache = AnswerCache(args.runs / "rapidocr.jsonl")
    plans: tuple[ReaderPlan, ...] = (ShippedPlan(), RapidPlan(), FirstAlonePlan())
    sets = line_sets(args.data)
    answers = [_read_all(plan, sets, cache, args.jobs) for plan in plans]
    for i, pictures in enumerate(sets):
        ours, theirs, alone = (
            [
                judge(pictures.kind, sample, answer)[0]
                for sample, answer in zip(pictures.samples, own[i], strict=True)
            ]
            for own in answers
        )
        opinions = [Opinions(*both) for both in zip(ours, theirs, strict=True)]
        print("\n".join(table(pictures.title, opinions, alone)), end="\n\n", flush=True)
    return 0


def line_sets(data: Path) -> list[SampleSet]:
    """Lines of real paper: validation lines of both sets, then each set's dev lines.

    Labels of the validation lines are corrected or left out where they are disputed; the others are
    as they came.
    """
    disputed = DisputedLabels.load()
    validation = []
    for folder, pictures in (
        ("orand_car_a", load_orand(data, training=True)),
        ("meza_logbook", load_meza(data, training=True)),
    ):
        for sample in pictures.samples:
            if is_validation_line(sample.name):
                truth = disputed.truth_of(folder, sample.name, sample.truth)
                if truth is not None:
                    validation.append(replace(sample, truth=truth))
    dev = [load_orand(data), load_meza(data)]
    return [SampleSet("validation", "validation lines", dev[0].kind, validation), *dev]


def table(title: str, opinions: Sequence[Opinions], alone: Sequence[Outcome] = ()) -> list[str]:
    """Markdown: how many lines each way leaves to nobody, at each error.

    Args:
        title: Of the set.
        opinions: Of its lines.
        alone: Of the same lines, by our first line network without the second.
    """
    agreed = [both for both in opinions if both.agree]
    wrong = sum(not both.first.is_exact for both in agreed)
    right = sum(both.first.is_exact for both in opinions)
    rows = [
        f"{title}: {right} of {len(opinions)} right; both agree on {len(agreed)}, {wrong} wrong",
        "",
        "| surest by | " + " | ".join(f"at {error:.1%} error" for error in ERRORS) + " |",
        "|---|" + "---:|" * len(ERRORS),
    ]
    ways = {
        name: [(surety(both), both.first.is_exact) for both in opinions]
        for name, surety in SURETIES.items()
    }
    if alone:
        ways[FIRST_ALONE] = [(one.confidence, one.is_exact) for one in alone]
    for name, ranked in ways.items():
        rates = [read_rate_at_error(ranked, error).rate for error in ERRORS]
        rows.append(f"| {name} | " + " | ".join(f"{rate.share:.1%}" for rate in rates) + " |")
    return rows


def _read_all(
    plan: ReaderPlan, sets: Sequence[SampleSet], cache: AnswerCache, jobs: int
) -> list[list[Answer]]:
    with open_readers(plan, plan.open(), jobs) as read_many:
        answers = [
            read_set(one, plan, read_many, cache=cache, on_read=lambda: None) for one in sets
        ]
    times = [answer.processor_ms for own in answers for answer in own]
    print(f"{plan.name}: {percentile(times, 50):.0f} ms a line", flush=True)
    return answers
