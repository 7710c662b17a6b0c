"""Numbers of a page that confirm each other are told below the number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tests.support.fakes import reading_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.fakes import FakeReader
    from tests.support.window_driver import WindowDriver


def test_a_total_is_told_and_told_no_more_once_a_part_is_corrected(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of("250", "150", "400", doubts={(0, 0)})
    driver.open(slip)

    assert driver.sees("With line 2 it adds up to line 3.")
    driver.press(Qt.Key.Key_7)

    assert not driver.sees("adds up")
