"""What kinds of picture can be opened, in names and file endings.

Imports nothing heavy: the window's file dialog and front page need it before the first paint.
"""

from __future__ import annotations

from typing import Final

SUPPORTED_FORMATS: Final[tuple[str, ...]] = (
    "PNG",
    "JPEG",
    "TIFF",
    "PDF",
    "HEIC",
    "BMP",
    "GIF",
    "WebP",
    "AVIF",
    "JPEG 2000",
    "PNM",
)
"""Names as people say them, the commonest first. A file is known by its content, not its ending."""

SUPPORTED_SUFFIXES: Final[tuple[str, ...]] = (
    ".png",
    ".apng",
    ".jpg",
    ".jpeg",
    ".jpe",
    ".jfif",
    ".pdf",
    ".tif",
    ".tiff",
    ".heic",
    ".heics",
    ".heif",
    ".heifs",
    ".hif",
    ".bmp",
    ".dib",
    ".gif",
    ".webp",
    ".avif",
    ".avifs",
    ".jp2",
    ".j2k",
    ".j2c",
    ".jpf",
    ".jpx",
    ".pbm",
    ".pgm",
    ".ppm",
    ".pnm",
    ".pfm",
)
"""Their usual file endings, in lower case, for a file dialog."""
