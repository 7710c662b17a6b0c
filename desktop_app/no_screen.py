"""Says in plain words why no window can be shown, where Qt would abort the process.

Qt is left to try: it alone knows all the ways to a screen, and looking beforehand for the libraries
that it needs would cost the first paint.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLibraryInfo, QtMsgType, qInstallMessageHandler

from desktop_app.invocation import command

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext

_WITHOUT_WINDOW: Final = f"Pictures can be read without a window: {command()} read FILE"

_held_back: list[str] = []


def explain_qt_failure() -> None:
    """From now on end with a sentence and exit status 1 where Qt cannot go on."""
    qInstallMessageHandler(_on_message)


def leave_messages_to_qt() -> None:
    """Qt has its screen: messages go where they always go, those held back too."""
    qInstallMessageHandler(None)
    for text in _held_back:
        print(text, file=sys.stderr)
    _held_back.clear()


def _on_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    if kind is not QtMsgType.QtFatalMsg:
        # Qt's guesses at the cause, such as a missing library where there is only no screen.
        _held_back.append(text)
        return
    print(f"numberglass: {reason(text)}\n{_WITHOUT_WINDOW}", file=sys.stderr, flush=True)
    # Not sys.exit: Qt aborts as soon as this function returns or raises.
    os._exit(1)


def reason(qt_says: str) -> str:
    """Why Qt could not start, as far as that can be told."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return f"The window cannot be opened. Qt says: {qt_says.strip()}"
    missing = _missing_library()
    if missing:
        return f"The window cannot be opened, because a system library is missing: {missing}."
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return "There is no screen here to show the window on."
    return "The screen of this session cannot be reached, or lets no program in."


def _missing_library() -> str:
    """What the system's loader says of the plugin for X11; empty where nothing is missing."""
    import ctypes

    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    try:
        ctypes.CDLL(str(folder / "platforms" / "libqxcb.so"))
    except OSError as error:
        return str(error)
    return ""
