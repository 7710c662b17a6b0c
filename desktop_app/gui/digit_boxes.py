"""The digits' boxes on the page, painted by the thousand without holding up the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap

from desktop_app.gui.bed_painting import tone_of
from desktop_app.gui.reviewed_line import Mark, gap_box
from desktop_app.gui.tab_places import TabPlaces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop_app.gui.review import Review
    from desktop_app.gui.reviewed_line import ReviewedDigit
    from desktop_app.gui.theme import Theme, Tone
    from desktop_app.gui.viewport import Viewport
    from model.types import Box

_TAB_INK: Final = QColor("#101418")
_SUFFIX: Final = {
    Mark.SURE: "",
    Mark.DOUBT: " ?",
    Mark.CONFIRMED: " ✓",
    Mark.CORRECTED: " ✎",
    Mark.ADDED: " +",
}
_DASHES: Final = {Mark.DOUBT: [3.0, 2.0], Mark.ADDED: [1.0, 2.0]}
_MARGIN_PX: Final = 4
_QUIET: Final = 0.72

# A smaller frame looks the same without round corners, and all of them are one call of Qt.
_ROUND_FROM_PX: Final = 30
# Far zoomed out, the tabs of neighbours would cover each other and the ink.
_TABBED_FROM_PX: Final = 34
_ASKED_FROM_PX: Final = 24


class _Group(NamedTuple):
    """Boxes that one pen paints."""

    mark: Mark
    is_quiet: bool


class DigitBoxes:
    """Paints what is in sight. Tabs are drawn once for each digit and mark, then copied."""

    def __init__(self, the_theme: Theme) -> None:
        self._theme = the_theme
        self._tabs: dict[tuple[str, Mark], QPixmap] = {}
        self._tab_key: tuple[int, float] = (0, 0.0)

    def paint(self, painter: QPainter, review: Review, view: Viewport, *, ratio: float) -> None:
        """Every digit's box with its tab; the selected one last, so that it lies on top.

        Args:
            ratio: Device pixels per logical pixel.
        """
        self._drop_stale_tabs(ratio)
        groups: dict[_Group, list[tuple[QRectF, ReviewedDigit]]] = {}
        places = TabPlaces(QRectF(0, 0, view.bed_width, view.bed_height))
        for group, frame, digit in _in_sight(review, view):
            groups.setdefault(group, []).append((frame, digit))
            places.take(_ink_of(frame))
        selected = review.current_digit
        chosen: list[tuple[QRectF, ReviewedDigit]] = []
        if selected is not None:
            chosen = [(frame_of(selected.box, view), selected)]
            places.take(_ink_of(chosen[0][0]))
        chosen_tabs = self._tabs_of(chosen, places, least=0)
        # The surest come last: where there is no room for a tab, theirs is missed least.
        ordered = sorted(groups.items(), key=lambda item: item[0].mark is Mark.SURE)
        for group, members in ordered:
            painter.setOpacity(_QUIET if group.is_quiet else 1.0)
            self._paint_frames(painter, group.mark, [frame for frame, _ in members])
            least = _TABBED_FROM_PX if group.mark is Mark.SURE else _ASKED_FROM_PX
            _paint_tabs(painter, self._tabs_of(members, places, least=self._theme.gap(least)))
        painter.setOpacity(1.0)
        for frame, digit in chosen:
            self._paint_lit(painter, digit.mark, frame, alpha=28)
        _paint_tabs(painter, chosen_tabs)
        if review.gap is not None:
            # Where a digit is to be added.
            frame = frame_of(gap_box(review.current_line, review.gap), view)
            self._paint_lit(painter, Mark.ADDED, frame, alpha=60)

    def _drop_stale_tabs(self, ratio: float) -> None:
        key = (self._theme.text_percent, ratio)
        if key != self._tab_key:
            self._tab_key = key
            self._tabs.clear()

    def _paint_frames(self, painter: QPainter, mark: Mark, frames: list[QRectF]) -> None:
        width = 3 if mark is Mark.CORRECTED else 2
        painter.setPen(_pen(mark, tone_of(mark, self._theme), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.drawRects([frame for frame in frames if frame.height() < _ROUND_FROM_PX])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for frame in frames:
            if frame.height() >= _ROUND_FROM_PX:
                painter.drawRoundedRect(frame, 4, 4)

    def _tabs_of(
        self, members: list[tuple[QRectF, ReviewedDigit]], places: TabPlaces, *, least: float
    ) -> list[tuple[QPointF, QPixmap]]:
        """The tabs of frames that are at least so high, where there is room for them."""
        tabs = []
        for frame, digit in members:
            if frame.height() < least:
                continue
            for words in (f"{digit.digit}{_SUFFIX[digit.mark]}", _SUFFIX[digit.mark].strip()):
                tab = self._tab(words, digit.mark)
                place = places.find(tab.deviceIndependentSize(), frame) if words else None
                if place is not None:
                    tabs.append((place.topLeft(), tab))
                    break
        return tabs

    def _paint_lit(self, painter: QPainter, mark: Mark, frame: QRectF, *, alpha: int) -> None:
        """A frame on a ground of its own colour."""
        tone = tone_of(mark, self._theme)
        ground = QColor(tone.box)
        ground.setAlpha(alpha)
        painter.setPen(_pen(mark, tone, 3))
        painter.setBrush(ground)
        painter.drawRoundedRect(frame, 4, 4)

    def _tab(self, words: str, mark: Mark) -> QPixmap:
        key = (words, mark)
        if key not in self._tabs:
            self._tabs[key] = self._drawn_tab(words, mark)
        return self._tabs[key]

    def _drawn_tab(self, words: str, mark: Mark) -> QPixmap:
        font = self._theme.font(13, QFont.Weight.Bold)
        font.setPixelSize(self._theme.gap(13))
        metrics = QFontMetrics(font)
        width, height = metrics.horizontalAdvance(words) + 10, metrics.height() + 2
        ratio = self._tab_key[1]
        pixmap = QPixmap(round(width * ratio), round(height * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone_of(mark, self._theme).box)
        tab = QRectF(0, 0, width, height)
        painter.drawRoundedRect(tab, 3, 3)
        painter.setPen(_TAB_INK)
        painter.setFont(font)
        painter.drawText(tab, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
        return pixmap


def _paint_tabs(painter: QPainter, tabs: list[tuple[QPointF, QPixmap]]) -> None:
    for at, tab in tabs:
        painter.drawPixmap(at, tab)


def _ink_of(frame: QRectF) -> QRectF:
    """The frame without the air around the ink."""
    return frame.adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)


def frame_of(box: Box, view: Viewport) -> QRectF:
    """A box on the bed, with some air around the ink."""
    zoom = view.zoom
    return QRectF(
        view.left + box.x * zoom - _MARGIN_PX,
        view.top + box.y * zoom - _MARGIN_PX,
        box.w * zoom + 2 * _MARGIN_PX,
        box.h * zoom + 2 * _MARGIN_PX,
    )


def _in_sight(review: Review, view: Viewport) -> Iterator[tuple[_Group, QRectF, ReviewedDigit]]:
    """All but the selected digit, where box or tab may lie on the bed."""
    bed = QRectF(0, 0, view.bed_width, view.bed_height).adjusted(-60, -4, 4, 60)
    is_alone = len(review.lines) == 1
    for at_line, line in enumerate(review.lines):
        is_current = at_line == review.line
        for at, digit in enumerate(line.digits):
            frame = frame_of(digit.box, view)
            if bed.intersects(frame) and not (is_current and at == review.digit):
                yield _Group(digit.mark, not (is_current or is_alone)), frame, digit


def _pen(mark: Mark, tone: Tone, width: float) -> QPen:
    pen = QPen(tone.box, width)
    if mark in _DASHES:
        pen.setDashPattern(_DASHES[mark])
    return pen
