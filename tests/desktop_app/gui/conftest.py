from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.fakes import FakeReader, ports_of, reading_of, save_picture
from tests.support.window_driver import WindowDriver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        # Qt's platform without a screen says what it cannot do; the program is not to blame.
        ignored = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
        item.add_marker(ignored)


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader(reading_of("561247"))


@pytest.fixture
def driver(qtbot: QtBot, reader: FakeReader, tmp_path: Path) -> Iterator[WindowDriver]:
    driver = WindowDriver(qtbot, ports_of(reader), tmp_path)
    yield driver
    reader.gate.set()
    driver.close()


@pytest.fixture
def slip(tmp_path: Path) -> Path:
    return save_picture(tmp_path / "slip.png")
