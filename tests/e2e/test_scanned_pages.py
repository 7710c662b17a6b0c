"""Paper through SANE's file scanner: what is scanned is read as the file itself is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt

from desktop_app.app import reader_ports
from desktop_app.gui.state import Phase
from desktop_app.scanning import platform_port
from desktop_app.scanning.kept_sheet import KeptSheet
from desktop_app.scanning.sane_library import SaneLibrary
from desktop_app.scanning.sane_scanners import SaneScanners
from desktop_app.scanning.values import Colour, ScanOptions, Source
from model.cancel import CancelToken
from model.card import WEIGHTS_FOLDER
from model.intake import load_page
from model.reader import Reader
from tests.support.pages import ink_page, on_paper
from tests.support.scanners import set_option
from tests.support.window_driver import WindowDriver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from model.types import Page

PNM = "pnm:0"
# Of a photograph, a scan and a drawing in the set; each is read in about a second.
PAGES_READ = 3

pytestmark = [
    pytest.mark.usefixtures("sane_devices"),
    pytest.mark.skipif(
        not (WEIGHTS_FOLDER / "digits.onnx").exists(), reason="needs the shipped network"
    ),
]


def laid_on_glass(path: Path) -> SaneScanners:
    """SANE, with this file on the glass of its first file scanner."""
    library = SaneLibrary()
    set_option(library, PNM, "filename", str(path))
    return SaneScanners(library)


def scanned(path: Path) -> Page:
    port = laid_on_glass(path)
    options = ScanOptions(Source.FLATBED, 300, Colour.COLOUR)
    (sheet,) = port.scan(PNM, options, on_strip=lambda _: None, cancel=CancelToken())
    port.close()
    return KeptSheet.packed(sheet).to_page()


@pytest.fixture
def driver(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDriver]:
    driver = WindowDriver(qtbot, reader_ports(tmp_path / "settings.json"), tmp_path)
    yield driver
    driver.close()


def test_drawn_number_is_scanned_by_keys_and_read(
    driver: WindowDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "slip.ppm"
    Image.fromarray(on_paper(ink_page("561247")).pixels).save(path)
    monkeypatch.setattr(platform_port, "open_scanner_port", lambda: laid_on_glass(path))
    driver.press(Qt.Key.Key_S)
    driver.qtbot.waitUntil(lambda: driver.focus.accessibleName() == "Scan")
    driver.press(Qt.Key.Key_Return)
    driver.qtbot.waitUntil(lambda: driver.state.phase is Phase.REVIEWING, timeout=60_000)
    assert driver.number == "561247"
    assert driver.sees("One line, six digits.")


def test_scanned_photographs_are_read_as_their_files(shared_data: Path, tmp_path: Path) -> None:
    reader = Reader.open()
    files = sorted((shared_data / "photos_dev" / "images").iterdir())
    step = max(1, len(files) // PAGES_READ)
    for at, file in enumerate(files[::step][:PAGES_READ]):
        page = load_page(file)
        path = tmp_path / f"{at}.ppm"
        Image.fromarray(page.pixels).save(path)
        scan = scanned(path)
        assert np.array_equal(scan.pixels, page.pixels), file.name
        assert reader.read(scan) == reader.read(page), file.name
