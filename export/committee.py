"""Several networks that answer together, each after two looks: what ships as one ONNX file.

Networks of different build make different mistakes, and so does one network when a digit is turned
a little; the mean of their logits makes fewer than any of them ("Convolutional Neural Network
Committees for Handwritten Character Classification", Cireşan et al., 2011). What it gains, counted
on validation images, is in docs/experiments.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import keras
import numpy as np
from numpy.typing import NDArray

from export.architecture import digit_loss
from export.datasets import Samples
from model.marks import DIGITS

TURNS: Final = (-10.0, 10.0)
"""Degrees by which a frame is turned for each look: of two looks in ``TRIED_TURNS``, the likeliest
on validation digits. Three are likelier by a fiftieth, and take half as long again (the card has
the table)."""

TRIED_TURNS: Final = (
    (0.0,),
    *((-angle, angle) for angle in (4.0, 7.0, 10.0, 13.0, 16.0)),
    *((-angle, 0.0, angle) for angle in (7.0, 10.0, 13.0)),
)


@dataclass(frozen=True, slots=True)
class Member:
    """How one network of the committee is built and trained.

    Attributes:
        stem: See ``architecture.build_network``.
        widths: Likewise.
        epochs: Of its training.
        polish: Those at the end that change pictures less.
        seed: Of everything that is drawn.
    """

    stem: str
    widths: tuple[int, int, int]
    epochs: int
    polish: int
    seed: int


@dataclass(frozen=True, slots=True)
class LooksScore:
    """What a part of the committee answers.

    Attributes:
        who: Answers.
        turns: Of its looks, degrees.
        wrong: Digits.
        loss: Mean of the training loss, nats.
    """

    who: str
    turns: tuple[float, ...]
    wrong: int
    loss: float


COMMITTEE: Final = (
    Member("wide", (40, 80, 128), epochs=42, polish=15, seed=1),
    Member("pooled", (24, 64, 96), epochs=26, polish=11, seed=5),
)


def combine(networks: Sequence[Any], turns: Sequence[float] = TURNS) -> Any:
    """One network that answers with the mean of all looks of all networks.

    Args:
        networks: Of ``architecture.build_network``.
        turns: Degrees; a single 0 is one plain look.

    Returns:
        (N, 28, 28, 1) float32 -> (N, 11) float32 logits.
    """
    image = keras.Input(networks[0].input_shape[1:], name="frame")
    looks = [turned(image, angle) if angle else image for angle in turns]
    members = [
        keras.Model(network.input, network.output, name=f"member_{i}")  # names must differ
        for i, network in enumerate(networks)
    ]
    answers = [member(look) for member in members for look in looks]
    mean = keras.layers.Average(name="mean")(answers) if len(answers) > 1 else answers[0]
    return keras.Model(image, mean, name="numberglass")


def compare_looks(networks: Sequence[Any], parts: Sequence[Samples]) -> list[LooksScore]:
    """What the members answer alone and together, after one look and after turned ones.

    Args:
        networks: Of ``architecture.build_network``.
        parts: Digits; not those that are reported as a test: ``TURNS`` was chosen by such a table.
    """
    frames = np.concatenate([part.frames for part in parts])[..., None].astype(np.float32) / 255
    labels = np.concatenate([part.labels for part in parts])
    groups = {f"member {i + 1}": [network] for i, network in enumerate(networks)}
    if len(networks) > 1:
        groups["together"] = list(networks)
    scores = []
    for who, members in groups.items():
        for turns in TRIED_TURNS:
            logits = combine(members, turns).predict(frames, batch_size=1000, verbose=0)
            loss = keras.ops.mean(digit_loss(labels, logits))
            wrong = logits[:, : len(DIGITS)].argmax(axis=1) != labels
            scores.append(LooksScore(who, turns, int(wrong.sum()), float(loss)))
    return scores


def turned(image: Any, degrees: float) -> Any:
    """Turn frames about their middle, by gathering: it stays a few plain steps in ONNX.

    Args:
        image: (N, h, w, 1).
        degrees: Anticlockwise.
    """
    ops = keras.ops
    _, height, width, _ = image.shape
    sources, shares = turning(height, width, degrees)
    flat = ops.reshape(image, (-1, height * width))
    corners = [
        ops.take(flat, source, axis=1) * share[None]
        for source, share in zip(sources, shares, strict=True)
    ]
    return ops.reshape(sum(corners[1:], corners[0]), (-1, height, width, 1))


def turning(
    height: int, width: int, degrees: float
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Where each pixel of a turned picture comes from, by bilinear interpolation.

    Returns:
        (4, h * w) the four pixels around the place it comes from, and the share of each in [0, 1];
        0 where that lies outside.
    """
    rows, columns = np.mgrid[:height, :width].astype(np.float64)
    middle = (height - 1) / 2, (width - 1) / 2
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    y, x = rows - middle[0], columns - middle[1]
    place = cosine * y + sine * x + middle[0], cosine * x - sine * y + middle[1]
    top, left = np.floor(place[0]), np.floor(place[1])
    sources, shares = [], []
    for row, down in ((top, top + 1 - place[0]), (top + 1, place[0] - top)):
        for column, along in ((left, left + 1 - place[1]), (left + 1, place[1] - left)):
            inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
            sources.append(np.where(inside, row * width + column, 0).ravel())
            shares.append(np.where(inside, down * along, 0).ravel())
    return np.array(sources, dtype=np.int32), np.array(shares, dtype=np.float32)
