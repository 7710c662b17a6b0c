"""``export evaluate``: score the shipped reader on every set, the way a user meets it.

Reads picture files, writes numbers: ``docs/RESULTS.md`` for people (whole runs only),
``runs/evaluate/`` for the rest: ``results.json``, every outcome, and sheets of misreadings.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from export.evaluation import misreadings, provenance, report
from export.evaluation.answer_cache import AnswerCache
from export.evaluation.bars import DEV_STRINGS, list_bars
from export.evaluation.judging import Answer, Beyond, count_beyond, judge, score
from export.evaluation.line_facts import measure_line_facts
from export.evaluation.network_accuracy import score_network
from export.evaluation.rapid import RapidPlan
from export.evaluation.readers import ReaderPlan, ShippedPlan, UnfittedPlan
from export.evaluation.reading import open_readers, read_set, sum_up_times
from export.evaluation.results import Evaluation, SetResult, save_json, save_outcomes
from export.evaluation.samples import Kind, SampleSet
from export.evaluation.sets import LOADERS
from export.evaluation.tesseract import TesseractPlan
from model.card import WEIGHTS_FOLDER

NETWORK_SET: Final = "mnist_network"
LINE_FACTS: Final = "line_facts"
RUNS: Final = Path("runs/evaluate")
REPORT: Final = Path("docs/RESULTS.md")
SHEET: Final = Path("docs/images/misreadings.png")
BENCHMARK: Final = Path("runs/benchmark/results.json")

UNFITTED_SETS: Final = ("mnist_pages", "usps", "unipen", *DEV_STRINGS)
UNFITTED_PICTURES: Final = 2_000

OnRead = Callable[[], None]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``export evaluate``."""
    names = (NETWORK_SET, LINE_FACTS, *LOADERS)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of sets")
    parser.add_argument(
        "--sets", nargs="+", choices=names, metavar="SET", help=f"of {', '.join(names)}"
    )
    parser.add_argument(
        "--weights",
        type=Path,
        help="networks other than those that ship; docs/ is left alone, --runs is named after it",
    )
    parser.add_argument("--limit", type=int, help="pictures of each set, in a fixed mixed order")
    parser.add_argument("--jobs", type=int, default=2, help="processes that read")
    parser.add_argument("--compare", action="store_true", help="read with the peers too")
    parser.add_argument(
        "--compare-limit", type=int, default=200, help="pictures of each set that the peers read"
    )
    parser.add_argument("--refresh-peers", action="store_true", help="forget the peers' answers")
    parser.add_argument(
        "--no-report", action="store_true", help="leave docs/ alone, as a part of the sets does"
    )
    parser.add_argument("--runs", type=Path, default=RUNS, help="folder to fill")


def run(args: argparse.Namespace) -> int:
    """Measure, write, and print the table; 1 when a bar is missed."""
    if args.weights and set(args.sets or ()) & {NETWORK_SET, LINE_FACTS}:
        print(f"evaluate: {NETWORK_SET} and {LINE_FACTS} are of what ships.", file=sys.stderr)
        return 2
    if args.weights and args.runs == RUNS:
        args.runs = RUNS.with_name(f"{RUNS.name}_{args.weights.name}")
    peers: tuple[ReaderPlan, ...] = (RapidPlan(), TesseractPlan()) if args.compare else ()
    unfitted = None if args.weights else UnfittedPlan()
    return measure_all(args, ShippedPlan(args.weights or WEIGHTS_FOLDER), peers, unfitted)


def measure_all(
    args: argparse.Namespace,
    shipped: ReaderPlan,
    peers: Sequence[ReaderPlan],
    unfitted: ReaderPlan | None = None,
) -> int:
    """As ``run``, with the readers given."""
    # Those two are measured on what ships, and on nothing else.
    shipped_only = () if args.weights else (NETWORK_SET, LINE_FACTS)
    names = args.sets or (*shipped_only, *LOADERS)
    sets = [LOADERS[name](args.data).take(args.limit) for name in LOADERS if name in names]
    network = score_network(args.data) if NETWORK_SET in names else None
    lines = measure_line_facts(args.data) if LINE_FACTS in names else None
    ours = _measure(shipped, sets, args)
    compared = _compare(peers, sets, ours, args) if peers else []
    evaluation = Evaluation(
        provenance.describe(sys.argv, args.compare, args.weights or WEIGHTS_FOLDER),
        network,
        ours,
        compared,
        lines,
        _measure(unfitted, _to_be_fitted(sets), args) if unfitted else [],
    )

    save_json(evaluation, args.runs / "results.json")
    # Ours are compared on a part of the pictures only; the whole is kept.
    for result in (*ours, *(result for result in compared if result.reader != shipped.name)):
        save_outcomes(result, args.runs / "outcomes")
    for pictures, result in zip(sets, ours, strict=True):
        sheet = args.runs / "misreadings" / f"{pictures.name}.png"
        misreadings.save_sheet(pictures, result, sheet)
    bars = list_bars(evaluation, BENCHMARK)
    is_whole = not (args.sets or args.weights or args.no_report) and args.limit is None
    if is_whole:
        _write_docs(evaluation, sets)
    text = report.write_report(evaluation, bars, sheet=None)
    (args.runs / "RESULTS.md").write_text(text, encoding="utf-8")
    print(text)
    return int(any(bar.is_met is False for bar in bars))


def _write_docs(evaluation: Evaluation, sets: Sequence[SampleSet]) -> None:
    """Only MNIST's test images may be shown in the project; all others stay in ``runs/``."""
    pages = next(i for i, pictures in enumerate(sets) if pictures.name == "mnist_pages")
    misreadings.save_sheet(sets[pages], evaluation.ours[pages], SHEET)
    sheet = str(SHEET.relative_to(REPORT.parent)) if SHEET.exists() else None
    _draw_diagrams(evaluation)
    text = report.write_report(evaluation, list_bars(evaluation, BENCHMARK), sheet=sheet)
    REPORT.write_text(text, encoding="utf-8")


def _draw_diagrams(evaluation: Evaluation) -> None:
    from export.evaluation import diagrams

    with_digits = [one for one in evaluation.ours if one.kind is not Kind.NEGATIVE]
    path = REPORT.parent / report.RELIABILITY
    diagrams.draw_reliability(path, with_digits, evaluation.unfitted)
    strings = [one for one in evaluation.ours if one.name in DEV_STRINGS]
    diagrams.draw_error_reject(REPORT.parent / report.ERROR_REJECT, strings)


def _to_be_fitted(sets: Sequence[SampleSet]) -> list[SampleSet]:
    """Those on which confidence is shown before and after its fit."""
    return [one.take(UNFITTED_PICTURES) for one in sets if one.name in UNFITTED_SETS]


def _compare(
    peers: Sequence[ReaderPlan],
    sets: Sequence[SampleSet],
    ours: Sequence[SetResult],
    args: argparse.Namespace,
) -> list[SetResult]:
    """The peers, and our answers on just the pictures that they read."""
    parts = [pictures.take(args.compare_limit) for pictures in sets]
    compared = [_cut_to(part, whole) for part, whole in zip(parts, ours, strict=True)]
    for plan in peers:
        compared += _measure(plan, parts, args)
    return compared


def _cut_to(part: SampleSet, whole: SetResult) -> SetResult:
    # A field of a form is called as its page and a number.
    names = {sample.name for sample in part.samples}
    outcomes = [
        outcome
        for outcome in whole.outcomes
        if outcome.name in names or outcome.name.rpartition(" ")[0] in names
    ]
    return replace(
        whole,
        pictures=len(part.samples),
        score=score(part.kind, outcomes),
        outcomes=outcomes,
        beyond=None,
    )


def _measure(
    plan: ReaderPlan, sets: Sequence[SampleSet], args: argparse.Namespace
) -> list[SetResult]:
    cache = AnswerCache(
        args.runs / "peers" / f"{plan.name.lower()}.jsonl", refresh=args.refresh_peers
    )
    results = []
    total = sum(len(pictures.samples) for pictures in sets)
    reader = plan.open()
    with open_readers(plan, reader, args.jobs) as read_many, _progress(plan.name, total) as on_read:
        for pictures in sets:
            answers = read_set(pictures, plan, read_many, cache=cache, on_read=on_read)
            results.append(_add_up(plan.name, pictures, answers))
    return results


def _add_up(name: str, pictures: SampleSet, answers: Sequence[Answer]) -> SetResult:
    outcomes = [
        outcome
        for sample, answer in zip(pictures.samples, answers, strict=True)
        for outcome in judge(pictures.kind, sample, answer)
    ]
    return SetResult(
        name=pictures.name,
        title=pictures.title,
        kind=pictures.kind,
        trained_on=pictures.trained_on,
        reader=name,
        pictures=len(pictures.samples),
        score=score(pictures.kind, outcomes, sum(bool(answer.failure) for answer in answers)),
        timing=sum_up_times(answers),
        outcomes=outcomes,
        beyond=_sum_beyond(pictures, answers) if pictures.kind is Kind.FIELDS else None,
    )


def _sum_beyond(pictures: SampleSet, answers: Sequence[Answer]) -> Beyond:
    found = [count_beyond(*pair) for pair in zip(pictures.samples, answers, strict=True)]
    return Beyond(sum(one.lines for one in found), sum(one.accepted for one in found))


@contextmanager
def _progress(name: str, total: int) -> Iterator[OnRead]:
    """A bar with the time left."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns) as bar:
        task = bar.add_task(name, total=total)
        yield lambda: bar.advance(task)
