"""The frozen program, where one has been built: it opens whatever the program opens.

Set NUMBERGLASS_BUNDLE to its folder (.ci/run does, after `pyinstaller build.spec`).
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.support.every_format import save_in_every_format
from tests.support.pages import ink_page, on_paper

if TYPE_CHECKING:
    from collections.abc import Sequence

SELF_CHECK_PICTURE: Final = Path(__file__).parents[1] / "model" / "weights" / "self_check.png"
NEVER_SHIPPED: Final = ("export", "keras", "pip", "pytest", "tensorflow", "tests")


@pytest.fixture(scope="module")
def bundle() -> Path:
    """The folder that holds the frozen program."""
    folder = os.environ.get("NUMBERGLASS_BUNDLE")
    if not folder:
        pytest.skip("needs the frozen program: NUMBERGLASS_BUNDLE names no folder")
    return Path(folder).resolve()


def run_frozen(
    bundle: Path, arguments: Sequence[str], *, home: Path
) -> subprocess.CompletedProcess[str]:
    """Run it with a PATH that holds nothing, least of all a Python."""
    return subprocess.run(
        [bundle / "numberglass", *arguments],
        env={"PATH": "/nowhere", "HOME": str(home), "LC_ALL": "C.UTF-8"},
        cwd=home,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_self_check_passes_without_python(bundle: Path, tmp_path: Path) -> None:
    finished = run_frozen(bundle, ["--self-check"], home=tmp_path)

    assert (finished.returncode, finished.stderr) == (0, "")


def test_every_format_gives_the_same_reading(bundle: Path, tmp_path: Path) -> None:
    # Decoders are found by name at run time, so that a freezer may miss one unnoticed.
    number = "5612474093"
    names = save_in_every_format(tmp_path, on_paper(ink_page(number, height=90)).pixels)

    finished = run_frozen(bundle, ["read", "--json", *names], home=tmp_path)

    pages: list[dict[str, Any]] = [json.loads(line) for line in finished.stdout.splitlines()]
    found = {page["file"]: [line["text"] for line in page["lines"]] for page in pages}
    assert found == {name: [number] for name in names}
    assert (finished.returncode, finished.stderr) == (0, "")


@pytest.mark.parametrize("kind", ["card", "aadhaar", "routing", "iban:DE", "phone:IN", "date"])
def test_every_standard_is_known(bundle: Path, tmp_path: Path, kind: str) -> None:
    asked = ["read", "--json", "--field", kind, str(SELF_CHECK_PICTURE)]

    finished = run_frozen(bundle, asked, home=tmp_path)

    assert finished.returncode == 0, finished.stderr
    assert json.loads(finished.stdout)["lines"][0]["field"]["kind"] == kind


def test_a_broken_picture_is_refused_in_words(bundle: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_text("no picture", encoding="utf-8")

    finished = run_frozen(bundle, ["read", "--json", "broken.png"], home=tmp_path)

    page = json.loads(finished.stdout)
    assert (finished.returncode, page["outcome"]) == (1, "failed")
    assert page["message"]


@pytest.mark.parametrize("name", NEVER_SHIPPED)
def test_development_tools_stay_outside(bundle: Path, name: str) -> None:
    assert not [path for path in bundle.rglob(name) if path.is_dir()]
