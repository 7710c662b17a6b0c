"""Where numbers come from: command, machine, versions, network."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.metadata
import json
import os
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from export.evaluation.rapid import rapidocr_version
from export.evaluation.results import Provenance
from export.evaluation.tesseract import tesseract_version
from model.card import WEIGHTS_FOLDER

PACKAGES: Final = ("numpy", "onnxruntime", "opencv-python-headless", "pillow")


def describe(
    command: Sequence[str], with_peers: bool, weights: Path = WEIGHTS_FOLDER
) -> Provenance:
    """This run's provenance.

    Args:
        command: ``sys.argv``; folders are cut to their last two parts, to name no machine's.
        with_peers: Whether the peers' versions count too.
        weights: Folder of the networks that were measured.
    """
    versions = {"Python": platform.python_version()}
    versions |= {name: importlib.metadata.version(name) for name in PACKAGES}
    if with_peers:
        versions |= {"Tesseract": tesseract_version(), "RapidOCR": rapidocr_version()}
    return Provenance(
        command=" ".join(("python -m export", *map(_shorten, command[1:]))),
        date=dt.datetime.now(dt.UTC).date().isoformat(),
        cpu=f"{_cpu_name()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        versions=versions,
        network=describe_network(weights),
    )


def describe_network(folder: Path) -> str:
    """Names, versions and hashes of a folder's networks."""
    parts = [
        f"`{path.name}`, SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}…"
        for path in sorted(folder.glob("*.onnx"))
    ]
    for card in sorted(folder.glob("*.json")):
        told = json.loads(card.read_text(encoding="utf-8"))
        versions = [one.get("version") for one in (told, told.get("second") or {})]
        parts += [f"card version {version}" for version in versions if version]
    return "; ".join(parts) or "none"


def _shorten(argument: str) -> str:
    path = Path(argument)
    return "/".join(("…", *path.parts[-2:])) if path.is_absolute() else argument


def _cpu_name() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((row.partition(": ")[2] for row in lines if row.startswith("model name")), "")
