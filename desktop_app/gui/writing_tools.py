"""The strip at the pad's foot: take back, clear, leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.gui import strings, theme
from desktop_app.gui.buttons import Button, Look
from desktop_app.gui.commands import Command
from desktop_app.gui.flow_layout import FlowLayout

if TYPE_CHECKING:
    from desktop_app.gui.actions import Actions
    from desktop_app.gui.theme import Theme

PADDING_PX: Final = 6
EDGE_PX: Final = 12
LOW_BED_PX: Final = 340


class WritingTools(QWidget):
    """Floats over the bed beside the paper; its owner places it."""

    def __init__(self, the_theme: Theme, actions: Actions, pad: QWidget) -> None:
        super().__init__(pad)
        self._theme = the_theme
        self._flow = FlowLayout(self, spacing=6)
        self._flow.setContentsMargins(PADDING_PX, PADDING_PX, PADDING_PX, PADDING_PX)
        self._worded: list[tuple[Button, str]] = []
        for command, text, icon, look in (
            (Command.UNDO, "Undo", "undo-2", Look.ON_BED),
            (Command.CLEAR, "Clear", "eraser", Look.ON_BED),
            (Command.WRITE, "Done", "check", Look.ON_BED_FILLED),
        ):
            tool = Button.for_command(actions, command, the_theme, text, look=look, icon=icon)
            if command is Command.WRITE:
                tool.setToolTip(strings.WRITING_DONE)
                tool.setAccessibleDescription(strings.WRITING_DONE)
            self._flow.addWidget(tool)
            self._worded.append((tool, text))

    def place(self, bed: QSize) -> QRect:
        """Stand at the bed's foot, or beside the paper where the bed is low.

        Returns:
            What is left for the paper.
        """
        room = QRect(0, 0, bed.width(), bed.height())
        self._shrink_to(bed.width() - 2 * EDGE_PX)
        is_low = bed.height() < self._theme.gap(LOW_BED_PX) and bed.width() > 2 * bed.height()
        if is_low:
            width = self._flow.minimumSize().width()
            height = self._flow.heightForWidth(width)
            if height <= bed.height() - 2 * EDGE_PX:
                left = bed.width() - width - EDGE_PX
                self.setGeometry(left, (bed.height() - height) // 2, width, height)
                return room.adjusted(0, 0, -(width + EDGE_PX), 0)
        width = min(self._flow.sizeHint().width(), bed.width() - 2 * EDGE_PX)
        height = self._flow.heightForWidth(width)
        top = bed.height() - height - EDGE_PX
        self.setGeometry((bed.width() - width) // 2, top, width, height)
        return room.adjusted(0, 0, 0, -(height + EDGE_PX))

    def _shrink_to(self, width: int) -> None:
        """Leave the words out where they take a second row from the paper."""
        for has_words in (True, False):
            for tool, words in self._worded:
                if tool.text() != (words if has_words else ""):
                    tool.show_text(words if has_words else "")
            if self._flow.sizeHint().width() <= width:
                return

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.BED_LINE, 1))
        painter.setBrush(theme.BED_RAISED)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        painter.end()
