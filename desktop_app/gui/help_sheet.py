"""All keys, read from the table of commands, and what the marks mean. A page, not a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.gui import strings
from desktop_app.gui.commands import GROUPS, TYPED_KEYS
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.labels import Label
from desktop_app.gui.sheet import Sheet

if TYPE_CHECKING:
    from desktop_app.gui.actions import Actions
    from desktop_app.gui.theme import Theme


class KeyCap(QWidget):
    """A key as it looks on a keyboard."""

    def __init__(self, the_theme: Theme, key: str) -> None:
        super().__init__()
        self._theme = the_theme
        self._key = key
        self.setAccessibleName(key)

    def _font(self) -> QFont:
        return self._theme.font(13, QFont.Weight.Medium)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font())
        width = metrics.horizontalAdvance(self._key) + self._theme.px(16)
        return QSize(max(width, self._theme.px(28)), metrics.height() + self._theme.px(8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        size = self.sizeHint()
        frame = QRectF(0.5, 0.5, size.width() - 1, size.height() - 1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.line, 1))
        painter.setBrush(tokens.window)
        painter.drawRoundedRect(frame, 6, 6)
        painter.setPen(tokens.text)
        painter.setFont(self._font())
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self._key)
        painter.end()


class HelpSheet(Sheet):
    """Every key with what it does."""

    def __init__(self, the_theme: Theme, actions: Actions) -> None:
        super().__init__(the_theme, actions, "Keys and help")
        for words in (strings.HELP_MARKS, strings.HELP_GAP):
            self.column.addWidget(Label(the_theme, words, quiet=True))
        groups = QWidget()
        flow = FlowLayout(groups, spacing=32, aligns_top=True)
        for name in [name for name, _ in GROUPS] + ["Crop", "Adjust", "Writing", "Scan"]:
            flow.addWidget(self._group(name))
        self.column.addWidget(groups)
        self.column.addStretch(1)

    def _group(self, name: str) -> QWidget:
        rows = [(keys, words) for group, keys, words in TYPED_KEYS if group == name]
        for title, entries in GROUPS:
            if title == name:
                listed = [(entry.keys[0], entry.label) for entry in entries if entry.keys]
                rows = listed + rows
        group = QWidget()
        grid = QGridLayout(group)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        heading = Label(self._theme, name, weight=QFont.Weight.DemiBold, wrap=False)
        grid.addWidget(heading, 0, 0, 1, 2)
        for at, (keys, words) in enumerate(rows, start=1):
            grid.addWidget(KeyCap(self._theme, _shown(keys)), at, 0)
            grid.addWidget(Label(self._theme, words, size_px=14, wrap=False), at, 1)
        grid.setRowStretch(len(rows) + 1, 1)
        return group


def _shown(keys: str) -> str:
    arrows = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}
    if keys.endswith(("++", "+-")):
        return f"{keys[:-2]}+{'+' if keys.endswith('++') else '−'}".replace("++", "+ +")
    return arrows.get(keys, keys)
