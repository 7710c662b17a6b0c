from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from desktop_app.app import reader_ports
from desktop_app.gui.state import Phase
from model.card import WEIGHTS_FOLDER
from tests.support.pages import ink_page, on_paper
from tests.support.window_driver import WindowDriver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def driver(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDriver]:
    if not (WEIGHTS_FOLDER / "digits.onnx").exists():
        pytest.skip("needs the shipped network")
    driver = WindowDriver(qtbot, reader_ports(tmp_path / "settings.json"), tmp_path)
    yield driver
    driver.close()


def test_dropped_slip_is_read_and_copied(driver: WindowDriver, tmp_path: Path) -> None:
    Image.fromarray(on_paper(ink_page("561247")).pixels).save(tmp_path / "slip.png")
    driver.drop_files(tmp_path / "slip.png")
    driver.qtbot.waitUntil(lambda: driver.state.phase is Phase.REVIEWING, timeout=60_000)
    assert driver.number == "561247"
    assert driver.sees("One line, six digits.")


def test_blank_paper_has_no_number(driver: WindowDriver, tmp_path: Path) -> None:
    Image.new("RGB", (640, 400), (238, 236, 230)).save(tmp_path / "blank.png")
    driver.drop_files(tmp_path / "blank.png")
    driver.qtbot.waitUntil(lambda: driver.state.phase is Phase.REVIEWING, timeout=60_000)
    assert driver.sees("No digits were found")
