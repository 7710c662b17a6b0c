"""Drives the real window with a made-up reader, by keys, clicks and drops."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from desktop_app.app import Program
from desktop_app.singleton_guard import hold_singletons

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop_app.gui.state import ViewState
    from desktop_app.jobs.worker import ReadPorts

# Once for the test process, as the program does for its own.
hold_singletons()

_NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class WindowDriver:
    """One running program; ``close`` ends it."""

    def __init__(
        self, qtbot: QtBot, ports: ReadPorts, folder: Path, files: Sequence[Path] = ()
    ) -> None:
        self.qtbot = qtbot
        self.program = Program(files, lambda: ports, folder / "settings.json")
        self.window = self.program.window
        self.program.show()
        qtbot.waitUntil(lambda: self.program.presenter is not None)
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def state(self) -> ViewState:
        presenter = self.program.presenter
        assert presenter is not None
        return presenter.state

    def close(self) -> None:
        """End the program, and its widgets with it.

        Here and now: left to the garbage collector they might be destroyed by the next test's
        worker thread, which crashes Qt.
        """
        # What was put off to the next turn of the event loop would find its widgets gone.
        QTest.qWait(0)
        self.window.close()
        self.program.stop()
        del self.window, self.program
        gc.collect()

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: not self.state.is_busy)

    def press(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NO_MODIFIER, times: int = 1
    ) -> None:
        """A key, where the focus is."""
        for _ in range(times):
            QTest.keyClick(self.focus, key, modifiers)

    def press_ctrl(self, key: Qt.Key, *, shift: bool = False) -> None:
        modifiers = Qt.KeyboardModifier.ControlModifier
        if shift:
            modifiers |= Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(self.focus, key, modifiers)

    @property
    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def drop_files(self, *paths: Path) -> None:
        mime = QMimeData()
        mime.setUrls([_url(path) for path in paths])
        self.drop(mime)

    def drop(self, mime: QMimeData) -> None:
        """Drag something over the window and let go."""
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        enter = QDragEnterEvent(QPointF(300, 300), copy, mime, left, _NO_MODIFIER)
        QApplication.sendEvent(self.window, enter)
        assert enter.isAccepted()
        drop = QDropEvent(QPointF(300, 300), copy, mime, left, _NO_MODIFIER)
        QApplication.sendEvent(self.window, drop)

    def open(self, *paths: Path) -> None:
        """Drop files and wait for the first reading."""
        self.drop_files(*paths)
        self.settle()

    def visible_text(self) -> str:
        """Every word on the screen that a label, a button or a painted widget shows."""
        words = []
        for widget in self.window.findChildren(QWidget):
            if not widget.isVisible():
                continue
            if isinstance(widget, QLabel | QPushButton):
                words.append(widget.text())
            words.append(widget.accessibleName())
        return "\n".join(words)

    def sees(self, words: str) -> bool:
        return words in self.visible_text()

    def button(self, name: str) -> QPushButton:
        """The visible button of that accessible name."""
        return next(
            button
            for button in self.window.findChildren(QPushButton)
            if button.isVisible() and button.accessibleName() == name
        )

    def click(self, name: str) -> None:
        QTest.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def corner_colour(self) -> QColor:
        """What is painted in the window's corner, where the top bar is."""
        return self.window.grab().toImage().pixelColor(5, 5)

    @property
    def number(self) -> str:
        review = self.state.number_review
        return "" if review is None else review.current_line.text

    @property
    def clipboard(self) -> str:
        return QGuiApplication.clipboard().text()


def _url(path: Path) -> QUrl:
    return QUrl.fromLocalFile(str(path))
