"""One sentence on a coloured ground: whether the number is sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.gui import icons, verdict

if TYPE_CHECKING:
    from desktop_app.gui.reviewed_line import ReviewedLine
    from desktop_app.gui.theme import Theme


class Pill(QWidget):
    """An icon and a sentence, in the colours of sure, doubt or corrected."""

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self._theme = the_theme
        self._verdict = verdict.Verdict(verdict.Kind.SURE, "")
        # Fixed would hold it to the height of one line.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def text(self) -> str:
        """The sentence."""
        return self._verdict.sentence

    def show_line(self, line: ReviewedLine) -> None:
        """Say how the line stands."""
        self.show_verdict(verdict.of(line))

    def show_verdict(self, said: verdict.Verdict) -> None:
        """Say it in the colours of its kind."""
        self._verdict = said
        self.setAccessibleName(said.sentence)
        self.updateGeometry()
        self.update()

    def _font(self) -> QFont:
        return self._theme.font(14, QFont.Weight.DemiBold)

    def _text_rect(self, width: float) -> QRectF:
        """Where the words stand when the pill is at most so wide."""
        pad, icon = self._theme.px(14), self._theme.px(24)
        metrics = QFontMetrics(self._font())
        room = max(40.0, width - 2 * pad - icon)
        flags = int(Qt.TextFlag.TextWordWrap)
        bounds = metrics.boundingRect(0, 0, round(room), 10_000, flags, self._verdict.sentence)
        return QRectF(pad + icon, self._theme.px(6), bounds.width() + 2, bounds.height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._text_rect(width).height()) + 2 * self._theme.px(6)

    def sizeHint(self) -> QSize:
        words = self._text_rect(10_000)
        width = round(words.right()) + self._theme.px(14)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self.heightForWidth(10_000))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        tone, icon = {
            verdict.Kind.SURE: (tokens.sure, "check"),
            verdict.Kind.DOUBT: (tokens.doubt, "triangle-alert"),
            verdict.Kind.PERSON: (tokens.person, "pencil"),
        }[self._verdict.kind]
        words = self._text_rect(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone.ground)
        ground = QRectF(0, 0, min(self.width(), words.right() + self._theme.px(14)), self.height())
        radius = min(ground.height() / 2, self._theme.px(16))
        painter.drawRoundedRect(ground, radius, radius)
        side = self._theme.px(16)
        top = words.top() + (QFontMetrics(self._font()).height() - side) / 2
        icons.paint_icon(painter, icon, QRectF(self._theme.px(12), top, side, side), tone.text)
        painter.setFont(self._font())
        painter.setPen(tone.text)
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(words, flags, self._verdict.sentence)
        painter.end()
