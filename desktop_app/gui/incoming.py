"""What was dropped or pasted, as pictures that the worker can open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QImage

from desktop_app.gui import strings
from desktop_app.gui.queue import Picture
from model.formats import SUPPORTED_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData

    from model.types import Page

# Encoded pictures are passed on as they are: the worker decodes them, not the window.
_ENCODED: Final = (
    "image/png", "image/tiff", "image/jpeg", "image/webp", "image/bmp", "image/gif", "image/avif",
    "image/heic", "image/jp2",
)  # fmt: skip

# How GNOME's file manager copies files: a word, then an address a line. Some versions say the same
# in plain text, under a heading of their own.
_GNOME_FILES: Final = "x-special/gnome-copied-files"
_EMBEDDED_IN_HTML: Final = re.compile(
    r"""<img\b[^>]*?\bsrc\s*=\s*["'](data:image/[^"']+)["']""", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing of it can be opened, and what to do instead."""

    title: str
    hint: str


@dataclass(frozen=True, slots=True)
class Unsorted:
    """Paths of which some may be folders; finding out may take a while on a network."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class PastedImage:
    """A picture that the system hands over as pixels only.

    A QImage may be handed to another thread by value: its pixels are shared and never written.
    """

    image: QImage

    def to_page(self) -> Page:
        """Lay it on the ground that its ink shows on; runs on the worker thread."""
        import numpy as np

        from desktop_app.capture.image_pixels import pixels_of
        from model import refusals
        from model.types import Page

        image = self.image
        if image.width() * image.height() > refusals.MAX_PIXELS:
            raise refusals.too_many_pixels(image.width() * image.height())
        if image.hasAlphaChannel():
            from model.tones import ground_for

            image = image.convertToFormat(QImage.Format.Format_RGBA8888)
            rgba = pixels_of(image)
            ground = ground_for(rgba)
            share = rgba[..., 3:].astype(np.uint16)
            pixels = ((rgba[..., :3] * share + ground * (255 - share) + 127) // 255).astype(
                np.uint8
            )
        else:
            image = image.convertToFormat(QImage.Format.Format_RGB888)
            pixels = pixels_of(image).copy()
        pixels.flags.writeable = False
        return Page(pixels, "picture")


def files_as_pictures(paths: Sequence[Path]) -> tuple[Picture, ...]:
    """Files as pictures, named without their folders."""
    return tuple(Picture(path, path.name or str(path)) for path in paths)


def pictures_from(mime: QMimeData, *, pasted: bool) -> tuple[Picture, ...] | Unsorted | Refusal:
    """Files first, then picture data, then what a web page may have embedded.

    A browser offers the address of a dragged picture beside its data; a file manager offers a
    drawing of the file's icon beside its path. Hence this order.
    """
    urls = _addresses(mime)
    paths = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    if paths:
        is_plain = all(path.suffix.lower() in SUPPORTED_SUFFIXES for path in paths)
        return files_as_pictures(paths) if is_plain else Unsorted(paths)
    name = "Pasted picture" if pasted else "Dropped picture"
    for kind in _ENCODED:
        data = bytes(mime.data(kind).data())
        if data:
            return (Picture(data, name),)
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return (Picture(PastedImage(image), name),)
    within_page = [QUrl(found) for found in _EMBEDDED_IN_HTML.findall(mime.html())]
    embedded = [data for url in (*urls, *within_page) if (data := _embedded(url))]
    if embedded:
        return tuple(Picture(data, name) for data in embedded)
    if any(url.scheme() in {"http", "https"} for url in urls):
        return Refusal(strings.REMOTE_PICTURE, strings.REMOTE_PICTURE_HINT)
    if pasted:
        return Refusal(strings.NOTHING_TO_PASTE, strings.NOTHING_TO_PASTE_HINT)
    return Refusal(strings.NOTHING_TO_DROP, strings.NOTHING_TO_DROP_HINT)


def _addresses(mime: QMimeData) -> list[QUrl]:
    """Every address that is offered, whichever way."""
    if mime.hasUrls():
        return mime.urls()
    copied = bytes(mime.data(_GNOME_FILES).data()).decode(errors="replace")
    lines = [line.strip() for line in (copied or mime.text()).splitlines()]
    addresses = [QUrl(line) for line in lines if line.startswith("file://")]
    return addresses or [QUrl.fromLocalFile(path) for line in lines if (path := _path_in(line))]


def _path_in(line: str) -> str:
    """The path of a picture that was copied as text, as Windows does between quotes; else none."""
    path = Path(line.strip('"'))
    return str(path) if path.is_absolute() and path.suffix.lower() in SUPPORTED_SUFFIXES else ""


def _embedded(url: QUrl) -> bytes:
    """The bytes of a data: address, which small pictures on web pages often have."""
    if url.scheme() != "data":
        return b""
    head, _, body = url.path(QUrl.ComponentFormattingOption.FullyDecoded).partition(",")
    if not head.endswith(";base64"):
        return b""
    return bytes(QByteArray.fromBase64(body.encode()).data())
