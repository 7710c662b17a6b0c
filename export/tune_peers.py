"""``export tune-peers``: choose the peers' settings on training pictures, never on measuring ones.

Prints exact matches of every candidate. The best ones are written into ``BEST_TESSERACT`` and
``BEST_RAPID`` by hand.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from export.evaluation.judging import judge, score
from export.evaluation.rapid import RapidPlan, RapidSettings, Steps
from export.evaluation.readers import ReaderPlan
from export.evaluation.samples import Kind, SampleSet
from export.evaluation.sets import load_meza, load_mnist_pages, load_orand, load_training_digits
from export.evaluation.tesseract import TesseractPlan, TesseractSettings

DEFAULT_LIMIT: Final = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``export tune-peers``."""
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--limit", type=int, default=DEFAULT_LIMIT, help="pictures of each set")
    parser.add_argument("--sets", nargs="+", help="only these, by their names")
    parser.add_argument("--peer", choices=("tesseract", "rapidocr"), action="append")


def run(args: argparse.Namespace) -> int:
    """Print the table."""
    for pictures in training_sets(args.data, args.limit):
        if args.sets and pictures.name not in args.sets:
            continue
        for peer in args.peer or ["tesseract", "rapidocr"]:
            tried = [
                (_count_exact(plan, pictures), label) for plan, label in candidates(peer, pictures)
            ]
            for exact, label in sorted(tried, reverse=True):
                count = f"{exact:4} of {len(pictures.samples)}"
                print(f"{pictures.name:15} {peer:10} {count}  {label}", flush=True)
    return 0


def training_sets(data: Path, limit: int) -> Iterator[SampleSet]:
    """Training pictures of the kinds that the measuring sets have."""
    digits = load_training_digits(data).take(limit)
    orand = load_orand(data, training=True).take(limit)
    pages = load_mnist_pages(data, "train", limit)
    yield digits
    yield orand
    yield load_meza(data, training=True).take(limit)
    # Other people's pictures are all of this: a digit or a number that fills the frame, and a
    # small one somewhere on a page.
    mixed = [*digits.samples, *orand.samples, *pages.samples]
    yield SampleSet("pages", "", Kind.PAGE, mixed).take(limit)


def candidates(peer: str, pictures: SampleSet) -> Iterator[tuple[ReaderPlan, str]]:
    """Settings worth a try for the kind of set."""
    kind = pictures.kind
    if peer == "tesseract":
        modes = {Kind.DIGIT: (6, 8, 10, 13), Kind.STRING: (6, 7, 13), Kind.PAGE: (6, 7, 11)}
        for psm, height, border, binarise in itertools.product(
            modes[kind], (0, 36, 64), (0, 20), (False, True)
        ):
            tesseract = TesseractSettings(psm, height, border, binarise)
            yield TesseractPlan(dict.fromkeys(Kind, tesseract)), str(tesseract)
        return
    for room in (0.0, 0.4):
        yield _rapid(RapidSettings(Steps.RECOGNISE, room))
        for side, score_at_least in ((736, 0.5), (736, 0.3), (320, 0.5)):
            steps = Steps.DETECT_OR_RECOGNISE
            yield _rapid(RapidSettings(steps, room, side, score_at_least))
    yield _rapid(RapidSettings(Steps.DETECT_OR_RECOGNISE, side_px=320, turn=True))


def _rapid(settings: RapidSettings) -> tuple[ReaderPlan, str]:
    return RapidPlan(dict.fromkeys(Kind, settings)), str(settings)


def _count_exact(plan: ReaderPlan, pictures: SampleSet) -> int:
    reader = plan.open()
    outcomes = [
        outcome
        for sample in pictures.samples
        for outcome in judge(pictures.kind, sample, reader.read(sample, pictures.kind))
    ]
    return score(pictures.kind, outcomes).exact.count
