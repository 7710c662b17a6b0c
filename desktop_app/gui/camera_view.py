"""The live picture of the camera with the frame that the number is held in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.capture.camera import guide_of
from desktop_app.capture.frame_quality import Hint
from desktop_app.gui import bed_painting, camera_words, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop_app.gui.camera_words import Words
    from desktop_app.gui.theme import Theme

_CORNER: Final = 0.16
_OUTSIDE: Final = QColor(15, 18, 22, 120)


class CameraView(QWidget):
    """Shows frames as they come, or why there are none."""

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self._theme = the_theme
        self._image: QImage | None = None
        self._hint = Hint.NOTHING
        self._words = ("", camera_words.STARTING)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(camera_words.LIVE)

    def sizeHint(self) -> QSize:
        return QSize(880, 560)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 200)

    def show_frame(self, image: QImage, hint: Hint) -> None:
        """Show a frame; its guide is solid where it can be taken."""
        self._image, self._hint = image, hint
        self.setAccessibleDescription("")
        self.update()

    def show_words(self, words: Words | None) -> None:
        """Say why there is no picture; None while the camera starts."""
        self._image = None
        self._words = ("", camera_words.STARTING) if words is None else (words.title, words.hint)
        self.setAccessibleDescription(" ".join(self._words).strip())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.tokens.bed)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image is None:
            self._paint_words(painter)
        else:
            self._paint_frame(painter, self._image)
        painter.end()

    def _paint_frame(self, painter: QPainter, image: QImage) -> None:
        size = image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        shown = QRectF(0, 0, size.width(), size.height())
        shown.moveCenter(QRectF(self.rect()).center())
        painter.drawImage(shown, image)
        scale = shown.width() / image.width()
        within = QRectF(guide_of(image))
        guide = QRectF(within.topLeft() * scale + shown.topLeft(), within.size() * scale)
        outside = QPainterPath()
        outside.addRect(shown)
        outside.addRect(guide)
        painter.fillPath(outside, _OUTSIDE)
        is_good = self._hint is Hint.GOOD
        tokens = self._theme.tokens
        pen = QPen(tokens.sure.box if is_good else theme.BED_ACTION, 4 if is_good else 3)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        if is_good:
            painter.drawRoundedRect(guide, 8, 8)
        else:
            arm = min(guide.width(), guide.height()) * _CORNER
            bed_painting.paint_corners(painter, guide, arm)

    def _paint_words(self, painter: QPainter) -> None:
        title, hint = self._words
        room = QRectF(self.rect()).adjusted(32, 24, -32, -24)
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter)
        large, plain = self._theme.font(22, QFont.Weight.DemiBold), self._theme.font(16)
        painter.setFont(large)
        above = painter.boundingRect(room, flags, title) if title else QRectF()
        painter.setFont(plain)
        below = painter.boundingRect(room, flags, hint)
        gap = 12.0 if title else 0.0
        top = room.center().y() - (above.height() + gap + below.height()) / 2
        painter.setFont(large)
        painter.setPen(theme.BED_TEXT)
        painter.drawText(QRectF(room.left(), top, room.width(), above.height()), flags, title)
        painter.setFont(plain)
        painter.setPen(theme.BED_QUIET if title else theme.BED_TEXT)
        top += above.height() + gap
        painter.drawText(QRectF(room.left(), top, room.width(), below.height()), flags, hint)
