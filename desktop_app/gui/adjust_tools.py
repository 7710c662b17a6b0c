"""The strip under the page that is adjusted: what can be done, and how far it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.gui.bar import Bar
from desktop_app.gui.buttons import Button, Look
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.labels import Label
from desktop_app.gui.slider import Slider
from model.care import BRIGHTEST, STEEPEST_DEG

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from desktop_app.gui.theme import Theme
    from model.care import Care

MARK_SLIP: Final = "Mark the slip"
WHOLE_PICTURE: Final = "Whole picture"
# Narrower than this there is no room for keys beside the words; tool tips and help have them too.
_ROOM_FOR_KEYS_PX: Final = 860
_TENTHS: Final = 10


class AdjustTools(Bar):
    """Sends ``tilted`` with degrees and ``brightened`` with a level as a slider is drawn."""

    tilted = Signal(float)
    brightened = Signal(int)

    def __init__(self, the_theme: Theme) -> None:
        super().__init__(line_above=True)
        self._theme = the_theme
        self.slip_button = self._button(MARK_SLIP, "P")
        self.straighten_button = self._button("Straighten", "S")
        self.brighten_button = self._button("Brighten", "B")
        self.reset_button = self._button("As it was")
        self.leave_button = self._button("Leave", "Esc")
        self.done_button = self._button("Done", "Enter", Look.FILLED)
        self.tilt = Slider(the_theme, "Turned", round(STEEPEST_DEG * _TENTHS), _TENTHS)
        self.brightness = Slider(the_theme, "Brightness", BRIGHTEST, 10)
        self._tilt_label, self._brightness_label = (Label(the_theme, wrap=False) for _ in range(2))
        self.tilt.valueChanged.connect(self._on_tilt_changed)
        self.brightness.valueChanged.connect(self._on_brightness_changed)
        self._is_shown = False
        self._lay_out()
        the_theme.scaled.connect(self._fit)
        self._fit()

    def _button(self, text: str, key: str = "", look: Look = Look.OUTLINED) -> Button:
        button = Button(self._theme, text, look=look, key=key)
        button.setAccessibleName(text)
        button.setToolTip(f"{text} ({key})" if key else text)
        return button

    def _lay_out(self) -> None:
        tools = QWidget()
        flow = FlowLayout(tools, spacing=10)
        flow.addWidget(self.slip_button)
        flow.addWidget(_together(self.straighten_button, self.tilt, self._tilt_label))
        flow.addWidget(_together(self.brighten_button, self.brightness, self._brightness_label))
        flow.addWidget(_together(self.reset_button, self.leave_button, self.done_button))
        column = QVBoxLayout()
        column.setContentsMargins(16, 10, 16, 10)
        column.addWidget(tools)
        self.set_content(column)

    def show_care(self, care: Care, *, is_changed: bool) -> None:
        """Let the sliders and words say what is done; nothing is sent."""
        self._is_shown = True
        self.tilt.setValue(round(-care.tilt_deg * _TENTHS))
        self.brightness.setValue(care.brightness)
        self._is_shown = False
        self._say(care)
        has_slip = care.corners is not None
        text = WHOLE_PICTURE if has_slip else MARK_SLIP
        if self.slip_button.text() != text:
            self.slip_button.show_text(text)
            self.slip_button.setAccessibleName(text)
            self.slip_button.setToolTip(f"{text} (P)")
        self.reset_button.setEnabled(is_changed)

    def _say(self, care: Care) -> None:
        right = -care.tilt_deg
        self._tilt_label.setText(f"{right:+.1f}°" if right else "0.0°")
        way = "right" if right > 0 else "left"
        self.tilt.setAccessibleDescription(
            f"{abs(right):.1f} degrees to the {way}" if right else "As it was"
        )
        self._brightness_label.setText(f"{care.brightness:+d}" if care.brightness else "0")

    @Slot(int)
    def _on_tilt_changed(self, tenths: int) -> None:
        if not self._is_shown:
            self.tilted.emit(-tenths / _TENTHS)

    @Slot(int)
    def _on_brightness_changed(self, brightness: int) -> None:
        if not self._is_shown:
            self.brightened.emit(brightness)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Give what changes room for its longest words, so that nothing moves beside it."""
        has_room = self.width() >= self._theme.gap(_ROOM_FOR_KEYS_PX)
        for button in self.findChildren(Button):
            button.show_beside_words(key=has_room, icon=False)
        metrics = QFontMetrics(self._tilt_label.font())
        self._tilt_label.setFixedWidth(metrics.horizontalAdvance("+15.0°") + 4)
        self._brightness_label.setFixedWidth(metrics.horizontalAdvance("+100") + 4)
        shown = self.slip_button.text()
        self.slip_button.setMinimumWidth(0)
        widths = []
        for text in (MARK_SLIP, WHOLE_PICTURE):
            self.slip_button.show_text(text)
            widths.append(self.slip_button.sizeHint().width())
        self.slip_button.show_text(shown)
        self.slip_button.setMinimumWidth(max(widths))


def _together(*widgets: QWidget) -> QWidget:
    """Widgets that stay in one row."""
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for widget in widgets:
        row.addWidget(widget)
    return group
