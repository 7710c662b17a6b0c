"""Where the page lies on the bed: plain geometry, no widgets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF

from model.types import Box

MAX_ZOOM: Final = 32.0
# A page of 16 pixels would fill the bed as a few grey squares; enlarged less it is still legible.
MAX_FIT_ZOOM: Final = 12.0
STEP: Final = 1.25
MARGIN_PX: Final = 48


@dataclass(frozen=True, slots=True)
class Viewport:
    """The page's size, the bed's size, and the transform between them.

    Attributes:
        foot, side: Room under and right of the page for the zoom strip.
        zoom: Logical pixels of the bed per pixel of the page.
        left, top: Where the page's corner lies on the bed.
        is_fitted: Whether the zoom follows the size of the bed.
    """

    page_width: int
    page_height: int
    bed_width: float
    bed_height: float
    foot: float = 84.0
    side: float = 0.0
    zoom: float = 1.0
    left: float = 0.0
    top: float = 0.0
    is_fitted: bool = True

    def fitted(self) -> Viewport:
        """The whole page, as large as it goes, in the middle."""
        margin = min(MARGIN_PX, self.bed_width / 12, self.bed_height / 12)
        room_w = max(20.0, self.bed_width - margin - max(margin, self.side))
        room_h = max(20.0, self.bed_height - margin - max(margin, self.foot))
        zoom = min(room_w / self.page_width, room_h / self.page_height, MAX_FIT_ZOOM)
        left = margin + (room_w - self.page_width * zoom) / 2
        top = margin + (room_h - self.page_height * zoom) / 2
        return replace(self, zoom=zoom, left=left, top=top, is_fitted=True)

    def resized(self, bed_width: float, bed_height: float) -> Viewport:
        """The bed has another size: fit again, or keep the middle in the middle."""
        moved = replace(
            self,
            bed_width=bed_width,
            bed_height=bed_height,
            left=self.left + (bed_width - self.bed_width) / 2,
            top=self.top + (bed_height - self.bed_height) / 2,
        )
        return moved.fitted() if self.is_fitted else moved._kept_in_sight()

    def with_reserve(self, foot: float, side: float) -> Viewport:
        """The zoom strip takes another part of the bed."""
        changed = replace(self, foot=foot, side=side)
        return changed.fitted() if self.is_fitted else changed

    def zoomed(self, factor: float, anchor: QPointF | None = None) -> Viewport:
        """Zoom so that the point under the anchor stays; the bed's middle by default."""
        if anchor is None:
            anchor = QPointF(self.bed_width / 2, self.bed_height / 2)
        least = min(self.fitted().zoom, 1.0) / 2
        zoom = min(max(self.zoom * factor, least), MAX_ZOOM)
        ratio = zoom / self.zoom
        left = anchor.x() - (anchor.x() - self.left) * ratio
        top = anchor.y() - (anchor.y() - self.top) * ratio
        return replace(self, zoom=zoom, left=left, top=top, is_fitted=False)._kept_in_sight()

    def panned(self, dx: float, dy: float) -> Viewport:
        """Move the page on the bed; some of it always stays in sight."""
        moved = replace(self, left=self.left + dx, top=self.top + dy, is_fitted=False)
        return moved._kept_in_sight()

    def showing(self, box: Box) -> Viewport:
        """Moved as little as needed for the box to be in sight."""
        target, margin = self.to_bed(box), 24.0
        dx = _needed_shift(target.left(), target.right(), margin, self.bed_width - margin)
        dy = _needed_shift(target.top(), target.bottom(), margin + 24, self.bed_height - self.foot)
        return self if self.is_fitted or not (dx or dy) else self.panned(dx, dy)

    def to_bed(self, box: Box) -> QRectF:
        """A box of the page, on the bed."""
        return QRectF(
            self.left + box.x * self.zoom,
            self.top + box.y * self.zoom,
            box.w * self.zoom,
            box.h * self.zoom,
        )

    def to_page(self, point: QPointF) -> QPointF:
        """A point of the bed, in pixels of the page; may lie outside."""
        return QPointF((point.x() - self.left) / self.zoom, (point.y() - self.top) / self.zoom)

    @property
    def page_rect(self) -> QRectF:
        """The page on the bed."""
        return self.to_bed(Box(0, 0, self.page_width, self.page_height))

    def _kept_in_sight(self) -> Viewport:
        width, height = self.page_width * self.zoom, self.page_height * self.zoom
        keep_x, keep_y = min(80.0, width), min(80.0, height)
        left = min(max(self.left, keep_x - width), self.bed_width - keep_x)
        top = min(max(self.top, keep_y - height), self.bed_height - keep_y)
        return replace(self, left=left, top=top)


def _needed_shift(low: float, high: float, least: float, most: float) -> float:
    if low < least:
        return least - low
    return max(most - high, least - low) if high > most else 0.0
