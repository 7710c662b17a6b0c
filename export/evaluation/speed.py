"""Reading time against RapidOCR's whole pipeline, picture by picture, one thread each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from export.datasets import load_mnist
from export.evaluation.drawing import encode_png
from export.evaluation.metrics import percentile
from export.evaluation.readers import PictureReader, load_pixels
from export.evaluation.samples import Sample, SampleSet
from export.evaluation.sets import LOADERS, load_mnist_pages

MEGAPIXEL: Final = 1_000_000
REPEATS: Final = 3


@dataclass(frozen=True, slots=True)
class SizeTimes:
    """Both readers on pictures of about one size.

    Attributes:
        ours_ms: One median of three readings for each picture.
        peer_ms: The same for the peer.
    """

    title: str
    ours_ms: Sequence[float]
    peer_ms: Sequence[float]

    @property
    def ratio(self) -> float:
        """How many times faster ours reads: the peer's median over ours."""
        return percentile(self.peer_ms, 50) / percentile(self.ours_ms, 50)


def pictures_by_size(data: Path, count: int) -> Iterator[tuple[str, SampleSet]]:
    """Pictures from 28 x 28 px to 1 megapixel, ``count`` of each size."""
    digits = load_mnist_pages(data, count=count)
    tiny = load_mnist(data / "mnist", "t10k").frames[:count]
    frames = [Sample(f"{i}", encode_png(frame), "") for i, frame in enumerate(tiny)]
    yield "MNIST digits, 28 × 28 px", SampleSet("", "", digits.kind, frames)
    yield "cheque amounts, about 160 × 55 px", LOADERS["orand"](data).take(count)
    yield "MNIST digits on pages, 400 × 300 px", digits
    photos = LOADERS["photos"](data).take(None)
    areas = [(sample, _area(sample)) for sample in photos.samples]
    middle = [sample for sample, area in areas if 0.15 * MEGAPIXEL <= area <= MEGAPIXEL]
    title = "other people's pictures, 0.15 to 1 megapixel"
    yield title, SampleSet("", "", photos.kind, middle[:count])
    large = [_shrink(sample) for sample, area in areas if area > MEGAPIXEL]
    title = "other people's larger pictures, shrunk to 1 megapixel"
    yield title, SampleSet("", "", photos.kind, large[:count])


def compare_speed(
    title: str, pictures: SampleSet, ours: PictureReader, peer: PictureReader
) -> SizeTimes:
    """Read every picture three times with each, in turn; loading counts, starting does not."""
    times: tuple[list[float], list[float]] = ([], [])
    for reader in (ours, peer):
        reader.read(pictures.samples[0], pictures.kind)
    for sample in pictures.samples:
        for reader, found in zip((ours, peer), times, strict=True):
            rounds = [reader.read(sample, pictures.kind).processor_ms for _ in range(REPEATS)]
            found.append(percentile(rounds, 50))
    return SizeTimes(title, *times)


def _area(sample: Sample) -> int:
    return load_pixels(sample)[:, :, 0].size


def _shrink(sample: Sample) -> Sample:
    """The same picture at 1 megapixel, as a JPEG file like a phone's."""
    pixels = load_pixels(sample)
    factor = (MEGAPIXEL / (pixels.shape[0] * pixels.shape[1])) ** 0.5
    small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    turned = np.ascontiguousarray(small[:, :, ::-1])
    file = cv2.imencode(".jpg", turned, [cv2.IMWRITE_JPEG_QUALITY, 92])[1].tobytes()
    return Sample(sample.name, file, sample.truth)
