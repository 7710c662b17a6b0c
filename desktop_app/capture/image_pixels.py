"""The pixels of Qt's images, for numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage


def pixels_of(image: QImage) -> NDArray[np.uint8]:
    """(h, w, channels) uint8 of an image with one byte a channel, such as RGB888.

    A view, which does not keep the image alive: give it an image that has a name, and copy what is
    to live longer.
    """
    import numpy as np

    height, width, stride = image.height(), image.width(), image.bytesPerLine()
    channels = image.depth() // 8
    # Qt fills each row up to four bytes.
    rows = np.frombuffer(image.constBits(), np.uint8, height * stride).reshape(height, stride)
    return rows[:, : width * channels].reshape(height, width, channels)
