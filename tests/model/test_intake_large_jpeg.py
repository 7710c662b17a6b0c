"""Large photographs: OpenCV unpacks what Pillow would, and Pillow refuses what cannot be."""

from __future__ import annotations

import io
import os
import random

import cv2
import numpy as np
import pytest
from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile

from model import intake_pixels, refusals
from model.errors import PictureError
from model.intake import load_page
from tests.support.pictures import encode, exif_with_orientation

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


@pytest.fixture(params=[True, False], ids=["named in memory", "bytes"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways in which OpenCV unpacks: other systems than Linux know only the second."""
    if not request.param:
        monkeypatch.delattr(os, "memfd_create", raising=False)


def outcome(data: bytes, monkeypatch: pytest.MonkeyPatch, large: int) -> str | bytes:
    """What comes of a file if pictures are large from so many pixels on."""
    monkeypatch.setattr(intake_pixels, "_LARGE", large)
    try:
        return load_page(data).pixels.tobytes()
    except PictureError as error:
        return error.user_message


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.usefixtures("limit", "way")
def test_pixels_are_those_of_pillow(options: dict[str, object], orientation: int) -> None:
    data = encode(NOISE, "JPEG", exif=exif_with_orientation(orientation), **options)
    wanted = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))

    pixels = load_page(data).pixels

    np.testing.assert_array_equal(pixels, np.asarray(wanted))
    assert pixels.flags.c_contiguous
    assert not pixels.flags.writeable


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.usefixtures("way")
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
@pytest.mark.usefixtures("way")
def test_opencv_is_asked_for_large_colour_photos_alone(
    monkeypatch: pytest.MonkeyPatch, mode: str, side: int, calls: int
) -> None:
    asked: list[str] = []

    def spy_on(name: str) -> None:
        decode = getattr(cv2, name)

        def spy(*given: object) -> object:
            asked.append(name)
            return decode(*given)

        monkeypatch.setattr(cv2, name, spy)

    spy_on("imread")
    spy_on("imdecode")
    page = load_page(encode(Image.new(mode, (side, side), 128), "JPEG"))

    assert page.pixels.shape == (side, side, 3)
    assert len(asked) == (calls if mode == "RGB" else 0)


@pytest.mark.parametrize("marker", [0xC0, 0xC4, 0xD8, 0xDA, 0xDB, 0xE1, 0xF0, 0x01])
@pytest.mark.parametrize("options", [{}, {"progressive": True}], ids=str)
@pytest.mark.usefixtures("limit", "way")
def test_half_a_photo_is_damaged(options: dict[str, object], marker: int) -> None:
    data = bytearray(encode(NOISE, "JPEG", **options))
    data[len(data) // 2 : len(data) // 2 + 2] = 0xFF, marker

    with pytest.raises(PictureError, match=r"damaged|incomplete"):
        load_page(bytes(data))


@pytest.mark.parametrize("orientation", [1, 5, 6])
@pytest.mark.usefixtures("way")
def test_too_little_memory_is_said(monkeypatch: pytest.MonkeyPatch, orientation: int) -> None:
    def fail(*_: object) -> None:
        raise cv2.error("Insufficient memory")

    def fail_too(_: object) -> None:
        raise MemoryError

    data = encode(NOISE, "JPEG", exif=exif_with_orientation(orientation))
    monkeypatch.setattr(intake_pixels, "_LARGE", 0)
    for name in {1: ("imread", "imdecode"), 5: ("transpose",), 6: ("flip",)}[orientation]:
        monkeypatch.setattr(cv2, name, fail)
    monkeypatch.setattr(JpegImageFile, "load", fail_too)

    with pytest.raises(PictureError) as caught:
        load_page(data)

    assert caught.value.user_message == refusals.no_memory().user_message


def test_a_drive_full_of_other_things_leaves_the_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> int:
        raise OSError(28, "No space left on device")

    data = encode(NOISE, "JPEG")
    wanted = load_page(data).pixels
    monkeypatch.setattr(intake_pixels, "_LARGE", 0)
    monkeypatch.setattr(os, "memfd_create", fail, raising=False)

    assert (load_page(data).pixels == wanted).all()


def test_an_unpacked_photo_leaves_no_file_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_pixels, "_LARGE", 0)
    data = encode(NOISE, "JPEG")
    load_page(data)
    spare = os.dup(0)
    os.close(spare)

    load_page(data)

    after = os.dup(0)
    os.close(after)
    assert after == spare


@pytest.mark.usefixtures("limit", "way")
def test_photo_whose_pixels_are_skipped_to_the_end_is_incomplete() -> None:
    data = bytearray(encode(NOISE, "JPEG", progressive=True))
    data[-200:-196] = b"\xff\xef\xff\xff"  # a program's own segment, longer than the file

    with pytest.raises(PictureError, match="incomplete"):
        load_page(bytes(data))
