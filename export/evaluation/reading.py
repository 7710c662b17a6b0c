"""Has a reader read whole sets, in processes of their own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from export.evaluation.answer_cache import AnswerCache, make_key
from export.evaluation.judging import Answer
from export.evaluation.metrics import percentile
from export.evaluation.readers import PictureReader, ReaderPlan
from export.evaluation.samples import Kind, Sample, SampleSet

Work: TypeAlias = tuple[Sample, Kind]
ReadMany: TypeAlias = Callable[[list[Work]], Iterator[Answer]]


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of processor time from file to digits, on one thread, after start."""

    median_ms: float
    p95_ms: float
    count: int


@contextmanager
def open_readers(plan: ReaderPlan, reader: PictureReader, jobs: int) -> Iterator[ReadMany]:
    """Readers in ``jobs`` processes, or only ``reader`` in this one when ``jobs`` is 1.

    Args:
        reader: What the plan opened in this process. It comes first because what a worker
            process raises while opening arrives as a broken pool without a reason.

    Yields:
        A function that reads pictures and gives the answers in their order.
    """
    if jobs == 1:
        yield lambda works: (reader.read(sample, kind) for sample, kind in works)
        return
    # Spawned, not forked: onnxruntime's threads do not survive a fork.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _open_in_worker, (plan,)) as pool:
        yield lambda works: pool.map(_read_in_worker, works, chunksize=4)


_worker_reader: list[PictureReader] = []


def _open_in_worker(plan: ReaderPlan) -> None:
    _worker_reader.append(plan.open())


def _read_in_worker(work: Work) -> Answer:
    return _worker_reader[0].read(*work)


def read_set(
    pictures: SampleSet,
    plan: ReaderPlan,
    read_many: ReadMany,
    *,
    cache: AnswerCache,
    on_read: Callable[[], None],
) -> list[Answer]:
    """All answers, in the order of the samples; kept ones are not read again."""
    cache_key = plan.cache_key(pictures.kind)
    if cache_key is None:
        return _read_each([(s, pictures.kind) for s in pictures.samples], read_many, on_read)
    keys = [make_key(cache_key, pictures.kind, sample) for sample in pictures.samples]
    missing = [i for i, key in enumerate(keys) if cache.find(key) is None]
    for _ in range(len(keys) - len(missing)):
        on_read()
    works = [(pictures.samples[i], pictures.kind) for i in missing]
    for i, read in zip(missing, read_many(works), strict=True):
        cache.keep(keys[i], read)
        on_read()
    return [answer for key in keys if (answer := cache.find(key)) is not None]


def _read_each(works: list[Work], read_many: ReadMany, on_read: Callable[[], None]) -> list[Answer]:
    answers = []
    for answer in read_many(works):
        answers.append(answer)
        on_read()
    return answers


def sum_up_times(answers: Sequence[Answer]) -> Timing:
    """Median and 95th percentile over all pictures."""
    times = [answer.processor_ms for answer in answers]
    return Timing(percentile(times, 50), percentile(times, 95), len(times))
