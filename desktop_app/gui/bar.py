"""A bar across the window, in the panel's colour, with a line towards the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout


class Bar(QWidget):
    """Coloured by palette roles alone, which costs the first paint nothing in Python."""

    def __init__(self, *, line_above: bool) -> None:
        super().__init__()
        self._line_above = line_above
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)

    def set_content(self, content: QLayout) -> None:
        """What stands in the bar."""
        line = QWidget()
        line.setBackgroundRole(QPalette.ColorRole.Mid)
        line.setAutoFillBackground(True)
        line.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(content)
        column.insertWidget(0 if self._line_above else 1, line)
