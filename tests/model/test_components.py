"""Connected ink: the same as OpenCV's own statistics say."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from model.components import find_components


@pytest.mark.parametrize(("height", "width", "share"), [(40, 60, 0.3), (31, 17, 0.05), (9, 9, 0.9)])
def test_boxes_and_areas_are_those_of_opencv(height: int, width: int, share: float) -> None:
    mask = (np.random.default_rng(height).random((height, width)) < share).astype(np.uint8)

    labels, stats = find_components(mask)

    count, expected, its_stats, _ = cv2.connectedComponentsWithStats(mask)
    assert len(stats) == count
    assert (labels == expected).all()
    assert (stats[1:] == its_stats[1:]).all()


def test_paper_without_ink_has_no_component() -> None:
    labels, stats = find_components(np.zeros((5, 7), dtype=np.uint8))

    assert not labels.any()
    assert len(stats) == 1
