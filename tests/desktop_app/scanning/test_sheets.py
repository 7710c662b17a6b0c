"""Bytes to rows, rows to what is shown, and sheets until they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.scanning.errors import ScannerError
from desktop_app.scanning.kept_sheet import KeptSheet
from desktop_app.scanning.sane_library import Frame, FrameFormat
from desktop_app.scanning.sane_sheet import SheetBuilder
from desktop_app.scanning.shrinking import SHOWN_WIDTH_PX, StripShrinker
from desktop_app.scanning.values import Sheet, Strip
from tests.support.pictures import sketch

if TYPE_CHECKING:
    from numpy.typing import NDArray

RGB = Frame(FrameFormat.RGB, True, 3 * 60 + 7, 60, 40, 8)


def padded(pixels: NDArray[np.uint8], stride: int) -> bytes:
    """Rows with what some scanners fill their ends with."""
    rows = np.full((len(pixels), stride), 77, np.uint8)
    flat = pixels.reshape(len(pixels), -1)
    rows[:, : flat.shape[1]] = flat
    return rows.tobytes()


@given(cuts=st.lists(st.integers(1, 900), max_size=30))
def test_bytes_may_come_in_any_pieces(cuts: list[int]) -> None:
    data, builder, at = padded(sketch(), RGB.bytes_per_line), SheetBuilder(1), 0
    builder.begin(RGB)
    for cut in [*cuts, len(data)]:
        builder.take(data[at : at + cut])
        at += cut
    assert np.array_equal(builder.finish().pixels, sketch())


def test_sheet_is_as_long_as_its_paper() -> None:
    builder = SheetBuilder(1)
    builder.begin(RGB)
    builder.take(padded(sketch()[:25], RGB.bytes_per_line))
    assert np.array_equal(builder.finish().pixels, sketch()[:25])


def test_sheet_without_a_row_is_refused() -> None:
    builder = SheetBuilder(1)
    builder.begin(RGB)
    builder.take(b"123")
    with pytest.raises(ScannerError, match="no picture"):
        builder.finish()


def test_endless_sheet_is_refused_before_it_fills_the_memory() -> None:
    builder = SheetBuilder(1)
    builder.begin(Frame(FrameFormat.GREY, True, 60_000, 60_000, None, 8))
    with pytest.raises(ScannerError, match="megapixels"):
        builder.take(bytes(60_000 * 1100))


@pytest.mark.parametrize(
    "frame",
    [
        Frame(11, True, 60, 60, 40, 8),
        Frame(FrameFormat.RGB, True, 60, 60, 40, 1),
        Frame(FrameFormat.GREY, True, 60, 60, 40, 12),
    ],
    ids=["JPEG", "one bit a colour", "12 bits"],
)
def test_unknown_form_is_refused(frame: Frame) -> None:
    with pytest.raises(ScannerError, match="form that Numberglass does not know"):
        SheetBuilder(1).begin(frame)


@pytest.mark.parametrize("pixels", [sketch(), sketch()[..., 0]], ids=["colour", "grey"])
def test_kept_sheet_gives_back_every_pixel(pixels: NDArray[np.uint8]) -> None:
    whole = sketch() if pixels.ndim == 3 else np.repeat(pixels[..., None], 3, axis=2)
    sheet = Sheet(np.ascontiguousarray(pixels))
    for kept in (KeptSheet.as_it_came(sheet), KeptSheet.packed(sheet)):
        page = kept.to_page()
        assert np.array_equal(page.pixels, whole)
        assert not page.pixels.flags.writeable


def shrunk(strips: list[Strip]) -> list[Strip]:
    sent: list[Strip] = []
    shrinker = StripShrinker(sent.append)
    for strip in strips:
        shrinker.take(strip)
    shrinker.flush()
    return sent


def test_what_is_shown_is_small_and_whole() -> None:
    page = np.arange(200, dtype=np.uint8).repeat(10)[:, None, None] * np.ones((1, 1, 3), np.uint8)
    page = np.broadcast_to(page, (2000, 2 * SHOWN_WIDTH_PX, 3))
    strips = [Strip(1, top, page[top : top + 7], 2000) for top in range(0, 2000, 7)]
    sent = shrunk(strips)
    # 286 strips within a few hundredths of a second: not one paint each.
    assert len(sent) < 100
    shown = np.concatenate([one.pixels for one in sent])
    assert np.array_equal(shown, page[::2, ::2])
    assert [one.top for one in sent] == [
        sum(len(one.pixels) for one in sent[:at]) for at in range(len(sent))
    ]
    assert {one.height for one in sent} == {1000}


def test_second_sheet_begins_anew() -> None:
    rows = np.zeros((10, 50, 3), np.uint8)
    sent = shrunk([Strip(1, 0, rows, 10), Strip(2, 0, rows + 9, 10)])
    assert [(one.sheet, one.top, len(one.pixels)) for one in sent] == [
        (1, 0, 10),
        (2, 0, 10),
    ]
