"""Debian's Tesseract 5, as a peer: its own program, digits only."""

from __future__ import annotations

import csv
import os
import re
import resource
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from export.evaluation.judging import Answer, LineAnswer
from export.evaluation.readers import load_pixels
from export.evaluation.samples import Kind, Sample

WORD_LEVEL: Final = "5"
LONGEST_SIDE: Final = 3000
"""More pixels only cost it time."""


@dataclass(frozen=True, slots=True)
class TesseractSettings:
    """How a picture is prepared and laid out for Tesseract.

    Attributes:
        psm: Page segmentation mode: 6 a block, 7 a line, 8 a word, 10 a character, 11 sparse
            text, 13 a raw line.
        height_px: Pictures are brought to this height; 0 leaves them.
        border_px: Paper added on every side after that.
        binarise: Black on white, by Otsu's threshold (1979), before all else.
    """

    psm: int
    height_px: int = 0
    border_px: int = 0
    binarise: bool = False


# The best of those that `export tune-peers` tries on training pictures: 14 of 24 digits and 4 of 24
# cheque amounts. Whole forms there are none to train on; 11 is the mode meant for them.
BEST_TESSERACT: Final[Mapping[Kind, TesseractSettings]] = {
    Kind.DIGIT: TesseractSettings(psm=10, height_px=36, border_px=20, binarise=True),
    Kind.STRING: TesseractSettings(psm=13, height_px=64, border_px=20, binarise=True),
    Kind.PAGE: TesseractSettings(psm=6, height_px=64, border_px=20),
    Kind.FIELDS: TesseractSettings(psm=11),
    Kind.NEGATIVE: TesseractSettings(psm=6, height_px=64, border_px=20),
}


class Tesseract:
    """Runs the program once a picture, on one thread."""

    def __init__(self, settings: Mapping[Kind, TesseractSettings]) -> None:
        self._settings = settings
        self._environment = os.environ | {"OMP_THREAD_LIMIT": "1"}

    def read(self, sample: Sample, kind: Kind) -> Answer:
        """Raises subprocess.CalledProcessError if the program fails."""
        start = _processor_s()
        settings = self._settings[kind]
        picture = prepare(load_pixels(sample), settings)
        command = ["tesseract", "stdin", "stdout", "--psm", str(settings.psm), "--dpi", "300"]
        command += ["-c", "tessedit_char_whitelist=0123456789", "tsv"]
        done = subprocess.run(
            command,
            input=cv2.imencode(".png", picture)[1].tobytes(),
            capture_output=True,
            check=True,
            env=self._environment,
        )
        lines = parse_tsv(done.stdout.decode())
        return Answer(lines, (_processor_s() - start) * 1000)


def _processor_s() -> float:
    """Ours and that of the programs that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def prepare(pixels: NDArray[np.uint8], settings: TesseractSettings) -> NDArray[np.uint8]:
    """Grey, dark on light, at the wanted height and with a border of paper.

    Args:
        pixels: (h, w, 3) uint8 RGB.

    Returns:
        (h, w) uint8.
    """
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    edge = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    paper = int(np.median(edge))
    if paper < 100:
        grey, paper = 255 - grey, 255 - paper
    if settings.binarise:
        grey = np.asarray(cv2.threshold(grey, 0, 255, cv2.THRESH_OTSU)[1], np.uint8)
        paper = 255
    factor = settings.height_px / grey.shape[0] if settings.height_px else 1.0
    factor = min(factor, LONGEST_SIDE / max(grey.shape))
    if factor != 1:
        way = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
        grey = np.asarray(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=way), np.uint8)
    return np.pad(grey, settings.border_px, constant_values=paper)


def parse_tsv(text: str) -> tuple[LineAnswer, ...]:
    """The lines of Tesseract's TSV output: words of one line joined, the least confidence."""
    words: dict[tuple[str, str, str], list[tuple[str, float]]] = {}
    for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        digits = re.sub(r"[^0-9]", "", row["text"] or "")
        if row["level"] == WORD_LEVEL and digits:
            place = (row["block_num"], row["par_num"], row["line_num"])
            words.setdefault(place, []).append((digits, float(row["conf"]) / 100))
    return tuple(
        LineAnswer("".join(digits for digits, _ in line), min(sure for _, sure in line), True)
        for line in words.values()
    )


@dataclass(frozen=True, slots=True)
class TesseractPlan:
    """Opens Tesseract."""

    settings: Mapping[Kind, TesseractSettings] = field(default_factory=lambda: BEST_TESSERACT)
    name: str = "Tesseract"

    def cache_key(self, kind: Kind) -> str | None:
        """Version and settings."""
        return f"{tesseract_version()} {self.settings[kind]}"

    def open(self) -> Tesseract:
        """Raises FileNotFoundError where it is not installed."""
        tesseract_version()
        return Tesseract(self.settings)


def tesseract_version() -> str:
    """Such as "5.3.0".

    Raises:
        FileNotFoundError: not installed.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise FileNotFoundError("Tesseract is missing. On Debian: apt-get install tesseract-ocr")
    done = subprocess.run([program, "--version"], capture_output=True, check=True)
    return done.stdout.decode().split()[1]
