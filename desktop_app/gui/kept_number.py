"""Whose number is still shown when another picture could not be opened, and the veil over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop_app.gui import strings
from desktop_app.gui.buttons import Button
from desktop_app.gui.labels import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from desktop_app.gui.state import ViewState
    from desktop_app.gui.theme import Theme

# The number stays legible through it, but plainly is not what is wanted now.
_VEIL_ALPHA: Final = 150


class KeptBanner(QWidget):
    """Says whose number it is, and leads back to it."""

    dismissed = Signal()

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self._theme = the_theme
        self.title = Label(the_theme, size_px=17, weight=QFont.Weight.DemiBold)
        self._hint = Label(the_theme, size_px=14)
        self.button = Button(the_theme, "Go on with it", key="Esc")
        self.button.clicked.connect(self.dismissed)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self._hint)
        column.addSpacing(4)
        column.addWidget(self.button)

    def show_state(self, state: ViewState) -> None:
        """Show or hide it."""
        self.setVisible(state.is_kept)
        self.title.setText(f"Still shown: {state.page_name}")
        has_number = state.number_review is not None
        self._hint.setText(strings.NUMBER_KEPT if has_number else strings.PAGE_KEPT)
        self.button.setAccessibleName(f"Go on with {state.page_name}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.tokens.window)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.tokens.line)
        painter.end()


class Veil(QWidget):
    """Greys what lies under it; a click goes on with that."""

    dismissed = Signal()

    def __init__(self, the_theme: Theme, covered: QWidget) -> None:
        super().__init__(covered)
        self._theme = the_theme
        self._covered = covered
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        covered.installEventFilter(self)
        self.hide()

    def show_state(self, state: ViewState) -> None:
        """Show or hide it."""
        self.setGeometry(self._covered.rect())
        self.setVisible(state.is_kept)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._covered and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._covered.rect())
        return super().eventFilter(watched, event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.dismissed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        ground = QColor(self._theme.tokens.panel)
        ground.setAlpha(_VEIL_ALPHA)
        painter = QPainter(self)
        painter.fillRect(self.rect(), ground)
        painter.end()
