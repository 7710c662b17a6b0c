"""What a training run leaves in its folder, so that it can be interrupted and go on."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any, Final

LOG_NAME: Final = "epochs.csv"
BEST_NAME: Final = "best.weights.h5"
NETWORK_NAME: Final = "best.keras"
"""The whole network, when the run has ended."""
SETTINGS_NAME: Final = "settings.json"

BLOCKS: Final = (1, 1, 2)
"""Residual steps of a line network of whose run nothing is said about them."""


class OtherRunError(Exception):
    """The folder holds a run with other settings; the message says which, and what to do."""


def claim(folder: Path, settings: dict[str, Any], *, option: str = "--run") -> None:
    """Make the folder this run's own, or find that it already is.

    Args:
        settings: What decides the outcome; JSON values.
        option: That names the folder.

    Raises:
        OtherRunError: a run with other settings was started there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / SETTINGS_NAME
    if not file.exists():
        file.write_text(json.dumps(settings, indent=1))
        return
    before = json.loads(file.read_text())
    changed = [
        f"{name} was {before.get(name)!r} and is {settings.get(name)!r}"
        for name in sorted(before.keys() | settings.keys())
        if before.get(name) != settings.get(name)
    ]
    if changed:
        raise OtherRunError(
            f"{folder} holds a run with other settings: {'; '.join(changed)}. "
            f"Name another folder with {option}, or delete this one to start anew."
        )


def settings_of(folder: Path) -> dict[str, Any]:
    """What a run was claimed with; its epochs are those that it did, if it was stopped before.

    One that was restored from what ships has no log: its settings say what was done.
    """
    settings: dict[str, Any] = json.loads((folder / SETTINGS_NAME).read_text())
    curves = read_curves(folder)
    return settings | {"epochs": len(curves["loss"])} if curves else settings


def blocks_of(settings: dict[str, Any]) -> list[int]:
    """How many residual steps the line network of a run has."""
    return list(settings.get("blocks", BLOCKS))


def read_curves(folder: Path) -> dict[str, list[float]]:
    """Each curve of the log that Keras wrote, by its name; empty where there is none yet.

    A run that was killed between its log and its checkpoint logs that epoch again: the later row
    is the one that counts.
    """
    log = folder / LOG_NAME
    if not log.exists():
        return {}
    with log.open(newline="") as file:
        rows = {int(row["epoch"]): row for row in csv.DictReader(file)}
    names = next(iter(rows.values()), {})
    return {name: [float(rows[epoch][name]) for epoch in sorted(rows)] for name in names}


def best_so_far(folder: Path) -> float | None:
    """The lowest validation loss of an interrupted run: a worse epoch must not replace its best."""
    losses = read_curves(folder).get("val_loss")
    return min(losses) if losses and (folder / BEST_NAME).exists() else None
