"""What is drawn over the page on the bed: shadow, digit boxes, light bar, crop rectangle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QLinearGradient, QPainter, QPainterPath, QPen

from desktop_app.gui.review import Mark

if TYPE_CHECKING:
    from desktop_app.gui.review import Review, ReviewedDigit
    from desktop_app.gui.theme import Theme, Tone
    from desktop_app.gui.viewport import Viewport

SWEEP_MS: Final = 900
_LIGHT: Final = QColor(214, 240, 255)
_TAB_INK: Final = QColor("#101418")
_SUFFIX: Final = {Mark.SURE: "", Mark.DOUBT: " ?", Mark.CONFIRMED: " ✓", Mark.CORRECTED: " ✎"}


def tone_of(mark: Mark, theme: Theme) -> Tone:
    """The colours of a mark."""
    tokens = theme.tokens
    if mark is Mark.DOUBT:
        return tokens.doubt
    return tokens.person if mark is Mark.CORRECTED else tokens.sure


def paint_boxes(painter: QPainter, review: Review, view: Viewport, theme: Theme) -> None:
    """Every digit's box with its tab; the selected one last, so that it lies on top."""
    bed = QRectF(0, 0, view.bed_width, view.bed_height)
    for at_line, line in enumerate(review.lines):
        if not bed.intersects(view.to_bed(line.box)):
            continue
        is_current = at_line == review.line
        for at, digit in enumerate(line.digits):
            if not (is_current and at == review.digit) and bed.intersects(
                view.to_bed(digit.reading.box)
            ):
                painter.setOpacity(1.0 if is_current or len(review.lines) == 1 else 0.72)
                _paint_box(painter, digit, view, theme, is_selected=False)
    painter.setOpacity(1.0)
    selected = review.current_digit
    if selected is not None:
        _paint_box(painter, selected, view, theme, is_selected=True)


def _paint_box(
    painter: QPainter, digit: ReviewedDigit, view: Viewport, theme: Theme, *, is_selected: bool
) -> None:
    tone = tone_of(digit.mark, theme)
    frame = view.to_bed(digit.reading.box).adjusted(-4, -4, 4, 4)
    pen = QPen(tone.box, 3 if is_selected or digit.mark is Mark.CORRECTED else 2)
    if digit.mark is Mark.DOUBT:
        pen.setDashPattern([3, 2])
    painter.setPen(pen)
    ground = QColor(tone.box)
    ground.setAlpha(28 if is_selected else 0)
    painter.setBrush(ground)
    painter.drawRoundedRect(frame, 4, 4)
    is_wanted = is_selected or digit.mark is not Mark.SURE
    # Far zoomed out, the tabs of neighbours would cover each other and the ink.
    if is_wanted or frame.height() >= theme.gap(34):
        _paint_tab(painter, f"{digit.digit}{_SUFFIX[digit.mark]}", frame, tone, theme)


def _paint_tab(painter: QPainter, words: str, frame: QRectF, tone: Tone, theme: Theme) -> None:
    font = theme.font(13, QFont.Weight.Bold)
    font.setPixelSize(theme.gap(13))
    metrics = QFontMetrics(font)
    width, height = metrics.horizontalAdvance(words) + 12, metrics.height() + 2
    tab = QRectF(frame.left() - 1, frame.top() - height - 2, width, height)
    if tab.top() < 2:
        tab.moveTop(frame.top() + 2)
        tab.moveLeft(frame.left() + 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tone.box)
    painter.drawRoundedRect(tab, 3, 3)
    painter.setPen(_TAB_INK)
    painter.setFont(font)
    painter.drawText(tab, Qt.AlignmentFlag.AlignCenter, words)


def sweep_position(elapsed_ms: float) -> float:
    """Where the light bar is, 0 top to 1 bottom, once every SWEEP_MS."""
    return (elapsed_ms % SWEEP_MS) / SWEEP_MS


def sweep_rect(page: QRectF, position: float) -> QRectF:
    """The band that is lit: the bar and the glow behind it."""
    height = page.height()
    bar_at = page.top() + position * (height + 12)
    glow = max(40.0, height * 0.28)
    return QRectF(page.left(), bar_at - glow, page.width(), glow + 6).intersected(page)


def paint_sweep(painter: QPainter, band: QRectF) -> None:
    """A bar of light at the foot of the band, with a glow where it has been."""
    if band.isEmpty():
        return
    glow = QLinearGradient(band.topLeft(), band.bottomLeft())
    for at, alpha in ((0.0, 0), (0.6, 60), (0.92, 150), (1.0, 0)):
        glow.setColorAt(at, QColor(_LIGHT.red(), _LIGHT.green(), _LIGHT.blue(), alpha))
    painter.fillRect(band, glow)
    bar = QRectF(band.left(), band.bottom() - 8, band.width(), 4).intersected(band)
    painter.fillRect(bar, QColor(255, 255, 255, 235))


def paint_still_bar(painter: QPainter, page: QRectF) -> None:
    """The same without motion: a lit bar under the page's top edge."""
    bar = QRectF(page.left(), page.top(), page.width(), 6)
    painter.fillRect(bar, _LIGHT)


def paint_crop(painter: QPainter, bed: QRectF, frame: QRectF) -> None:
    """Everything but the rectangle darkened, its corners marked."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    path.addRect(bed)
    path.addRect(frame)
    painter.fillPath(path, QColor(8, 11, 15, 150))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("white"), 2))
    painter.drawRect(frame)
    painter.setPen(QPen(QColor("white"), 5))
    arm = min(18.0, frame.width() / 3, frame.height() / 3)
    for corner, dx, dy in (
        (frame.topLeft(), arm, arm),
        (frame.topRight(), -arm, arm),
        (frame.bottomLeft(), arm, -arm),
        (frame.bottomRight(), -arm, -arm),
    ):
        painter.drawLine(corner, corner + QPointF(dx, 0))
        painter.drawLine(corner, corner + QPointF(0, dy))


def paint_region(painter: QPainter, page: QRectF, region: QRectF) -> None:
    """The page outside the part that was read is dimmed."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    path.addRect(page)
    path.addRect(region)
    painter.fillPath(path, QColor(8, 11, 15, 110))
