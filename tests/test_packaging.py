"""The lock files say what pyproject.toml says, and nothing about where packages come from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

import pytest

from desktop_app import __version__

ROOT: Final = Path(__file__).parents[1]
LOCK_NAMES: Final = ("runtime", "dev", "all")


def declared(*extras: str) -> dict[str, str]:
    """Name to version, as pyproject.toml pins them, for the program and these extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"]]
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    return pinned("\n".join(lines))


def pinned(requirements: str) -> dict[str, str]:
    """Name to version of every `name==version` line, names in their canonical form."""
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", requirements, flags=re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pins}


def lock_text(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "extras"),
    [("runtime", ()), ("dev", ("dev",)), ("all", ("train", "compare", "scan", "dev"))],
)
def test_lock_holds_every_pinned_requirement(name: str, extras: tuple[str, ...]) -> None:
    assert declared(*extras).items() <= pinned(lock_text(name)).items()


def test_every_requirement_is_pinned_exactly() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    count = len(project["dependencies"]) + sum(len(lines) for lines in extras.values())
    assert len(declared(*extras)) == count


@pytest.mark.parametrize("name", LOCK_NAMES)
def test_lock_names_no_package_index(name: str) -> None:
    assert not re.search(r"https?://|file:|--(extra-)?index-url|--find-links", lock_text(name))


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_smaller_locks_agree_with_the_full_one(name: str) -> None:
    assert pinned(lock_text(name)).items() <= pinned(lock_text("all")).items()


def test_program_and_distribution_have_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__
