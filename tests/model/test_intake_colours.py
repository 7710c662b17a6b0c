"""Colour models, depths and transparency: each must leave the ink readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from model.intake import load_page
from model.tones import BLACK, WHITE, deep_grey_to_bytes, ground_for
from tests.support.pictures import encode, sketch

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEVELS_16 = np.array([[0, 257, 32896, 65535]], np.uint16).repeat(4, axis=0)
LEVELS_8 = [0, 1, 128, 255]


def first_row(data: bytes) -> list[int]:
    pixels = load_page(data).pixels
    assert (pixels[..., 0] == pixels[..., 1]).all()
    return [int(value) for value in pixels[0, :, 0]]


@pytest.mark.parametrize("mode", ["CMYK", "YCbCr", "LAB"])
def test_print_and_video_colours_come_out_as_seen(mode: str) -> None:
    image = Image.fromarray(sketch())
    converted = image.convert("RGB").convert(mode) if mode != "LAB" else to_lab(image)

    pixels = load_page(encode(converted, "TIFF")).pixels

    assert np.abs(pixels.astype(int) - sketch()).mean() < 4


def to_lab(image: Image.Image) -> Image.Image:
    from PIL import ImageCms

    profiles = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    transform = ImageCms.buildTransform(*profiles, "RGB", "LAB")
    converted = ImageCms.applyTransform(image, transform)
    assert converted is not None
    return converted


def test_inverted_cmyk_of_adobe_is_not_a_negative() -> None:
    data = encode(Image.fromarray(sketch()).convert("CMYK"), "JPEG", quality=95)
    assert b"Adobe" in data[:200]

    assert np.abs(load_page(data).pixels.astype(int) - sketch()).mean() < 6


@pytest.mark.parametrize("mode", ["1", "L", "P"])
@pytest.mark.parametrize("file_format", ["PNG", "TIFF", "BMP", "GIF"])
def test_black_on_white_survives_few_colours(mode: str, file_format: str) -> None:
    ink = np.full((20, 20), 255, np.uint8)
    ink[5:15, 9:11] = 0

    page = load_page(encode(Image.fromarray(ink).convert(mode), file_format))

    np.testing.assert_array_equal(page.pixels, np.stack([ink] * 3, axis=-1))


@pytest.mark.parametrize("file_format", ["PNG", "TIFF"])
def test_sixteen_bit_grey_is_scaled_by_its_type(file_format: str) -> None:
    assert first_row(encode(LEVELS_16, file_format)) == LEVELS_8


def test_sixteen_bit_grey_of_the_other_byte_order_is_the_same() -> None:
    image = Image.frombytes("I;16B", (4, 4), LEVELS_16.astype(">u2").tobytes())

    assert first_row(encode(image, "TIFF")) == LEVELS_8


def test_sixteen_bit_pnm_is_scaled_too() -> None:
    data = b"P5 4 4 65535 " + LEVELS_16.astype(">u2").tobytes()

    assert first_row(data) == LEVELS_8


def test_unscaled_sensor_data_in_sixteen_bits_do_not_come_out_black() -> None:
    twelve_bits = np.array([[0, 16, 2048, 4095]], np.uint16).repeat(4, axis=0)

    assert first_row(encode(twelve_bits, "TIFF")) == LEVELS_8


def test_blank_sixteen_bit_scan_stays_blank() -> None:
    rng = np.random.default_rng(0)
    paper = (64000 + rng.integers(0, 600, (40, 40))).astype(np.uint16)

    pixels = load_page(encode(paper, "PNG")).pixels

    assert int(pixels.max()) - int(pixels.min()) <= 3


@pytest.mark.parametrize(
    ("levels", "dtype"),
    [
        ([0, 1, 128, 255], np.int32),
        ([0, 257, 32896, 65535], np.int32),
        ([0, 2**16 + 2**8, 2**23, 2**24 - 1], np.int32),
        ([0.0, 1 / 255, 128 / 255, 1.0], np.float32),
        ([0.0, 1.0, 128.0, 255.0], np.float32),
        ([0.0, 257.0, 32896.0, 65535.0], np.float32),
    ],
)
def test_deeper_grey_is_scaled_to_the_usual_white(levels: list[float], dtype: type) -> None:
    grey: NDArray[np.generic] = np.array([levels] * 4, dtype)

    assert first_row(encode(grey, "TIFF")) == LEVELS_8


def test_values_that_are_no_numbers_count_as_paper() -> None:
    grey = np.array([[0.0, np.nan, np.inf, -np.inf, 1.0]], np.float32)

    assert deep_grey_to_bytes(grey).tolist() == [[0, 255, 255, 0, 255]]


def test_negative_values_are_darker_than_zero() -> None:
    assert deep_grey_to_bytes(np.array([[-255, 0, 255]], np.int32)).tolist() == [[0, 128, 255]]


def test_page_without_any_number_is_blank() -> None:
    assert deep_grey_to_bytes(np.full((2, 2), np.nan, np.float32)).tolist() == [[255, 255]] * 2


def strokes(colour: int, *, ground_colour: int = 0) -> NDArray[np.uint8]:
    """(40, 40, 4): a stroke of that grey on a transparent ground that hides another colour."""
    page = np.zeros((40, 40, 4), np.uint8)
    page[..., :3] = ground_colour
    page[8:32, 18:22] = (colour, colour, colour, 255)
    page[8:32, 17] = (colour, colour, colour, 90)
    return page


@pytest.mark.parametrize("hidden", [0, 255])
@pytest.mark.parametrize("colour", [0, 60, 120, 200, 255])
@pytest.mark.parametrize("file_format", ["PNG", "WEBP", "TIFF"])
def test_strokes_on_a_transparent_ground_stay_readable(
    file_format: str, colour: int, hidden: int
) -> None:
    options = {"lossless": True, "exact": True} if file_format == "WEBP" else {}
    data = encode(strokes(colour, ground_colour=hidden), file_format, **options)

    pixels = load_page(data).pixels.astype(int)

    assert abs(pixels[20, 20, 0] - pixels[2, 2, 0]) >= 100


def test_transparency_is_laid_on_white() -> None:
    page = load_page(encode(strokes(0), "PNG"))

    assert page.pixels[2, 2].tolist() == [255, 255, 255]
    assert page.pixels[20, 20].tolist() == [0, 0, 0]
    assert page.pixels[20, 17].tolist() == [165, 165, 165]


def test_grey_with_alpha_is_laid_on_white() -> None:
    image = Image.fromarray(strokes(10)).convert("LA")

    page = load_page(encode(image, "PNG"))

    assert page.pixels[2, 2].tolist() == [255, 255, 255]
    assert page.pixels[20, 20].tolist() == [10, 10, 10]


@pytest.mark.parametrize("transparency", [1, bytes([255, 0])])
@pytest.mark.parametrize("ink", [0, 255])
def test_transparent_palette_colour_becomes_a_ground_that_shows_the_ink(
    ink: int, transparency: int | bytes
) -> None:
    image = Image.new("P", (30, 30), 1)
    # The transparent colour is the ink's own: taken for opaque, nothing would be seen.
    image.putpalette([ink] * 3 + [ink] * 3)
    image.paste(0, (12, 5, 15, 25))

    pixels = load_page(encode(image, "PNG", transparency=transparency)).pixels

    assert pixels[15, 13].tolist() == [ink] * 3
    assert pixels[1, 1].tolist() == [255 - ink] * 3


def test_transparent_colour_without_a_palette_is_laid_on_white() -> None:
    grey = Image.new("L", (30, 30), 7)
    grey.paste(0, (12, 5, 15, 25))

    pixels = load_page(encode(grey, "PNG", transparency=7)).pixels

    assert pixels[1, 1].tolist() == [255] * 3
    assert pixels[15, 13].tolist() == [0] * 3


def test_light_paper_with_rounded_corners_lies_on_white() -> None:
    page = np.full((40, 40, 4), 250, np.uint8)
    page[..., 3] = 255
    page[:3, :3, 3] = 0

    assert ground_for(page) == WHITE


def test_small_slip_with_dark_ink_lies_on_white() -> None:
    page = np.zeros((100, 100, 4), np.uint8)
    page[20:50, 20:80] = (240, 240, 240, 255)
    page[30:40, 40:43] = (20, 20, 20, 255)

    assert ground_for(page) == WHITE


def test_light_strokes_lie_on_black() -> None:
    assert ground_for(strokes(255)) == BLACK


def test_fully_transparent_picture_is_a_blank_page() -> None:
    page = load_page(encode(np.zeros((20, 20, 4), np.uint8), "PNG"))

    assert (page.pixels == 255).all()


def test_opaque_picture_with_an_alpha_channel_keeps_its_colours() -> None:
    opaque = np.dstack([sketch(), np.full(sketch().shape[:2], 255, np.uint8)])

    np.testing.assert_array_equal(load_page(encode(opaque, "PNG")).pixels, sketch())
