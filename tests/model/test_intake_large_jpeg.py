"""Large photographs: OpenCV unpacks what Pillow would, and Pillow refuses what cannot be."""

from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile

from model import intake_pixels, refusals
from model.errors import PictureError
from model.intake import load_page
from tests.support.pictures import encode, exif_with_orientation

if TYPE_CHECKING:
    from numpy.typing import NDArray

CORRUPTIONS = 60

NOISE = np.random.default_rng(7).integers(0, 256, (48, 64, 3)).astype(np.uint8)
OPTIONS = [
    {},
    {"progressive": True},
    {"quality": 98, "subsampling": 0},
    {"restart_marker_rows": 1},
    {"keep_rgb": True},
]


@pytest.fixture(params=[0, 2**40], ids=["as large", "as small"])
def limit(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_pixels, "_LARGE", request.param)


def outcome(data: bytes, monkeypatch: pytest.MonkeyPatch, large: int) -> str | bytes:
    """What comes of a file if pictures are large from so many pixels on."""
    monkeypatch.setattr(intake_pixels, "_LARGE", large)
    try:
        return load_page(data).pixels.tobytes()
    except PictureError as error:
        return error.user_message


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.usefixtures("limit")
def test_pixels_are_those_of_pillow(options: dict[str, object], orientation: int) -> None:
    data = encode(NOISE, "JPEG", exif=exif_with_orientation(orientation), **options)
    wanted = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))

    pixels = load_page(data).pixels

    np.testing.assert_array_equal(pixels, np.asarray(wanted))
    assert pixels.flags.c_contiguous
    assert not pixels.flags.writeable


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_damaged_photo_ends_as_a_small_picture_does(
    options: dict[str, object],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    chance = random.Random(str(options))
    original = encode(NOISE, "JPEG", **options)
    ends = set()
    for i in range(CORRUPTIONS):
        data = bytearray(original)
        if i % 3 == 0:
            del data[chance.randrange(len(data)) :]
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        found = outcome(bytes(data), monkeypatch, 0)

        assert found == outcome(bytes(data), monkeypatch, 2**40)
        ends.add(type(found))

    assert ends == {str, bytes}
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("side", "calls"), [(1_450, 1), (200, 0)])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_opencv_is_asked_for_large_colour_photos_alone(
    monkeypatch: pytest.MonkeyPatch, mode: str, side: int, calls: int
) -> None:
    asked: list[int] = []
    decode = cv2.imdecode

    def spy(stored: NDArray[np.uint8], how: int) -> cv2.typing.MatLike | None:
        asked.append(how)
        return decode(stored, how)

    monkeypatch.setattr(cv2, "imdecode", spy)
    page = load_page(encode(Image.new(mode, (side, side), 128), "JPEG"))

    assert page.pixels.shape == (side, side, 3)
    assert len(asked) == (calls if mode == "RGB" else 0)


@pytest.mark.parametrize("marker", [0xC0, 0xC4, 0xD8, 0xDA, 0xDB, 0xE1, 0xF0, 0x01])
@pytest.mark.parametrize("options", [{}, {"progressive": True}], ids=str)
@pytest.mark.usefixtures("limit")
def test_half_a_photo_is_damaged(options: dict[str, object], marker: int) -> None:
    data = bytearray(encode(NOISE, "JPEG", **options))
    data[len(data) // 2 : len(data) // 2 + 2] = 0xFF, marker

    with pytest.raises(PictureError, match=r"damaged|incomplete"):
        load_page(bytes(data))


@pytest.mark.parametrize(("name", "orientation"), [("imdecode", 1), ("flip", 6), ("transpose", 5)])
def test_too_little_memory_is_said(
    monkeypatch: pytest.MonkeyPatch, name: str, orientation: int
) -> None:
    def fail(*_: object) -> None:
        raise cv2.error("Insufficient memory")

    def fail_too(_: object) -> None:
        raise MemoryError

    data = encode(NOISE, "JPEG", exif=exif_with_orientation(orientation))
    monkeypatch.setattr(intake_pixels, "_LARGE", 0)
    monkeypatch.setattr(cv2, name, fail)
    monkeypatch.setattr(JpegImageFile, "load", fail_too)

    with pytest.raises(PictureError) as caught:
        load_page(data)

    assert caught.value.user_message == refusals.no_memory().user_message
