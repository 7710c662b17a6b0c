"""The decoder of HEIC photos for Pillow. Imported when such a photo is opened."""

from __future__ import annotations

import pi_heif
from PIL import Image

from model import signatures


def teach_pillow() -> None:
    """Let Pillow open HEIC; a second time does nothing."""
    if signatures.HEIC.decoder not in Image.OPEN:
        pi_heif.register_heif_opener()
