"""Networks that answer together, as Keras and as the ONNX file that ships."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from model.normalize import normalize_crop
from tests.support.pages import digit_ink
from tests.support.training_tools import needs_training_tools

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

pytestmark = needs_training_tools


@pytest.fixture(scope="module")
def frames() -> NDArray[np.float32]:
    return np.stack([normalize_crop(digit_ink(digit)) for digit in range(10)])


def test_turning_is_opencvs(frames: NDArray[np.float32]) -> None:
    from export.committee import turning

    sources, shares = turning(28, 28, 7.0)
    ours = (frames.reshape(10, -1)[:, sources] * shares).sum(axis=1).reshape(10, 28, 28)

    about = cv2.getRotationMatrix2D((13.5, 13.5), 7, 1)
    theirs = [cv2.warpAffine(frame, about, (28, 28), flags=cv2.INTER_LINEAR) for frame in frames]
    # OpenCV rounds places to 1/32 px.
    assert np.abs(ours - np.stack(theirs)).max() < 0.05
    assert np.abs(ours - frames).max() > 0.5


# Keras's converter asks numpy for a name that is no longer there.
@pytest.mark.filterwarnings("ignore:.*np.object.*:FutureWarning")
def test_a_committee_answers_with_the_mean_of_all_looks(
    frames: NDArray[np.float32], tmp_path: Path
) -> None:
    from export.architecture import build_network
    from export.committee import COMMITTEE, TURNS, combine, turning
    from export.to_onnx import convert, verify

    members = [build_network((8, 8, 8), member.stem) for member in COMMITTEE]
    flat = frames.reshape(10, -1)

    committee = combine(members)

    looks = [(flat[:, s] * w).sum(axis=1) for s, w in (turning(28, 28, t) for t in TURNS)]
    answers = [
        member.predict(look.reshape(10, 28, 28, 1), verbose=0)
        for member in members
        for look in looks
    ]
    assert len(answers) == len(COMMITTEE) * len(TURNS) > 2
    assert np.ptp(answers, axis=0).max() > 1e-3
    logits, difference = verify(committee, convert(committee, tmp_path / "c.onnx", "1"), frames)
    assert difference < 1e-4
    assert logits == pytest.approx(np.mean(answers, axis=0), abs=1e-4)
    # Each network's weights are kept once, not once for each look.
    parameters = sum(int(member.count_params()) for member in members)
    assert committee.count_params() == parameters
    assert (tmp_path / "c.onnx").stat().st_size < 4 * parameters + 120_000
