"""Fifty pages in the window, stepped through, take little more memory than the first."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import pytest

from tests.support.many_pages import save_pdf, save_tiff
from tests.support.window_memory import COUNT, LIMIT_MB, go_through

if TYPE_CHECKING:
    from pathlib import Path

SAVE: Final = {"tif": save_tiff, "pdf": save_pdf}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the memory held")
@pytest.mark.parametrize("kind", SAVE)
def test_fifty_pages_stepped_through_hold_the_memory_of_one(kind: str, tmp_path: Path) -> None:
    # The reader is made up: fifty readings take a minute, and what they leave behind is the same
    # from the second one on.
    found = go_through(SAVE[kind](tmp_path / f"pages.{kind}", COUNT), is_read=False)

    assert found.page_count == COUNT
    assert found.more_held < LIMIT_MB
