from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QScrollArea, QSpinBox, QWidget

from desktop_app.gui import theme
from desktop_app.gui.buttons import Button, Look
from desktop_app.gui.kind_list import KindList
from desktop_app.gui.number_view import LEAST_PX
from desktop_app.gui.theme import DARK, LIGHT, Tokens
from desktop_app.storage.settings import TEXT_SIZES
from model.fields.catalogue import find_kind
from tests.support.fakes import FakeReader, ports_of, reading_of
from tests.support.window_driver import WindowDriver

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2.2)."""

    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in colour.getRgbF()[:3])  # type: ignore[index]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_texts_can_be_read_on_their_grounds(tokens: Tokens) -> None:
    for ground in (tokens.window, tokens.panel):
        assert contrast(tokens.text, ground) >= 7
        assert contrast(tokens.quiet, ground) >= 4.5
        # The number is shown in these colours where it is doubtful or corrected.
        assert contrast(tokens.doubt.text, ground) >= 7
        assert contrast(tokens.person.text, ground) >= 7
    for tone in (tokens.sure, tokens.doubt, tokens.failure, tokens.person):
        assert contrast(tone.text, tone.ground) >= 4.5
    assert contrast(tokens.on_action, tokens.action) >= 4.5
    assert contrast(theme.BED_TEXT, tokens.bed) >= 7
    assert contrast(theme.BED_QUIET, tokens.bed) >= 4.5


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_a_button_that_cannot_be_pressed_can_be_read(driver: WindowDriver, is_dark: bool) -> None:
    the_theme = driver.program.theme
    the_theme.show_scheme(is_dark=is_dark)
    button = Button(the_theme, "Use this level", look=Look.FILLED)
    button.setEnabled(False)
    button.resize(button.sizeHint())
    image = button.grab().toImage()
    ground = image.pixelColor(5, image.height() // 2)
    row = [
        image.pixelColor(x, y)
        for x in range(10, image.width() - 10)
        for y in range(5, image.height() - 5)
    ]
    assert max(contrast(ink, ground) for ink in row) >= 4.5
    assert contrast(ground, the_theme.tokens.panel) < 1.3


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_outlines_of_the_number_boxes_can_be_seen(driver: WindowDriver, is_dark: bool) -> None:
    driver.program.theme.show_scheme(is_dark=is_dark)
    driver.press(Qt.Key.Key_K)
    driver.window.findChildren(KindList)[0].other_wanted.emit()
    tokens = driver.program.theme.tokens
    assert contrast(tokens.edge, tokens.panel) >= 3
    boxes = driver.window.findChildren(QSpinBox)
    assert len(boxes) == 2
    for box in boxes:
        image = box.grab().toImage()
        for x, y in ((image.width() // 3, 0), (0, image.height() // 2)):
            assert image.pixelColor(x, y) == tokens.edge


def test_dark_theme_is_followed_while_running(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    driver.program.theme.show_scheme(is_dark=True)
    palette = QApplication.palette()
    assert palette.color(QPalette.ColorRole.Base) == DARK.panel
    driver.qtbot.waitUntil(lambda: driver.corner_colour() == DARK.panel)
    driver.program.theme.show_scheme(is_dark=False)
    driver.qtbot.waitUntil(lambda: driver.corner_colour() == LIGHT.panel)


def test_text_size_goes_up_down_and_is_kept(
    qtbot: QtBot, reader: FakeReader, tmp_path: Path
) -> None:
    driver = WindowDriver(qtbot, ports_of(reader), tmp_path)
    driver.press_ctrl(Qt.Key.Key_Plus, shift=True)
    driver.press_ctrl(Qt.Key.Key_Plus, shift=True)
    assert driver.program.theme.text_percent == 130
    driver.close()
    again = WindowDriver(qtbot, ports_of(reader), tmp_path)
    assert again.program.theme.text_percent == 130
    again.press_ctrl(Qt.Key.Key_Minus, shift=True)
    assert again.program.theme.text_percent == 115
    again.press_ctrl(Qt.Key.Key_0, shift=True)
    assert again.program.theme.text_percent == 100
    again.close()


@pytest.mark.parametrize("percent", [200, 250])
@pytest.mark.parametrize("size", [(1280, 800), (900, 600)], ids=str)
def test_nothing_is_cut_at_twice_the_text_size(
    driver: WindowDriver, reader: FakeReader, slip: Path, size: tuple[int, int], percent: int
) -> None:
    reader.reading = reading_of("12345678901234567890", "34", doubts={(0, 4)})
    driver.window.resize(*size)
    driver.open(slip)
    driver.program.theme.set_text_percent(percent)
    driver.qtbot.waitUntil(lambda: driver.window.width() == size[0])
    driver.qtbot.wait(50)
    for button in driver.window.findChildren(QAbstractButton):
        if button.isVisible():
            assert within_reach(button, driver.window), button.accessibleName()
    for words in (
        driver.window.workspace.panel.sheet.pill,
        driver.window.workspace.panel.sheet.number,
    ):
        assert words.height() == words.heightForWidth(words.width())


@pytest.mark.parametrize("percent", TEXT_SIZES)
def test_page_and_number_stay_in_sight_in_the_smallest_window(
    driver: WindowDriver, slip: Path, percent: int
) -> None:
    driver.window.resize(900, 600)
    driver.open(slip)
    driver.program.theme.set_text_percent(percent)
    driver.qtbot.wait(50)
    workspace = driver.window.workspace
    view = workspace.slip.view
    assert view is not None
    # Before, the bed at 200 % was a strip in which the page was 92 px high.
    assert view.page_rect.height() >= 150
    assert not view.page_rect.toRect().intersects(workspace.strip.geometry())
    sheet = workspace.panel.sheet
    number_ends = sheet.number.mapTo(sheet.viewport(), sheet.number.rect().bottomLeft()).y()
    assert number_ends <= sheet.viewport().height()


class PaintSpy(QObject):
    """Notes which widgets were painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: set[QObject] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.painted.add(watched)
        return False


def test_buttons_are_painted_again_once_there_are_icons(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    buttons = [one for one in driver.window.findChildren(QAbstractButton) if one.isVisible()]
    spy = PaintSpy()
    for button in buttons:
        button.installEventFilter(spy)

    driver.window.complete()

    driver.qtbot.waitUntil(lambda: spy.painted >= set(buttons))


def test_zoom_strip_drops_words_only_where_they_do_not_fit(
    driver: WindowDriver, slip: Path
) -> None:
    driver.open(slip)
    assert driver.button("Fit").text() == "Fit"
    driver.window.resize(900, 600)
    driver.program.theme.set_text_percent(200)
    driver.qtbot.waitUntil(lambda: driver.button("Fit").text() == "")
    assert driver.button("Crop").isVisible()
    driver.program.theme.set_text_percent(100)
    driver.window.resize(1280, 800)
    driver.qtbot.waitUntil(lambda: driver.button("Fit").text() == "Fit")


def test_number_shrinks_into_one_row_before_it_wraps(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of("123456789")
    driver.open(slip)
    number = driver.window.workspace.panel.sheet.number
    one_row = number.heightForWidth(2000)
    width = 2000
    while number.heightForWidth(width - 5) == one_row:
        width -= 5
    assert LEAST_PX < number.heightForWidth(round(width * 0.95)) < one_row
    assert number.heightForWidth(round(width * 0.8)) > one_row


def within_reach(widget: QWidget, window: QWidget) -> bool:
    """Whether it lies inside the window, or inside a sheet that scrolls to it."""
    parent = widget.parentWidget()
    inner = widget.rect()
    while parent is not None:
        inside = widget.mapTo(parent, inner.topLeft()), widget.mapTo(parent, inner.bottomRight())
        is_wide_enough = inside[0].x() >= 0 and inside[1].x() <= parent.width()
        if isinstance(parent, QScrollArea) or not is_wide_enough:
            return is_wide_enough
        if parent is window:
            return inside[0].y() >= 0 and inside[1].y() <= parent.height()
        parent = parent.parentWidget()
    return True


def test_controls_grow_and_shrink_with_the_text(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    opener = driver.window.top_bar.open_button
    before = opener.size()
    driver.program.theme.set_text_percent(200)
    # Where the bar is full, only its icon stays.
    driver.qtbot.waitUntil(lambda: opener.height() >= 1.3 * before.height())
    driver.qtbot.waitUntil(lambda: opener.size() == opener.sizeHint())
    driver.program.theme.set_text_percent(100)
    driver.qtbot.waitUntil(lambda: opener.size() == before)


@pytest.mark.parametrize("percent", [100, 150, 200, 250])
def test_no_button_of_the_top_bar_is_cut(driver: WindowDriver, slip: Path, percent: int) -> None:
    driver.window.resize(900, 600)
    driver.open(slip)
    driver.program.theme.set_text_percent(percent)

    def fits() -> bool:
        buttons = driver.window.top_bar.findChildren(Button)
        return all(button.width() >= button.sizeHint().width() for button in buttons)

    driver.qtbot.waitUntil(fits)


def test_panel_moves_below_the_bed_where_the_window_is_narrow(
    driver: WindowDriver, slip: Path
) -> None:
    driver.open(slip)
    workspace = driver.window.workspace
    assert workspace.panel.x() >= workspace.slip.width()
    driver.window.resize(900, 700)
    driver.qtbot.waitUntil(lambda: workspace.panel.y() >= workspace.slip.height())


@pytest.mark.parametrize("percent", TEXT_SIZES)
@pytest.mark.parametrize("width", [900, 1280])
def test_kind_of_number_is_to_be_seen_at_every_text_size(
    driver: WindowDriver, percent: int, width: int
) -> None:
    bar = driver.window.top_bar
    bar.show_kind(find_kind("date"))
    driver.window.resize(width, 600)
    driver.program.theme.set_text_percent(percent)
    driver.qtbot.waitUntil(lambda: bar.kind_button.size() == bar.kind_button.sizeHint())
    assert bar.kind_button.text().startswith("Date")
    assert bar.kind_button.geometry().right() < bar.text_button.geometry().left()
    assert bar.menu_button.geometry().right() < bar.width()
    assert "Date, day first" in bar.kind_button.toolTip()


@pytest.mark.parametrize("percent", TEXT_SIZES)
def test_every_command_of_the_menu_is_within_reach(driver: WindowDriver, percent: int) -> None:
    driver.program.theme.set_text_percent(percent)
    driver.press(Qt.Key.Key_F10)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for key, last in ((Qt.Key.Key_Down, menu.actions()[1]), (Qt.Key.Key_Up, menu.actions()[-1])):
        QTest.keyClick(menu, key)
        assert menu.activeAction() is last
        assert menu.rect().contains(menu.actionGeometry(last).center())
    # Under each other, or in columns that all stand on the screen.
    left = menu.mapToGlobal(menu.rect().topLeft()).x()
    right = left + max(menu.actionGeometry(action).right() for action in menu.actions())
    screen = menu.screen().availableGeometry()
    is_one_column = len({menu.actionGeometry(action).x() for action in menu.actions()}) == 1
    assert is_one_column or (screen.left() <= left and right <= screen.right())
    menu.close()
