import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from desktop_app.gui.incoming import PastedImage


def _drawing(ground: QColor, ink: QColor) -> QImage:
    """33 px wide, so that Qt fills up its rows; a bar of ink in the middle."""
    image = QImage(33, 20, QImage.Format.Format_ARGB32)
    image.fill(ground)
    for x in range(14, 18):
        for y in range(4, 16):
            image.setPixelColor(x, y, ink)
    return image


@pytest.mark.parametrize("ink", ["white", "black"])
def test_strokes_on_a_transparent_ground_stay_readable(ink: str) -> None:
    page = PastedImage(_drawing(QColor(0, 0, 0, 0), QColor(ink))).to_page()

    assert page.pixels.shape == (20, 33, 3)
    assert abs(int(page.pixels[10, 15, 0]) - int(page.pixels[0, 0, 0])) == 255


def test_pixels_keep_their_colours_and_places() -> None:
    image = _drawing(QColor(200, 180, 160), QColor(10, 20, 30)).convertToFormat(
        QImage.Format.Format_RGB32
    )

    page = PastedImage(image).to_page()

    assert page.pixels[0, 0].tolist() == [200, 180, 160]
    assert page.pixels[10, 15].tolist() == [10, 20, 30]
    assert np.count_nonzero((page.pixels == [10, 20, 30]).all(axis=2)) == 4 * 12
