"""From a picture as Pillow opened it to upright pixels in red, green and blue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from model import tiff
from model.completeness import check_whole
from model.intake_failures import DECODER_ERRORS, check_size
from model.quiet import native_errors_hidden
from model.tones import WHITE, deep_grey_to_bytes, ground_for

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.ImageFile import ImageFile

    from model.signatures import PictureKind

_ORIENTATION: Final = 0x0112
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_UPRIGHT: Final = (0, 1)  # 0 is "unknown", which many scanners write


def decode(image: ImageFile, data: bytes, kind: PictureKind) -> None:
    """Have the pixels unpacked, all of them.

    Raises:
        PictureError: too large, cut short or damaged. Besides, whatever the decoder raises.
    """
    if isinstance(image, TiffImageFile):
        # libtiff makes room for a whole tile at once, however small the page.
        check_size(tiff.tile_size(image.tag_v2), data)
        with native_errors_hidden():
            image.load()
    else:
        image.load()
    check_whole(data, kind)


def turn_upright(image: ImageFile) -> tuple[Image.Image, bool]:
    """Turn a page as its EXIF data say; False where these cannot be understood."""
    if isinstance(image, TiffImageFile):
        # Pillow turns TIFF itself, while it decodes.
        return image, True
    try:
        exif = image.getexif()
        if not exif and "exif" in image.info:
            # Its JPEG decoder has asked before, and kept to itself what went wrong.
            Image.Exif().load(image.info["exif"])
    except DECODER_ERRORS:
        return image, False
    orientation = exif.get(_ORIENTATION, 1)
    if orientation in _UPRIGHT:
        return image, True
    turn = _TURNS.get(orientation) if isinstance(orientation, int) else None
    return (image, False) if turn is None else (image.transpose(turn), True)


def to_rgb(image: Image.Image) -> NDArray[np.uint8]:
    """(h, w, 3) uint8 RGB, read-only, of a decoded image in any of Pillow's modes."""
    if image.mode.startswith(("I", "F")):
        tags = image.tag_v2 if isinstance(image, TiffImageFile) else {}
        grey = deep_grey_to_bytes(np.asarray(image), bits=tiff.grey_bits(tags))
        image = Image.fromarray(grey)
    elif image.has_transparency_data:
        image = _laid_on_ground(image.convert("RGBA"))
    # Already read-only and C-contiguous: numpy looks into the bytes that Pillow hands out.
    return np.asarray(image if image.mode == "RGB" else image.convert("RGB"))


def _laid_on_ground(rgba: Image.Image) -> Image.Image:
    alpha = rgba.getchannel("A")
    if alpha.getextrema() == (WHITE, WHITE):
        return rgba
    ground = Image.new("RGB", rgba.size, (ground_for(np.asarray(rgba)),) * 3)
    ground.paste(rgba, mask=alpha)
    return ground
