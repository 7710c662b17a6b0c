"""A scanned sheet until it is read: as it came, or packed where a stack would fill the memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from desktop_app.scanning import errors
from model.types import Page

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from desktop_app.scanning.values import Sheet

# Higher ones save a twentieth and take up to three times as long (docs/adr/0013-scanning.md).
_PNG_LEVEL: Final = 1
FORMAT: Final = "scan"


@dataclass(frozen=True, slots=True, eq=False)
class KeptSheet:
    """A PixelSource: the worker that reads pages asks it for its page.

    Attributes:
        content: (h, w) or (h, w, 3) uint8 grey or RGB, or the same as a PNG file.
    """

    content: NDArray[np.uint8] | bytes

    @classmethod
    def as_it_came(cls, sheet: Sheet) -> KeptSheet:
        """Read at once, as the first one is, it is not worth packing."""
        return cls(sheet.pixels)

    @classmethod
    def packed(cls, sheet: Sheet) -> KeptSheet:
        """Without loss; 0.7 s for a page of A4 in colour at 300 dpi, 15 MB instead of 26.

        Raises:
            ScannerError: There is no memory for it.
        """
        pixels, options = sheet.pixels, [cv2.IMWRITE_PNG_COMPRESSION, _PNG_LEVEL]
        try:
            swapped = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR) if pixels.ndim == 3 else pixels
            _, data = cv2.imencode(".png", swapped, options)
        except cv2.error as error:
            raise errors.out_of_memory() from error
        return cls(data.tobytes())

    def to_page(self) -> Page:
        """The page, in colour whatever was scanned; runs on the reader's thread."""
        content = self.content
        if isinstance(content, bytes):
            data = np.frombuffer(content, np.uint8)
            content = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR_RGB), np.uint8)
        elif content.ndim == 2:
            content = np.repeat(content[..., None], 3, axis=2)
        content.flags.writeable = False
        return Page(content, FORMAT)
