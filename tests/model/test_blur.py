"""The quick blur: the same bytes as OpenCV's own."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from model.blur import blur


@pytest.mark.parametrize("side", [3, 5, 11, 29, 35, 39, 77, 115])
@pytest.mark.parametrize(("height", "width"), [(192, 144), (48, 192), (1, 30), (17, 1), (5, 7)])
def test_bytes_are_those_of_opencv(side: int, height: int, width: int) -> None:
    grey = np.random.default_rng(side).integers(0, 256, (height, width)).astype(np.uint8)

    blurred = blur(grey, side / 4)

    expected = cv2.GaussianBlur(grey, (0, 0), side / 4, borderType=cv2.BORDER_REPLICATE)
    assert (blurred == expected).all()


@pytest.mark.parametrize("tone", [0, 1, 128, 254, 255])
def test_even_paper_stays_as_it_is(tone: int) -> None:
    paper = np.full((100, 120), tone, dtype=np.uint8)

    assert (blur(paper, 6.0) == tone).all()
