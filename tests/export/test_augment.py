import numpy as np
import pytest
from numpy.typing import NDArray

from export.augment import AugmentSettings, augment_batch

NAMES = ("shift", "rotate", "shear", "scale", "elastic", "stroke", "noise")
NONE = AugmentSettings(**dict.fromkeys(NAMES, 0.0))


@pytest.fixture
def frames() -> NDArray[np.uint8]:
    """Four frames of an L, off the middle, so that every move shows."""
    frames = np.zeros((4, 28, 28), dtype=np.uint8)
    frames[:, 6:22, 9:12] = 255
    frames[:, 19:22, 9:18] = 255
    return frames


def _changed(
    frames: NDArray[np.uint8], settings: AugmentSettings, seed: int = 1
) -> NDArray[np.float32]:
    return augment_batch(frames, np.random.default_rng(seed), settings)


def test_no_change_leaves_the_frames_as_they_are(frames: NDArray[np.uint8]) -> None:
    assert np.allclose(_changed(frames, NONE)[..., 0], frames / 255, atol=1e-5)


@pytest.mark.parametrize("name", NAMES)
def test_each_change_by_itself_changes_the_frames(frames: NDArray[np.uint8], name: str) -> None:
    alone = AugmentSettings(
        **{other: getattr(AugmentSettings(), other) if other == name else 0.0 for other in NAMES}
    )
    assert not np.allclose(_changed(frames, alone)[..., 0], frames / 255, atol=1e-3)


@pytest.mark.parametrize("name", NAMES)
def test_without_leaves_out_that_change_alone(name: str) -> None:
    settings = AugmentSettings().without(name)

    assert getattr(settings, name) == 0
    assert all(
        getattr(settings, other) == getattr(AugmentSettings(), other)
        for other in NAMES
        if other != name
    )


def test_changed_frames_stay_between_paper_and_ink(frames: NDArray[np.uint8]) -> None:
    changed = _changed(frames, AugmentSettings())

    assert changed.shape == (4, 28, 28, 1)
    assert changed.dtype == np.float32
    assert changed.min() >= 0
    assert changed.max() <= 1


def test_a_seed_gives_the_same_changes_again(frames: NDArray[np.uint8]) -> None:
    first, again, other = (_changed(frames, AugmentSettings(), seed) for seed in (1, 1, 2))

    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_the_digit_stays_in_the_frame(frames: NDArray[np.uint8]) -> None:
    changed = _changed(np.concatenate([frames] * 20), AugmentSettings().without("noise"))

    assert (changed.sum(axis=(1, 2, 3)) > 0.4 * frames[0].sum() / 255).all()
