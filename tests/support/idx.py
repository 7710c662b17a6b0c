"""MNIST's file format, for tests that train on a handful of digits."""

from __future__ import annotations

import gzip
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray


def write_idx(
    folder: Path,
    part: str,
    frames: NDArray[np.uint8],
    labels: NDArray[np.uint8],
    *,
    packed: bool = True,
) -> None:
    """Write images and labels of "train" or "t10k"."""
    images = struct.pack(">HBBIII", 0, 8, 3, *frames.shape) + frames.tobytes()
    names = struct.pack(">HBBI", 0, 8, 1, len(labels)) + labels.tobytes()
    for name, content in (
        (f"{part}-images-idx3-ubyte", images),
        (f"{part}-labels-idx1-ubyte", names),
    ):
        if packed:
            (folder / f"{name}.gz").write_bytes(gzip.compress(content))
        else:
            (folder / name).write_bytes(content)
