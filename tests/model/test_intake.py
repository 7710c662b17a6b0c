"""Pictures that can be opened: formats, colours, which way is up, pages."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from model import notes
from model.cancel import Cancelled, CancelToken
from model.formats import SUPPORTED_FORMATS, SUPPORTED_SUFFIXES
from model.intake import load_page, load_pages, rotate_page
from model.types import Page
from tests.support.pictures import encode, exif_with_orientation, sketch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

LOSSLESS = [
    ("PNG", "PNG", {}),
    ("TIFF", "TIFF", {}),
    ("TIFF", "TIFF", {"compression": "tiff_lzw"}),
    ("TIFF", "TIFF", {"compression": "tiff_deflate"}),
    ("BMP", "BMP", {}),
    ("WEBP", "WebP", {"lossless": True}),
    ("PPM", "PNM", {}),
    ("JPEG2000", "JPEG 2000", {}),
    ("JPEG2000", "JPEG 2000", {"no_jp2": True}),
]
LOSSY = [
    ("JPEG", "JPEG", {"quality": 95}),
    ("AVIF", "AVIF", {}),
    ("GIF", "GIF", {}),
    ("HEIC", "HEIC", {}),
    ("PDF", "PDF", {"resolution": 300}),
]

# How a camera stores a page for each orientation, so that the turn it asks for is undone.
STORED = {
    1: lambda upright: upright,
    2: lambda upright: upright[:, ::-1],
    3: lambda upright: upright[::-1, ::-1],
    4: lambda upright: upright[::-1],
    5: lambda upright: upright.transpose(1, 0, 2),
    6: lambda upright: np.rot90(upright, 1),
    7: lambda upright: upright[::-1, ::-1].transpose(1, 0, 2),
    8: lambda upright: np.rot90(upright, -1),
}


@pytest.mark.parametrize(("file_format", "name", "options"), LOSSLESS)
def test_lossless_format_gives_the_very_pixels(
    file_format: str, name: str, options: dict[str, object]
) -> None:
    page = load_page(encode(sketch(), file_format, **options))

    assert page.format == name
    assert page.notes == ()
    np.testing.assert_array_equal(page.pixels, sketch())


@pytest.mark.parametrize(("file_format", "name", "options"), LOSSY)
def test_lossy_format_gives_nearly_the_pixels(
    file_format: str, name: str, options: dict[str, object]
) -> None:
    page = load_page(encode(sketch(), file_format, **options))

    assert page.format == name
    assert np.abs(page.pixels.astype(int) - sketch()).mean() < 4


def test_every_promised_format_is_tried_above() -> None:
    assert {name for _, name, _ in LOSSLESS + LOSSY} == set(SUPPORTED_FORMATS)


def test_file_endings_are_in_lower_case_with_their_dot() -> None:
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in SUPPORTED_SUFFIXES)


def test_file_is_known_by_its_content_not_its_name(tmp_path: Path) -> None:
    path = tmp_path / "scan.jpg"
    path.write_bytes(encode(sketch(), "PNG"))

    assert load_page(path).format == "PNG"


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "BMP", "TIFF", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_pixels_are_read_only_rgb_in_one_piece(file_format: str, mode: str) -> None:
    pixels = load_page(encode(Image.fromarray(sketch()).convert(mode), file_format)).pixels

    assert pixels.shape == (40, 60, 3)
    assert pixels.dtype == np.uint8
    assert pixels.flags.c_contiguous
    with pytest.raises(ValueError, match="read-only"):
        pixels[0, 0] = 0


@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("file_format", ["PNG", "TIFF", "WEBP", "JPEG", "HEIC"])
def test_page_is_turned_as_its_exif_data_say(orientation: int, file_format: str) -> None:
    stored = np.ascontiguousarray(STORED[orientation](sketch()))
    options = {"lossless": True} if file_format == "WEBP" else {}
    exif = exif_with_orientation(orientation)
    data = encode(
        stored, file_format, exif=exif.tobytes() if file_format == "HEIC" else exif, **options
    )

    page = load_page(data)

    assert page.pixels.shape == (40, 60, 3)
    assert np.abs(page.pixels.astype(int) - sketch()).mean() < 4
    assert page.notes == ()


@pytest.mark.parametrize("orientation", [9, 99])
def test_impossible_orientation_is_ignored_and_said(orientation: int) -> None:
    page = load_page(encode(sketch(), "PNG", exif=exif_with_orientation(orientation)))

    np.testing.assert_array_equal(page.pixels, sketch())
    assert page.notes == (notes.BROKEN_EXIF,)


def test_orientation_zero_means_unknown_and_needs_no_note() -> None:
    page = load_page(encode(sketch(), "PNG", exif=exif_with_orientation(0)))

    assert page.notes == ()


@pytest.mark.parametrize(
    "exif",
    [
        b"Exif\x00\x00rubbish",
        b"Exif\x00\x00II*\x00",
        b"Exif\x00\x00II*\x00\xff\xff\xff\x7f",
        b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x09\x01\x12\x00\x02\x00\x00\x00\xff\x00\x00",
    ],
)
def test_broken_exif_is_ignored_and_said(exif: bytes) -> None:
    page = load_page(encode(sketch(), "JPEG", exif=exif))

    assert page.pixels.shape == (40, 60, 3)
    assert page.notes == (notes.BROKEN_EXIF,)


@pytest.mark.parametrize("file_format", ["GIF", "WEBP", "PNG", "AVIF"])
def test_animation_gives_its_first_frame_and_says_so(file_format: str) -> None:
    other = Image.fromarray(255 - sketch())
    data = encode(sketch(), file_format, save_all=True, append_images=[other], duration=100)

    page = load_page(data)

    assert page.notes == (notes.ANIMATED,)
    assert np.abs(page.pixels.astype(int) - sketch()).mean() < 4
    assert [each.notes for each in load_pages(data)] == [(notes.ANIMATED,)]


def test_phone_picture_with_a_second_view_is_a_plain_jpeg() -> None:
    data = encode(sketch(), "MPO", save_all=True, append_images=[Image.fromarray(sketch(8, 8))])

    page = load_page(data)

    assert (page.format, page.notes) == ("JPEG", ())


def test_photo_with_others_behind_it_is_the_one_that_is_to_be_shown() -> None:
    data = encode(sketch(), "HEIC", append_images=[Image.fromarray(255 - sketch())])

    pages = list(load_pages(data))

    assert [page.notes for page in pages] == [()]
    assert np.abs(pages[0].pixels.astype(int) - sketch()).mean() < 4


def bilevel(pixels: NDArray[np.uint8]) -> Image.Image:
    return (
        Image.fromarray(pixels).convert("L").point(lambda level: 255 * (level > 128)).convert("1")
    )


@pytest.mark.parametrize("compression", ["group3", "group4"])
@pytest.mark.parametrize("dpi", [(204, 196), (300, 300), (1, 1), (300, 20)])
def test_fax_gives_the_very_pixels(compression: str, dpi: tuple[int, int]) -> None:
    fax = bilevel(sketch())

    page = load_page(encode(fax, "TIFF", compression=compression, dpi=dpi))

    assert (page.format, page.notes) == ("TIFF", ())
    np.testing.assert_array_equal(page.pixels, np.asarray(fax.convert("RGB")))


@pytest.mark.parametrize(("dpi", "shape"), [((204, 102), (80, 60, 3)), ((100, 200), (40, 120, 3))])
def test_fax_with_oblong_pixels_is_stretched_and_says_so(
    dpi: tuple[int, int], shape: tuple[int, int, int]
) -> None:
    page = load_page(encode(bilevel(sketch()), "TIFF", compression="group3", dpi=dpi))

    assert page.pixels.shape == shape
    assert page.notes == (notes.STRETCHED,)
    assert page.pixels[shape[0] // 8, shape[1] // 12].tolist() == [0, 0, 0]
    assert not page.pixels.flags.writeable


def test_fax_on_its_side_is_stretched_as_it_is_shown() -> None:
    data = encode(
        bilevel(sketch()),
        "TIFF",
        compression="group4",
        dpi=(204, 102),
        exif=exif_with_orientation(6),
    )

    # 60 x 40 px as stored, 204 x 102 dots an inch, turned by a quarter: 80 x 60.
    assert load_page(data).pixels.shape == (60, 80, 3)


def three_page_tiff() -> bytes:
    others = [Image.fromarray(sketch(20 + number, 30)) for number in (1, 2)]
    return encode(sketch(20, 30), "TIFF", save_all=True, append_images=others)


def test_every_page_of_a_tiff_is_loaded_in_order() -> None:
    pages = list(load_pages(three_page_tiff()))

    assert [(page.number, page.height) for page in pages] == [(1, 20), (2, 21), (3, 22)]
    assert all(page.notes == () for page in pages)


def test_first_page_of_several_says_that_there_are_more() -> None:
    page = load_page(three_page_tiff())

    assert page.number == 1
    assert page.notes == ("It has 3 pages; this is the first.",)


def test_thumbnail_within_a_tiff_is_no_page() -> None:
    thumbnail = Image.fromarray(sketch(10, 15))
    thumbnail.encoderinfo = {"tiffinfo": {254: 1}}
    data = encode(sketch(20, 30), "TIFF", save_all=True, append_images=[thumbnail])

    assert [page.height for page in load_pages(data)] == [20]


def test_thumbnail_before_the_page_is_passed_over() -> None:
    page = Image.fromarray(sketch(20, 30))
    page.encoderinfo = {"tiffinfo": {254: 0}}
    data = encode(sketch(10, 15), "TIFF", save_all=True, append_images=[page], tiffinfo={254: 1})

    assert [(page.number, page.height) for page in load_pages(data)] == [(1, 20)]
    assert load_page(data).height == 20


def test_cancelled_job_loads_nothing(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    path.write_bytes(encode(sketch(), "PNG"))
    cancel = CancelToken()
    cancel.cancel()

    for source in (path, path.read_bytes()):
        with pytest.raises(Cancelled):
            load_page(source, cancel=cancel)


def test_cancelling_stops_between_pages() -> None:
    cancel = CancelToken()
    pages = load_pages(three_page_tiff(), cancel=cancel)
    next(pages)

    cancel.cancel()

    with pytest.raises(Cancelled):
        next(pages)


@pytest.mark.parametrize("side", [1, 2, 15, 16])
def test_tiny_picture_is_loaded(side: int) -> None:
    assert load_page(encode(np.zeros((side, side), np.uint8), "PNG")).pixels.shape[:2] == (
        side,
        side,
    )


def test_rotating_clockwise_brings_the_left_edge_to_the_top() -> None:
    page = load_page(encode(sketch(), "PNG"))

    turned = rotate_page(page, 1)

    np.testing.assert_array_equal(turned.pixels, np.rot90(sketch(), -1))
    assert turned.pixels.flags.c_contiguous
    assert not turned.pixels.flags.writeable
    assert (turned.format, turned.notes, turned.number) == (page.format, page.notes, page.number)


@given(
    height=st.integers(1, 9),
    width=st.integers(1, 9),
    turns=st.lists(st.integers(-9, 9), max_size=5),
)
def test_turns_that_make_up_full_circles_change_nothing(
    height: int, width: int, turns: list[int]
) -> None:
    pixels = np.arange(height * width * 3, dtype=np.uint8).reshape(height, width, 3)
    page = Page(pixels=pixels, format="PNG")

    turned = page
    for turn in [*turns, -sum(turns)]:
        turned = rotate_page(turned, turn)

    np.testing.assert_array_equal(turned.pixels, pixels)


@pytest.fixture
def filters_before() -> Iterator[list[object]]:
    before: list[object] = list(warnings.filters)
    yield before
    assert list(warnings.filters) == before


@pytest.mark.usefixtures("filters_before")
def test_warnings_are_as_strict_after_loading_as_before() -> None:
    load_page(encode(sketch(), "JPEG", exif=b"Exif\x00\x00rubbish"))


def test_real_photos_are_all_loaded(shared_data: Path) -> None:
    pictures = sorted((shared_data / "photos_dev" / "images").iterdir())

    sizes: list[NDArray[np.uint8]] = [load_page(picture).pixels for picture in pictures]

    assert len(sizes) == 114
