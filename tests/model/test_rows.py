"""Where a page's rows are."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from model.ink import find_ink
from model.rows import find_rows
from tests.support.pages import on_paper


@pytest.mark.parametrize("bottom", ["solid", "dotted"])
def test_a_field_ends_at_its_frame(bottom: str) -> None:
    page = np.zeros((500, 1200), dtype=np.float32)
    page[200, 600:1000] = page[200:300, 600] = page[200:300, 999] = 1
    page[299, 600 : 1000 : 1 if bottom == "solid" else 4] = 1
    for x in range(640, 960, 60):  # written in the frame
        page[215:275, x : x + 10] = 1
    for x in range(300, 580, 60):  # printed beside it, a little lower
        page[240:290, x : x + 14] = 1

    rows = find_rows(
        find_ink(on_paper(cv2.dilate(page, np.ones((2, 2))).astype(np.float32)).pixels)
    ).rows

    spans = sorted((round(row.left, -1), round(row.right, -1)) for row in rows)
    assert spans == [(300, 560), (640, 950)]
