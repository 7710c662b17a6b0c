"""PDF documents: drawn at 300 dpi, page by page, and refused in plain words."""

from __future__ import annotations

import math
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from model import refusals
from model.cancel import Cancelled, CancelToken
from model.errors import PictureError
from model.intake import load_page, load_pages, open_pages
from tests.support.pdfs import LOCKED_PDF, pdf_of, stream
from tests.support.pictures import encode, sketch

if TYPE_CHECKING:
    from pathlib import Path

SQUARE = b"0 0 1 rg 36 18 36 36 re f"


def refusal(data: bytes) -> PictureError:
    with pytest.raises(PictureError) as caught:
        load_page(data)
    return caught.value


def same(first: PictureError, second: PictureError) -> bool:
    return (first.user_message, first.hint) == (second.user_message, second.hint)


def pdf_with_picture(width: int, height: int, entries: str, data: bytes) -> bytes:
    """One page, filled by one picture."""
    picture = stream(data, f"/Type/XObject/Subtype/Image/Width {width}/Height {height}{entries}")
    extra = "/Resources<</XObject<</P 10 0 R>>>>"
    return pdf_of(b"144 0 0 72 0 0 cm /P Do", page_extra=extra, objects=[picture])


def test_page_is_drawn_on_white_at_300_dpi() -> None:
    page = load_page(pdf_of(SQUARE))

    assert (page.format, page.number, page.notes) == ("PDF", 1, ())
    assert page.pixels.shape == (300, 600, 3)
    assert page.pixels.flags.c_contiguous
    assert not page.pixels.flags.writeable
    expected = np.full((300, 600, 3), 255, np.uint8)
    expected[75:225, 150:300] = (0, 0, 255)
    np.testing.assert_array_equal(page.pixels, expected)


def test_page_that_its_document_turns_is_drawn_turned() -> None:
    page = load_page(pdf_of(SQUARE, page_extra="/Rotate 90"))

    assert page.pixels.shape == (600, 300, 3)
    assert tuple(page.pixels[225, 150]) == (0, 0, 255)
    assert tuple(page.pixels[400, 150]) == (255, 255, 255)


def test_scanned_page_keeps_its_pixels() -> None:
    data = encode(Image.fromarray(sketch()).convert("L"), "PDF", resolution=300, quality=100)

    page = load_page(data)

    assert page.pixels.shape == (40, 60, 3)
    assert np.abs(page.pixels.astype(int) - sketch().mean(axis=2, keepdims=True)).mean() < 8


def test_what_was_written_into_a_document_by_pen_is_drawn() -> None:
    ink = b"<</Type/Annot/Subtype/Ink/Rect[36 18 72 54]/F 4/AP<</N 11 0 R>>>>"
    look = stream(b"0 0 1 rg 0 0 36 36 re f", "/Type/XObject/Subtype/Form/BBox[0 0 36 36]")

    page = load_page(pdf_of(b"", page_extra="/Annots[10 0 R]", objects=[ink, look]))

    assert tuple(page.pixels[150, 200]) == (0, 0, 255)


def test_every_page_is_loaded_in_order_and_says_of_how_many() -> None:
    data = pdf_of(SQUARE, b"", SQUARE)

    assert [page.number for page in load_pages(data)] == [1, 2, 3]
    assert load_page(data).notes == ("It has 3 pages; this is the first.",)


def test_any_page_is_loaded_by_its_number() -> None:
    with open_pages(pdf_of(b"", b"", SQUARE)) as file:
        assert file.page_count == 3
        assert file.load(3).pixels.min() == 0
        assert file.load(1).pixels.min() == 255
        for number in (0, 4):
            with pytest.raises(PictureError, match=f"no page {number} any more"):
                file.load(number)


def test_small_drawing_is_made_where_it_is_enough() -> None:
    with open_pages(pdf_of(SQUARE)) as file:
        page = file.load(1, enough_px=100)

    assert page.pixels.shape == (50, 100, 3)
    assert page.notes == ()


def test_huge_page_is_drawn_as_large_as_the_limit_allows_and_says_so() -> None:
    # A0, as plans have.
    page = load_page(pdf_of(SQUARE, media_box="0 0 2384 3370"))

    assert 0.99 * refusals.MAX_PIXELS < page.width * page.height <= refusals.MAX_PIXELS
    dpi = round(math.sqrt(refusals.MAX_PIXELS / (2384 * 3370)) * 72)
    assert page.notes == (f"Its page is very large, so it was drawn at {dpi} dpi.",)


@pytest.mark.parametrize("media_box", ["0 0 1e30 0.001", "0 0 0 0", "0 0 1e38 1e38", "0 0 -5 nan"])
def test_impossible_page_size_ends_in_a_page_or_a_refusal(media_box: str) -> None:
    try:
        page = load_page(pdf_of(SQUARE, media_box=media_box))
    except PictureError:
        return
    assert page.width * page.height <= refusals.MAX_PIXELS


def test_document_with_a_password_says_so() -> None:
    assert same(refusal(LOCKED_PDF), refusals.locked())


def test_document_without_pages_says_so() -> None:
    assert same(refusal(pdf_of()), refusals.without_pages())


def test_document_without_its_last_lines_is_incomplete() -> None:
    data = pdf_of(SQUARE)

    assert same(refusal(data[:-7]), refusals.truncated("PDF"))
    assert load_page(data + bytes(5000)).format == "PDF"


def test_rubbish_between_a_document_s_ends_is_damage() -> None:
    assert same(refusal(b"%PDF-1.7\n" + b"rubbish " * 99 + b"%%EOF"), refusals.damaged("PDF"))


def test_rubbish_before_a_document_is_passed_over() -> None:
    assert load_page(b"\n\n mail header\n" + pdf_of(SQUARE)).pixels.min() == 0


def test_picture_within_a_page_is_measured_before_it_is_unpacked() -> None:
    packed = zlib.compress(bytes(1000))
    entries = "/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode"

    error = refusal(pdf_with_picture(9000, 9000, entries, packed))

    assert error.user_message == "This scan is 81.0 megapixels; the limit is 64."
    assert same(
        refusal(pdf_with_picture(60_000, 60_000, entries, packed)), refusals.bomb(3_600_000_000)
    )


@pytest.mark.parametrize("kept", [0.4, 0.8])
def test_jpeg_within_a_page_that_is_cut_short_is_not_shown_half(kept: float) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (40, 80)).astype(np.uint8)
    whole = encode(noise, "JPEG")
    entries = "/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode"

    assert load_page(pdf_with_picture(80, 40, entries, whole)).pixels.std() > 20
    cut = whole[: int(len(whole) * kept)]
    assert same(refusal(pdf_with_picture(80, 40, entries, cut)), refusals.damaged("PDF"))


def test_picture_packed_in_a_way_that_has_no_name_is_damage() -> None:
    entries = "/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/\x88"

    assert same(
        refusal(pdf_with_picture(8, 4, entries, bytes(32)).replace(b"\xc2\x88", b"\x88 ")),
        refusals.damaged("PDF"),
    )


def test_page_of_endless_drawings_stops_when_nobody_waits() -> None:
    class SoonCancelled(CancelToken):
        """Set at its hundredth question."""

        asked = 0

        @property
        def is_cancelled(self) -> bool:
            self.asked += 1
            return self.asked > 100

        def raise_if_cancelled(self) -> None:
            if self.asked > 100:
                raise Cancelled

    stop = SoonCancelled()
    endless = pdf_of(b"0 0 144 72 re f\n" * 20_000)
    with open_pages(endless, cancel=stop) as file, pytest.raises(Cancelled):
        file.load(1)
    assert stop.asked < 1000


def test_scripts_in_a_document_do_nothing(tmp_path: Path) -> None:
    path = tmp_path / "script.pdf"
    data = pdf_of(SQUARE, objects=[b"<</S/JavaScript/JS(app.alert\\(1\\))>>"])
    path.write_bytes(data.replace(b"/Pages 2 0 R>>", b"/Pages 2 0 R/OpenAction 10 0 R>>", 1))

    assert load_page(path).pixels.min() == 0
