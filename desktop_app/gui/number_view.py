"""The number, larger than anything else, grouped for reading; long ones wrap, none is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.gui import strings
from desktop_app.gui.review import Mark

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from desktop_app.gui.review import ReviewedLine
    from desktop_app.gui.theme import Theme

NUMBER_PX: Final = 62
_LINE_SHARE: Final = 1.34


class NumberView(QWidget):
    """Paints one line's digits; doubtful ones waved under, corrected ones underlined."""

    digit_clicked = Signal(int)

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self._theme = the_theme
        self._line: ReviewedLine | None = None
        self._selected: int | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(120)

    def show_line(self, line: ReviewedLine, selected: int | None) -> None:
        """Show a line's number."""
        has_other_length = self._line is None or len(self._line.digits) != len(line.digits)
        self._line, self._selected = line, selected
        spoken = " ".join(" ".join(group) for group in strings.grouped(line.text))
        self.setAccessibleName(f"Number {spoken}")
        if has_other_length:
            self.updateGeometry()
        self.update()

    def _font(self) -> QFont:
        return self._theme.font(NUMBER_PX, QFont.Weight.DemiBold)

    def _places(self, width: float) -> list[QRectF]:
        """Where each digit stands: groups with a gap, wrapped at groups, then at digits."""
        if self._line is None:
            return []
        metrics = QFontMetricsF(self._font())
        digit_w = metrics.horizontalAdvance("0") + self._theme.px(1)
        gap, row_h = digit_w * 0.5, self._theme.px(NUMBER_PX) * _LINE_SHARE
        places: list[QRectF] = []
        x = y = 0.0
        for group in strings.grouped(self._line.text):
            if x > 0 and x + digit_w * len(group) > width:
                x, y = 0.0, y + row_h
            for _ in group:
                if x > 0 and x + digit_w > width:
                    x, y = 0.0, y + row_h
                places.append(QRectF(x, y, digit_w, row_h))
                x += digit_w
            x += gap
        return places

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        row_h = self._theme.px(NUMBER_PX) * _LINE_SHARE
        return round(places[-1].bottom() if places else row_h) + 2

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(372), self.heightForWidth(max(self.width(), 120)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for at, place in enumerate(self._places(self.width())):
            if place.contains(event.position()):
                self.digit_clicked.emit(at)
                return

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._line is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        for at, place in enumerate(self._places(self.width())):
            digit = self._line.digits[at]
            ink = self._ink(digit.mark)
            if at == self._selected:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._ground(digit.mark))
                painter.drawRoundedRect(place.adjusted(-1, 2, 1, -2), 8, 8)
            painter.setPen(ink)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(digit.digit))
            self._paint_mark(painter, digit.mark, place)
        painter.end()

    def _paint_mark(self, painter: QPainter, mark: Mark, place: QRectF) -> None:
        below = place.bottom() - self._theme.px(11)
        left, right = place.left() + 5, place.right() - 5
        tokens = self._theme.tokens
        if mark is Mark.DOUBT:
            pen = QPen(tokens.doubt.box, max(2, self._theme.px(2.5)))
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            _paint_wave(painter, left, right, below, pen)
        elif mark is Mark.CORRECTED:
            painter.setPen(QPen(tokens.person.text, max(2, self._theme.px(2.5))))
            painter.drawLine(QPointF(left, below + 2), QPointF(right, below + 2))

    def _ink(self, mark: Mark) -> QColor:
        tokens = self._theme.tokens
        if mark is Mark.DOUBT:
            return tokens.doubt.text
        return tokens.person.text if mark is Mark.CORRECTED else tokens.text

    def _ground(self, mark: Mark) -> QColor:
        tokens = self._theme.tokens
        if mark is Mark.DOUBT:
            return tokens.doubt.ground
        return tokens.person.ground if mark is Mark.CORRECTED else tokens.window


def _paint_wave(painter: QPainter, left: float, right: float, top: float, pen: QPen) -> None:
    """The mark of a doubtful digit: a wave, so that it is known without its colour."""
    painter.save()
    painter.setPen(pen)
    step = 4.0
    points = []
    x, up = left, False
    while x <= right + step / 2:
        points.append(QPointF(min(x, right), top if up else top + step))
        x, up = x + step * 1.25, not up
    painter.drawPolyline(points)
    painter.restore()
