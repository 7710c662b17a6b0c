"""The line reader's network: fully convolutional, any width, one answer for every second column.

Two ways to answer are built on one trunk, to be compared on the same data: a sequence (CTC, Graves
et al., 2006) and anchor-free detection (centres as in CenterNet, Zhou et al., 2019).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import keras
from keras import layers

from export.run_folder import BLOCKS
from model.line_decode import SIDES, STRIDE
from model.line_frame import LINE_HEIGHT
from model.marks import DIGITS, MARKS

BLANK: Final = len(MARKS)
ANSWERS: Final = {"sequence": len(MARKS) + 1, "detection": len(MARKS)}
"""Logits a column, by the way of answering; ``SIDES`` follow them."""

_DIGITS: Final = len(DIGITS)
_MOMENTUM: Final = 0.97
_BOX_WEIGHT: Final = 0.5
_QUIET: Final = 0.1
"""By how much a new residual step is scaled down."""


def build_line_network(
    answer: str,
    widths: tuple[int, int, int, int] = (24, 48, 96, 144),
    *,
    blocks: Sequence[int] = BLOCKS,
) -> keras.Model:
    """The network of a line.

    Args:
        answer: A key of ``ANSWERS``.
        widths: Channels of rows at a half, a quarter and an eighth of the height, and of a column.
        blocks: Residual steps at a quarter and an eighth of the height, and of the columns.

    Returns:
        (N, 32, W, 1) float32, ink 1 -> (N, W / 2, logits + 4) float32; sides in digit heights.
    """
    frame = keras.Input((LINE_HEIGHT, None, 1), name="line")
    x = _convolve(frame, widths[0], "stem", kernel=5, strides=(2, STRIDE))  # (N, 16, T, 24)
    x = _convolve(x, widths[1], "quarter", strides=(2, 1))  # (N, 8, T, 48)
    x = _residual(x, widths[1], "quarter", blocks[0])
    x = _convolve(x, widths[2], "eighth", strides=(2, 1))  # (N, 4, T, 96)
    x = _residual(x, widths[2], "eighth", blocks[1])
    # Each row gets weights of its own: where a stroke lies tells a 6 from a 9.
    x = _convolve(x, widths[3], "column", kernel=(LINE_HEIGHT // 8, 1), padding="valid")
    # What stands beside it tells a 1 from a box's edge: (N, 1, T, 144), each step sees 9 columns.
    # (Wider ones instead, by dilation, are gathered and scattered one by one on a processor.)
    x = _residual(x, widths[3], "column", blocks[2], kernel=(1, 9))
    x = layers.Dropout(0.1)(x)
    logits = ANSWERS[answer] + SIDES
    x = layers.Conv2D(logits, 1, bias_initializer=_rare(answer), name="answer")(x)
    columns = layers.Reshape((-1, logits), name="columns")(x)
    return keras.Model(frame, columns, name=f"numberglass_line_{answer}")


def begin_with(network: keras.Model, earlier: keras.Model) -> None:
    """Give a network the weights of one with fewer residual steps: it answers nearly as that does.

    The steps that only the new one has begin quietly. (Not silently: through a ReLU that gives 0
    everywhere nothing is learned.)

    Args:
        network: Of the same widths.
        earlier: Trained.

    Raises:
        ValueError: it has steps that the network lacks.
    """
    known = {layer.name: layer.get_weights() for layer in earlier.layers if layer.weights}
    lost = known.keys() - {layer.name for layer in network.layers}
    if lost:
        raise ValueError(f"the network has no {', '.join(sorted(lost))}: give it more --blocks")
    for layer in network.layers:
        if layer.name in known:
            layer.set_weights(known[layer.name])
        elif isinstance(layer, layers.BatchNormalization):
            gamma, *others = layer.get_weights()
            layer.set_weights([gamma * _QUIET, *others])


def _residual(
    x: Any, width: int, name: str, blocks: int, *, kernel: int | tuple[int, int] = 3
) -> Any:
    for i in range(blocks):
        x = layers.Add()([x, _convolve(x, width, f"{name}_{i + 1}", kernel=kernel)])
    return x


def _convolve(
    x: Any,
    width: int,
    name: str,
    *,
    kernel: int | tuple[int, int] = 3,
    strides: tuple[int, int] = (1, 1),
    padding: str = "same",
) -> Any:
    x = layers.Conv2D(
        width, kernel, strides=strides, padding=padding, use_bias=False, name=f"{name}_convolution"
    )(x)
    x = layers.BatchNormalization(momentum=_MOMENTUM, name=f"{name}_normalization")(x)
    return layers.ReLU()(x)


def _rare(answer: str) -> Any:
    """A detector begins by saying that centres are rare, or their loss drowns all else."""
    return keras.initializers.Constant(-4.0 if answer == "detection" else 0.0)


def sequence_loss(truth: Any, columns: Any) -> Any:
    """CTC over the marks, and the boxes at the columns of each character's middle.

    Args:
        truth: (N, T, 7): see export.lines.targets.sequence_target.
        columns: (N, T, 18 + 4).

    Returns:
        (N,) float32.
    """
    ops = keras.ops
    marks = ops.cast(truth[..., 0], "int32")
    lengths = ops.sum(ops.cast(marks >= 0, "int32"), axis=1)
    logits = _forgive_unlabelled(columns[..., : ANSWERS["sequence"]], truth[..., 1:2])
    loss = ctc_loss(marks, lengths, logits)
    # By its characters, or a long number outweighs ten short ones.
    per_mark = loss / ops.cast(ops.maximum(lengths, 1), "float32")
    return per_mark + _BOX_WEIGHT * _side_loss(truth[..., 2:], columns[..., -SIDES:])


def ctc_loss(marks: Any, lengths: Any, logits: Any) -> Any:
    """Connectionist temporal classification, the last output its blank.

    Keras writes it out step by step, which takes four times as long as the network itself on a
    processor; TensorFlow has one operation for it.

    Args:
        marks: (N, T) integers, padded with -1.
        lengths: (N,) how many of them count.
        logits: (N, T, 18).

    Returns:
        (N,) nats; 0 for lines whose marks do not fit into their columns.
    """
    ops = keras.ops
    steps = ops.zeros_like(lengths) + ops.shape(logits)[1]
    # Equal neighbours need a column between them.
    repeats = ops.sum(ops.cast((marks[:, 1:] == marks[:, :-1]) & (marks[:, 1:] >= 0), "int32"), 1)
    fits = lengths + repeats <= steps
    if keras.backend.backend() != "tensorflow":
        labels = ops.where(marks >= 0, marks, BLANK)
        loss = ops.ctc_loss(labels, logits, ops.where(fits, lengths, 0), steps, mask_index=BLANK)
        return ops.where(fits, loss, 0.0)
    import tensorflow as tf

    # It takes no empty line: those get a mark for it, and are reckoned apart.
    asked = ops.where(fits, ops.maximum(lengths, 1), 1)
    asked = tf.RaggedTensor.from_tensor(ops.maximum(marks, 0), lengths=asked)
    loss = tf.compat.v1.nn.ctc_loss(
        asked.to_sparse(), logits, steps, time_major=False, ignore_longer_outputs_than_inputs=True
    )
    nothing = -ops.sum(ops.log_softmax(logits, axis=-1)[..., BLANK], axis=-1)
    return ops.where(fits, ops.where(lengths > 0, loss, nothing), 0.0)


def _forgive_unlabelled(logits: Any, labelled: Any) -> Any:
    """Where only digits were labelled, a separator or another mark counts as blank."""
    ops = keras.ops
    digits, others, blank = logits[..., :_DIGITS], logits[..., _DIGITS:BLANK], logits[..., BLANK:]
    nothing = ops.logsumexp(logits[..., _DIGITS:], axis=-1, keepdims=True)
    return ops.concatenate(
        [
            digits,
            ops.where(labelled > 0, others, -30.0),
            ops.where(labelled > 0, blank, nothing),
        ],
        axis=-1,
    )


def detection_loss(truth: Any, columns: Any) -> Any:
    """Penalty-reduced focal loss of the centres (Law and Deng, 2018), and the boxes there.

    Args:
        truth: (N, T, 17 + 6): see export.lines.targets.detection_target.
        columns: (N, T, 17 + 4).

    Returns:
        (N,) float32.
    """
    ops = keras.ops
    near = truth[..., : len(MARKS)]
    labelled = truth[..., len(MARKS) : len(MARKS) + 1]
    counts = ops.concatenate(
        [ops.ones_like(near[..., :_DIGITS]), ops.zeros_like(near[..., _DIGITS:]) + labelled],
        axis=-1,
    )
    logits = columns[..., : len(MARKS)]
    chance = ops.sigmoid(logits)
    is_centre = ops.cast(near >= 1.0, "float32")
    hit = -ops.square(1 - chance) * ops.log_sigmoid(logits) * is_centre
    miss = -((1 - near) ** 4) * ops.square(chance) * ops.log_sigmoid(-logits) * (1 - is_centre)
    centres = ops.maximum(ops.sum(is_centre, axis=(1, 2)), 1.0)
    heat = ops.sum(counts * (hit + miss), axis=(1, 2)) / centres
    return heat + _BOX_WEIGHT * _side_loss(truth[..., len(MARKS) + 1 :], columns[..., -SIDES:])


def _side_loss(truth: Any, sides: Any) -> Any:
    ops = keras.ops
    weight = truth[..., SIDES]
    distance = ops.sum(ops.abs(sides - truth[..., :SIDES]), axis=-1)
    total = ops.maximum(ops.sum(weight, axis=1), 1.0)
    return ops.sum(distance * weight, axis=1) / total


LOSSES: Final = {"sequence": sequence_loss, "detection": detection_loss}
