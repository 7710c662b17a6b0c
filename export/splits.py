"""Which pictures train and which measure, where a data set does not say so itself.

Training and evaluation both ask here, so that no measured picture is ever trained on. The rules
hash a name: they hold for any order, any subset and any machine.
"""

from __future__ import annotations

import zlib
from typing import Final

HELD_BACK_GROUPS: Final = 10
"""One in so many UNIPEN source files (about a writer each) is held back."""

DEV_FILES: Final = 5
"""One in so many ORAND-CAR-A pictures measures; the set's authors published no dev part."""

VALIDATION_LINES: Final = 16
"""One in so many real lines that may train validates instead."""

MNIST_TRAINS: Final = 55_000
"""Of MNIST's 60,000 training images; the last 5,000 validate."""

TEST_SPLITS: Final = {"usps": "test", "pendigits_orig": "test", "optdigits_orig": "windep"}
"""The part of a set that measures, by the set's own ``split`` array; the rest may train.

``windep`` holds the writers of optical digits that ``tra`` and ``tes`` do not.
"""


def is_held_back_group(group_name: str) -> bool:
    """Whether a UNIPEN group, named as in ``group_names``, measures instead of training."""
    return zlib.crc32(group_name.encode()) % HELD_BACK_GROUPS == 0


def is_dev_file(file_name: str) -> bool:
    """Whether an ORAND-CAR-A picture measures instead of training.

    Args:
        file_name: As in its ``labels.tsv``; a folder in front of it plays no part.
    """
    return zlib.crc32(base_name(file_name).encode()) % DEV_FILES == 0


def is_validation_line(file_name: str) -> bool:
    """Whether a real line that may train is kept to choose the epoch and to calibrate by."""
    return zlib.crc32(base_name(file_name).encode()) % VALIDATION_LINES == 3


def base_name(file_name: str) -> str:
    """The file's name without its folder."""
    return file_name.rpartition("/")[2]
