"""From a PDF document to pages of pixels, drawn by PDFium. Imported when a PDF is opened.

PDFium runs no scripts (this build has no JavaScript engine) and follows no links. It is not
thread-safe: one thread of the program may open PDFs.
"""

from __future__ import annotations

import ctypes
import math
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from model import completeness, jpeg, notes, refusals, signatures
from model.intake_failures import check_size, explained
from model.types import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from model.cancel import CancelToken
    from model.errors import PictureError

DRAWN_DPI: Final = 300
"""As a scanner is set for writing: a digit of 3 mm is 35 px high."""

_POINTS_PER_INCH: Final = 72
_NAME: Final = signatures.PDF.name
_FLAGS: Final = (
    pdfium_c.FPDF_ANNOT | pdfium_c.FPDF_REVERSE_BYTE_ORDER | pdfium_c.FPDF_RENDER_LIMITEDIMAGECACHE
)
_WHITE: Final = 0xFFFFFFFF
# Pictures within drawings within drawings, and so on: deeper than any program nests them.
_DEPTH_MAX: Final = 15


@contextmanager
def open_pdf(data: bytes, stop: CancelToken) -> Iterator[PdfPages]:
    """Open a document; closed after use.

    Raises:
        PictureError: locked by a password, damaged, cut short, or without pages.
    """
    if completeness.is_cut_short(data, signatures.PDF):
        # PDFium would show what is left of it.
        raise refusals.truncated(_NAME)
    # Not by pypdfium2's own constructor: it takes a document without pages for one that could not
    # be opened, and asks for the reason, which then is that of an earlier document.
    handle = pdfium_c.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle:
        raise _refusal_of(pdfium_c.FPDF_GetLastError())
    document = pdfium.PdfDocument(handle)
    try:
        if len(document) < 1:
            raise refusals.without_pages()
        # It looks into the bytes as long as it is open.
        yield PdfPages(document, data, stop)
    finally:
        document.close()


def _refusal_of(code: int) -> PictureError:
    if code == pdfium_c.FPDF_ERR_PASSWORD:
        return refusals.locked()
    if code == pdfium_c.FPDF_ERR_SECURITY:
        return refusals.unusual(_NAME)
    return refusals.damaged(_NAME)


@dataclass(frozen=True, slots=True)
class PdfPages:
    """An open document, as model.page_file.PageFile."""

    _document: pdfium.PdfDocument
    _data: bytes
    _stop: CancelToken

    @property
    def page_count(self) -> int:
        return len(self._document)

    def load(self, number: int, *, enough_px: int | None = None) -> Page:
        """Draw one page at 300 dpi, or as large as MAX_PIXELS and ``enough_px`` allow."""
        self._stop.raise_if_cancelled()
        if not 1 <= number <= self.page_count:
            raise refusals.no_such_page(number)
        with explained(signatures.PDF, self._data):
            page = self._document[number - 1]
            try:
                scale = _scale_for(page.get_size(), enough_px)
                _check_pictures(page, self._stop)
                pixels = self._draw(page, scale)
            finally:
                page.close()
        dpi = round(scale * _POINTS_PER_INCH)
        remarks = (notes.drawn_smaller(dpi),) if dpi < DRAWN_DPI and enough_px is None else ()
        return Page(pixels, _NAME, remarks, number)

    def _draw(self, page: pdfium.PdfPage, scale: float) -> NDArray[np.uint8]:
        # A page of 1200 px at 300 dpi is 1199.9999 here.
        width, height = (max(1, math.floor(side * scale + 0.01)) for side in page.get_size())
        check_size((width, height), b"")
        # PDFium draws straight into the page's own array.
        pixels = np.empty((height, width, 3), np.uint8)
        bitmap = pdfium_c.FPDFBitmap_CreateEx(
            width, height, pdfium_c.FPDFBitmap_BGR, pixels.ctypes.data, width * 3
        )
        if not bitmap:
            raise refusals.no_memory()
        try:
            pdfium_c.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
            self._render(page, bitmap, width, height)
        finally:
            pdfium_c.FPDFBitmap_Destroy(bitmap)
        self._stop.raise_if_cancelled()
        pixels.flags.writeable = False
        return pixels

    def _render(
        self, page: pdfium.PdfPage, bitmap: pdfium_c.FPDF_BITMAP, width: int, height: int
    ) -> None:
        """Draw, asking between parts whether anybody still waits: a page can hold a million."""
        pause = pdfium_c.IFSDK_PAUSE(version=1)
        ask = type(pause.NeedToPauseNow)(lambda _pause: self._stop.is_cancelled)
        pause.NeedToPauseNow = ask
        status = pdfium_c.FPDF_RenderPageBitmap_Start(
            bitmap, page, 0, 0, width, height, 0, _FLAGS, ctypes.byref(pause)
        )
        pdfium_c.FPDF_RenderPage_Close(page)
        self._stop.raise_if_cancelled()
        if status != pdfium_c.FPDF_RENDER_DONE:
            raise refusals.damaged(_NAME)


def _scale_for(size: tuple[float, float], enough_px: int | None) -> float:
    """Pixels per point (1/72 inch) at which a page of that size in points is drawn."""
    width, height = size
    if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
        raise refusals.damaged(_NAME)
    most = math.sqrt(0.999 * refusals.MAX_PIXELS) / math.sqrt(width) / math.sqrt(height)
    scale = min(DRAWN_DPI / _POINTS_PER_INCH, most)
    return scale if enough_px is None else min(scale, enough_px / max(width, height))


def _check_pictures(page: pdfium.PdfPage, stop: CancelToken) -> None:
    """Refuse what PDFium would unpack at any size, and what it would show though part is missing.

    Raises:
        PictureError: a picture on the page is too large, or a JPEG that is cut short or broken.
    """
    for found in page.get_objects([pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=_DEPTH_MAX):
        stop.raise_if_cancelled()
        picture = pdfium.PdfImage(found.raw, page=page, pdf=page.pdf)
        size = picture.get_px_size()
        if 0 not in size:
            check_size(size, bytes(1))
        if picture.get_filters(skip_simple=True) == ["DCTDecode"]:
            data = bytes(picture.get_data(decode_simple=True))
            if jpeg.is_cut_short(data) or jpeg.is_broken(data):
                raise refusals.damaged(_NAME)
