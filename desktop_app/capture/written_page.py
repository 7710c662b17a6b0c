"""What was written on the pad, as a page: dark ink on white paper."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from desktop_app.capture.image_pixels import pixels_of
from desktop_app.capture.strokes import PAPER, WRITTEN, Stroke, paint_strokes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from model.types import Page

DIGIT_PX: Final = 96
"""How high a digit is on the page, however large it was written."""

PEN_SHARE: Final = 0.12
"""Width of the strokes, as a share of a digit's height."""

MARGIN_SHARE: Final = 0.6
"""White paper around the writing, as a share of a digit's height."""

_FLAT: Final = 0.35
"""Share of its width that counts as the height of what is flatter still."""

_BAR: Final = 0.6
"""Height of a bar at most, as a share of its width."""

_LIFTED: Final = 0.8
"""How far above or below its digit's other stroke a bar is at most, as a share of its height."""

MAX_SCALE: Final = 4.0
"""A dot is not blown up to a digit."""

MAX_PAGE_PIXELS: Final = 4_000_000
"""A page full of small writing is drawn smaller, so that reading it stays quick."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The part of the pad that becomes the page.

    Attributes:
        area: In logical pixels of the pad.
        scale: Pixels of the page per logical pixel of the pad.
        pen_px: Width of the strokes, in logical pixels of the pad.
    """

    area: QRectF
    scale: float
    pen_px: float

    @classmethod
    def around(cls, strokes: Sequence[Stroke]) -> Self:
        """The writing with a margin.

        Args:
            strokes: At least one.
        """
        height = digit_height(strokes)
        xs = [point.x for stroke in strokes for point in stroke]
        ys = [point.y for stroke in strokes for point in stroke]
        margin = MARGIN_SHARE * height
        ink = QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys)))
        area = ink.adjusted(-margin, -margin, margin, margin)
        most = (MAX_PAGE_PIXELS / (area.width() * area.height())) ** 0.5
        return cls(area, min(DIGIT_PX / height, MAX_SCALE, most), PEN_SHARE * height)

    @property
    def page_size(self) -> tuple[int, int]:
        """Width and height of the page, px."""
        width, height = self.area.width() * self.scale, self.area.height() * self.scale
        return max(1, round(width)), max(1, round(height))


def digit_height(strokes: Sequence[Stroke]) -> float:
    """About how high the digits are, in logical pixels of the pad; at least 4.

    Short strokes are parts of digits, such as the foot of a 1, so the taller ones tell. A bar that
    was lifted off its 5 makes that taller.
    """
    spans = [_Span.of(stroke) for stroke in strokes]
    bars = [span for span in spans if span.is_bar]
    others = [span for span in spans if not span.is_bar]
    whole = others.copy()
    for bar in bars if others else ():
        distances = [bar.distance_to(other) for other in others]
        nearest = distances.index(min(distances))
        if distances[nearest] <= _LIFTED * others[nearest].height:
            whole[nearest] = whole[nearest].with_bar(bar)
    tall = sorted(max(span.height, _FLAT * span.width) for span in whole or bars)
    return max(tall[(3 * len(tall)) // 4], 4.0)


class _Span(NamedTuple):
    """Where a stroke lies, in logical pixels of the pad."""

    left: float
    right: float
    top: float
    bottom: float

    @classmethod
    def of(cls, stroke: Stroke) -> Self:
        xs, ys = [point.x for point in stroke], [point.y for point in stroke]
        return cls(min(xs), max(xs), min(ys), max(ys))

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def is_bar(self) -> bool:
        return self.height < _BAR * self.width

    def distance_to(self, other: _Span) -> float:
        """How far above or below the other it lies; infinite where it lies beside it."""
        shared = min(self.right, other.right) - max(self.left, other.left)
        if shared < 0:
            return math.inf
        return max(0.0, max(self.top, other.top) - min(self.bottom, other.bottom))

    def with_bar(self, bar: _Span) -> Self:
        """As high as both; a bar's ends say nothing about the height."""
        return self._replace(top=min(self.top, bar.top), bottom=max(self.bottom, bar.bottom))


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """Strokes that the worker turns into a page, so that the window never waits for it."""

    strokes: tuple[Stroke, ...]

    def to_page(self) -> Page:
        """Paint them as ink on paper; runs on the worker thread."""
        from model.types import Page

        sheet = Sheet.around(self.strokes)
        width, height = sheet.page_size
        image = QImage(width, height, QImage.Format.Format_RGB888)
        image.fill(PAPER)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(sheet.scale, sheet.scale)
        painter.translate(-sheet.area.topLeft())
        paint_strokes(painter, self.strokes, sheet.pen_px)
        painter.end()
        pixels = pixels_of(image).copy()
        pixels.flags.writeable = False
        return Page(pixels, WRITTEN)
