"""Reading a part of the screen: the bank's own viewer, a mail, a web page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QCursor, QGuiApplication, QImage, QPixmap

from desktop_app.gui import strings
from desktop_app.gui.incoming import PastedImage, Refusal
from desktop_app.gui.queue import Picture
from desktop_app.gui.screen_veil import ScreenVeil

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QWidget

    from desktop_app.gui.theme import Theme

# Until the window, and the menu that the command was chosen from, have faded from the screen.
_FADE_MS: Final = 300
_SAMPLE_PX: Final = 64


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """A screen and its pixels, as many as it really has."""

    screen: QScreen
    pixels: QPixmap


class ScreenPart(QObject):
    """Sends ``offered`` with the part as a picture, or with a ``Refusal``."""

    offered = Signal(object)

    def __init__(
        self,
        window: QWidget,
        the_theme: Theme,
        take_shots: Callable[[], Sequence[Shot]] | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = the_theme
        self._take_shots = take_shots or shots_of_screens
        self._veils: list[ScreenVeil] = []
        self._is_choosing = False
        self._quits_with_last_window = True

    @property
    def veils(self) -> tuple[ScreenVeil, ...]:
        """One for each screen while a part is being chosen."""
        return tuple(self._veils)

    def choose(self) -> None:
        """Hide the window, freeze the screens and let a part of them be marked."""
        if self._is_choosing:
            return
        if QGuiApplication.platformName().startswith("wayland"):
            # It gives programs no look at the screen, so the window need not even be hidden.
            self.offered.emit(Refusal(strings.NO_SCREEN, strings.NO_SCREEN_HINT))
            return
        self._is_choosing = True
        self._quits_with_last_window = QGuiApplication.quitOnLastWindowClosed()
        QGuiApplication.setQuitOnLastWindowClosed(False)
        self._window.hide()
        QTimer.singleShot(_FADE_MS, self._freeze)

    @Slot()
    def _freeze(self) -> None:
        shots = self._take_shots()
        if not shots or all(_shows_nothing(shot.pixels) for shot in shots):
            self._leave()
            self.offered.emit(Refusal(strings.NO_SCREEN, strings.NO_SCREEN_HINT))
            return
        hint = strings.SCREEN_HINT if len(shots) == 1 else strings.SCREENS_HINT
        for shot in shots:
            veil = ScreenVeil(self._theme, shot.screen, shot.pixels, hint)
            veil.chosen.connect(self._on_chosen)
            veil.left.connect(self._leave)
            veil.taken.connect(self._mark_on)
            veil.passed_on.connect(self._on_passed_on)
            self._veils.append(veil)
            veil.showFullScreen()
        QGuiApplication.instance().screenRemoved.connect(self._on_screen_removed)  # type: ignore[union-attr]
        under_cursor = QGuiApplication.screenAt(QCursor.pos())
        at = next((at for at, shot in enumerate(shots) if shot.screen is under_cursor), 0)
        self._mark_on(self._veils[at])

    @Slot(object)
    def _mark_on(self, wanted: ScreenVeil) -> None:
        if wanted.tool.is_on:
            return
        for veil in self._veils:
            veil.tool.leave()
        wanted.start()

    @Slot()
    def _on_passed_on(self) -> None:
        at = next((at for at, veil in enumerate(self._veils) if veil.tool.is_on), 0)
        self._mark_on(self._veils[(at + 1) % len(self._veils)])

    @Slot(object)
    def _on_chosen(self, image: QImage) -> None:
        self._leave()
        # Opaque, whatever lay behind the windows.
        pixels = image.convertToFormat(QImage.Format.Format_RGB888)
        self.offered.emit((Picture(PastedImage(pixels), strings.SCREEN_PICTURE),))

    @Slot(object)
    def _on_screen_removed(self, _screen: object) -> None:
        self._leave()

    @Slot()
    def _leave(self) -> None:
        if not self._is_choosing:
            return
        self._is_choosing = False
        self._window.show()
        self._window.activateWindow()
        veils, self._veils = self._veils, []
        if veils:
            QGuiApplication.instance().screenRemoved.disconnect(self._on_screen_removed)  # type: ignore[union-attr]
        for veil in veils:
            veil.hide()
            veil.deleteLater()
        QGuiApplication.setQuitOnLastWindowClosed(self._quits_with_last_window)


def shots_of_screens() -> list[Shot]:
    """What every screen shows now; a screen that may not be looked at is left out."""
    shots = [Shot(screen, screen.grabWindow(0)) for screen in QGuiApplication.screens()]
    return [shot for shot in shots if not shot.pixels.isNull()]


def _shows_nothing(pixels: QPixmap) -> bool:
    """Whether all of it is black, as a screen is that may not be looked at."""
    sample = pixels.scaled(_SAMPLE_PX, _SAMPLE_PX).toImage()
    black = QColor("black").rgb()
    return all(
        sample.pixel(x, y) == black for y in range(sample.height()) for x in range(sample.width())
    )
