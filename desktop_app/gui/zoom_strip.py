"""The strip at the foot of the bed: zoom, turn, crop; in crop mode what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.gui import strings, theme
from desktop_app.gui.buttons import CONTROL_PX, Button, Look
from desktop_app.gui.commands import Command
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.labels import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

    from desktop_app.gui.actions import Actions
    from desktop_app.gui.slip_view import SlipView
    from desktop_app.gui.state import ViewState
    from desktop_app.gui.theme import Theme


LOW_BED_PX: Final = 340
PADDING_PX: Final = 6


class ZoomStrip(QWidget):
    """Floats over the bed; its owner places it."""

    def __init__(self, the_theme: Theme, actions: Actions, slip: SlipView) -> None:
        super().__init__(slip)
        self._theme = the_theme
        self._slip = slip
        self.percent = Label(the_theme, "100 %", wrap=False)
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._worded: list[tuple[Button, str]] = []
        self._shrunk_for: tuple[int, int, bool] | None = None
        self._tools = QWidget(self)
        self._crop_help = QWidget(self)
        self._fill_tools(actions)
        self._fill_crop_help()
        row = QHBoxLayout(self)
        row.setContentsMargins(PADDING_PX, PADDING_PX, PADDING_PX, PADDING_PX)
        row.addWidget(self._tools)
        row.addWidget(self._crop_help)
        self._crop_help.hide()
        slip.zoom_changed.connect(self._on_zoom_changed)
        slip.crop.changed.connect(self._on_crop_changed)
        the_theme.scaled.connect(self._on_scaled)
        self._on_scaled()

    def _fill_tools(self, actions: Actions) -> None:
        row = FlowLayout(self._tools, spacing=6)
        row.addWidget(self._tool(actions, Command.ZOOM_OUT, "minus"))
        row.addWidget(self.percent)
        for command, icon, text in (
            (Command.ZOOM_IN, "plus", ""),
            (Command.FIT, "maximize", "Fit"),
            (Command.TURN_LEFT, "rotate-ccw", ""),
            (Command.TURN_RIGHT, "rotate-cw", ""),
            (Command.CROP, "crop", "Crop"),
            (Command.ADJUST, "sliders-horizontal", "Adjust"),
        ):
            tool = self._tool(actions, command, icon, text)
            row.addWidget(tool)
            if text:
                self._worded.append((tool, text))
        whole = self._tool(actions, Command.WHOLE_PAGE, "", "Whole page")
        whole.setVisible(False)
        self.whole_page_button = whole
        row.addWidget(whole)

    def _fill_crop_help(self) -> None:
        row = FlowLayout(self._crop_help, spacing=8)
        row.setContentsMargins(10, 0, 0, 0)
        row.addWidget(Label(self._theme, strings.CROP_HINT, wrap=False))
        read = Button(self._theme, "Read this part", look=Look.ON_BED_FILLED, key="Enter")
        read.clicked.connect(self._slip.crop.read)
        leave = Button(self._theme, "Leave", look=Look.ON_BED, key="Esc")
        leave.clicked.connect(self._slip.crop.leave)
        row.addWidget(read)
        row.addWidget(leave)

    def _tool(self, actions: Actions, command: Command, icon: str, text: str = "") -> Button:
        return Button.for_command(actions, command, self._theme, text, look=Look.ON_BED, icon=icon)

    def show_state(self, state: ViewState) -> None:
        """Offer the way back from a part to the whole page."""
        is_part = state.shown is not None and state.shown.region is not None
        self.whole_page_button.setVisible(is_part)

    @Slot(float)
    def _on_zoom_changed(self, zoom: float) -> None:
        percent = zoom * 100
        self.percent.setText(f"{percent:.0f} %" if percent >= 10 else f"{percent:.1f} %")

    @Slot()
    def _on_crop_changed(self) -> None:
        self._tools.setVisible(not self._slip.crop.is_on)
        self._crop_help.setVisible(self._slip.crop.is_on)
        self.place()

    @Slot()
    def _on_scaled(self) -> None:
        self.percent.setFixedSize(self._theme.px(58), self._theme.gap(CONTROL_PX))
        self.place()

    def place(self) -> None:
        """Stand in the middle of the bed's foot, in as many rows as it takes."""
        content = self._crop_help if self._slip.crop.is_on else self._tools
        flow = content.layout()
        if flow is None:
            return
        margin, bed = 2 * PADDING_PX, self._slip.size()
        self._shrink_to(bed.width() - 16 - margin)
        one_row = flow.sizeHint().width() + margin
        block = self._block_width(flow) + margin
        block_height = flow.heightForWidth(block - margin) + margin
        is_low = bed.height() < self._theme.gap(LOW_BED_PX) and block_height <= bed.height() - 16
        if is_low and bed.width() > 2 * bed.height() and not self._slip.crop.is_on:
            # A low bed has no height to give away, but room beside the page.
            left, top = bed.width() - block - 12, (bed.height() - block_height) // 2
            self.setGeometry(left, top, block, block_height)
            self._slip.set_reserve(foot=16, side=block + 24)
            return
        width = min(one_row, bed.width() - 16)
        height = flow.heightForWidth(width - margin) + margin
        self.setGeometry((bed.width() - width) // 2, bed.height() - height - 12, width, height)
        self._slip.set_reserve(foot=height + 24, side=0)

    def _shrink_to(self, room: int) -> None:
        """Leave the words out where they do not fit in one row, then the figure."""
        key = (room, self._theme.text_percent, self.whole_page_button.isVisibleTo(self._tools))
        flow = self._tools.layout()
        if key == self._shrunk_for or flow is None:
            return
        self._shrunk_for = key
        for has_words, has_figure in ((True, True), (False, True), (False, False)):
            for tool, words in self._worded:
                if tool.text() != (words if has_words else ""):
                    tool.show_text(words if has_words else "")
            self.percent.setVisible(has_figure)
            if flow.sizeHint().width() <= room:
                return

    def _block_width(self, flow: QLayout) -> int:
        """Width of the first three tools beside each other."""
        tools = [flow.itemAt(at) for at in range(3)]
        widths = [tool.sizeHint().width() for tool in tools if tool is not None]
        return sum(widths) + flow.spacing() * (len(widths) - 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.BED_LINE, 1))
        painter.setBrush(theme.BED_RAISED)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        painter.end()
