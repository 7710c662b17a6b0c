"""The network: a small residual convolutional network that ends in logits.

Eleven outputs: logits of the ten digits, and the log-odds that the ink is a digit at all. The two
are learned apart, so that examples of what is not a digit cannot blur one digit into another.
"""

from __future__ import annotations

from typing import Any, Final

import keras
from keras import layers

DIGITS: Final = 10
OUTPUTS: Final = DIGITS + 1

MOMENTUM: Final = 0.95
"""Of batch normalisation: Keras's 0.99 is not settled after the 46 steps of a quick epoch."""


def build_network(widths: tuple[int, int, int] = (32, 64, 96), stem: str = "wide") -> keras.Model:
    """The classifier of one digit.

    Half the work of the usual three sizes is at 28 px; a stem that halves the side at once trains
    and reads twice as fast. Networks of different stem make different mistakes, which is what a
    committee of them lives by.

    Args:
        widths: Channels of the stem, at 12 px, and at 6 px (with a pooled stem 14 and 7).
        stem: "wide" halves the side with one 5 x 5 convolution and has one residual step; "deep"
            looks at 3 x 3 pixels first, halves with another 3 x 3, and has two; "pooled" keeps the
            strongest of 2 x 2 neighbours instead of halving by a convolution, and has two.

    Returns:
        (N, 28, 28, 1) float32 in [0, 1], ink 1 -> (N, 11) float32 logits.
    """
    image = keras.Input((28, 28, 1), name="frame")
    # The outermost pixels of a frame are empty: without padding the stem gives 12, not 14.
    if stem == "pooled":
        x = _convolve(image, widths[0], padding="valid")  # (N, 26, 26, widths[0])
        x = layers.MaxPooling2D()(x)  # (N, 13, 13, widths[0])
        # Halving 13 again would drop the last row and column.
        x = layers.ZeroPadding2D(((0, 1), (0, 1)))(x)  # (N, 14, 14, widths[0])
    elif stem == "deep":
        x = _convolve(image, 3 * widths[0] // 4, padding="valid")  # (N, 26, 26, 3/4 widths[0])
        x = _convolve(x, widths[0], strides=2, padding="valid")  # (N, 12, 12, widths[0])
    else:
        x = _convolve(image, widths[0], kernel=5, strides=2, padding="valid")  # the same
    x = _convolve(x, widths[1])  # (N, 12, 12, widths[1]), or 14 x 14
    x = layers.MaxPooling2D()(x)  # (N, 6, 6, widths[1]), or 7 x 7
    x = _convolve(x, widths[2])  # the same with widths[2]
    for _ in range(1 if stem == "wide" else 2):
        x = layers.Add()([x, _convolve(x, widths[2])])  # residual (He et al., 2016)
    # A weight for each place and channel instead of a mean over places: where a stroke lies tells
    # a 6 from a 9. (Depthwise over all places, as MobileFaceNet, Chen et al., 2018.)
    x = layers.DepthwiseConv2D(x.shape[1], use_bias=False)(x)  # (N, 1, 1, widths[2])
    x = layers.BatchNormalization(momentum=MOMENTUM)(x)
    x = layers.Dropout(0.2)(layers.Flatten()(x))
    return keras.Model(image, layers.Dense(OUTPUTS, name="logits")(x), name="numberglass")


def _convolve(
    x: Any, width: int, *, kernel: int = 3, strides: int = 1, padding: str = "same"
) -> Any:
    x = layers.Conv2D(width, kernel, strides=strides, padding=padding, use_bias=False)(x)
    return layers.ReLU()(layers.BatchNormalization(momentum=MOMENTUM)(x))


def digit_loss(truth: Any, logits: Any) -> Any:
    """Cross-entropy of the digit where there is one, plus that of being a digit at all.

    Args:
        truth: (N,) integers: the digit, or -1 for what is not a digit.
        logits: (N, 11).

    Returns:
        (N,) float32.
    """
    ops = keras.ops
    truth = ops.cast(ops.reshape(truth, (-1,)), "int32")
    is_digit = ops.cast(truth >= 0, "float32")
    chosen = ops.one_hot(ops.maximum(truth, 0), DIGITS)
    which = -ops.sum(chosen * ops.log_softmax(logits[:, :DIGITS], axis=-1), axis=-1)
    whether = ops.softplus(logits[:, DIGITS]) - is_digit * logits[:, DIGITS]
    return is_digit * which + 0.5 * whether


def digit_accuracy(truth: Any, logits: Any) -> Any:
    """Share of right answers: the digit for digits, "not a digit" for the rest; (N,) of 0 or 1."""
    ops = keras.ops
    truth = ops.cast(ops.reshape(truth, (-1,)), "int32")
    best = ops.cast(ops.argmax(logits[:, :DIGITS], axis=-1), "int32")
    right = ops.where(truth >= 0, truth == best, logits[:, DIGITS] < 0)
    return ops.cast(right, "float32")
