from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from model.types import Box

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.fakes import FakeReader
    from tests.support.window_driver import WindowDriver


def zoom_of(driver: WindowDriver) -> float:
    view = driver.window.workspace.slip.view
    assert view is not None
    return view.zoom


def test_keys_zoom_and_fit(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    fitted = zoom_of(driver)
    driver.press_ctrl(Qt.Key.Key_Plus)
    assert zoom_of(driver) > fitted
    driver.press_ctrl(Qt.Key.Key_Minus)
    driver.press_ctrl(Qt.Key.Key_Minus)
    assert zoom_of(driver) < fitted
    driver.press_ctrl(Qt.Key.Key_0)
    assert zoom_of(driver) == fitted
    assert driver.sees(f"{fitted * 100:.0f} %")


def test_wheel_zooms_around_the_pointer(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    bed = driver.window.workspace.slip
    assert bed.view is not None
    at = QPointF(200, 150)
    before = bed.view.to_page(at)
    wheel = QWheelEvent(
        at,
        at,
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(bed, wheel)
    after = bed.view.to_page(at)
    assert abs(after.x() - before.x()) < 0.01
    assert abs(after.y() - before.y()) < 0.01


def test_dragged_rectangle_is_read_alone(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    driver.open(slip)
    bed = driver.window.workspace.slip
    assert bed.view is not None
    driver.click("Crop")
    rect = bed.view.to_bed(Box(20, 30, 100, 60)).toRect()
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(bed, left, pos=rect.topLeft())
    QTest.mouseMove(bed, rect.center())
    QTest.mouseMove(bed, rect.bottomRight())
    QTest.mouseRelease(bed, left, pos=rect.bottomRight())
    driver.settle()
    region = reader.regions[-1]
    assert region is not None
    assert abs(region.x - 20) <= 1
    assert abs(region.w - 100) <= 2
    driver.click("Whole page")
    driver.settle()
    assert reader.regions[-1] is None


def test_rectangle_is_moved_resized_and_read_by_keys(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    driver.open(slip)
    driver.press(Qt.Key.Key_C)
    driver.press(Qt.Key.Key_Left, times=2)
    driver.press(Qt.Key.Key_Up)
    driver.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, times=3)
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    # 400 x 300 px: the middle half, a fiftieth of the longer side each key.
    assert reader.regions[-1] == Box(100 - 16, 75 - 8, 200 + 24, 150)


def test_escape_leaves_the_crop_without_reading(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    driver.open(slip)
    driver.press(Qt.Key.Key_C)
    assert driver.sees("Drag a rectangle")
    driver.press(Qt.Key.Key_Escape)
    assert not driver.sees("Drag a rectangle")
    assert reader.regions == [None]


def test_page_is_dragged_and_kept_in_sight(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    bed = driver.window.workspace.slip
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(bed, left, pos=QPoint(300, 300))
    QTest.mouseMove(bed, QPoint(320, 300))
    QTest.mouseMove(bed, QPoint(4000, 300))
    QTest.mouseRelease(bed, left, pos=QPoint(4000, 300))
    assert bed.view is not None
    assert bed.view.left < bed.width()
