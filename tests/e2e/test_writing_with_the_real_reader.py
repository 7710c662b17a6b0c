from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt

from desktop_app.app import reader_ports
from desktop_app.gui.commands import Command
from desktop_app.gui.state import Phase
from tests.support.pad_accuracy import numbers
from tests.support.recorded_pen import load_digits, replay
from tests.support.window_driver import WindowDriver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

SINGLES = Path(__file__).parents[3] / "shared" / "data" / "single"


def arc(centre: tuple[float, float], radii: tuple[float, float], start: float, end: float) -> Arc:
    turn = np.radians(np.linspace(start, end, 40))
    return np.column_stack(
        [centre[0] + radii[0] * np.cos(turn), centre[1] + radii[1] * np.sin(turn)]
    )


Arc = np.ndarray[tuple[int, int], np.dtype[np.float64]]


def drawn_number() -> list[Arc]:
    """5 3 0 4 as a child writes them, 120 px high."""
    straight = np.linspace(0, 1, 12)[:, None]
    five = np.vstack(
        [
            [95, 60] + straight * [-45.0, 0.0],
            [50, 60] + straight * [0.0, 50.0],
            arc((68, 138), (34, 40), 240, 500),
        ]
    )
    three = np.vstack([arc((190, 88), (30, 28), 200, 450), arc((190, 148), (34, 32), 270, 520)])
    zero = arc((300, 120), (34, 60), -90, 275)
    four = [
        np.vstack([[400, 60] + straight * [-25.0, 75.0], [375, 135] + straight * [75.0, 0.0]]),
        [425, 95] + straight * [0.0, 85.0],
    ]
    return [five, three, zero, *four]


def write(driver: WindowDriver, strokes: Sequence[NDArray[np.float64]]) -> str:
    """Write on a fresh sheet, wait for the pause and the reading, and say what is shown."""
    # Not Del, which takes the selected digit first.
    driver.window.commands[Command.CLEAR].trigger()
    pad = driver.window.workspace.pad
    assert pad is not None
    corner = np.array([pad.paper.left(), pad.paper.top()])
    replay(pad, [stroke + corner for stroke in strokes])
    driver.qtbot.waitUntil(lambda: driver.state.phase is Phase.REVIEWING, timeout=20_000)
    return driver.number


@pytest.fixture
def driver(qtbot: QtBot, tmp_path: Path) -> WindowDriver:
    driver = WindowDriver(qtbot, reader_ports(tmp_path / "settings.json"), tmp_path)
    driver.press(Qt.Key.Key_D)
    return driver


def test_a_number_written_with_the_mouse_is_read(driver: WindowDriver) -> None:
    assert write(driver, drawn_number()) == "5304"
    driver.close()


@pytest.mark.slow
@pytest.mark.skipif(not SINGLES.is_dir(), reason="needs the project's data in ../shared/data")
def test_recorded_numbers_of_unknown_writers_are_read(driver: WindowDriver) -> None:
    driver.window.resize(2000, 900)
    sheets = list(numbers(load_digits(SINGLES, held_back=True), 20))
    right = sum(write(driver, sheet.strokes) == sheet.truth for sheet in sheets)
    driver.close()
    assert right >= 16
