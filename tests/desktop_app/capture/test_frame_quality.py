from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from desktop_app.capture.frame_quality import FrameQuality, Hint, judge
from model.intake import load_page

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def _frame(
    *, strokes: int = 6, thickness: int = 6, ink: int = 60, blur_px: float = 0, noise: float = 0
) -> NDArray[np.uint8]:
    """(640, 1280, 3): pen strokes on grey paper, as a camera at arm's length sees them."""
    random = np.random.default_rng(strokes)
    grey = np.full((640, 1280), 215, np.uint8)
    for at in range(strokes):
        points = random.uniform(0.05, 0.95, (5, 2)) * (120, 200) + (60 + at * 130, 200)
        cv2.polylines(grey, [points.astype(np.int32)], False, ink, thickness, cv2.LINE_AA)
    seen = grey.astype(np.float32)
    if blur_px:
        seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), blur_px))
    seen = np.clip(seen + random.normal(0, noise, seen.shape), 0, 255).astype(np.uint8)
    return np.repeat(seen[..., None], 3, axis=2)


@pytest.mark.parametrize("strokes", [1, 6])
@pytest.mark.parametrize("thickness", [3, 12])
@pytest.mark.parametrize("ink", [60, 170])
@pytest.mark.parametrize("noise", [0, 4])
def test_sharp_and_blurred_writing_are_told_apart(
    strokes: int, thickness: int, ink: int, noise: float
) -> None:
    def hint(blur_px: float) -> Hint:
        frame = _frame(strokes=strokes, thickness=thickness, ink=ink, noise=noise, blur_px=blur_px)
        return judge(frame).hint

    assert hint(0) is hint(2) is Hint.GOOD
    assert hint(7) in {Hint.BLURRED, Hint.NOTHING}
    if ink == 60 and not noise:
        assert hint(7) is Hint.BLURRED


def test_blur_is_measured_as_a_width() -> None:
    widths = [judge(_frame(blur_px=blur)).blur_px for blur in (0, 2, 4, 6, 8)]
    assert widths == sorted(widths)


def test_empty_paper_is_no_blur() -> None:
    paper = _frame(strokes=0, noise=4)
    assert judge(paper).hint is Hint.NOTHING
    shade = np.linspace(120, 230, 1280).astype(np.uint8)
    shadow = np.broadcast_to(shade[None, :, None], (640, 1280, 3)).copy()
    assert judge(shadow).hint is Hint.NOTHING


def test_a_reflection_is_said_and_white_paper_is_not() -> None:
    shining = _frame()
    cv2.ellipse(shining, (900, 450), (200, 120), 0, 0, 360, (255, 255, 255), -1)
    assert judge(shining).hint is Hint.GLARE
    white = np.where(_frame() > 200, 255, _frame()).astype(np.uint8)
    assert judge(white).hint is Hint.GOOD


def test_the_most_pressing_hint_comes_first() -> None:
    assert FrameQuality(5, 1, 0.2).hint is Hint.NOTHING
    assert FrameQuality(5, 40, 0.2).hint is Hint.BLURRED
    assert FrameQuality(1, 40, 0.2).hint is Hint.GLARE
    assert FrameQuality(1, 40, 0.0).hint is Hint.GOOD


def test_real_photographs_are_told_apart(shared_data: Path) -> None:
    """Photos of 600 px and more; smaller ones were enlarged by whoever took them."""
    sharp, blurred, count = 0, 0, 0
    for path in sorted((shared_data / "photos_dev" / "images").iterdir()):
        pixels = load_page(path).pixels
        if pixels.shape[1] < 600:
            continue
        count += 1
        scale = 1280 / pixels.shape[1]
        seen = cv2.resize(
            pixels,
            (1280, max(1, round(pixels.shape[0] * scale))),
            interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR,
        )
        sharp += judge(np.asarray(seen, np.uint8)).hint in {Hint.GOOD, Hint.GLARE}
        soft = np.asarray(cv2.GaussianBlur(seen, (0, 0), 7), np.uint8)
        blurred += judge(soft).hint in {Hint.BLURRED, Hint.NOTHING}
    assert count >= 40
    assert sharp >= 0.9 * count
    assert blurred >= 0.95 * count
