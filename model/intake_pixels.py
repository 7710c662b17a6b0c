"""From a picture as Pillow opened it to upright pixels in red, green and blue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile
from PIL.TiffImagePlugin import TiffImageFile

from model import refusals, tiff
from model.completeness import check_whole, is_cut_short
from model.intake_failures import DECODER_ERRORS, check_size
from model.quiet import native_errors_hidden
from model.tones import WHITE, deep_grey_to_bytes, ground_for

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.ImageFile import ImageFile

    from model.signatures import PictureKind

_ORIENTATION: Final = 0x0112
_UPRIGHT: Final = (0, 1)  # 0 is "unknown", which many scanners write
_TURNED: Final = range(2, 9)
# From this size on OpenCV is worth its import: it unpacks a JPEG straight into the array.
_LARGE: Final = 500_000
# Pixels that a processor's cache holds.
_STRIP: Final = 200_000


def decode(image: ImageFile, data: bytes, kind: PictureKind) -> NDArray[np.uint8]:
    """Unpack the pixels, all of them.

    Returns:
        (h, w, 3) uint8 RGB, read-only; as they are stored, but for a TIFF, which Pillow turns
        while it decodes.

    Raises:
        PictureError: too large, cut short or damaged. Besides, whatever the decoder raises.
    """
    pixels = _decode_large_jpeg(image, data)
    if pixels is None:
        if isinstance(image, TiffImageFile):
            # libtiff makes room for a whole tile at once, however small the page.
            check_size(tiff.tile_size(image.tag_v2), data)
            with native_errors_hidden():
                image.load()
            if tiff.is_fax(image.tag_v2) and is_cut_short(data, kind):
                # libtiff leaves white what is missing of a fax, or its resolution.
                raise refusals.truncated(kind.name)
        else:
            image.load()
    check_whole(data, kind)
    # Some decoders learn the true size only now (a GIF frame larger than its screen).
    check_size(image.size, data)
    return to_rgb(image) if pixels is None else pixels


def _decode_large_jpeg(image: ImageFile, data: bytes) -> NDArray[np.uint8] | None:
    """A large colour JPEG's pixels, the very ones that Pillow unpacks, in half its time.

    Pillow unpacks into memory of its own, copies that out in strips and these into one array: on a
    photograph of 12 megapixels the copies take as long as the decoding.

    Returns:
        None for any other picture, and for one that Pillow had better refuse in its words.
    """
    is_plain = isinstance(image, JpegImageFile) and image.mode == "RGB"
    if not is_plain or image.width * image.height < _LARGE:
        return None
    # Imported here because it costs 100 ms, and a small picture is shown without it.
    import cv2

    stored = np.frombuffer(data, dtype=np.uint8)
    try:
        with native_errors_hidden():
            found = cv2.imdecode(stored, cv2.IMREAD_COLOR_RGB | cv2.IMREAD_IGNORE_ORIENTATION)
    except cv2.error:
        return None
    if found is None or found.shape != (image.height, image.width, 3):
        return None
    found.flags.writeable = False
    return np.asarray(found, dtype=np.uint8)


def turn_upright(pixels: NDArray[np.uint8], image: ImageFile) -> tuple[NDArray[np.uint8], bool]:
    """Turn a page as its EXIF data say; False where these cannot be understood."""
    if isinstance(image, TiffImageFile):
        return pixels, True
    try:
        exif = image.getexif()
        if not exif and "exif" in image.info:
            # Its JPEG decoder has asked before, and kept to itself what went wrong.
            Image.Exif().load(image.info["exif"])
    except DECODER_ERRORS:
        return pixels, False
    orientation = exif.get(_ORIENTATION, 1)
    if orientation in _UPRIGHT:
        return pixels, True
    if not isinstance(orientation, int) or orientation not in _TURNED:
        return pixels, False
    return _turned(pixels, orientation), True


def _turned(pixels: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """Upright, by a number of EXIF (CIPA DC-008, 4.6.5) from 2 to 8."""
    # Imported here because it costs 100 ms, and only a turned page needs it.
    import cv2

    turned: cv2.typing.MatLike = pixels
    # 0 mirrors top and bottom, 1 the sides, -1 both.
    flips = {2: 1, 3: -1, 4: 0, 6: 1, 7: -1, 8: 0}
    try:
        if orientation in (5, 6, 7, 8):
            turned = cv2.transpose(turned)
        if orientation in flips:
            turned = cv2.flip(turned, flips[orientation])
    except cv2.error as error:
        raise MemoryError(str(error)) from error
    turned.flags.writeable = False
    return np.asarray(turned, dtype=np.uint8)


def stretch_of(image: ImageFile) -> tuple[float, float]:
    """(across, down) for ``square``; to be asked before Pillow turns the picture and forgets it.

    A fax of standard resolution has 204 x 98 dots an inch (ITU-T T.4): half as high as wide on the
    screen, and digits that no reader has learned.
    """
    return tiff.stretch(image.tag_v2) if isinstance(image, TiffImageFile) else (1.0, 1.0)


def square(pixels: NDArray[np.uint8], stretch: tuple[float, float]) -> NDArray[np.uint8]:
    """Stretch a page to its true shape; the same array where that is done or would be too large."""
    height, width = pixels.shape[:2]
    size = round(width * stretch[0]), round(height * stretch[1])
    if size == (width, height) or size[0] * size[1] > refusals.MAX_PIXELS:
        return pixels
    # Imported here because it costs 100 ms, and only a fax needs it.
    import cv2

    try:
        found = cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR)
    except cv2.error as error:
        raise MemoryError(str(error)) from error
    found.flags.writeable = False
    return np.asarray(found, dtype=np.uint8)


def to_rgb(image: Image.Image) -> NDArray[np.uint8]:
    """(h, w, 3) uint8 RGB, read-only, of a decoded image in any of Pillow's modes."""
    if image.mode.startswith(("I", "F")):
        tags = image.tag_v2 if isinstance(image, TiffImageFile) else {}
        image = Image.fromarray(deep_grey_to_bytes(np.asarray(image), bits=tiff.grey_bits(tags)))
    if image.has_transparency_data:
        image = _laid_on_ground(image.convert("RGBA"))
    if image.width * image.height >= _LARGE:
        return _unpacked_by_strips(image)
    # Already read-only and C-contiguous: numpy looks into the bytes that Pillow hands out.
    return np.asarray(image if image.mode == "RGB" else image.convert("RGB"))


def _unpacked_by_strips(image: Image.Image) -> NDArray[np.uint8]:
    """(h, w, 3), read-only, of a picture in any mode.

    Asked for all of it, Pillow makes many pieces and joins them: twice the page's memory beside the
    page, to be fetched from the system and given back with every page of a file.
    """
    # Grey by OpenCV: Pillow takes four bytes a pixel for colour, and four times as long.
    import cv2

    is_grey = image.mode in {"1", "L"}
    wanted = "L" if is_grey else "RGB"
    width, height = image.size
    pixels = np.empty((height, width, 3), np.uint8)
    rows = max(1, _STRIP // width)
    for top in range(0, height, rows):
        strip = image.crop((0, top, width, min(height, top + rows)))
        stored = np.asarray(strip if strip.mode == wanted else strip.convert(wanted))
        part = pixels[top : top + rows]
        part[:] = cv2.cvtColor(stored, cv2.COLOR_GRAY2RGB) if is_grey else stored
    pixels.flags.writeable = False
    return pixels


def _laid_on_ground(rgba: Image.Image) -> Image.Image:
    alpha = rgba.getchannel("A")
    if alpha.getextrema() == (WHITE, WHITE):
        return rgba
    ground = Image.new("RGB", rgba.size, (ground_for(np.asarray(rgba)),) * 3)
    ground.paste(rgba, mask=alpha)
    return ground
