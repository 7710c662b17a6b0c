from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop_app.gui.incoming import PastedImage, Refusal
from desktop_app.gui.queue import Picture
from desktop_app.gui.screen_part import ScreenPart, Shot
from desktop_app.gui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop_app.gui.screen_veil import ScreenVeil
    from tests.support.window_driver import WindowDriver

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def viewer(qtbot: QtBot) -> QWidget:
    """Another program's green window: an empty screen would be all black."""
    viewer = QWidget()
    qtbot.addWidget(viewer)
    palette = viewer.palette()
    palette.setColor(viewer.backgroundRole(), QColor(20, 140, 60))
    viewer.setPalette(palette)
    viewer.setGeometry(100, 120, 200, 90)
    viewer.show()
    qtbot.waitExposed(viewer)
    return viewer


def _begin(driver: WindowDriver) -> ScreenPart:
    """Ask for it by key, and wait for the frozen screen."""
    driver.press_ctrl(Qt.Key.Key_G)
    assert not driver.window.isVisible()
    (part,) = driver.window.findChildren(ScreenPart)
    assert isinstance(part, ScreenPart)
    driver.qtbot.waitUntil(lambda: bool(part.veils) and part.veils[0].isActiveWindow())
    return part


def _drag(veil: ScreenVeil, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(veil, LEFT, NONE, start)
    QTest.mouseMove(veil, (start + end) / 2)
    QTest.mouseMove(veil, end)
    QTest.mouseRelease(veil, LEFT, NONE, end)


@pytest.mark.usefixtures("viewer")
def test_a_dragged_part_is_read_as_it_was_on_the_screen(driver: WindowDriver) -> None:
    veil = _begin(driver).veils[0]

    _drag(veil, QPoint(90, 130), QPoint(250, 190))

    driver.qtbot.waitUntil(lambda: driver.number == "561247")
    assert driver.window.isVisible()
    assert driver.state.page_name == "Part of the screen"
    shown = driver.state.shown
    assert shown is not None
    assert shown.page.pixels.shape == (60, 160, 3)
    assert shown.page.pixels[30, 11].tolist() == [20, 140, 60]
    assert shown.page.pixels[30, 9].tolist() != [20, 140, 60]


@pytest.mark.usefixtures("viewer")
def test_keys_move_the_rectangle_resize_it_and_read_it(driver: WindowDriver) -> None:
    veil = _begin(driver).veils[0]
    size = veil.width()
    assert veil.tool.box is not None
    start = veil.tool.box

    QTest.keyClick(veil, Qt.Key.Key_Left)
    QTest.keyClick(veil, Qt.Key.Key_Down)
    QTest.keyClick(veil, Qt.Key.Key_Up, SHIFT)

    step = size // 50
    moved = veil.tool.box
    assert (moved.x, moved.y) == (start.x - step, start.y + step)
    assert (moved.w, moved.h) == (start.w, start.h - step)
    QTest.keyClick(veil, Qt.Key.Key_Return)
    driver.qtbot.waitUntil(lambda: driver.number == "561247")
    assert driver.state.shown is not None
    assert driver.state.shown.page.pixels.shape == (moved.h, moved.w, 3)


@pytest.mark.usefixtures("viewer")
def test_esc_leaves_everything_as_it_was(driver: WindowDriver) -> None:
    before = driver.state
    part = _begin(driver)
    QTest.keyClick(part.veils[0], Qt.Key.Key_Escape)
    assert driver.window.isVisible()
    assert part.veils == ()
    assert driver.state is before
    # And once more, to see that it starts afresh.
    driver.qtbot.waitUntil(driver.window.isActiveWindow)
    again = _begin(driver)
    QTest.mouseClick(again.veils[0], Qt.MouseButton.RightButton)
    assert driver.window.isVisible()
    assert QGuiApplication.quitOnLastWindowClosed()


@pytest.mark.usefixtures("viewer")
def test_the_picture_underneath_keeps_its_review(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    part = _begin(driver)
    QTest.keyClick(part.veils[0], Qt.Key.Key_Escape)
    assert driver.number == "561247"
    assert driver.state.page_name == "slip.png"


def _shot(width: int, height: int, colour: str = "white") -> Shot:
    pixels = QPixmap(width, height)
    pixels.fill(QColor(colour))
    return Shot(QGuiApplication.primaryScreen(), pixels)


def _offer(qtbot: QtBot, shots: Sequence[Shot]) -> tuple[ScreenPart, list[object]]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    part = ScreenPart(window, Theme(), lambda: shots)
    offered: list[object] = []
    part.offered.connect(offered.append)
    part.choose()
    return part, offered


def _pasted(offered: list[object]) -> PastedImage:
    """The pixels of the one picture that was offered."""
    (pictures,) = offered
    assert isinstance(pictures, tuple)
    (picture,) = pictures
    assert isinstance(picture, Picture)
    assert isinstance(picture.source, PastedImage)
    return picture.source


@pytest.mark.parametrize("shots", ["none", "black"])
def test_a_platform_that_shows_nothing_is_said_with_a_way_out(qtbot: QtBot, shots: str) -> None:
    part, offered = _offer(qtbot, [] if shots == "none" else [_shot(800, 800, "black")])
    qtbot.waitUntil(lambda: bool(offered))
    (refusal,) = offered
    assert isinstance(refusal, Refusal)
    assert "does not let programs look at the screen" in refusal.title
    assert "Ctrl+V" in refusal.hint
    assert part.veils == ()
    window = part.parent()
    assert isinstance(window, QWidget)
    assert window.isVisible()


def test_wayland_is_refused_before_the_window_hides(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland-egl")
    part, offered = _offer(qtbot, [_shot(800, 800)])
    assert isinstance(offered[0], Refusal)
    window = part.parent()
    assert isinstance(window, QWidget)
    assert window.isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_every_pixel_of_a_finer_screen_is_kept(qtbot: QtBot, scale: float) -> None:
    screen = QGuiApplication.primaryScreen()
    size = screen.geometry().size() * scale
    part, offered = _offer(qtbot, [_shot(size.width(), size.height())])
    qtbot.waitUntil(lambda: bool(part.veils))

    _drag(part.veils[0], QPoint(100, 100), QPoint(300, 150))

    page = _pasted(offered).to_page()
    assert (page.width, page.height) == (round(200 * scale), round(50 * scale))


def test_tab_and_the_mouse_go_to_the_other_screen(qtbot: QtBot) -> None:
    part, offered = _offer(qtbot, [_shot(800, 800), _shot(800, 800, "red")])
    qtbot.waitUntil(lambda: len(part.veils) == 2)
    first, second = part.veils
    assert "Tab" in first.accessibleDescription()
    assert (first.tool.is_on, second.tool.is_on) == (True, False)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert (first.tool.is_on, second.tool.is_on) == (False, True)
    QTest.keyClick(second, Qt.Key.Key_Tab)
    assert first.tool.is_on
    _drag(second, QPoint(10, 10), QPoint(110, 60))
    assert _pasted(offered).image.pixelColor(5, 5) == QColor("red")


def test_a_screen_that_is_unplugged_ends_the_choice(qtbot: QtBot) -> None:
    part, offered = _offer(qtbot, [_shot(800, 800)])
    qtbot.waitUntil(lambda: bool(part.veils))
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    application.screenRemoved.emit(QGuiApplication.primaryScreen())
    assert part.veils == ()
    assert offered == []
