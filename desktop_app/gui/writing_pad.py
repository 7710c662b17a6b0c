"""The pad: white paper on the bed that pen, finger and mouse write on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from desktop_app.capture.strokes import PAPER, paint_strokes
from desktop_app.capture.written_page import Sheet
from desktop_app.gui import strings, theme
from desktop_app.gui.digit_boxes import DigitBoxes
from desktop_app.gui.pen_input import PenInput
from desktop_app.gui.viewport import Viewport
from desktop_app.gui.writing_tools import WritingTools

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from desktop_app.capture.strokes import Stroke
    from desktop_app.gui.actions import Actions
    from desktop_app.gui.slip_view import SlipView
    from desktop_app.gui.state import ViewState
    from desktop_app.gui.theme import Theme

PEN_PX: Final = 9.0
"""Width of the ink on the screen; thick, for weak eyes. The page that is read has its own."""

MARGIN_PX: Final = 24
ROW_PX: Final = 230
"""About one guide line to so much height of the paper."""

GUIDE: Final = QColor("#6B7C93")
HINT: Final = QColor("#4A5666")


class WritingPad(QWidget):
    """Covers the bed while it is on; shows the writing of the state with its reading."""

    stroke_begun = Signal()
    stroke_written = Signal(object)

    def __init__(self, the_theme: Theme, actions: Actions, slip: SlipView) -> None:
        super().__init__(slip)
        self._theme = the_theme
        self._slip = slip
        self._state: ViewState | None = None
        self._paper = QRectF()
        self._zoom = 1.0
        self._shown: tuple[Stroke, ...] = ()
        self._ink: QPixmap | None = None
        self._boxes = DigitBoxes(the_theme)
        self.pen = PenInput(self._to_paper)
        self.pen.begun.connect(self._on_pen_begun)
        self.pen.moved.connect(self._on_pen_moved)
        self.pen.ended.connect(self._on_pen_ended)
        self.tools = WritingTools(the_theme, actions, self)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.tools.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName("Writing pad")
        the_theme.recoloured.connect(self._recolour)
        the_theme.scaled.connect(self.lay_out)
        self._recolour()

    @property
    def paper(self) -> QRectF:
        """Where the paper lies, in logical pixels of the pad."""
        return self._paper

    def show_state(self, state: ViewState) -> None:
        """Show what is written and what was read of it; hidden while the pad is off."""
        self._state = state
        strokes = () if state.writing is None else state.writing.strokes
        if strokes != self._shown:
            self._shown, self._ink = strokes, None
            self._fit()
        if state.writing is None:
            self.pen.stop()
        self.setVisible(state.writing is not None)
        self.setAccessibleDescription(state.status)
        self.update()

    @Slot()
    def lay_out(self) -> None:
        """Cover the bed; the paper takes what the tools leave."""
        bed = self._slip.size()
        self.resize(bed)
        room = QRectF(self.tools.place(bed))
        margin = min(float(MARGIN_PX), room.width() / 24, room.height() / 24)
        self._paper = room.adjusted(margin, margin, -margin, -margin)
        self._fit()
        self.update()

    def _fit(self) -> None:
        """In a window that has become smaller, show all of the writing smaller."""
        points = [point for stroke in self._shown for point in stroke]
        right = max((point.x for point in points), default=0.0) + PEN_PX
        foot = max((point.y for point in points), default=0.0) + PEN_PX
        zoom = min(1.0, self._paper.width() / right, self._paper.height() / foot)
        if zoom != self._zoom:
            self._zoom, self._ink = max(zoom, 0.05), None

    def _to_paper(self, at: QPointF) -> QPointF:
        """From the widget to the paper; beside it the pen slides along its edge."""
        paper, edge = self._paper, PEN_PX
        x = min(max(at.x() - paper.left(), edge), paper.width() - edge)
        y = min(max(at.y() - paper.top(), edge), paper.height() - edge)
        return QPointF(x, y) / self._zoom

    def event(self, event: QEvent) -> bool:
        if self.pen.take(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.Wheel:
            # Not for the page underneath.
            event.accept()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ink = None

    @Slot()
    def _on_pen_begun(self) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.stroke_begun.emit()
        self._update_step()

    @Slot()
    def _on_pen_moved(self) -> None:
        self._update_step()

    @Slot(object)
    def _on_pen_ended(self, stroke: Stroke) -> None:
        self.stroke_written.emit(stroke)

    def _update_step(self) -> None:
        """Only where the last steps of the pen are: the curve still bends between them."""
        last = self.pen.stroke[-4:]
        xs, ys = [point.x * self._zoom for point in last], [point.y * self._zoom for point in last]
        around = QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys)))
        reach = 2 * PEN_PX
        moved = around.translated(self._paper.topLeft()).adjusted(-reach, -reach, reach, reach)
        self.update(moved.toAlignedRect())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ink is None:
            self._ink = self._painted()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ratio, part = self._ink.devicePixelRatio(), QRectF(event.rect())
        source = QRectF(part.topLeft() * ratio, part.size() * ratio)
        painter.drawPixmap(part, self._ink, source)
        if self.pen.stroke:
            painter.save()
            self._write(painter, (self.pen.stroke,))
            painter.restore()
        self._paint_reading(painter)
        if self.hasFocus():
            painter.setPen(QPen(theme.BED_TEXT, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._paper.adjusted(-4, -4, 4, 4), 8, 8)
        painter.end()

    def _painted(self) -> QPixmap:
        """Bed, paper and finished strokes, kept until one of them changes."""
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap((self.size().toSizeF() * ratio).toSize())
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(self._theme.tokens.bed)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(PAPER)
        painter.drawRoundedRect(self._paper, 4, 4)
        self._paint_guides(painter)
        if self._shown:
            self._write(painter, self._shown)
        painter.end()
        return pixmap

    def _paint_guides(self, painter: QPainter) -> None:
        """A line to write on for each row; on empty paper, what to do."""
        paper = self._paper
        rows = max(1, round(paper.height() / ROW_PX))
        pitch = paper.height() / rows
        painter.setPen(QPen(GUIDE, 2))
        for row in range(rows):
            y = round(paper.top() + (row + 0.78) * pitch)
            painter.drawLine(QPointF(paper.left() + 24, y), QPointF(paper.right() - 24, y))
        if not self._shown:
            painter.setPen(HINT)
            painter.setFont(self._theme.font(24, QFont.Weight.DemiBold))
            first = QRectF(paper.left() + 24, paper.top() + 8, paper.width() - 48, 0.78 * pitch - 8)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(first, flags, strings.WRITE_HERE)

    def _write(self, painter: QPainter, strokes: tuple[Stroke, ...]) -> None:
        painter.setClipRect(self._paper)
        painter.translate(self._paper.topLeft())
        painter.scale(self._zoom, self._zoom)
        paint_strokes(painter, strokes, PEN_PX)

    def _paint_reading(self, painter: QPainter) -> None:
        state = self._state
        if state is None or state.number_review is None or not self._shown:
            return
        view, ratio = self.view(), self.devicePixelRatioF()
        review = state.number_review
        self._boxes.paint(painter, review, view, ratio=ratio)
        if any(line.is_ink_left and not line.is_edited for line in review.lines):
            self._paint_warning(painter, strings.INK_LEFT_ON_PAD)

    def _paint_warning(self, painter: QPainter, words: str) -> None:
        """At the paper's foot, in the colours of doubt on white."""
        tone, pad = theme.LIGHT.doubt, self._theme.px(10)
        font = self._theme.font(15, QFont.Weight.DemiBold)
        painter.setFont(font)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        room = self._paper.adjusted(2 * pad, 2 * pad, -2 * pad, -2 * pad)
        around = painter.boundingRect(room, flags, words).adjusted(-pad, -pad, pad, pad)
        around.moveBottom(self._paper.bottom() - pad)
        painter.setPen(QPen(tone.box, 1.5))
        painter.setBrush(tone.ground)
        painter.drawRoundedRect(around, 8, 8)
        painter.setPen(tone.text)
        painter.drawText(around, flags, words)

    def view(self) -> Viewport:
        """Where the page that the strokes became lies on the pad."""
        sheet = Sheet.around(self._shown)
        corner = self._paper.topLeft() + sheet.area.topLeft() * self._zoom
        width, height = sheet.page_size
        return Viewport(
            width,
            height,
            self.width(),
            self.height(),
            zoom=self._zoom / sheet.scale,
            left=corner.x(),
            top=corner.y(),
            is_fitted=False,
        )

    @Slot()
    def _recolour(self) -> None:
        self._ink = None
        theme.put_on_bed(self, self._theme.tokens)
