"""The bed: the page on dark glass, its digits boxed in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desktop_app.gui import bed_painting, strings, theme
from desktop_app.gui.crop_tool import KEYS, CropTool
from desktop_app.gui.digit_boxes import DigitBoxes
from desktop_app.gui.page_pixmap import PagePixmap
from desktop_app.gui.state import Phase, ShownPage, ViewState
from desktop_app.gui.viewport import STEP, Viewport

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from desktop_app.gui.theme import Theme

FRAME_MS: Final = 16
PAN_PX: Final = 60
# Less than this is a click with an unsteady hand, not a drag.
CLICK_PX: Final = 5
_PAN_KEYS: Final = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class SlipView(QWidget):
    """Shows the page; zoom, pan and crop live here because no other widget needs them."""

    digit_clicked = Signal(int, int)
    zoom_changed = Signal(float)

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self._theme = the_theme
        self._state = ViewState()
        self._view: Viewport | None = None
        self._reserve = (84.0, 0.0)
        self._pixmap = PagePixmap()
        self._boxes = DigitBoxes(the_theme)
        self._grabbed_at: QPointF | None = None
        self._was_dragged = False
        self._clock = QElapsedTimer()
        self._lit = QRectF()
        self._sweep = QTimer(self)
        self._sweep.setInterval(FRAME_MS)
        self._sweep.timeout.connect(self._on_sweep_moved)
        self._reduce_motion = False
        self.crop = CropTool(self)
        self.crop.changed.connect(self._on_crop_changed)
        self._recolour()
        the_theme.recoloured.connect(self._recolour)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Page")
        self.setMinimumSize(240, 180)

    def set_reduce_motion(self, reduce: bool) -> None:
        """Whether the light stands still while reading."""
        self._reduce_motion = reduce
        self._set_sweeping(self._state.phase is Phase.READING)

    def show_state(self, state: ViewState) -> None:
        """Show the page of the state, and what was read on it."""
        before, self._state = self._state, state
        self._place_page(before.shown, state.shown)
        if state.is_busy:
            self.crop.leave()
        self._set_sweeping(state.phase is Phase.READING)
        review = state.number_review
        spot = None if review is None else review.spot
        if spot is not None and self._view is not None:
            self._set_view(self._view.showing(spot))
        self.setAccessibleDescription(self._described())
        self.update()

    # Zoom and pan

    def zoom(self, steps: float, anchor: QPointF | None = None) -> None:
        """Zoom by steps of a quarter, around a point of the bed."""
        if self._view is not None:
            self._set_view(self._view.zoomed(STEP**steps, anchor))

    def fit(self) -> None:
        """Show the whole page."""
        if self._view is not None:
            self._set_view(self._view.fitted())

    def set_reserve(self, foot: float, side: float) -> None:
        """How much of the bed's foot and side the zoom strip takes."""
        self._reserve = (foot, side)
        if self._view is not None:
            self._set_view(self._view.with_reserve(foot, side))

    @property
    def view(self) -> Viewport | None:
        """Where the page lies; None without one."""
        return self._view

    def start_crop(self) -> None:
        """Mark a part of the page; again: leave."""
        shown = self._state.shown
        if self.crop.is_on:
            self.crop.leave()
        elif shown is not None and not self._state.is_busy:
            self.crop.start(shown.page.width, shown.page.height, shown.region)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_page(self, before: ShownPage | None, shown: ShownPage | None) -> None:
        if shown is None:
            self._view = None
            self._pixmap.let_go()
        elif before is None or before.page is not shown.page or self._view is None:
            self.crop.leave()
            self._pixmap.let_go()
            page, size = shown.page, self.size()
            fresh = Viewport(page.width, page.height, size.width(), size.height(), *self._reserve)
            self._set_view(fresh.fitted())

    def _set_view(self, view: Viewport) -> None:
        has_zoomed = self._view is None or self._view.zoom != view.zoom
        if view != self._view:
            self._view = view
            self.update()
        if has_zoomed:
            self.zoom_changed.emit(view.zoom)

    # The light bar

    @property
    def is_sweeping(self) -> bool:
        """Whether the light moves."""
        return self._sweep.isActive()

    def _set_sweeping(self, on: bool) -> None:
        on = on and not self._reduce_motion
        if on and not self._sweep.isActive():
            self._clock.start()
            self._sweep.start()
        elif not on:
            self._sweep.stop()

    @Slot()
    def _on_sweep_moved(self) -> None:
        if self._view is None:
            return
        # Only where the light was and where it is now: the rest of the page stands still.
        self.update(self._lit.united(self._light_band()).toAlignedRect().adjusted(-1, -1, 1, 1))

    def _light_band(self) -> QRectF:
        lit = self._region_rect() or (QRectF() if self._view is None else self._view.page_rect)
        elapsed = self._clock.elapsed() if self._clock.isValid() else 0
        return bed_painting.sweep_rect(lit, bed_painting.sweep_position(elapsed))

    # Input

    def event(self, event: QEvent) -> bool:
        # In crop mode the arrows, Enter and Esc are the tool's, not the window's shortcuts.
        if event.type() == QEvent.Type.ShortcutOverride and self._takes_key(event):
            event.accept()
            return True
        return super().event(event)

    def _takes_key(self, event: QEvent) -> bool:
        key_event: QKeyEvent = event  # type: ignore[assignment]
        key = Qt.Key(key_event.key())
        is_shifted = bool(key_event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        return (self.crop.is_on and key in KEYS) or (is_shifted and key in _PAN_KEYS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self.crop.is_on and self.crop.press_key(event):
            return
        if key in _PAN_KEYS and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            across, down = _PAN_KEYS[key]
            if self._view is not None:
                self._set_view(self._view.panned(across * PAN_PX, down * PAN_PX))
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(event.angleDelta().y() / 120, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._view is None:
            return
        if self.crop.is_on:
            self.crop.press(self._view.to_page(event.position()))
        else:
            self._grabbed_at, self._was_dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._view is None:
            return
        if self.crop.is_on:
            self.crop.drag(self._view.to_page(event.position()))
        elif self._grabbed_at is not None:
            way = event.position() - self._grabbed_at
            if self._was_dragged or way.manhattanLength() > CLICK_PX:
                self._was_dragged = True
                self._grabbed_at = event.position()
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self._set_view(self._view.panned(way.x(), way.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        grabbed, self._grabbed_at = self._grabbed_at, None
        if self._view is None:
            return
        if self.crop.is_on:
            self.crop.release(self._view.to_page(event.position()))
        elif grabbed is not None:
            self.unsetCursor()
            if not self._was_dragged:
                self._click(event.position())

    def _click(self, at: QPointF) -> None:
        review = self._state.number_review
        if review is None or self._view is None:
            return
        for line_at, line in enumerate(review.lines):
            for digit_at, digit in enumerate(line.digits):
                frame = self._view.to_bed(digit.box).adjusted(-4, -24, 4, 4)
                if frame.contains(at):
                    self.digit_clicked.emit(line_at, digit_at)
                    return
        if review.takes_digits and review.place is not None:
            # Beside the digits, a click ends the adding.
            self.digit_clicked.emit(review.line, review.place)

    @Slot()
    def _on_crop_changed(self) -> None:
        if self.crop.is_on:
            self.setCursor(Qt.CursorShape.CrossCursor)
        else:
            self.unsetCursor()
        self.setAccessibleDescription(self._described())
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._view is not None:
            self._set_view(self._view.resized(self.width(), self.height()))

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bed, ratio = self._theme.tokens.bed, self.devicePixelRatioF()
        shown, view = self._state.shown, self._view
        if shown is None or view is None:
            painter.fillRect(self.rect(), bed)
        else:
            self._pixmap.paint(painter, shown.levels, view, ratio=ratio, bed=bed)
            self._paint_over_page(painter, view, view.page_rect)
        if self.hasFocus():
            painter.setPen(theme.BED_TEXT)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 6, 6)
        painter.end()

    def _paint_over_page(self, painter: QPainter, view: Viewport, page: QRectF) -> None:
        box = self.crop.box
        if self._state.phase is Phase.READING:
            if self._reduce_motion:
                bed_painting.paint_still_bar(painter, self._region_rect() or page)
            else:
                self._lit = self._light_band()
                bed_painting.paint_sweep(painter, self._lit)
        elif box is not None:
            bed_painting.paint_crop(painter, QRectF(self.rect()), view.to_bed(box))
        elif self._state.number_review is not None:
            region = self._region_rect()
            if region is not None:
                bed_painting.paint_region(painter, page, region)
            review, ratio = self._state.number_review, self.devicePixelRatioF()
            self._boxes.paint(painter, review, view, ratio=ratio)
        if self._state.is_kept and box is None:
            bed_painting.paint_kept(painter, page)

    def _region_rect(self) -> QRectF | None:
        shown = self._state.shown
        if shown is None or shown.region is None or self._view is None:
            return None
        return self._view.to_bed(shown.region)

    def _described(self) -> str:
        box = self.crop.box
        if box is not None:
            return (
                f"{strings.CROP_HINT} Rectangle at {box.x}, {box.y}, "
                f"{box.w} wide and {box.h} high, in pixels of the page."
            )
        return f"{self._state.page_name}. {self._state.status}"

    @Slot()
    def _recolour(self) -> None:
        theme.put_on_bed(self, self._theme.tokens)

    def sizeHint(self) -> QSize:
        return QSize(820, 560)
