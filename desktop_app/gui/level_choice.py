"""The administrator's choice of how many accepted numbers may be wrong."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.gui import acceptance, strings
from desktop_app.gui.commands import Command
from model.card import WEIGHTS_FOLDER
from model.errors import NetworkError
from model.line_card import load_line_card

if TYPE_CHECKING:
    from desktop_app.gui.level_sheet import LevelSheet
    from desktop_app.gui.main_window import MainWindow
    from desktop_app.gui.theme import Theme
    from desktop_app.storage.settings import SettingsFile
    from model.line_card import LineCard

logger = logging.getLogger(__name__)


class LevelChoice(QObject):
    """Sends ``used`` with a sentence when another level is in force.

    Its command is there only where the networks' card has a curve to show.
    """

    used = Signal(str)

    def __init__(self, window: MainWindow, the_theme: Theme, settings: SettingsFile) -> None:
        super().__init__(window)
        self._window = window
        self._theme = the_theme
        self._settings = settings
        self._card = _card_with_curve()
        self._sheet: LevelSheet | None = None
        window.commands[Command.LEVEL].setEnabled(self._card is not None)

    def open(self) -> None:
        """Show the curve and the levels."""
        if self._card is None:
            return
        if self._sheet is None:
            from desktop_app.gui.level_sheet import LevelSheet

            self._sheet = LevelSheet(self._theme, self._window.commands, self._card)
            self._sheet.chosen.connect(self._on_chosen)
        settings = self._settings.settings
        self._sheet.show_level(settings.wrong_accepted, is_locked=settings.level_locked)
        self._window.show_sheet(self._sheet)

    @Slot(object)
    def _on_chosen(self, choice: acceptance.Choice) -> None:
        before = self._settings.settings.wrong_accepted
        is_kept = self._settings.change(wrong_accepted=choice.wrong)
        self._window.leave_sheet()
        if is_kept:
            self.used.emit(f"{acceptance.told(choice)} {strings.LEVEL_FROM_NOW}")
        else:
            # The reader takes the level from the file: what is not there holds for nobody.
            self._settings.change(wrong_accepted=before)
            self.used.emit(strings.LEVEL_NOT_KEPT)


def _card_with_curve() -> LineCard | None:
    try:
        card = load_line_card(WEIGHTS_FOLDER)
    except NetworkError as error:
        # The reader, which needs it, says so to the clerk.
        logger.info("no curve: %s", error.user_message)
        return None
    return card if card.curve and card.fusion.levels else None
