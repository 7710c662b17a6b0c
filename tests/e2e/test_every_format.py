from __future__ import annotations

from typing import TYPE_CHECKING

from model.formats import SUPPORTED_FORMATS
from model.intake import load_page
from model.reader import Reader
from tests.support.every_format import save_in_every_format
from tests.support.pages import ink_page, on_paper

if TYPE_CHECKING:
    from pathlib import Path


def test_same_page_reads_the_same_in_every_format(tmp_path: Path) -> None:
    number = "5612474093"
    names = save_in_every_format(tmp_path, on_paper(ink_page(number, height=90)).pixels)
    pages = {name: load_page(tmp_path / name) for name in names}
    reader = Reader.open()

    lines = {name: reader.read(page).lines for name, page in pages.items()}

    assert {page.format for page in pages.values()} == set(SUPPORTED_FORMATS)
    assert {name: [line.text for line in found] for name, found in lines.items()} == {
        name: [number] for name in names
    }
    assert {name: lines[name][0].decision for name in names} == dict.fromkeys(
        names, lines["colour.png"][0].decision
    )
