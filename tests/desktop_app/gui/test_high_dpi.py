"""On a screen of two device pixels a logical one, nothing is painted at half its sharpness."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from desktop_app.gui import icons, page_pixmap
from desktop_app.gui.digit_boxes import DigitBoxes
from desktop_app.gui.digit_cards import DigitCards
from desktop_app.gui.page_pixmap import PagePixmap, crop_pixmap
from desktop_app.gui.review import Review
from desktop_app.gui.theme import Theme
from desktop_app.gui.viewport import Viewport
from desktop_app.jobs.levels import build_levels
from model.cancel import CancelToken
from model.types import Box, Page
from tests.support.fakes import reading_of

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from desktop_app.jobs.levels import PageLevel
    from tests.support.window_driver import WindowDriver

pytestmark = pytest.mark.usefixtures("qapp")


def canvas(width: int, height: int) -> QPixmap:
    """A screen of twice as many device pixels."""
    pixmap = QPixmap(2 * width, 2 * height)
    pixmap.setDevicePixelRatio(2.0)
    pixmap.fill(QColor("white"))
    return pixmap


def striped(width: int, height: int) -> tuple[PageLevel, ...]:
    """Every other column of pixels black: grey as soon as it is not shown pixel for pixel."""
    pixels = np.full((height, width, 3), 255, np.uint8)
    pixels[:, ::2] = 0
    return build_levels(Page(pixels, "PNG"), cancel=CancelToken())


def columns(image: QImage, row: int, across: range) -> list[int]:
    return [image.pixelColor(x, row).lightness() for x in across]


def test_page_is_shown_pixel_for_pixel() -> None:
    screen = canvas(200, 100)
    view = Viewport(100, 60, 200, 100, zoom=0.5, left=50, top=20)
    painter = QPainter(screen)
    PagePixmap().paint(painter, striped(100, 60), view, ratio=2.0, bed=QColor("grey"))
    painter.end()
    assert columns(screen.toImage(), 70, range(110, 190)) == [0, 255] * 40


def test_crop_has_the_screen_s_pixels() -> None:
    crop = crop_pixmap(striped(100, 60), Box(20, 10, 40, 40), 20, 2.0)
    assert (crop.width(), crop.height(), crop.devicePixelRatio()) == (40, 40, 2.0)
    assert columns(crop.toImage(), 20, range(40)) == [0, 255] * 20


def test_tabs_are_drawn_for_the_screen() -> None:
    screen = canvas(400, 200)
    boxes = DigitBoxes(Theme())
    painter = QPainter(screen)
    boxes.paint(painter, Review.of(reading_of("561")), Viewport(400, 300, 400, 200), ratio=2.0)
    painter.end()
    assert {tab.devicePixelRatio() for tab in boxes._tabs.values()} == {2.0}


def test_icons_are_drawn_for_the_screen() -> None:
    icons.load()
    small, large = canvas(24, 24), QPixmap(48, 48)
    large.fill(QColor("white"))
    for screen, side in ((small, 24), (large, 48)):
        painter = QPainter(screen)
        icons.paint_icon(painter, "copy", QRectF(0, 0, side, side), QColor("black"))
        painter.end()
    small.setDevicePixelRatio(1.0)
    assert small.toImage() == large.toImage()


def test_crops_are_cut_anew_on_another_screen(
    driver: WindowDriver, slip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.open(slip)
    cut: list[float] = []
    real = page_pixmap.crop_pixmap

    def counted(levels: tuple[PageLevel, ...], box: Box, side: int, ratio: float) -> QPixmap:
        cut.append(ratio)
        return real(levels, box, side, ratio)

    monkeypatch.setattr("desktop_app.gui.digit_cards.crop_pixmap", counted)
    monkeypatch.setattr(DigitCards, "devicePixelRatioF", lambda _cards: 2.0)
    QApplication.sendEvent(driver.window, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert cut == [2.0] * 6
