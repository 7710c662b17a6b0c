"""Readers as the evaluation sees them: a picture file in, an answer out.

``PictureReader`` is all that is asked of a reader, ours and the peers alike. A reader is opened in
the process that uses it, by a plan that can be sent there.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from export.evaluation.judging import Answer, LineAnswer
from export.evaluation.samples import Kind, Sample
from model.card import WEIGHTS_FOLDER, Calibration
from model.errors import PictureError
from model.fields.catalogue import find_kind
from model.fields.decode import read_fields
from model.intake import load_page
from model.line_card import load_line_card
from model.types import Decision, LineReading

if TYPE_CHECKING:
    from model.reader import Reader


_AT_ITS_WORD: Final = Calibration(1.0, 1.0, 0.0, 1.0)
"""Logits as they come."""


class PictureReader(Protocol):
    """Reads one sample's picture."""

    def read(self, sample: Sample, kind: Kind) -> Answer: ...


class ReaderPlan(Protocol):
    """Opens a reader; small, immutable, and fit to be sent to another process."""

    @property
    def name(self) -> str: ...

    def cache_key(self, kind: Kind) -> str | None:
        """Changes whenever an answer may change; None where answers may not be kept."""
        ...

    def open(self) -> PictureReader: ...


class ShippedReader:
    """Numberglass as the user has it: ``load_page`` and ``Reader.read``."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, sample: Sample, kind: Kind) -> Answer:
        """The kind is not used: nobody tells the shipped reader what to expect."""
        start = time.process_time()
        try:
            page = load_page(sample.source)
        except PictureError as error:
            return Answer((), _processor_ms(start), error.user_message)
        reading = self._reader.read(page, region=sample.region)
        processor_ms = _processor_ms(start)
        ruled = None
        if sample.field:
            ruled = tuple(map(_value, read_fields(reading, find_kind(sample.field)).lines))
        return Answer(tuple(map(_answer, reading.lines)), processor_ms, ruled=ruled)


def _answer(line: LineReading) -> LineAnswer:
    digits = tuple(digit.confidence for digit in line.digits)
    return LineAnswer(line.text, line.confidence, line.decision is Decision.ACCEPT, digits)


def _value(line: LineReading) -> LineAnswer:
    value = line.field.value if line.field is not None else None
    return LineAnswer(value or "", line.confidence, line.decision is Decision.ACCEPT)


@dataclass(frozen=True, slots=True)
class ShippedPlan:
    """Opens the shipped reader, or one with networks of another folder."""

    weights: Path = WEIGHTS_FOLDER
    name: str = "Numberglass"

    def cache_key(self, kind: Kind) -> str | None:
        """Never: it is what changes from run to run."""

    def open(self) -> PictureReader:
        """Raises NetworkError."""
        # Late: peers are measured in processes of their own, without our network.
        from model.reader import Reader

        return ShippedReader(Reader.open(self.weights))


@dataclass(frozen=True, slots=True)
class FirstAlonePlan:
    """Opens the shipped reader without the line network that it asks in doubt."""

    weights: Path = WEIGHTS_FOLDER
    name: str = "Numberglass, first network alone"

    def cache_key(self, kind: Kind) -> str | None:
        """Never: it changes with the networks."""

    def open(self) -> PictureReader:
        """Raises NetworkError."""
        from model.network import LineNetwork, Network
        from model.reader import Reader

        card = load_line_card(self.weights)
        content = (self.weights / card.first.file).read_bytes()
        lines = LineNetwork.of(content, replace(card, second=None))
        return ShippedReader(Reader(lines, Network.load(self.weights)))


@dataclass(frozen=True, slots=True)
class UnfittedPlan:
    """Opens the shipped networks with all answers taken at their word: before any calibration."""

    weights: Path = WEIGHTS_FOLDER
    name: str = "Numberglass, unfitted"

    def cache_key(self, kind: Kind) -> str | None:
        """Never: it changes with the networks."""

    def open(self) -> PictureReader:
        """Raises NetworkError."""
        from export.lines.fit_share import UNFITTED
        from model.network import LineNetwork, Network
        from model.reader import Reader

        lines, digits = LineNetwork.load(self.weights), Network.load(self.weights)
        lines.card = replace(lines.card, fusion=UNFITTED)
        digits.card = replace(digits.card, calibration=_AT_ITS_WORD)
        return ShippedReader(Reader(lines, digits))


def load_pixels(sample: Sample) -> NDArray[np.uint8]:
    """What a peer is given: the upright picture, or the region dragged open.

    Decoding is ours for all, so that a turned or transparent picture counts against nobody.

    Returns:
        (h, w, 3) uint8 RGB.

    Raises:
        PictureError: it cannot be opened.
    """
    pixels = load_page(sample.source).pixels
    if sample.region is None:
        return pixels
    box = sample.region
    return pixels[box.y : box.bottom, box.x : box.right]


def _processor_ms(start: float) -> float:
    return (time.process_time() - start) * 1000
