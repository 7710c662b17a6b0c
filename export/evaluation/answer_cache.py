"""Keeps the peers' answers between runs: they change only with picture, settings or version."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from export.evaluation.judging import Answer, LineAnswer
from export.evaluation.samples import Kind, Sample


class AnswerCache:
    """A file of answers, one JSON object a line, appended to: a killed run keeps its part."""

    def __init__(self, path: Path, *, refresh: bool = False) -> None:
        self._path = path
        self._answers: dict[str, Answer] = {}
        if refresh:
            path.unlink(missing_ok=True)
        elif path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                entry = json.loads(line)
                self._answers[entry["key"]] = _from_json(entry)

    def find(self, key: str) -> Answer | None:
        """The kept answer, if any."""
        return self._answers.get(key)

    def keep(self, key: str, answer: Answer) -> None:
        """Remember an answer, on disk at once."""
        self._answers[key] = answer
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, **_to_json(answer)}) + "\n")


def make_key(cache_key: str, kind: Kind, sample: Sample) -> str:
    """Of the settings, the kind and the picture's bytes."""
    return hashlib.sha256(f"{cache_key} {kind} {sample.digest()}".encode()).hexdigest()


def _to_json(answer: Answer) -> dict[str, object]:
    lines = [[line.text, line.confidence, line.is_accepted] for line in answer.lines]
    return {"lines": lines, "processor_ms": answer.processor_ms, "failure": answer.failure}


def _from_json(entry: dict[str, list[tuple[str, float, bool]]]) -> Answer:
    lines = tuple(LineAnswer(text, sure, accepted) for text, sure, accepted in entry["lines"])
    return Answer(lines, float(str(entry["processor_ms"])), str(entry["failure"]))
