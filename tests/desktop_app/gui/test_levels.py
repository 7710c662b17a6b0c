"""The administrator looks at the error-reject curve and chooses a level."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton

from desktop_app.gui import acceptance
from desktop_app.gui.commands import Command
from desktop_app.gui.curve_view import decades_of
from desktop_app.gui.level_sheet import LevelSheet
from desktop_app.storage.settings import SettingsFile
from model.card import WEIGHTS_FOLDER
from model.errors import NetworkError
from model.line_card import CurvePoint, Level, LineCard, load_line_card
from tests.support.fakes import FakeReader, ports_of, reading_of
from tests.support.window_driver import WindowDriver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop_app.jobs.worker import ReadPorts

    StartWindow = Callable[[], WindowDriver]

LEVELS = (Level(0.001, 0.99, 0.98), Level(0.01, 0.9, 0.8), Level(0.05, 0.5, 0.4))
CURVE = (
    CurvePoint(level=0.999, accepted=0.2, wrong=0.0),
    CurvePoint(level=0.99, accepted=0.44, wrong=0.0009),
    CurvePoint(level=0.92, accepted=0.71, wrong=0.008),
    CurvePoint(level=0.0, accepted=1.0, wrong=0.2),
)


def _card(curve: tuple[CurvePoint, ...] = CURVE) -> LineCard:
    shipped = load_line_card(WEIGHTS_FOLDER)
    return replace(shipped, fusion=replace(shipped.fusion, levels=LEVELS), curve=curve)


class CountingPorts:
    """The real intake, and a reader that counts how often it was opened, and at which level."""

    def __init__(self, settings: Path) -> None:
        self.opened: list[float] = []
        self._settings = settings

    def ports(self) -> ReadPorts:
        return replace(ports_of(FakeReader(reading_of("561247"))), open_reader=self._open)

    def _open(self) -> FakeReader:
        self.opened.append(SettingsFile(self._settings).settings.wrong_accepted)
        return FakeReader(reading_of("561247"))


@pytest.fixture
def counting(tmp_path: Path) -> CountingPorts:
    return CountingPorts(tmp_path / "settings.json")


@pytest.fixture
def start(
    qtbot: QtBot, counting: CountingPorts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[StartWindow]:
    card = _card()
    monkeypatch.setattr("desktop_app.gui.level_choice.load_line_card", lambda _folder: card)
    started: list[WindowDriver] = []

    def start() -> WindowDriver:
        driver = WindowDriver(qtbot, counting.ports(), tmp_path)
        started.append(driver)
        qtbot.waitUntil(lambda: len(counting.opened) == 1)
        return driver

    yield start
    for driver in started:
        driver.close()


def _open_sheet(driver: WindowDriver) -> LevelSheet:
    driver.window.commands[Command.LEVEL].trigger()
    return next(one for one in driver.window.findChildren(LevelSheet) if one.isVisible())


def test_the_level_in_force_is_told_in_plain_words(start: StartWindow) -> None:
    driver = start()
    _open_sheet(driver)
    assert driver.sees("At 1 wrong in 1,000, about 44 of 100 numbers pass without a person.")
    assert driver.sees("Measured: 1 wrong in 1,111 of them.")
    assert isinstance(driver.focus, QRadioButton)
    assert driver.focus.text() == "1 wrong in 1,000: about 44 of 100 pass (now)"
    assert not driver.button("Use this level").isEnabled()


def test_another_level_is_chosen_by_keys_kept_and_read_by_at_once(
    start: StartWindow, counting: CountingPorts, slip: Path, tmp_path: Path
) -> None:
    driver = start()
    driver.open(slip)
    _open_sheet(driver)
    driver.press(Qt.Key.Key_Down)
    assert driver.sees("At 1 wrong in 100, about 71 of 100 numbers pass without a person.")
    driver.press(Qt.Key.Key_Return)

    assert SettingsFile(tmp_path / "settings.json").settings.wrong_accepted == 0.01
    driver.qtbot.waitUntil(lambda: counting.opened == [0.001, 0.01])
    assert not driver.window.has_sheet
    assert driver.state.status.startswith("At 1 wrong in 100, about 71 of 100 numbers pass")
    assert driver.number == "561247"


def test_escape_leaves_the_level_as_it_was(start: StartWindow, tmp_path: Path) -> None:
    driver = start()
    _open_sheet(driver)
    driver.press(Qt.Key.Key_Up)
    assert driver.sees("A person looks at every number; none passes by itself.")
    driver.press(Qt.Key.Key_Escape)
    assert not driver.window.has_sheet
    assert SettingsFile(tmp_path / "settings.json").settings.wrong_accepted == 0.001


def test_a_locked_level_is_only_looked_at(start: StartWindow, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"level_locked": true, "wrong_accepted": 0.01}')
    driver = start()
    _open_sheet(driver)
    driver.press(Qt.Key.Key_Down)
    driver.press(Qt.Key.Key_Return)
    assert driver.sees("Your administrator has set this level")
    assert driver.window.has_sheet
    assert SettingsFile(tmp_path / "settings.json").settings.wrong_accepted == 0.01


def test_a_card_without_a_curve_has_nothing_to_show(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = _card(curve=())
    monkeypatch.setattr("desktop_app.gui.level_choice.load_line_card", lambda _folder: card)
    driver = WindowDriver(qtbot, ports_of(FakeReader(reading_of("1"))), tmp_path)
    assert not driver.window.commands[Command.LEVEL].isEnabled()
    driver.close()


def test_a_missing_card_has_nothing_to_show(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_folder: Path) -> LineCard:
        raise NetworkError("The line network is missing.", "Install Numberglass again.")

    monkeypatch.setattr("desktop_app.gui.level_choice.load_line_card", fail)
    driver = WindowDriver(qtbot, ports_of(FakeReader(reading_of("1"))), tmp_path)
    assert not driver.window.commands[Command.LEVEL].isEnabled()
    driver.close()


def test_a_level_that_cannot_be_written_is_said_not_to_hold(
    start: StartWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = start()
    _open_sheet(driver)
    driver.press(Qt.Key.Key_Down)

    def refuse(_path: Path, _settings: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("desktop_app.storage.settings._save", refuse)
    driver.press(Qt.Key.Key_Return)
    assert driver.state.status.startswith("That could not be kept")
    assert SettingsFile(tmp_path / "settings.json").settings.wrong_accepted == 0.001
    assert driver.program._settings.settings.wrong_accepted == 0.001


def test_the_stricter_level_holds_between_two() -> None:
    choices = acceptance.choices_of(_card())
    assert acceptance.in_force(choices, 0.02).wrong == 0.01
    assert acceptance.in_force(choices, 0.0005).wrong == 0.0
    assert acceptance.in_force(choices, 1.0).wrong == 0.05


def test_what_passes_is_what_was_measured_from_the_levels_confidence_on() -> None:
    points = [choice.point for choice in acceptance.choices_of(_card())]
    assert points == [None, CURVE[1], CURVE[2], CURVE[2]]


def test_a_level_that_no_confidence_reaches_lets_nothing_pass() -> None:
    card = _card()
    strict = replace(card, fusion=replace(card.fusion, levels=(Level(0.0005, 2.0, 2.0), *LEVELS)))
    choice = acceptance.choices_of(strict)[1]
    assert acceptance.passing(choice) == "none passes"
    assert acceptance.told(choice) == (
        "At 1 wrong in 2,000 no number passes; a person looks at every one."
    )


def test_a_level_beyond_the_curve_is_said_not_to_be_measured() -> None:
    choice = acceptance.choices_of(_card(curve=CURVE[2:]))[1]
    assert acceptance.passing(choice) == ""
    assert acceptance.told(choice) == (
        "At 1 wrong in 1,000 it was not measured how many numbers pass."
    )


def test_shares_are_told_as_people_say_them() -> None:
    assert [acceptance.one_in(share) for share in (0.0005, 0.001, 0.02, 0.7)] == [
        "1 wrong in 2,000", "1 wrong in 1,000", "1 wrong in 50", "70 wrong in 100",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "decades"),
    [([0.0, 0.0009, 0.2], [-4, -3, -2, -1, 0]), ([0.01, 0.01], [-2, -1]), ([0.0], [-3, -2])],
)
def test_the_scale_reaches_around_all_shares(wrong: list[float], decades: list[int]) -> None:
    assert list(decades_of(wrong)) == decades
