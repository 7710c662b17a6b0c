"""The number, larger than anything else, grouped for reading; long ones wrap, none is cut."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.gui.reviewed_line import Mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QMouseEvent, QResizeEvent

    from desktop_app.gui.review import Review
    from desktop_app.gui.reviewed_line import ReviewedLine
    from desktop_app.gui.theme import Theme

NUMBER_PX: Final = 62
LEAST_PX: Final = 56
_LINE_SHARE: Final = 1.34
_GAP_SHARE: Final = 0.5
_BY_CLERK: Final = frozenset({Mark.CORRECTED, Mark.ADDED})


class NumberView(QWidget):
    """Paints one line's digits; doubtful ones waved under, corrected ones underlined."""

    digit_clicked = Signal(int)

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self._theme = the_theme
        self._line: ReviewedLine | None = None
        self._selected: int | None = None
        self._groups: tuple[str, ...] = ()
        self._gap: int | None = None
        self._point_before: int | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(120)

    def show_review(self, review: Review) -> None:
        """Show the current line's number, with room where a digit is to be added."""
        line = review.current_line
        groups = line.groups
        before, self._groups = self._groups, _with_gap(groups, review.gap)
        # The digit behind the decimal point.
        self._point_before = sum(map(len, groups[:-1])) if line.has_decimals else None
        self._line, self._selected, self._gap = line, review.digit, review.gap
        self.setAccessibleName(f"Number {' '.join(' '.join(group) for group in groups)}")
        if [*map(len, before)] != [*map(len, self._groups)]:
            self.updateGeometry()
        self.update()

    def _font(self, size_px: int) -> QFont:
        font = self._theme.font(NUMBER_PX, QFont.Weight.DemiBold)
        font.setPixelSize(size_px)
        return font

    def _digit_w(self, size_px: int) -> float:
        return QFontMetricsF(self._font(size_px)).horizontalAdvance("0") + 1

    def _size_px(self, width: float) -> int:
        """As large as one row allows, but never less than LEAST_PX: then the number wraps.

        Large as it is, it grows less than the text around it.
        """
        size_px = self._theme.gap(NUMBER_PX)
        in_one_row = row_width(self._groups, self._digit_w(size_px))
        fitting_px = int(size_px * width / max(in_one_row, 1))
        return min(size_px, fitting_px) if fitting_px >= LEAST_PX else size_px

    def _places(self) -> Iterator[tuple[int | None, QRectF]]:
        """Where each digit stands, with its position in the line; None for the open gap."""
        size_px = self._size_px(self.width())
        digit_w, row_h = self._digit_w(size_px), size_px * _LINE_SHARE
        for cell, (x, row) in enumerate(wrapped(self._groups, self.width(), digit_w)):
            place = QRectF(x, row * row_h, digit_w, row_h)
            if self._gap is None or cell < self._gap:
                yield cell, place
            else:
                yield None if cell == self._gap else cell - 1, place

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        size_px = self._size_px(width)
        corners = wrapped(self._groups, width, self._digit_w(size_px))
        rows = corners[-1][1] + 1 if corners else 1
        return round(rows * size_px * _LINE_SHARE) + 2

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(372), self.heightForWidth(max(self.width(), 120)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.height() < self.heightForWidth(self.width()):
            # A scroll area asks for the height before the width is known: the last digits, in a
            # second row, were not painted.
            self.updateGeometry()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for at, place in self._places():
            if at is not None and place.contains(event.position()):
                self.digit_clicked.emit(at)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._line is None:
            return
        wanted = QRectF(event.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font(self._size_px(self.width())))
        for at, place in self._places():
            if not place.intersects(wanted):
                continue
            if at is None:
                self._paint_gap(painter, place)
                continue
            digit = self._line.digits[at]
            ink = self._ink(digit.mark)
            if at == self._selected:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._ground(digit.mark))
                painter.drawRoundedRect(place.adjusted(-1, 2, 1, -2), 8, 8)
            painter.setPen(ink)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(digit.digit))
            if at == self._point_before:
                gap = place.width() * _GAP_SHARE
                before = QRectF(place.left() - gap, place.top(), gap, place.height())
                painter.setPen(self._theme.tokens.text)
                painter.drawText(before, Qt.AlignmentFlag.AlignCenter, ".")
            self._paint_mark(painter, digit.mark, place)
        painter.end()

    def _paint_gap(self, painter: QPainter, place: QRectF) -> None:
        """An empty frame that waits for its digit."""
        person = self._theme.tokens.person
        frame = place.adjusted(2, self._theme.gap(10), -2, -self._theme.gap(10))
        pen = QPen(person.text, max(2, self._theme.gap(2)))
        pen.setDashPattern([2, 2])
        painter.setPen(pen)
        painter.setBrush(person.ground)
        painter.drawRoundedRect(frame, 6, 6)

    def _paint_mark(self, painter: QPainter, mark: Mark, place: QRectF) -> None:
        below = place.bottom() - self._theme.gap(11)
        left, right = place.left() + 5, place.right() - 5
        tokens = self._theme.tokens
        if mark is Mark.DOUBT:
            pen = QPen(tokens.doubt.box, max(2, self._theme.gap(2.5)))
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            _paint_wave(painter, left, right, below, pen)
        elif mark in _BY_CLERK:
            painter.setPen(QPen(tokens.person.text, max(2, self._theme.gap(2.5))))
            painter.drawLine(QPointF(left, below + 2), QPointF(right, below + 2))

    def _ink(self, mark: Mark) -> QColor:
        tokens = self._theme.tokens
        if mark is Mark.DOUBT:
            return tokens.doubt.text
        return tokens.person.text if mark in _BY_CLERK else tokens.text

    def _ground(self, mark: Mark) -> QColor:
        tokens = self._theme.tokens
        if mark is Mark.DOUBT:
            return tokens.doubt.ground
        return tokens.person.ground if mark in _BY_CLERK else tokens.window


def _with_gap(groups: tuple[str, ...], gap: int | None) -> tuple[str, ...]:
    """The groups with a blank in place of the digit that is to be added."""
    if gap is None:
        return groups
    widened, left = [], gap
    for group in groups:
        if 0 <= left <= len(group):
            widened.append(f"{group[:left]} {group[left:]}")
            left = -1
        else:
            widened.append(group)
            left -= len(group)
    return tuple(widened)


# Layouts ask for the height of the same few widths a dozen times in a row.
@lru_cache(maxsize=16)
def row_width(groups: tuple[str, ...], digit_w: float) -> float:
    """All of them in one row."""
    return digit_w * (sum(map(len, groups)) + _GAP_SHARE * (len(groups) - 1))


@lru_cache(maxsize=16)
def wrapped(groups: tuple[str, ...], width: float, digit_w: float) -> tuple[tuple[float, int], ...]:
    """Left edge and row of each digit: groups with a gap, wrapped at groups, then at digits."""
    gap = digit_w * _GAP_SHARE
    corners: list[tuple[float, int]] = []
    x, row = 0.0, 0
    for group in groups:
        if x > 0 and x + digit_w * len(group) > width:
            x, row = 0.0, row + 1
        for _ in group:
            if x > 0 and x + digit_w > width:
                x, row = 0.0, row + 1
            corners.append((x, row))
            x += digit_w
        x += gap
    return tuple(corners)


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
