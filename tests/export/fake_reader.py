"""A reader that answers from a table, in this process or another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from export.evaluation.judging import Answer, LineAnswer

if TYPE_CHECKING:
    from export.evaluation.samples import Kind, Sample


@dataclass
class FakeReader:
    """Reads every picture right, but for the names it was told to misread."""

    misread: dict[str, str]
    read_names: list[str] = field(default_factory=list)

    def read(self, sample: Sample, kind: Kind) -> Answer:
        self.read_names.append(sample.name)
        texts = self.misread.get(sample.name, sample.truth).split("|")
        lines = tuple(LineAnswer(text, 0.95, True) for text in texts if text)
        return Answer(lines, 2.0)


@dataclass(frozen=True)
class FakePlan:
    """Opens a fake reader; kept answers are asked for when it has a key."""

    name: str = "Fake"
    misread: dict[str, str] = field(default_factory=dict)
    key: str | None = None

    def cache_key(self, kind: Kind) -> str | None:
        return self.key

    def open(self) -> FakeReader:
        return FakeReader(self.misread)
