"""The shipped network alone on MNIST's test images: no page, no segmentation, no decision."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from export.datasets import Samples, load_mnist
from export.evaluation.metrics import Rate

BATCH: Final = 500


class DigitNetwork(Protocol):
    """What is asked of the network."""

    def run(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        """Frames (n, 28, 28) in [0, 1], ink 1, to logits (n, 11), the digits' first."""
        ...


def score_network(data: Path) -> Rate:
    """Right answers of the shipped ONNX file on the 10,000 test images.

    Raises:
        NetworkError: it is missing or damaged.
    """
    from model.network import Network

    return score_frames(Network.load(), load_mnist(data / "mnist", "t10k"))


def score_frames(network: DigitNetwork, digits: Samples) -> Rate:
    """Right answers: the largest of the ten digit logits."""
    right = 0
    for start in range(0, len(digits), BATCH):
        frames = digits.frames[start : start + BATCH].astype(np.float32) / np.float32(255)
        answers = network.run(frames)[:, :10].argmax(axis=1)
        right += int((answers == digits.labels[start : start + BATCH]).sum())
    return Rate(right, len(digits))
