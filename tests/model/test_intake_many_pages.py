"""Files of fifty pages: one page at a time, any page at once, and memory for one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from model import intake_pdf, intake_pixels
from model.intake import load_pages, open_pages
from tests.support.many_pages import save_pdf, save_tiff

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).parents[2]
COUNT: Final = 50
SMALL: Final = (400, 300)
SAVE: Final = {"tif": save_tiff, "pdf": save_pdf}


@pytest.fixture
def unpacked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """One entry for each page that a decoder unpacked."""
    pages: list[object] = []

    def counted(work: Callable[..., object]) -> Callable[..., object]:
        def do(*arguments: object) -> object:
            pages.append(arguments)
            return work(*arguments)

        return do

    monkeypatch.setattr("model.intake.decode", counted(intake_pixels.decode))
    monkeypatch.setattr(intake_pdf.PdfPages, "_draw", counted(intake_pdf.PdfPages._draw))
    return pages


@pytest.mark.parametrize("kind", SAVE)
def test_first_page_comes_before_any_other_is_unpacked(
    kind: str, unpacked: list[object], tmp_path: Path
) -> None:
    pages = load_pages(SAVE[kind](tmp_path / f"pages.{kind}", COUNT, SMALL))

    for number in range(1, 4):
        assert next(pages).number == number
        assert len(unpacked) == number


@pytest.mark.parametrize("kind", SAVE)
def test_late_page_comes_without_those_before_it(
    kind: str, unpacked: list[object], tmp_path: Path
) -> None:
    with open_pages(SAVE[kind](tmp_path / f"pages.{kind}", COUNT, SMALL)) as file:
        assert file.page_count == COUNT
        assert unpacked == []
        page = file.load(40)

    assert (page.number, len(unpacked)) == (40, 1)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the memory held at most")
@pytest.mark.parametrize("kind", SAVE)
def test_fifty_pages_take_the_memory_of_one(kind: str, tmp_path: Path) -> None:
    path = SAVE[kind](tmp_path / f"pages.{kind}", COUNT)

    done = subprocess.run(
        [sys.executable, "-m", "tests.support.many_pages", path],
        cwd=ROOT,
        # What is freed goes back at once, so that the peak is what is held and not what the C
        # library keeps, which differs from run to run.
        env={
            **os.environ,
            "MALLOC_MMAP_THRESHOLD_": "1000000",
            "MALLOC_TRIM_THRESHOLD_": "1000000",
        },
        capture_output=True,
        text=True,
        check=True,
    )

    count, after_one, after_all = map(float, done.stdout.split())
    assert count == COUNT
    assert after_all - after_one < 50
