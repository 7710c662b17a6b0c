"""What a screen reader finds and hears, as it asks Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QStackedWidget, QWidget

from desktop_app.gui.announcements import words_for
from desktop_app.gui.spoken_roles import ROLES
from desktop_app.scanning import platform_port
from tests.support.fakes import FakeReader, reading_of
from tests.support.scanners import FakeScanners

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAccessibleInterface

    from tests.support.window_driver import WindowDriver

NAME, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Description


def told(widget: QWidget) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(widget)


@pytest.fixture
def doubtful(driver: WindowDriver, reader: FakeReader, slip: Path) -> WindowDriver:
    reader.reading = reading_of("561247", doubts={(0, 4)})
    driver.open(slip)
    return driver


def test_painted_widgets_say_what_they_are(doubtful: WindowDriver) -> None:
    window, roles = doubtful.window, QAccessible.Role
    panel = window.workspace.panel
    for widget, role in (
        (window, roles.Window),
        (window.top_bar, roles.ToolBar),
        (window.status_line, roles.StatusBar),
        (window.workspace.slip, roles.Graphic),
        (window.workspace.notice, roles.AlertMessage),
        (panel.sheet.number, roles.StaticText),
        (panel.sheet.pill, roles.StaticText),
        (panel.progress.bar, roles.ProgressBar),
        (panel.copy_button, roles.Button),
        (window.findChildren(QStackedWidget)[0], roles.Client),
    ):
        assert told(widget).role() == role, widget


def test_roles_are_of_classes_that_there_are(
    doubtful: WindowDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform_port, "open_scanner_port", FakeScanners)
    doubtful.press(Qt.Key.Key_S)
    doubtful.press(Qt.Key.Key_F1)
    doubtful.drop_files()
    widgets = [doubtful.window, *doubtful.window.findChildren(QWidget)]
    assert set(ROLES) <= {type(widget).__name__ for widget in widgets}


def test_everything_that_takes_the_focus_has_a_name_and_is_no_filler(
    doubtful: WindowDriver,
) -> None:
    for widget in doubtful.window.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert told(widget).text(NAME)
            assert told(widget).role() != QAccessible.Role.Client, told(widget).text(NAME)


def test_tab_goes_as_the_eye_does(doubtful: WindowDriver) -> None:
    names = []
    for _ in range(8):
        names.append(told(doubtful.focus).text(NAME))
        doubtful.press(Qt.Key.Key_Tab)
    assert names[0].startswith("Fifth digit: 4, please check, 61")
    assert names[1:] == [
        "Keep 4", "It is 9", "Add a digit before it", "Add a digit after it", "Remove the digit",
        "Copy", "Open next",
    ]  # fmt: skip
    assert told(doubtful.focus).text(NAME) == "Open"


def test_sure_number_is_told_where_the_focus_goes(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    assert isinstance(driver.focus, QAbstractButton)
    assert told(driver.focus).text(NAME) == "Copy"
    assert told(driver.focus).text(DESCRIPTION) == "5 6 1 2 4 7. Sure of all six digits."


def test_failure_is_told_where_the_focus_goes(driver: WindowDriver, tmp_path: Path) -> None:
    letter = tmp_path / "letter.png"
    letter.write_text("Dear Sir or Madam, thank you for the letter.")
    driver.open(letter)
    assert told(driver.focus).text(NAME) == "Open another picture"
    assert told(driver.focus).text(DESCRIPTION).startswith("letter.png: This file holds text")


def test_new_reading_is_announced_digit_by_digit(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    before = driver.state
    reader.reading = reading_of("561247", "12", doubts={(0, 4)})
    driver.open(slip)
    assert words_for(before, driver.state) == "Line 1. 5 6 1 2 4 7. Please check 1 digit."


def test_focus_goes_from_the_front_page_to_the_page_without_a_stop(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    visited: list[str] = []

    def note(_old: QWidget | None, new: QWidget | None) -> None:
        if new is not None:
            visited.append(new.accessibleName())

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.focusChanged.connect(note)
    reader.gate.clear()
    driver.drop_files(slip)
    driver.qtbot.waitUntil(lambda: driver.state.shown is not None)
    application.focusChanged.disconnect(note)
    assert visited == ["Page"]
