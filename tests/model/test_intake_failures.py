"""Bad input: each kind gets its own message and costs nothing else."""

from __future__ import annotations

import os
import struct
import sys
import tracemalloc
import zlib
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from model import refusals, source
from model.cancel import Cancelled, CancelToken
from model.errors import PictureError
from model.intake import load_page, load_pages
from tests.support.pictures import encode, png_chunk, png_of_size, sketch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def refusal(source: Path | bytes) -> PictureError:
    """The error that loading ends with."""
    with pytest.raises(PictureError) as caught:
        load_page(source)
    return caught.value


def message(source: Path | bytes) -> str:
    return refusal(source).user_message


def same(first: PictureError, second: PictureError) -> bool:
    return (first.user_message, first.hint) == (second.user_message, second.hint)


def test_rubbish_is_not_a_picture() -> None:
    assert same(refusal(bytes(range(256)) * 40), refusals.not_a_picture())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_renamed_text_is_called_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "scan.png"
    path.write_bytes("Betrag: 1.250,00 € für März\n".encode(encoding) * 300)

    assert same(refusal(path), refusals.text())


def test_text_that_begins_like_a_picture_is_text() -> None:
    for text in (b"BMW sells cars.\n", b"P5 is a page number.\n", b"RIFE with numbers 123\n"):
        assert same(refusal(text), refusals.text())


@pytest.mark.parametrize(
    ("file_format", "name"),
    [
        ("PNG", "PNG"),
        ("JPEG", "JPEG"),
        ("TIFF", "TIFF"),
        ("BMP", "BMP"),
        ("GIF", "GIF"),
        ("WEBP", "WebP"),
        ("AVIF", "AVIF"),
        ("PPM", "PNM"),
        ("JPEG2000", "JPEG 2000"),
        ("HEIC", "HEIC"),
        ("PDF", "PDF"),
    ],
)
@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_cut_off_copy_is_incomplete_not_half_an_image(
    file_format: str, name: str, kept: float
) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (40, 60, 3)).astype(np.uint8)
    data = encode(noise, file_format)

    assert same(refusal(data[: int(len(data) * kept)]), refusals.truncated(name))


@pytest.mark.parametrize("no_jp2", [True, False])
def test_jpeg_2000_that_ends_where_its_pixels_would_begin_is_no_blank_page(no_jp2: bool) -> None:
    data = encode(sketch(), "JPEG2000", no_jp2=no_jp2)
    start_of_tile = data.index(b"\xff\x90")

    # OpenJPEG finds nothing amiss with the second of these lengths.
    for length in range(start_of_tile + 1, start_of_tile + 5):
        assert same(refusal(data[:length]), refusals.truncated("JPEG 2000"))


@pytest.mark.parametrize("kept", [0.5, 0.9])
def test_jpeg_whose_end_is_all_zeros_is_incomplete(kept: float) -> None:
    # As a copy to a full or pulled drive leaves it: libjpeg would fill up with grey.
    noise = np.random.default_rng(0).integers(0, 256, (40, 60, 3)).astype(np.uint8)
    thumbnail = b"Exif\0\0" + encode(sketch(8, 8), "JPEG")
    data = encode(noise, "JPEG", exif=thumbnail)
    length = int(len(data) * kept)

    assert same(refusal(data[:length] + bytes(len(data) - length)), refusals.truncated("JPEG"))


def test_what_a_phone_puts_behind_a_jpeg_is_no_damage() -> None:
    assert load_page(encode(sketch(), "JPEG") + b"\xff\xdamoving pictures").format == "JPEG"


def test_png_with_a_wrong_check_sum_is_damaged_even_if_it_unpacks() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (40, 60), "u1")
    data = bytearray(encode(noise, "PNG", compress_level=0))
    data[len(data) // 2] ^= 0x01

    assert same(refusal(bytes(data)), refusals.damaged("PNG"))


def test_damage_in_the_middle_is_called_damage() -> None:
    data = bytearray(encode(np.random.default_rng(0).integers(0, 255, (50, 50, 3), "u1"), "PNG"))
    data[len(data) // 2] ^= 0xFF

    assert same(refusal(bytes(data)), refusals.damaged("PNG"))


def test_kind_of_tiff_that_no_decoder_knows_is_called_unusual() -> None:
    data = bytearray(encode(sketch(), "TIFF"))
    data[data.index(struct.pack("<HHI", 258, 3, 3)) + 8] ^= 0x08
    at = data.index(struct.pack("<HHIHH", 262, 3, 1, 2, 0))
    data[at + 8] = 77  # a photometric interpretation that nobody has defined

    assert same(refusal(bytes(data)), refusals.unusual("TIFF"))


def test_empty_file_is_called_empty(tmp_path: Path) -> None:
    path = tmp_path / "empty.png"
    path.touch()

    assert same(refusal(path), refusals.empty())
    assert same(refusal(b""), refusals.empty())


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png_of_size(0, 120), "0 × 120"),
        (png_of_size(120, 0), "120 × 0"),
        (b"P5 0 7 255 ", "0 × 7"),
        (b"GIF89a" + struct.pack("<HHBBB", 0, 0, 0, 0, 0) + b";", "0 × 0"),
        (b"BM" + struct.pack("<IIIIiiHH24x", 54, 0, 54, 40, 0, 5, 1, 24), "0 × 5"),
    ],
)
def test_picture_without_pixels_says_its_size(data: bytes, size: str) -> None:
    assert message(data) == f"This picture has no pixels: its size is {size}."


def test_jpeg_without_rows_has_no_pixels() -> None:
    data = bytearray(encode(sketch(), "JPEG"))
    start = data.index(b"\xff\xc0")
    data[start + 5 : start + 7] = b"\x00\x00"

    assert message(bytes(data)) == "This picture has no pixels: its size is 60 × 0."


def test_too_many_pixels_are_refused_before_decoding() -> None:
    # There are no pixels to decode: had anybody tried, the file would have been called damaged.
    error = refusal(png_of_size(20_600, 20_000))

    assert error.user_message == "This scan is 412 megapixels; the limit is 64."
    assert error.hint == "Scan at 300 dpi or crop it."


@pytest.mark.parametrize(("height", "shown"), [(8001, "64.1"), (9000, "72.0")])
def test_barely_too_many_pixels_are_told_in_tenths(height: int, shown: str) -> None:
    assert (
        message(png_of_size(8000, height)) == f"This scan is {shown} megapixels; the limit is 64."
    )


@pytest.mark.parametrize("file_format", ["TIFF", "BMP", "GIF", "JPEG", "WEBP"])
def test_every_format_is_measured_before_decoding(file_format: str) -> None:
    data = bytearray(encode(np.zeros((8, 8, 3), np.uint8), file_format))
    if file_format == "TIFF":
        for tag in (256, 257):
            at = data.index(struct.pack("<HHI", tag, 4, 1))
            data[at + 8 : at + 12] = struct.pack("<I", 30_000)
    elif file_format == "BMP":
        data[18:26] = struct.pack("<ii", 30_000, 30_000)
    elif file_format == "GIF":
        data[6:10] = struct.pack("<HH", 30_000, 30_000)
    elif file_format == "JPEG":
        start = data.index(b"\xff\xc0")
        data[start + 5 : start + 9] = struct.pack(">HH", 30_000, 30_000)
    else:
        start = data.index(b"VP8 ") + 14
        data[start : start + 4] = struct.pack("<HH", 16_000, 16_000)

    megapixels = 256 if file_format == "WEBP" else 900
    assert message(bytes(data)) == f"This scan is {megapixels} megapixels; the limit is 64."


def test_sixty_four_megapixels_are_allowed() -> None:
    page = load_page(encode(Image.new("1", (8000, 8000), 1), "PNG"))

    assert page.pixels.shape == (8000, 8000, 3)
    assert page.pixels.min() == 255


@contextmanager
def little_memory_used() -> Iterator[None]:
    """Whatever is read into Python's memory, it is not a large file."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_file_over_the_limit_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    with path.open("wb") as file:
        file.truncate(412_000_001)

    with little_memory_used():
        error = refusal(path)

    assert error.user_message == "This file is 413 MB; the limit is 200 MB."


def bomb_in_text() -> bytes:
    packed = zlib.compress(bytes(64_000_000), 9)
    return png_of_size(20, 20, extra=png_chunk(b"zTXt", b"Comment\0\0" + packed))


def bomb_in_profile() -> bytes:
    packed = zlib.compress(bytes(64_000_000), 9)
    return png_of_size(20, 20, extra=png_chunk(b"iCCP", b"icc\0\0" + packed))


def bomb_in_many_texts() -> bytes:
    packed = zlib.compress(bytes(1_000_000), 9)
    return png_of_size(20, 20, extra=png_chunk(b"zTXt", b"Comment\0\0" + packed) * 70)


def bomb_in_pixels() -> bytes:
    return png_of_size(100_000, 100_000)


def bomb_in_a_tile() -> bytes:
    """A page of 64 x 64 px in one tile of 60,000 x 60,000, which libtiff would make room for."""
    packed = zlib.compress(bytes(64))
    tags = {256: 64, 257: 64, 258: 8, 259: 8, 262: 1, 277: 1, 322: 60_000, 323: 60_000}
    entries = [struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items()]
    entries.append(struct.pack("<HHII", 324, 4, 1, 8))
    entries.append(struct.pack("<HHII", 325, 4, 1, len(packed)))
    directory = struct.pack("<H", len(entries)) + b"".join(entries) + bytes(4)
    return b"II*\x00" + struct.pack("<I", 8 + len(packed)) + packed + directory


@pytest.mark.parametrize(
    ("make", "pixels"),
    [
        (bomb_in_text, None),
        (bomb_in_profile, None),
        (bomb_in_many_texts, None),
        (bomb_in_pixels, 10_000_000_000),
        (bomb_in_a_tile, 3_600_000_000),
    ],
)
def test_decompression_bomb_is_not_opened(make: Callable[[], bytes], pixels: int | None) -> None:
    assert same(refusal(make()), refusals.bomb(pixels))


def test_huge_header_behind_much_data_is_but_a_huge_scan() -> None:
    data = png_of_size(40_000, 40_000, extra=png_chunk(b"prIv", bytes(4_000_000)))

    assert message(data) == "This scan is 1,600 megapixels; the limit is 64."


def test_folder_is_called_a_folder(tmp_path: Path) -> None:
    assert same(refusal(tmp_path), refusals.folder())


def test_missing_file_is_called_missing(tmp_path: Path) -> None:
    for name in ("nothing.png", "x" * 300 + ".png", "zero\0byte.png"):
        assert same(refusal(tmp_path / name), refusals.missing())
    (tmp_path / "file").touch()
    assert same(refusal(tmp_path / "file" / "below.png"), refusals.missing())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_named_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)

    assert same(refusal(pipe), refusals.not_a_file())


@contextmanager
def as_nobody() -> Iterator[None]:
    """Give up a superuser's right to read everything, for a moment."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        if user == 0:
            os.seteuid(user)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are different there")
@pytest.mark.parametrize("locked", ["file", "folder"])
def test_locked_file_needs_permission(tmp_path: Path, locked: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "locked.png"
    path.write_bytes(encode(sketch(), "PNG"))
    (path if locked == "file" else folder).chmod(0o000)
    try:
        with as_nobody():
            error = refusal(path)
    finally:
        folder.chmod(0o700)

    assert same(error, refusals.no_permission())


class VanishingPath(type(Path())):  # type: ignore[misc]  # the class of this system's paths
    """Is there when asked about, and gone, cut or broken when read."""

    happening: str = "gone"

    def open(self, *arguments: object, **options: object) -> BytesIO:
        data = self.read_bytes_of_disk()
        if self.happening == "gone":
            self.unlink()
            raise FileNotFoundError(2, "No such file or directory")
        if self.happening == "cut":
            return BytesIO(data[:-10])
        if self.happening == "grown":
            return BytesIO(data + bytes(refusals.MAX_FILE_BYTES))
        return PulledOut(data)

    def read_bytes_of_disk(self) -> bytes:
        return Path(str(self)).read_bytes()


class PulledOut(BytesIO):
    """A file on a drive that is pulled out after the first block."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > 0:
            raise OSError(5, "Input/output error")
        return super().read(100)


def vanishing(tmp_path: Path, happening: str) -> Path:
    path = VanishingPath(tmp_path / "page.png")
    Path(path).write_bytes(encode(sketch(), "PNG"))
    path.happening = happening
    return path


@pytest.mark.parametrize("happening", ["gone", "pulled out"])
def test_file_that_goes_away_while_loading_has_vanished(tmp_path: Path, happening: str) -> None:
    assert same(refusal(vanishing(tmp_path, happening)), refusals.vanished())


def test_file_that_shrinks_while_loading_has_changed(tmp_path: Path) -> None:
    assert same(refusal(vanishing(tmp_path, "cut")), refusals.changed())


def test_file_that_grows_over_the_limit_while_loading_is_refused(tmp_path: Path) -> None:
    assert message(vanishing(tmp_path, "grown")).endswith("MB; the limit is 200 MB.")


def test_cancelling_stops_in_the_middle_of_a_slow_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancel = CancelToken()
    path = tmp_path / "page.bmp"
    path.write_bytes(encode(sketch(), "BMP"))
    monkeypatch.setattr(source, "_BLOCK_BYTES", 100)
    monkeypatch.setattr(source, "_check_size", lambda size: cancel.cancel() if size < 200 else None)

    with pytest.raises(Cancelled):
        load_page(path, cancel=cancel)


FOREIGN = [
    (b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41", "an MP4 video"),
    (b"\x00\x00\x00\x18ftypcrx \x00\x00\x00\x01crx isom", "a Canon RAW photo (CR3)"),
    (b"II*\x00\x10\x00\x00\x00CR\x02\x00", "a Canon RAW photo (CR2)"),
    (b"\xff\x0a\x00\x10\xb0\x13", "a JPEG XL picture"),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "a JPEG XL picture"),
    (b'<?xml version="1.0"?>\n<svg xmlns="x">', "an SVG drawing"),
    (b"<!DOCTYPE html><html>", "a web page"),
    (b"PK\x03\x04\x14\x00\x06\x00\x08\x00[Content_Types].xml", "an Office document"),
    (b"PK\x03\x04\x14\x00\x06\x00\x08\x00word/document.xml", "a Word document (DOCX)"),
    (b"PK\x03\x04\x14\x00\x00\x00\x00\x00holiday.jpg", "a ZIP archive"),
    (b"8BPS\x00\x01", "a Photoshop document (PSD)"),
    (b"%!PS-Adobe-3.0 EPSF-3.0", "an EPS or PostScript document"),
    (b"\xc5\xd0\xd3\xc6\x20\x00", "an EPS or PostScript document"),
    (b"RIFF\x00\x00\x00\x00AVI LIST", "a video or a sound recording"),
    (b"\x00\x00\x01\x00\x01\x00\x10\x10", "a Windows icon (ICO)"),
]


@pytest.mark.parametrize(("head", "name"), FOREIGN)
def test_unsupported_format_is_named_with_advice(head: bytes, name: str) -> None:
    error = refusal(head + bytes(100) if not head.startswith(b"<") else head)

    assert error.user_message == f"This is {name}, which cannot be read here."
    assert error.hint.endswith(".")


def test_camera_raw_in_the_shape_of_a_tiff_is_not_read_by_its_thumbnail() -> None:
    data = bytearray(encode(sketch(), "TIFF"))
    at = data.index(struct.pack("<HHI", 284, 3, 1))
    data[at : at + 12] = struct.pack("<HHIBBBB", 50706, 1, 4, 1, 4, 0, 0)

    assert message(bytes(data)) == "This is a camera's RAW photo, which cannot be read here."


def test_postscript_never_reaches_a_decoder() -> None:
    eps = encode(Image.fromarray(sketch()), "EPS")

    assert "EPS" in message(eps)


def test_damaged_page_ends_a_file_after_its_good_pages() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (40, 60)).astype(np.uint8)
    good, bad = Image.fromarray(noise), Image.fromarray(255 - noise)
    data = bytearray(
        encode(good, "TIFF", save_all=True, append_images=[bad], compression="tiff_deflate")
    )
    middle = data.index(zlib.compress(noise.tobytes())[:2], len(data) // 2)
    data[middle + 40 : middle + 80] = bytes(40)
    pages = load_pages(bytes(data))

    assert next(pages).number == 1
    with pytest.raises(PictureError, match="TIFF picture"):
        next(pages)


def test_each_reason_has_its_own_words() -> None:
    reasons = [
        refusals.missing(),
        refusals.folder(),
        refusals.not_a_file(),
        refusals.no_permission(),
        refusals.vanished(),
        refusals.changed(),
        refusals.unreadable(),
        refusals.empty(),
        refusals.too_many_bytes(300_000_000),
        refusals.too_many_pixels(300_000_000),
        refusals.bomb(),
        refusals.no_memory(),
        refusals.zero_sized(0, 1),
        refusals.not_a_picture(),
        refusals.text(),
        refusals.unsupported("an SVG drawing", "Save it."),
        refusals.locked(),
        refusals.without_pages(),
        refusals.no_such_page(7),
        refusals.truncated("PNG"),
        refusals.damaged("PNG"),
        refusals.unusual("PNG"),
    ]

    assert len({reason.user_message for reason in reasons}) == len(reasons)
    for reason in reasons:
        assert reason.user_message[0].isupper()
        assert reason.user_message.endswith(".")
        assert reason.hint.endswith(".")
