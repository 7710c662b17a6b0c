"""From a file or bytes to upright pages of pixels: the door for pictures.

Whatever the bytes are, a caller meets a Page, a PictureError in plain words, or Cancelled; nothing
is printed, and no decoder runs before the size in the file's header was found small enough. Only
this module and its intake_* siblings import Pillow.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from model import notes, refusals, signatures, tiff
from model.cancel import CancelToken
from model.intake_failures import check_size, explained
from model.intake_pixels import decode, turn_upright
from model.signatures import PictureKind
from model.source import read_source
from model.turn import rotate_page
from model.types import Page

if TYPE_CHECKING:
    import warnings
    from collections.abc import Iterator
    from pathlib import Path

    from PIL.ImageFile import ImageFile

__all__ = ["load_page", "load_pages", "rotate_page"]

# Imported by name so that Pillow never imports all of its forty decoders to find one of these.
_DECODERS: Final = (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file whose header was read: Pillow's image and the frames of it that are pages."""

    data: bytes
    kind: PictureKind
    image: ImageFile
    frames: tuple[int, ...]
    notes: tuple[str, ...]


def load_page(source: Path | bytes, *, cancel: CancelToken | None = None) -> Page:
    """Load the first page of a picture, upright and in colour.

    Raises:
        PictureError: It cannot be opened; each reason has its own message.
        Cancelled: Nobody waits for it any more.
    """
    stop = cancel or CancelToken()
    with _open(source, stop) as opened:
        page = _read_frame(opened, 0, stop)
        if len(opened.frames) > 1:
            page = replace(page, notes=(*page.notes, notes.first_of(len(opened.frames))))
        return page


def load_pages(source: Path | bytes, *, cancel: CancelToken | None = None) -> Iterator[Page]:
    """Load every page of a TIFF, or the one page of any other picture, one at a time.

    Raises:
        PictureError: The file, or the page that is next, cannot be opened.
        Cancelled: Nobody waits for it any more.
    """
    stop = cancel or CancelToken()
    with _open(source, stop) as opened:
        for index in range(len(opened.frames)):
            yield _read_frame(opened, index, stop)


@contextmanager
def _open(source: Path | bytes, stop: CancelToken) -> Iterator[_Opened]:
    """Read the file and its header; closes Pillow's image after use."""
    data = read_source(source, stop)
    stop.raise_if_cancelled()
    kind = _require_picture(data)
    with explained(kind, data) as caught:
        image = Image.open(io.BytesIO(data), formats=(kind.decoder,))
    try:
        with explained(kind, data):
            check_size(image.size, data)
            frames = _page_frames(image, stop)
            remarks = _animation_notes(image) + _exif_notes(caught)
        yield _Opened(data, kind, image, frames, remarks)
    finally:
        image.close()


def _require_picture(data: bytes) -> PictureKind:
    kind = signatures.recognise(data)
    if isinstance(kind, PictureKind):
        return kind
    if kind is not None:
        raise refusals.unsupported(kind.name, kind.hint)
    raise refusals.text() if signatures.is_text(data) else refusals.not_a_picture()


def _page_frames(image: ImageFile, stop: CancelToken) -> tuple[int, ...]:
    """Numbers of the frames that are pages: more than one only in a TIFF."""
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return (0,)
    if tiff.is_camera_raw(image.tag_v2):
        raise refusals.unsupported(signatures.CAMERA_RAW.name, signatures.CAMERA_RAW.hint)
    frames = []
    for number in range(image.n_frames):
        stop.raise_if_cancelled()
        image.seek(number)
        if tiff.is_page(image.tag_v2):
            frames.append(number)
    image.seek(0)
    return tuple(frames) or (0,)


def _animation_notes(image: ImageFile) -> tuple[str, ...]:
    # MPO is what phones call a JPEG with a second picture (a depth map, a smaller copy) behind it.
    if image.format in {"TIFF", "MPO"} or not getattr(image, "is_animated", False):
        return ()
    return (notes.ANIMATED,)


def _exif_notes(caught: list[warnings.WarningMessage]) -> tuple[str, ...]:
    is_broken = any("EXIF" in str(warning.message) for warning in caught)
    return (notes.BROKEN_EXIF,) if is_broken else ()


def _read_frame(opened: _Opened, index: int, stop: CancelToken) -> Page:
    """Decode one page. Nothing of it is returned unless all of it could be decoded."""
    stop.raise_if_cancelled()
    image, data = opened.image, opened.data
    with explained(opened.kind, data) as caught:
        if image.tell() != opened.frames[index]:
            image.seek(opened.frames[index])
        check_size(image.size, data)
        stored = decode(image, data, opened.kind)
        stop.raise_if_cancelled()
        pixels, turn_is_known = turn_upright(stored, image)
    unknown_turn = () if turn_is_known else (notes.BROKEN_EXIF,)
    # Damaged EXIF data can show on opening, on decoding and on turning; it is said once.
    remarks = tuple(dict.fromkeys(opened.notes + _exif_notes(caught) + unknown_turn))
    return Page(pixels=pixels, format=opened.kind.name, notes=remarks, number=index + 1)
