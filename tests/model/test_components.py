"""Connected ink: the same as OpenCV's own statistics say."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from model.components import find_components


@pytest.mark.parametrize(
    ("height", "width", "share"), [(40, 60, 0.3), (31, 17, 0.05), (9, 9, 0.9), (5, 3, 1.0)]
)
def test_boxes_areas_and_rows_are_those_of_opencv(height: int, width: int, share: float) -> None:
    mask = (np.random.default_rng(height).random((height, width)) < share).astype(np.uint8)

    found = find_components(mask)

    count, labels, boxes, centres = cv2.connectedComponentsWithStats(mask)
    assert len(found.boxes) == count
    assert (found.labels == labels).all()
    assert (found.boxes[1:] == boxes[1:]).all()
    assert (found.rows[1:] == centres[1:, 1]).all()


def test_paper_without_ink_has_no_component() -> None:
    found = find_components(np.zeros((5, 7), dtype=np.uint8))

    assert not found.labels.any()
    assert len(found.boxes) == 1


def test_ink_along_both_sides_is_of_two_components() -> None:
    mask = np.zeros((6, 5), dtype=np.uint8)
    mask[:, [0, -1]] = 1

    found = find_components(mask)

    assert found.boxes[1:].tolist() == [[0, 0, 1, 6, 6], [4, 0, 1, 6, 6]]
