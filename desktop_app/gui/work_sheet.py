"""A sheet to work on: with a bed of its own, and with keys of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop_app.gui import strings


class WorkSheet(QWidget):
    """Keeps the keys that are about the page behind it to itself."""

    @property
    def first_field(self) -> QWidget:
        """Where the focus goes when it is opened."""
        return self

    @property
    def status(self) -> str:
        """What goes on on it, for the status line."""
        return strings.on_sheet(self.accessibleName())

    def event(self, event: QEvent) -> bool:
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and not _is_for_window(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.setAccepted(not _is_for_window(event))


def _is_for_window(event: QKeyEvent) -> bool:
    """Whether a key asks for something that makes sense wherever one is."""
    from PySide6.QtCore import Qt

    from desktop_app.gui.commands import Command, entry_of
    from desktop_app.gui.text_keys import text_command

    if text_command(event) is not None or event.key() == Qt.Key.Key_F10:
        return True
    pressed = QKeySequence(event.keyCombination())
    anywhere = (Command.OPEN, Command.PASTE, Command.CANCEL, Command.QUIT, Command.HELP)
    return any(pressed == QKeySequence(entry_of(one).keys[0]) for one in anywhere)
