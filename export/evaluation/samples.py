"""What is measured: pictures with their truth, in named sets."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from model.types import Box


class Kind(StrEnum):
    """What a picture of the set holds, hence what counts as read."""

    DIGIT = "digit"
    """One digit in a close crop: read when there is one line with that digit alone."""
    STRING = "string"
    """One number in a close crop: read when there is one line with that number alone."""
    PAGE = "page"
    """Any numbers anywhere: read when all lines are right, in reading order, and no others."""
    FIELDS = "fields"
    """A form: each number of the truth counts for itself, read when it is among the lines."""
    NEGATIVE = "negative"
    """No digit at all: right when there is no reading."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One picture and what it says.

    Attributes:
        name: Unique within its set.
        source: The picture file, or its bytes.
        truth: Digits; ``|`` between lines, ``?`` for a digit nobody can tell; empty where there
            is none.
        region: The part that a person drags open, in pixels of the page; None for all of it.
        field: The kind of number that it is also read as, by its name; empty for none.
    """

    name: str
    source: Path | bytes
    truth: str
    region: Box | None = None
    field: str = ""

    def digest(self) -> str:
        """Hash of what is read: the picture's bytes and the region."""
        raw = self.source if isinstance(self.source, bytes) else self.source.read_bytes()
        return hashlib.sha256(raw + repr(self.region).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SampleSet:
    """Pictures of one kind from one origin.

    Attributes:
        name: As in ``--sets`` and in the results.
        title: For people.
        trained_on: The same writers are in the training data; the number flatters.
    """

    name: str
    title: str
    kind: Kind
    samples: Sequence[Sample] = field(repr=False)
    trained_on: bool = False

    def take(self, limit: int | None) -> SampleSet:
        """The first ``limit`` in an order that has nothing to do with the digits' order."""
        shuffled = sorted(self.samples, key=lambda s: (zlib.crc32(s.name.encode()), s.name))
        return SampleSet(self.name, self.title, self.kind, tuple(shuffled[:limit]), self.trained_on)
