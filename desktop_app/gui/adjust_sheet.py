"""The sheet on which a page is straightened and brightened before it is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.gui import strings
from desktop_app.gui.adjust_bed import AdjustBed
from desktop_app.gui.adjust_tools import AdjustTools
from desktop_app.gui.care_history import CareHistory
from desktop_app.gui.work_sheet import WorkSheet
from desktop_app.jobs.levels import SMALLEST_LEVEL_PX
from model.apply_care import adjusted, propose_brightness
from model.care import Care
from model.find_slip import find_slip, is_aslant
from model.find_tilt import find_tilt

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QKeyEvent

    from desktop_app.gui.actions import Actions
    from desktop_app.gui.state import ShownPage
    from desktop_app.gui.theme import Theme
    from model.care import Corners

_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
# Where the corners stand if no slip is found: a little within the picture, so that all are seen.
_USUAL: Final = ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9))
_STRAIGHT_DEG: Final = 0.1


class AdjustSheet(WorkSheet):
    """Shows each change at once on a small copy.

    ``told`` carries what was found, ``done`` the care for the page itself.
    """

    done = Signal(object)
    told = Signal(str)

    def __init__(self, the_theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self._small: NDArray[np.uint8] = np.full((1, 1, 3), 255, np.uint8)
        self._cares = CareHistory()
        self._drawing: object = None
        self.bed = AdjustBed(the_theme)
        self.tools = AdjustTools(the_theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bed, 1)
        column.addWidget(self.tools)
        self.setAccessibleName("Adjust the page")
        self._connect()

    def _connect(self) -> None:
        bed, tools = self.bed, self.tools
        bed.marked.connect(self._on_marked)
        bed.let_go.connect(self._end_drawing)
        tools.tilted.connect(self._on_tilted)
        tools.brightened.connect(self._on_brightened)
        tools.tilt.sliderReleased.connect(self._end_drawing)
        tools.brightness.sliderReleased.connect(self._end_drawing)
        tools.slip_button.clicked.connect(self.toggle_slip)
        tools.straighten_button.clicked.connect(self.straighten)
        tools.brighten_button.clicked.connect(self.brighten)
        tools.reset_button.clicked.connect(self.reset)
        tools.leave_button.clicked.connect(self._on_left)
        tools.done_button.clicked.connect(self._on_done)

    @property
    def first_field(self) -> QWidget:
        """Where the arrow keys straighten at once."""
        return self.tools.tilt

    @property
    def care(self) -> Care:
        """What is done to the page so far."""
        return self._cares.present

    def begin(self, shown: ShownPage) -> None:
        """Adjust a page as it is cared for now; on one as it came a slip is marked, if it is found.

        Nothing comes of that unless the clerk goes on with Done.
        """
        self._small = _small_copy(shown)
        self.bed.begin(self._small)
        self._cares = CareHistory(shown.cares.present)
        self._drawing = None
        words = strings.ADJUST_HINT
        corners = find_slip(self._small) if self.care.is_turn_only else None
        height, width = self._small.shape[:2]
        if corners is not None and is_aslant(corners, width, height):
            self._cares = self._cares.changed(replace(self.care, corners=corners))
            words = strings.SLIP_FOUND
        self._show()
        self.told.emit(words)

    @Slot()
    def toggle_slip(self) -> None:
        """Mark the slip, where it is found or else near the edges; or read all of the picture."""
        if self.care.corners is not None:
            self._change(replace(self.care, corners=None))
            return
        corners = find_slip(self._small)
        self._change(replace(self.care, corners=corners or _USUAL, tilt_deg=0.0))
        self.told.emit(strings.SLIP_FOUND if corners else strings.SLIP_NOT_FOUND)
        self.bed.handles[0].setFocus()

    @Slot()
    def straighten(self) -> None:
        """Level the rows of writing, or the ruled lines."""
        flat = adjusted(self._small, replace(self.care, tilt_deg=0.0, brightness=0))
        tilt = find_tilt(flat)
        if tilt is None:
            self.told.emit(strings.NO_TILT)
            self.tools.tilt.setFocus()
        elif abs(tilt - self.care.tilt_deg) < _STRAIGHT_DEG:
            self.told.emit(strings.IS_STRAIGHT)
        else:
            self._change(replace(self.care, tilt_deg=round(tilt, 1)))

    @Slot()
    def brighten(self) -> None:
        """Make dim paper light."""
        found = propose_brightness(adjusted(self._small, replace(self.care, brightness=0)))
        if found == self.care.brightness or not found:
            self.told.emit(strings.IS_BRIGHT)
        else:
            self._change(replace(self.care, brightness=found))

    @Slot()
    def reset(self) -> None:
        """The page as it was in its file, the same way up."""
        # The button is then disabled, and would let go of the focus.
        self.tools.tilt.setFocus()
        self._change(Care(self.care.quarter_turns))

    @Slot()
    def _on_done(self) -> None:
        self.done.emit(self.care)

    @Slot()
    def _on_left(self) -> None:
        from desktop_app.gui.commands import Command

        self._actions[Command.CANCEL].trigger()

    @Slot(object)
    def _on_marked(self, corners: Corners) -> None:
        self._draw("corners", replace(self.care, corners=corners))

    @Slot(float)
    def _on_tilted(self, tilt_deg: float) -> None:
        self._draw("tilt", replace(self.care, tilt_deg=tilt_deg))

    @Slot(int)
    def _on_brightened(self, brightness: int) -> None:
        self._draw("brightness", replace(self.care, brightness=brightness))

    def _change(self, care: Care) -> None:
        """One step."""
        self._drawing = None
        self._cares = self._cares.changed(care)
        self.told.emit(strings.ADJUST_HINT)
        self._show()

    def _draw(self, what: object, care: Care) -> None:
        """A part of a step: all that is drawn at one slider in a row is taken back at once."""
        goes_on = what == self._drawing
        self._drawing = what
        self._cares = self._cares.drawn(care) if goes_on else self._cares.changed(care)
        self._show()

    @Slot()
    def _end_drawing(self) -> None:
        self._drawing = None

    def _show(self) -> None:
        self.bed.show_care(self.care)
        self.tools.show_care(self.care, is_changed=not self.care.is_turn_only)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        keys = {
            Qt.Key.Key_P: self.toggle_slip,
            Qt.Key.Key_S: self.straighten,
            Qt.Key.Key_B: self.brighten,
            **dict.fromkeys(_ENTER, self._on_done),
        }
        if held == Qt.KeyboardModifier.ControlModifier and key in {Qt.Key.Key_Z, Qt.Key.Key_Y}:
            self._drawing = None
            is_undo = key is Qt.Key.Key_Z
            self._cares = self._cares.undone() if is_undo else self._cares.redone()
            self._show()
        elif held == Qt.KeyboardModifier.NoModifier and key in keys and not event.isAutoRepeat():
            keys[key]()
        else:
            super().keyPressEvent(event)


def _small_copy(shown: ShownPage) -> NDArray[np.uint8]:
    """(h, w, 3) uint8: the page only turned, its longer side at most SMALLEST_LEVEL_PX."""
    if shown.page is shown.bare:
        return shown.levels[-1].pixels
    scale = min(1.0, SMALLEST_LEVEL_PX / max(shown.bare.width, shown.bare.height))
    size = max(1, round(shown.bare.width * scale)), max(1, round(shown.bare.height * scale))
    small = cv2.resize(shown.bare.pixels, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)
