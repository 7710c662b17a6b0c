"""What the painted widgets are, for screen readers: to Qt they are fillers, which are passed over.

Without a window's role, a reader under X11 does not even know which window is in front.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAccessible

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QAccessibleInterface

# Names of Qt's roles by the class of the widget; looked up when a screen reader first asks.
ROLES: Final = {
    "MainWindow": "Window",
    "TopBar": "ToolBar",
    "ZoomStrip": "ToolBar",
    "StatusLine": "StatusBar",
    "SlipView": "Graphic",
    "ScanBed": "Graphic",
    "NumberView": "StaticText",
    "Pill": "StaticText",
    "KeyCap": "StaticText",
    "DigitCards": "Grouping",
    "BusyBar": "ProgressBar",
    "NoticeCard": "AlertMessage",
    "DropVeil": "StaticText",
    # Else Orca says "layered pane" before what is on it.
    "QStackedWidget": "Client",
}


def teach_roles() -> None:
    """Call before the first window is made; costs nothing where no screen reader asks."""
    QAccessible.installFactory(_described)


def _described(class_name: str, thing: QObject) -> QAccessibleInterface | None:
    """The widget with its role; None leaves it to Qt, which asks again with the base class."""
    role = ROLES.get(class_name)
    if role is None:
        return None
    from PySide6.QtWidgets import QAccessibleWidget, QWidget

    if not isinstance(thing, QWidget):
        return None
    return QAccessibleWidget(thing, QAccessible.Role[role])
