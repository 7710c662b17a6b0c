"""Text that keeps its design size in proportion to the interface's text size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.gui import theme

if TYPE_CHECKING:
    from desktop_app.gui.theme import Theme


# Values of Qt.TextFormat.PlainText and Qt.AlignmentFlag.AlignCenter.
_PLAIN_TEXT: Final = 0
_ALIGN_CENTRE: Final = 0x84


class Label(QLabel):
    """Plain text, wrapped, never cut; quiet text takes the palette's placeholder colour."""

    def __init__(
        self,
        the_theme: Theme,
        text: str = "",
        *,
        size_px: float = theme.BASE_PX,
        weight: QFont.Weight = QFont.Weight.Normal,
        quiet: bool = False,
        wrap: bool = True,
        centred: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = the_theme
        self._size_px = size_px
        self._weight = weight
        # As properties, because Qt's enums are too dear before the first paint (brushwork.py).
        self.setProperty("textFormat", _PLAIN_TEXT)
        if centred:
            self.setProperty("alignment", _ALIGN_CENTRE)
        self.setWordWrap(wrap)
        if quiet:
            self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._on_scaled()
        the_theme.scaled.connect(self._on_scaled)

    @Slot()
    def _on_scaled(self) -> None:
        self.setFont(self._theme.font(self._size_px, self._weight))
