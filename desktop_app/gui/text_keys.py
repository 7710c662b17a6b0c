"""The keys for the text size, which Qt's shortcuts cannot tell from those for the zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.gui.commands import Command

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent


def text_command(event: QEvent) -> Command | None:
    """The text size that Ctrl+Shift and a key ask for, on keyboards with or without a plain "+"."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QKeyEvent

    wanted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    keypad = Qt.KeyboardModifier.KeypadModifier
    if not isinstance(event, QKeyEvent) or event.modifiers() & ~keypad != wanted:
        return None
    keys = Qt.Key
    return {
        keys.Key_Plus: Command.TEXT_LARGER,
        keys.Key_Equal: Command.TEXT_LARGER,
        keys.Key_Asterisk: Command.TEXT_LARGER,
        keys.Key_Minus: Command.TEXT_SMALLER,
        keys.Key_Underscore: Command.TEXT_SMALLER,
        keys.Key_0: Command.TEXT_NORMAL,
        keys.Key_ParenRight: Command.TEXT_NORMAL,
    }.get(Qt.Key(event.key()))
