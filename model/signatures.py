"""Tells what a file is by its first bytes, so that a refusal can name it.

Also decides which one decoder may touch it: no other one is ever tried, so that a
file cannot reach a decoder that was not meant for it (Ghostscript behind EPS, for one).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

HEAD_BYTES: Final = 4096
"""How much of a file's beginning is looked at."""


@dataclass(frozen=True, slots=True)
class PictureKind:
    """A kind of picture that is read.

    Attributes:
        name: As people say it; one of formats.SUPPORTED_FORMATS.
        decoder: Pillow's identifier of it; empty for PDF, which Pillow cannot draw.
    """

    name: str
    decoder: str


@dataclass(frozen=True, slots=True)
class ForeignKind:
    """A kind of file that is known and not read.

    Attributes:
        name: With its article, such as "an SVG drawing".
        hint: How to get a picture out of it.
    """

    name: str
    hint: str


PNG: Final = PictureKind("PNG", "PNG")
JPEG: Final = PictureKind("JPEG", "JPEG")
TIFF: Final = PictureKind("TIFF", "TIFF")
BMP: Final = PictureKind("BMP", "BMP")
GIF: Final = PictureKind("GIF", "GIF")
WEBP: Final = PictureKind("WebP", "WEBP")
AVIF: Final = PictureKind("AVIF", "AVIF")
JPEG_2000: Final = PictureKind("JPEG 2000", "JPEG2000")
PNM: Final = PictureKind("PNM", "PPM")
HEIC: Final = PictureKind("HEIC", "HEIF")
PDF: Final = PictureKind("PDF", "")

_SAVE_AS: Final = "Open it in the program that made it, and save it as PNG or JPEG."
_TAKE_OUT: Final = "Take the picture out of it, and save it as PNG or JPEG."
_ONE_PAGE: Final = "Save or print the page as a PNG or JPEG picture, and open that."
_STILL: Final = "Take a still picture of the number, and open that."
_DEVELOP: Final = "Save it as JPEG in the camera's own program, and open that."

CAMERA_RAW: Final = ForeignKind("a camera's RAW photo", _DEVELOP)
_JPEG_XL: Final = ForeignKind("a JPEG XL picture", _SAVE_AS)
_SVG: Final = ForeignKind("an SVG drawing", _SAVE_AS)
_VIDEO: Final = ForeignKind("an MP4 video", _STILL)

# Longer beginnings before shorter ones that they start with.
_BEGINNINGS: Final[tuple[tuple[bytes, PictureKind | ForeignKind], ...]] = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00\x10\x00\x00\x00CR", ForeignKind("a Canon RAW photo (CR2)", _DEVELOP)),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"MM\x00+", TIFF),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", JPEG_2000),
    (b"\xff\x4f\xff\x51", JPEG_2000),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", _JPEG_XL),
    (b"\xff\x0a", _JPEG_XL),
    (b"8BPS", ForeignKind("a Photoshop document (PSD)", _SAVE_AS)),
    (b"%!PS", ForeignKind("an EPS or PostScript document", _ONE_PAGE)),
    (b"\xc5\xd0\xd3\xc6", ForeignKind("an EPS or PostScript document", _ONE_PAGE)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ForeignKind("an older Office document", _TAKE_OUT)),
    (b"{\\rtf", ForeignKind("an RTF document", _TAKE_OUT)),
    (b"FUJIFILMCCD-RAW", ForeignKind("a Fujifilm RAW photo (RAF)", _DEVELOP)),
    (b"IIRO", ForeignKind("an Olympus RAW photo (ORF)", _DEVELOP)),
    (b"IIU\x00", ForeignKind("a Panasonic RAW photo (RW2)", _DEVELOP)),
    (b"gimp xcf", ForeignKind("a GIMP document (XCF)", _SAVE_AS)),
    (b"AT&TFORM", ForeignKind("a DjVu document", _ONE_PAGE)),
    (b"\x00\x00\x01\x00", ForeignKind("a Windows icon (ICO)", _SAVE_AS)),
    (b"icns", ForeignKind("a Mac icon (ICNS)", _SAVE_AS)),
    (b"DDS ", ForeignKind("a DDS texture", _SAVE_AS)),
    (b"qoif", ForeignKind("a QOI picture", _SAVE_AS)),
    (b"v/1\x01", ForeignKind("an OpenEXR picture", _SAVE_AS)),
    (b"#?RADIANCE", ForeignKind("a Radiance HDR picture", _SAVE_AS)),
    (b"\xd7\xcd\xc6\x9a", ForeignKind("a Windows drawing (WMF)", _SAVE_AS)),
    (b"Rar!\x1a\x07", ForeignKind("a RAR archive", _TAKE_OUT)),
    (b"7z\xbc\xaf\x27\x1c", ForeignKind("a 7-Zip archive", _TAKE_OUT)),
    (b"\x1f\x8b", ForeignKind("a gzip archive", _TAKE_OUT)),
    (b"\x1aE\xdf\xa3", ForeignKind("a video", _STILL)),
    (b"ID3", ForeignKind("an MP3 recording", _STILL)),
)

# ISO base media files (ISO/IEC 14496-12): "ftyp", the brand, and the brands it is compatible with.
_BRANDS: Final[tuple[tuple[bytes, PictureKind | ForeignKind], ...]] = (
    (b"avif", AVIF),
    (b"avis", AVIF),
    (b"crx ", ForeignKind("a Canon RAW photo (CR3)", _DEVELOP)),
    (b"heic", HEIC),
    (b"heix", HEIC),
    (b"hevc", HEIC),
    (b"heim", HEIC),
    (b"heis", HEIC),
    (b"mif1", HEIC),
    (b"msf1", HEIC),
)

_OFFICE_PARTS: Final[tuple[tuple[bytes, ForeignKind], ...]] = (
    (b"word/", ForeignKind("a Word document (DOCX)", _TAKE_OUT)),
    (b"xl/", ForeignKind("an Excel workbook (XLSX)", _TAKE_OUT)),
    (b"ppt/", ForeignKind("a PowerPoint presentation (PPTX)", _TAKE_OUT)),
    (b"vnd.oasis.opendocument", ForeignKind("an OpenDocument file", _TAKE_OUT)),
    (b"[Content_Types].xml", ForeignKind("an Office document", _TAKE_OUT)),
)

_PNM_BEGINNING: Final = re.compile(rb"P(?:[1-6]|0CMYK|f)\s(?:\s|#[^\r\n]*[\r\n])*\d")
_BMP_HEADER_BYTES: Final = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
_SVG_TAG: Final = re.compile(r"<(?:\w+:)?svg[\s>]", re.IGNORECASE)
_HTML_TAG: Final = re.compile(r"<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)
# Control characters that no text holds; tab, line and page ends are text.
_NOT_TEXT: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def recognise(data: bytes) -> PictureKind | ForeignKind | None:
    """Name what a file is by its beginning; None where nothing is known of it.

    Args:
        data: The file; only its first HEAD_BYTES are looked at.
    """
    head = data[:HEAD_BYTES]
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    for look in (_bitmap, _riff, _base_media, _archive, _document):
        found = look(head)
        if found is not None:
            return found
    return None


def is_text(data: bytes) -> bool:
    """Whether the beginning reads as text (UTF-8, or UTF-16 with its mark)."""
    return _as_text(data[:HEAD_BYTES]) is not None


def _bitmap(head: bytes) -> PictureKind | None:
    # "BM" and "P3" alone could begin a sentence, so more of the header must fit.
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADER_BYTES:
        return BMP
    return PNM if _PNM_BEGINNING.match(head) else None


def _riff(head: bytes) -> PictureKind | ForeignKind | None:
    if head[:4] != b"RIFF":
        return None
    if head[8:12] == b"WEBP":
        return WEBP
    return ForeignKind("a video or a sound recording", _STILL)


def _base_media(head: bytes) -> PictureKind | ForeignKind | None:
    if head[4:8] != b"ftyp":
        return None
    length = int.from_bytes(head[:4], "big")
    # The first brand, then (after a version of four bytes) those it is compatible with. AVIF is
    # looked for in all of them first: its files may call themselves mif1 before anything else.
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, min(length, len(head)), 4))]
    for brand, kind in _BRANDS:
        if brand in brands:
            return kind
    return _VIDEO


def _archive(head: bytes) -> ForeignKind | None:
    if head[:4] not in {b"PK\x03\x04", b"PK\x05\x06"}:
        return None
    for part, kind in _OFFICE_PARTS:
        if part in head:
            return kind
    return ForeignKind("a ZIP archive", _TAKE_OUT)


def _document(head: bytes) -> PictureKind | ForeignKind | None:
    # Readers of PDF accept rubbish before the mark within the first 1024 bytes.
    if b"%PDF-" in head[:1024]:
        return PDF
    text = _as_text(head)
    if text is None:
        return None
    if _HTML_TAG.search(text):
        return ForeignKind("a web page", "Save the picture itself, not the page it is shown on.")
    return _SVG if _SVG_TAG.search(text) else None


def _as_text(head: bytes) -> str | None:
    encoding = "utf-8"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        # Incremental: the head may end within a character.
        text = codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return None
    return None if _NOT_TEXT.search(text) else text
