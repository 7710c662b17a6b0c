"""One page in every format that is read, saved as scanners, faxes and phones save it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from tests.support.pictures import encode

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def save_in_every_format(folder: Path, pixels: NDArray[np.uint8]) -> list[str]:
    """Save (h, w, 3) uint8 RGB and return the names of the files."""
    page = Image.fromarray(pixels)
    grey = page.convert("L")
    bilevel = grey.point(lambda level: 255 * (level > 128)).convert("1")
    deep = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    # A fax of standard resolution: every second row is all it has.
    fax = bilevel.resize((page.width, page.height // 2), Image.Resampling.NEAREST)
    files = {
        "colour.png": encode(page, "PNG"),
        "deep.png": encode(deep, "PNG"),
        "photo.jpg": encode(page, "JPEG", quality=90),
        "photo.heic": encode(page, "HEIC", quality=90),
        "photo.heif": encode(grey, "HEIC", quality=90),
        "photo.avif": encode(page, "AVIF", quality=90),
        "photo.webp": encode(page, "WEBP", quality=90),
        "photo.jp2": encode(page, "JPEG2000"),
        "colour.tif": encode(page, "TIFF"),
        "deep.tif": encode(deep, "TIFF"),
        "group3.tif": encode(bilevel, "TIFF", compression="group3", dpi=(300, 300)),
        "group4.tif": encode(bilevel, "TIFF", compression="group4", dpi=(300, 300)),
        "fax.tif": encode(fax, "TIFF", compression="group3", dpi=(204, 102)),
        "colour.bmp": encode(page, "BMP"),
        "grey.gif": encode(grey, "GIF"),
        "bilevel.pbm": encode(bilevel, "PPM"),
        "grey.pgm": encode(grey, "PPM"),
        "colour.ppm": encode(page, "PPM"),
        "scan.pdf": encode(page, "PDF", resolution=300, quality=90),
        "fax.pdf": encode(bilevel, "PDF", resolution=200),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return list(files)
