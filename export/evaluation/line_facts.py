"""What else is asked of the line reader: its boxes, its size, the time of a line and a photo."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from export.evaluation.metrics import box_overlap, percentile
from export.evaluation.sets import LOADERS, read_rows
from model.card import WEIGHTS_FOLDER
from model.intake import load_page
from model.line_frame import LINE_HEIGHT
from model.network import LineNetwork
from model.reader import Reader

LINE_WIDTH: Final = 320
PHOTO_PIXELS: Final = 12_000_000
_ROUNDS: Final = 30
_PHOTO_ROUNDS: Final = 3
_PHOTOS: Final = 6


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One measurement of each.

    Attributes:
        overlap: Mean intersection over union of the digits' boxes with the labelled ones, over
            the cheque amounts whose digits were all read.
        boxes: How many boxes that were.
        size: Of the network files, bytes.
        line_ms: Median of a line of 320 x 32 px through each network, one thread.
        photo_ratio: From file to digits against Pillow's decoding alone: the largest of the
            medians over photographs of 12 megapixels and more.
        photos: How many photographs that were.
    """

    overlap: float
    boxes: int
    size: int
    line_ms: float
    photo_ratio: float
    photos: int


def measure_line_facts(data: Path) -> LineFacts:
    """Measure the shipped line network and the reader around it."""
    reader, network = Reader.open(), LineNetwork.load()
    overlaps = box_overlaps(reader, data / "strings" / "orand_car_a", data)
    frame = np.random.default_rng(1).random((LINE_HEIGHT, LINE_WIDTH), dtype=np.float32)

    def ask_all() -> None:
        network.run(frame)
        network.ask_second(frame)

    ask_all()
    ratios = _photo_ratios(reader, data)
    return LineFacts(
        overlap=float(np.mean(overlaps)) if overlaps else 0.0,
        boxes=len(overlaps),
        size=sum((WEIGHTS_FOLDER / one.file).stat().st_size for one in network.card.files),
        line_ms=_median_ms(ask_all, _ROUNDS),
        photo_ratio=max(ratios, default=0.0),
        photos=len(ratios),
    )


def box_overlaps(reader: Reader, folder: Path, data: Path) -> list[float]:
    """Intersection over union of each digit's box, where all digits of an amount were read."""
    labelled = {row["file"]: row["boxes"] for row in read_rows(folder / "labels.tsv")}
    overlaps = []
    for sample in LOADERS["orand"](data).samples:
        wanted = [[*map(float, box.split(","))] for box in labelled[sample.name].split()]
        lines = reader.read(load_page(sample.source)).lines
        if len(lines) == 1 and lines[0].text == sample.truth:
            found = [digit.box.as_list() for digit in lines[0].digits]
            overlaps += [box_overlap(*pair) for pair in zip(found, wanted, strict=True)]
    return overlaps


def _photo_ratios(reader: Reader, data: Path) -> list[float]:
    ratios: list[float] = []
    for sample in LOADERS["photos"](data).samples:
        if not isinstance(sample.source, Path) or len(ratios) == _PHOTOS:
            continue
        path = sample.source
        with Image.open(path) as picture:
            if picture.width * picture.height < PHOTO_PIXELS:
                continue
        ratios.append(_photo_ratio(reader, path))
    return ratios


def _photo_ratio(reader: Reader, path: Path) -> float:
    whole = _median_ms(lambda: reader.read(load_page(path)), _PHOTO_ROUNDS)
    return whole / _median_ms(lambda: Image.open(path).load(), _PHOTO_ROUNDS)


def _median_ms(work: Callable[[], object], rounds: int) -> float:
    """Processor time: on one thread, what one waits on an otherwise idle machine."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return percentile(times, 50)
