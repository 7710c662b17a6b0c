"""A page of the program itself in place of bed and panel: help, a form, a drawing. No dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.gui import strings
from desktop_app.gui.buttons import Button
from desktop_app.gui.commands import Command
from desktop_app.gui.labels import Label
from desktop_app.gui.scroll_bar import use_slim_bar

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop_app.gui.actions import Actions
    from desktop_app.gui.theme import Theme


_LEADING_AWAY: Final = {Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_F10}


class Sheet(QScrollArea):
    """Takes the body's place until it is left; scrolls where the text is large."""

    def __init__(self, the_theme: Theme, actions: Actions, title: str) -> None:
        super().__init__()
        self._theme = the_theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        use_slim_bar(self)
        self.setAccessibleName(title)
        page = QWidget()
        self.column = QVBoxLayout(page)
        self.column.setContentsMargins(40, 32, 40, 32)
        self.column.setSpacing(20)
        head = QHBoxLayout()
        self.close_button = Button.for_command(
            actions, Command.CANCEL, the_theme, "Back", key="Esc"
        )
        head.addWidget(Label(the_theme, title, size_px=26, weight=QFont.Weight.DemiBold), 1)
        head.addWidget(self.close_button)
        self.column.addLayout(head)
        self.setWidget(page)
        page.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    @property
    def first_field(self) -> QWidget:
        """Where the focus goes when it is opened."""
        return self.close_button

    @property
    def status(self) -> str:
        """What the clerk is at, for the status line."""
        return strings.on_sheet(self.accessibleName())

    def event(self, event: QEvent) -> bool:
        # A letter jumps in a list here, Delete edits a field; to the window they are commands.
        if event.type() == QEvent.Type.ShortcutOverride and is_plain_key(event):
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.tokens.panel)
        painter.end()


def is_plain_key(event: QEvent) -> bool:
    """Whether a key is pressed alone or with Shift, and leads nowhere else."""
    if not isinstance(event, QKeyEvent) or event.key() in _LEADING_AWAY:
        return False
    modifiers = Qt.KeyboardModifier
    held = event.modifiers() & ~(modifiers.ShiftModifier | modifiers.KeypadModifier)
    return held == modifiers.NoModifier
