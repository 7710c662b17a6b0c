"""The whole reader with the shipped network, on paper of every kind."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from model import rows
from model.cancel import Cancelled, CancelToken
from model.fields.catalogue import find_kind
from model.fields.decode import read_fields
from model.ink import find_ink
from model.intake import load_page
from model.network import LineNetwork, Network
from model.reader import Reader
from model.rows import PageRows
from model.turn import rotate_page, turn_lines
from model.types import Box, Decision, Page, PageReading
from tests.support.pages import digit_ink, ink_page, on_paper
from tests.support.pictures import encode, exif_with_orientation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from model.ink import InkMap

NUMBER = "2031475689"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.open()


def _texts(reading: PageReading) -> list[str]:
    return [line.text for line in reading.lines]


def test_a_row_of_digits_is_one_line(reader: Reader) -> None:
    reading = reader.read(on_paper(ink_page(NUMBER)))

    assert _texts(reading) == [NUMBER]


def test_lines_come_from_top_to_bottom(reader: Reader) -> None:
    assert _texts(reader.read(on_paper(ink_page("231", "4075", "689")))) == ["231", "4075", "689"]


@pytest.mark.parametrize("gap", [4, 12, 60])
def test_spacing_loose_and_tight(reader: Reader, gap: int) -> None:
    assert _texts(reader.read(on_paper(ink_page(NUMBER, gap=gap)))) == [NUMBER]


@pytest.mark.parametrize("height", [16, 28, 90, 300])
def test_writing_of_every_size(reader: Reader, height: int) -> None:
    page = on_paper(ink_page("2075", height=height, gap=height // 3))

    assert _texts(reader.read(page)) == ["2075"]


def test_a_picture_of_one_line_is_also_read_whole(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pieces of ink say that only a scrap of it is a row, as they do on a busy pattern."""
    page = on_paper(ink_page("2075", margin=20, row_gap=0))
    found = rows.find_rows

    def find_scrap(ink: InkMap) -> PageRows:
        whole = found(ink)
        (row,) = whole.rows
        scrap = replace(row, right=row.left + row.height, boxes=row.boxes[:1])
        return PageRows((replace(scrap, limits=(scrap.left, scrap.right)),), whole.labels)

    monkeypatch.setattr("model.reader.find_rows", find_scrap)

    assert _texts(reader.read(page)) == ["2075"]


def test_ink_that_is_read_twice_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lines, digits = LineNetwork.load(), Network.load()
    looked: list[bytes] = []
    run = digits.run

    def count(frames: NDArray[np.float32]) -> NDArray[np.float32]:
        looked.extend(frame.tobytes() for frame in frames)
        return run(frames)

    monkeypatch.setattr(digits, "run", count)
    page = on_paper(ink_page("2075", margin=20, row_gap=0))

    assert _texts(Reader(lines, digits).read(page)) == ["2075"]
    assert len(looked) == len(set(looked)) >= 4


def test_boxes_lie_on_the_ink(reader: Reader) -> None:
    ink = ink_page("275")

    line = reader.read(on_paper(ink)).lines[0]

    for digit in line.digits:
        inside = ink[digit.box.y : digit.box.bottom, digit.box.x : digit.box.right]
        assert inside[:2].any()
        assert inside[-2:].any()
        assert inside[:, :2].any()
        assert inside[:, -2:].any()
    assert [d.box.x for d in line.digits] == sorted(d.box.x for d in line.digits)


def test_light_writing_on_dark_paper(reader: Reader) -> None:
    page = on_paper(ink_page(NUMBER), paper=(30, 30, 40), pen=(230, 230, 220))

    assert _texts(reader.read(page)) == [NUMBER]


@pytest.mark.parametrize(
    ("paper", "pen"),
    [
        ((235, 225, 150), (30, 40, 130)),
        ((190, 225, 190), (40, 40, 40)),
        ((245, 205, 210), (120, 30, 40)),
        ((205, 205, 205), (150, 150, 155)),
    ],
    ids=["blue on yellow", "black on green", "red on pink", "pencil on grey"],
)
def test_coloured_paper_and_pens(
    reader: Reader, paper: tuple[int, int, int], pen: tuple[int, int, int]
) -> None:
    assert _texts(reader.read(on_paper(ink_page(NUMBER), paper, pen))) == [NUMBER]


def test_a_shadow_over_half_of_the_page(reader: Reader) -> None:
    ink = ink_page(NUMBER)
    light = np.linspace(1.0, 0.35, ink.shape[1], dtype=np.float32)
    page = on_paper(ink)
    shaded = (page.pixels * light[None, :, None]).astype(np.uint8)

    assert _texts(reader.read(Page(shaded, "PNG"))) == [NUMBER]


def test_paper_grain_is_no_ink(reader: Reader) -> None:
    page = on_paper(ink_page(NUMBER))
    noise = np.random.default_rng(3).normal(0, 8, page.pixels.shape)
    grainy = np.clip(page.pixels + noise, 0, 255).astype(np.uint8)

    assert _texts(reader.read(Page(grainy, "PNG"))) == [NUMBER]


def test_ruled_paper(reader: Reader) -> None:
    ink = ink_page(NUMBER, margin=60)
    ink[56:58] = ink[124:126] = 0.8

    assert _texts(reader.read(on_paper(ink))) == [NUMBER]


def test_squared_paper(reader: Reader) -> None:
    ink = ink_page("2075", height=80, gap=40)
    ink[10::35] = 0.5
    ink[:, 12::35] = 0.5

    assert _texts(reader.read(on_paper(ink))) == ["2075"]


def test_digits_in_printed_boxes(reader: Reader) -> None:
    ink = np.zeros((120, 420), dtype=np.float32)
    for i, digit in enumerate((2, 0, 7, 5, 3)):
        shape = digit_ink(digit, 50)
        x = 30 + 70 * i + (70 - shape.shape[1]) // 2
        ink[35:85, x : x + shape.shape[1]] = shape
    ink[24:26, 30:382] = ink[96:98, 30:382] = 0.9
    for i in range(6):
        ink[24:98, 30 + 70 * i : 32 + 70 * i] = 0.9

    assert _texts(reader.read(on_paper(ink))) == ["20753"]


@pytest.mark.parametrize("digit", range(10))
def test_each_digit_alone_filling_the_picture(reader: Reader, digit: int) -> None:
    page = on_paper(np.pad(digit_ink(digit, 24), 2))

    assert _texts(reader.read(page)) == [str(digit)]


def test_a_small_digit_on_a_large_page(reader: Reader) -> None:
    ink = np.zeros((1592, 1080), dtype=np.float32)
    shape = digit_ink(5, 90)
    ink[200:290, 500 : 500 + shape.shape[1]] = shape

    assert _texts(reader.read(on_paper(ink))) == ["5"]


@pytest.mark.parametrize(("digit", "share"), [("2", 0.5), ("2", 0.6), ("4", 0.5)])
def test_a_digit_that_broke_in_two_is_one_for_a_person(
    reader: Reader, digit: str, share: float
) -> None:
    page = ink_page(digit, height=90)
    inked = np.flatnonzero(page.any(axis=1))
    cut = int(inked[0] + share * len(inked))

    reading = reader.read(on_paper(np.insert(page, [cut] * 10, 0, axis=0)))

    assert _texts(reading) == [digit]
    assert reading.lines[0].decision is Decision.REVIEW


@pytest.mark.parametrize("gap", [10, 25, 40])
def test_a_5_is_read_with_the_bar_that_was_lifted_off_it(reader: Reader, gap: int) -> None:
    ink = np.zeros((240, 240), dtype=np.uint8)
    belly = [(78, 140), (80, 112), (105, 98), (133, 112), (140, 145), (118, 176), (78, 180)]
    stem_and_belly = np.array([(74, 96), *belly])
    bar = np.array([(88, 90 - gap), (132, 86 - gap)])
    for stroke in (stem_and_belly, bar):
        cv2.polylines(ink, [stroke], False, 255, 10, cv2.LINE_AA)

    page = on_paper((ink / np.float32(255)).astype(np.float32))
    assert _texts(reader.read(page)) == ["5"]


@pytest.mark.parametrize("gap", [16, 30])
def test_two_digits_above_one_another_are_two(reader: Reader, gap: int) -> None:
    page = on_paper(ink_page("2", "4", height=60, row_gap=gap))

    assert _texts(reader.read(page)) == ["2", "4"]


@pytest.mark.parametrize("level", [0, 128, 255])
def test_blank_paper_holds_no_number(reader: Reader, level: int) -> None:
    page = Page(np.full((300, 400, 3), level, dtype=np.uint8), "PNG")

    assert reader.read(page).is_empty


@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 500), (500, 1), (3, 3), (16, 16)])
def test_a_tiny_picture_is_read_without_a_fault(reader: Reader, height: int, width: int) -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (height, width, 3), dtype=np.uint8)

    assert isinstance(reader.read(Page(pixels, "PNG")), PageReading)


@pytest.mark.parametrize("radius", [3, 4, 5])
def test_no_point_of_an_amount_is_lost_in_silence(reader: Reader, radius: int) -> None:
    page = ink_page("86")
    cv2.circle(page, (40, 106), radius, 1.0, -1)

    (line,) = read_fields(reader.read(on_paper(page)), find_kind("amount")).lines

    assert line.field is not None
    assert line.field.value == "0.86" or line.decision is Decision.REVIEW


def test_digits_of_a_few_pixels_are_for_a_person(reader: Reader) -> None:
    pixels = np.full((2, 3, 3), 255, dtype=np.uint8)
    pixels[:, ::2] = 0

    lines = reader.read(Page(pixels, "PNG")).lines

    assert all(line.decision is Decision.REVIEW for line in lines)


@pytest.mark.parametrize(("height", "width"), [(30, 100_000), (100_000, 30), (10, 20_000)])
def test_a_long_thin_picture_is_not_enlarged_without_end(
    reader: Reader, height: int, width: int
) -> None:
    pixels = np.full((height, width, 3), 255, dtype=np.uint8)
    started = time.process_time()

    reader.read(Page(pixels, "PNG"))

    assert time.process_time() - started < 5


def test_pure_noise_ends_soon(reader: Reader) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (1_200, 1_200, 1), dtype=np.uint8)
    started = time.process_time()

    reader.read(Page(np.repeat(pixels, 3, axis=2), "PNG"))

    assert time.process_time() - started < 8


def test_noise_is_never_accepted(reader: Reader) -> None:
    rng = np.random.default_rng(5)
    pages = [
        cv2.GaussianBlur(rng.integers(0, 255, (240, 320, 3), dtype=np.uint8), (0, 0), 1 + blur)
        for blur in range(6)
    ]

    readings = [reader.read(Page(np.asarray(page, dtype=np.uint8), "PNG")) for page in pages]

    accepted = [line for r in readings for line in r.lines if line.decision is Decision.ACCEPT]
    assert accepted == []


def test_only_the_chosen_part_is_read(reader: Reader) -> None:
    page = on_paper(ink_page("231", "4075"))
    line = reader.read(page).lines[1].box
    around = Box(line.x - 10, line.y - 10, line.w + 20, line.h + 20)

    reading = reader.read(page, region=around)

    assert _texts(reading) == ["4075"]
    assert abs(reading.lines[0].box.x - line.x) <= 1
    assert abs(reading.lines[0].box.y - line.y) <= 1


def test_a_part_that_leaves_the_page_is_clipped(reader: Reader) -> None:
    reading = reader.read(on_paper(ink_page("75")), region=Box(-50, -50, 5000, 5000))

    assert _texts(reading) == ["75"]


def test_a_cancelled_reading_stops(reader: Reader) -> None:
    token = CancelToken()
    token.cancel()

    with pytest.raises(Cancelled):
        reader.read(on_paper(ink_page("75")), cancel=token)


@pytest.mark.parametrize("quarters", [1, 3])
def test_of_two_ways_up_the_clearer_one_counts(reader: Reader, quarters: int) -> None:
    """On its side, the first way that says something may be head down."""
    page = rotate_page(on_paper(ink_page("561247")), -quarters)

    assert _texts(reader.read(page)) == ["561247"]


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_that_does_not_stand_upright_is_read_all_the_same(
    reader: Reader, quarters: int
) -> None:
    page = rotate_page(on_paper(ink_page("240756893")), -quarters)

    reading = reader.read(page)

    assert _texts(reading) == ["240756893"]
    assert reading.quarter_turns == quarters
    upright = turn_lines(reading.lines, quarters, page.width, page.height)
    columns = [digit.box.x for digit in upright[0].digits]
    assert columns == sorted(columns)


@pytest.mark.parametrize(("orientation", "quarters"), [(3, 2), (6, 3), (8, 1)])
def test_what_a_camera_says_of_the_way_up_is_obeyed_unless_the_writing_contradicts_it(
    reader: Reader, orientation: int, quarters: int
) -> None:
    """A telephone that lay flat on the counter may say anything."""
    upright = on_paper(ink_page("240756893")).pixels
    stored = np.ascontiguousarray(np.rot90(upright, -quarters))  # which the tag has turned back
    exif = exif_with_orientation(orientation)

    obeyed = reader.read(load_page(encode(stored, "JPEG", exif=exif)))
    contradicted = reader.read(load_page(encode(upright, "JPEG", exif=exif)))

    assert _texts(obeyed) == _texts(contradicted) == ["240756893"]
    assert obeyed.quarter_turns == 0
    assert contradicted.quarter_turns == quarters


@pytest.mark.parametrize("number", ["1", "8", "69", "808"])
def test_a_page_with_little_on_it_is_not_turned(reader: Reader, number: str) -> None:
    assert reader.read(on_paper(ink_page(number))).quarter_turns == 0


def test_the_dark_table_beside_the_paper_does_not_hide_a_faint_pen() -> None:
    ink = 0.45 * ink_page(NUMBER, height=40)
    pen = ink > 0.4
    ink[:30] = 1.0

    found = find_ink(on_paper(ink).pixels)

    assert found.solid[pen].mean() > 0.95


def test_print_around_a_field_is_not_reported(reader: Reader) -> None:
    page = np.array(on_paper(ink_page("407", margin=120)).pixels)
    cv2.putText(page, "Account number", (100, 60), cv2.FONT_HERSHEY_DUPLEX, 1.0, (40, 40, 40), 2)

    texts = _texts(reader.read(Page(page, "picture")))

    assert texts == ["407"]


@pytest.mark.parametrize("tilt", [-5.0, 3.0])
def test_a_tilted_form_is_read_and_its_boxes_lie_on_the_page(reader: Reader, tilt: float) -> None:
    ink = np.zeros((900, 800), dtype=np.float32)
    for i, (number, x) in enumerate((("238", 2), ("2045", 300), ("91", 720))):
        drawn = ink_page(number, height=50, gap=12, margin=0)
        shown = ink[220 + 160 * i : 220 + 160 * i + drawn.shape[0], x : x + drawn.shape[1]]
        shown[...] = drawn[: shown.shape[0], : shown.shape[1]]
        ink[200 + 160 * i : 203 + 160 * i] = 1
    level = on_paper(ink)
    # Without more canvas, so that what stands at the edge stays there.
    turn = cv2.getRotationMatrix2D((400, 450), -tilt, 1.0)
    tilted = cv2.warpAffine(level.pixels, turn, (800, 900), borderMode=cv2.BORDER_REPLICATE)

    reading = reader.read(replace(level, pixels=np.asarray(tilted, np.uint8)))

    assert "2045" in _texts(reading)
    boxes = [box for line in reading.lines for box in (line.box, *(d.box for d in line.digits))]
    assert all(0 <= box.x < box.right <= 800 and 0 <= box.y < box.bottom <= 900 for box in boxes)
