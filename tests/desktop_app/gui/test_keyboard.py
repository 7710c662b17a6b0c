from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.gui.commands import GROUPS
from tests.support.fakes import FakeReader, reading_of, save_picture

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.window_driver import WindowDriver


def focusable(window: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def test_whole_journey_by_keyboard_alone(
    driver: WindowDriver, reader: FakeReader, tmp_path: Path
) -> None:
    reader.reading = reading_of("561247", doubts={(0, 0), (0, 4)})
    driver.open(save_picture(tmp_path / "one.png"), save_picture(tmp_path / "two.png"))
    driver.press(Qt.Key.Key_Return)
    driver.press(Qt.Key.Key_9)
    driver.press(Qt.Key.Key_Return)
    assert driver.focus.accessibleName() == "Copy"
    driver.press(Qt.Key.Key_Return)
    assert driver.clipboard == "561297"
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert driver.state.page_name == "two.png"


def test_every_control_has_a_name_for_screen_readers(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    nameless = [widget for widget in focusable(driver.window) if not widget.accessibleName()]
    assert nameless == []
    reader.reading = reading_of("561247", "12", doubts={(0, 4)})
    driver.open(slip)
    assert len(focusable(driver.window)) > 10
    nameless = [widget for widget in focusable(driver.window) if not widget.accessibleName()]
    assert nameless == []


def test_tab_reaches_every_control_and_comes_round(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    expected = {widget for widget in focusable(driver.window) if widget.isEnabled()}
    reached: set[QWidget] = set()
    for _ in range(len(expected) + 2):
        driver.press(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        reached.add(focus)
    assert reached >= expected


def test_help_lists_every_key_and_gives_way_to_escape(driver: WindowDriver) -> None:
    driver.press(Qt.Key.Key_F1)
    text = driver.visible_text()
    for _, entries in GROUPS:
        for entry in entries:
            if entry.keys:
                assert entry.label in text
    driver.press(Qt.Key.Key_Escape)
    assert driver.sees("Drop a picture of a handwritten number")


def test_menu_holds_every_command(driver: WindowDriver) -> None:
    from PySide6.QtWidgets import QMenu

    driver.press(Qt.Key.Key_F10)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    labels = {action.text() for action in menu.actions()}
    assert {entry.label for _, entries in GROUPS for entry in entries} <= labels
    menu.close()
