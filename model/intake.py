"""From a file or bytes to upright pages of pixels: the door for pictures.

Whatever the bytes are, a caller meets a Page, a PictureError in plain words, or Cancelled; nothing
is printed, and no decoder runs before the size in the file's header was found small enough. Only
this module and its intake_* siblings import Pillow, and the decoders of HEIC and PDF: those two
only once such a file is opened.
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
from model.intake_pixels import decode, square, stretch_of, turn_upright
from model.signatures import PictureKind
from model.source import read_source
from model.turn import rotate_page
from model.types import Page

if TYPE_CHECKING:
    import warnings
    from collections.abc import Iterator
    from pathlib import Path

    from PIL.ImageFile import ImageFile

    from model.page_file import PageFile

__all__ = ["load_page", "load_pages", "open_pages", "rotate_page"]

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


def load_page(source: Path | bytes, *, cancel: CancelToken | None = None) -> Page:
    """Load the first page of a picture, upright and in colour.

    Raises:
        PictureError: It cannot be opened; each reason has its own message.
        Cancelled: Nobody waits for it any more.
    """
    with open_pages(source, cancel=cancel) as file:
        page = file.load(1)
        if file.page_count > 1:
            page = replace(page, notes=(*page.notes, notes.first_of(file.page_count)))
        return page


def load_pages(source: Path | bytes, *, cancel: CancelToken | None = None) -> Iterator[Page]:
    """Load every page of a TIFF or PDF, or the one page of any other picture, one at a time.

    Raises:
        PictureError: The file, or the page that is next, cannot be opened.
        Cancelled: Nobody waits for it any more.
    """
    with open_pages(source, cancel=cancel) as file:
        for number in range(1, file.page_count + 1):
            yield file.load(number)


@contextmanager
def open_pages(source: Path | bytes, *, cancel: CancelToken | None = None) -> Iterator[PageFile]:
    """Open a file without unpacking a page of it; closed after use.

    Raises:
        PictureError: It cannot be opened.
        Cancelled: Nobody waits for it any more.
    """
    stop = cancel or CancelToken()
    data = read_source(source, stop)
    stop.raise_if_cancelled()
    kind = _require_picture(data)
    if kind is signatures.PDF:
        from model.intake_pdf import open_pdf

        with open_pdf(data, stop) as pages:
            yield pages
    else:
        with _open_frames(data, kind, stop) as frames:
            yield frames


@dataclass(frozen=True, slots=True)
class _Frames:
    """A file whose header was read: Pillow's image and the frames of it that are pages."""

    data: bytes
    kind: PictureKind
    image: ImageFile
    frames: tuple[int, ...]
    notes: tuple[str, ...]
    stop: CancelToken

    @property
    def page_count(self) -> int:
        return len(self.frames)

    def load(self, number: int, *, enough_px: int | None = None) -> Page:
        """Decode one page. Nothing of it is returned unless all of it could be decoded."""
        self.stop.raise_if_cancelled()
        if not 1 <= number <= len(self.frames):
            raise refusals.no_such_page(number)
        image, data = self.image, self.data
        with explained(self.kind, data) as caught:
            if image.tell() != self.frames[number - 1]:
                image.seek(self.frames[number - 1])
            check_size(image.size, data)
            stretch = stretch_of(image)
            stored = decode(image, data, self.kind)
            self.stop.raise_if_cancelled()
            upright, turn_is_known = turn_upright(stored, image)
            pixels = square(upright, stretch)
        unknown_turn = () if turn_is_known else (notes.BROKEN_EXIF,)
        stretched = () if pixels is upright else (notes.STRETCHED,)
        # Damaged EXIF data can show on opening, on decoding and on turning; it is said once.
        remarks = dict.fromkeys(self.notes + _exif_notes(caught) + unknown_turn + stretched)
        return Page(pixels=pixels, format=self.kind.name, notes=tuple(remarks), number=number)


@contextmanager
def _open_frames(data: bytes, kind: PictureKind, stop: CancelToken) -> Iterator[_Frames]:
    """Read the header; closes Pillow's image after use."""
    if kind is signatures.HEIC:
        from model.intake_heic import teach_pillow

        teach_pillow()
    with explained(kind, data) as caught:
        image = Image.open(io.BytesIO(data), formats=(kind.decoder,))
    try:
        with explained(kind, data):
            check_size(image.size, data)
            frames = _page_frames(image, stop)
            remarks = _animation_notes(image) + _exif_notes(caught)
        yield _Frames(data, kind, image, frames, remarks, stop)
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
    # MPO is what phones call a JPEG with a second picture (a depth map, a smaller copy) behind it;
    # in an HEIC file such pictures lie beside each other, the one to be shown marked as such.
    if image.format in {"TIFF", "MPO", "HEIF"} or not getattr(image, "is_animated", False):
        return ()
    return (notes.ANIMATED,)


def _exif_notes(caught: list[warnings.WarningMessage]) -> tuple[str, ...]:
    is_broken = any("EXIF" in str(warning.message) for warning in caught)
    return (notes.BROKEN_EXIF,) if is_broken else ()
