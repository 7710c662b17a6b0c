"""The real SANE library with its own test devices."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from desktop_app.scanning import sane_library
from desktop_app.scanning.errors import ScannerError
from desktop_app.scanning.kept_sheet import KeptSheet
from desktop_app.scanning.sane_library import SaneFault, SaneLibrary
from desktop_app.scanning.sane_scanners import SaneScanners
from desktop_app.scanning.values import Colour, ScanOptions, Sheet, Source, Strip
from model.cancel import Cancelled, CancelToken
from model.intake import load_page
from tests.support.pictures import sketch
from tests.support.scanners import set_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from desktop_app.scanning.sane_library import Value

TEST, PNM = "test:0", "pnm:0"
GLASS = ScanOptions(Source.FLATBED, 100, Colour.COLOUR)
FEEDER = ScanOptions(Source.FEEDER, 75, Colour.COLOUR, (105, 148))

pytestmark = pytest.mark.usefixtures("sane_devices")


class Sane:
    """A port, and the library under it for what only a test asks."""

    def __init__(self) -> None:
        self.library = SaneLibrary()
        self.port = SaneScanners(self.library)
        self.strips: list[Strip] = []

    def set(self, name: str, value: Value, device: str = TEST) -> None:
        set_option(self.library, device, name, value)

    def scan(
        self, options: ScanOptions, device: str = TEST, cancel: CancelToken | None = None
    ) -> list[Sheet]:
        self.strips.clear()
        token = cancel or CancelToken()
        return list(self.port.scan(device, options, on_strip=self.strips.append, cancel=token))

    def pixels(self, options: ScanOptions = GLASS, device: str = TEST) -> NDArray[np.uint8]:
        (sheet,) = self.scan(options, device)
        return sheet.pixels


@pytest.fixture
def sane() -> Iterator[Sane]:
    sane = Sane()
    yield sane
    sane.port.close()


def running() -> tuple[int, int]:
    """Threads of this process, native ones too, and its children."""
    tasks = list(Path("/proc/self/task").iterdir())
    children = [name for task in tasks for name in (task / "children").read_text().split()]
    return len(tasks), len(children)


def test_lists_what_is_connected(sane: Sane) -> None:
    listed = {one.name: one.title for one in sane.port.list_scanners()}
    assert listed == {
        "test:0": "frontend-tester",
        "pnm:0": "PNM file reader (pnm:0)",
        "pnm:1": "PNM file reader (pnm:1)",
    }


def test_tells_what_a_scanner_can_do(sane: Sane) -> None:
    able = sane.port.describe(TEST)
    assert [one.source for one in able.sources] == [Source.FLATBED, Source.FEEDER]
    glass = able.of(Source.FLATBED)
    assert glass.resolutions == (150, 200, 300, 400, 600)
    assert glass.colours == (Colour.COLOUR, Colour.GREY)
    assert glass.reach_mm == (200, 200)


def test_scanner_without_a_word_on_its_glass_has_no_areas(sane: Sane) -> None:
    able = sane.port.describe(PNM)
    assert [one.source for one in able.sources] == [Source.FLATBED]
    assert able.of(Source.FLATBED).reach_mm is None


@pytest.mark.parametrize(
    ("options", "shape"),
    [
        (ScanOptions(Source.FLATBED, 254, Colour.COLOUR), (2000, 2000, 3)),
        (ScanOptions(Source.FLATBED, 254, Colour.GREY, (105, 148)), (1480, 1050)),
        (ScanOptions(Source.FLATBED, 127, Colour.COLOUR, (500, 98)), (490, 1000, 3)),
        # A preview: the coarsest, all of the glass.
        (ScanOptions(Source.FLATBED, 0, Colour.GREY), (590, 590)),
    ],
    ids=["whole", "a6", "wider than the glass", "preview"],
)
def test_size_follows_area_and_resolution(
    sane: Sane, options: ScanOptions, shape: tuple[int, ...]
) -> None:
    assert sane.pixels(options).shape == shape


def test_rows_come_in_order_and_make_up_the_sheet(sane: Sane) -> None:
    sane.set("test-picture", "Color pattern")
    pixels = sane.pixels()
    assert len(sane.strips) > 5
    assert np.array_equal(np.concatenate([one.pixels for one in sane.strips]), pixels)
    assert {one.height for one in sane.strips} == {len(pixels)}
    tops = np.cumsum([0, *(len(one.pixels) for one in sane.strips)])
    assert [one.top for one in sane.strips] == list(tops[:-1])


@pytest.mark.parametrize(
    "settings",
    [
        {"read-limit": True, "read-limit-size": 1777},
        {"read-delay": True, "read-delay-duration": 1000},
        {"ppl-loss": 0, "fuzzy-parameters": True},
        {"non-blocking": True, "select-fd": True},
    ],
    ids=["a few bytes at once", "slow", "first told wrongly", "asked without waiting"],
)
def test_every_way_of_sending_gives_the_same_picture(
    sane: Sane, settings: dict[str, Value]
) -> None:
    sane.set("test-picture", "Color pattern")
    plain = sane.pixels()
    for name, value in settings.items():
        sane.set(name, value)
    assert np.array_equal(sane.pixels(), plain)


def test_three_passes_make_one_coloured_sheet(sane: Sane, tmp_path: Path) -> None:
    path = saved(tmp_path / "page.ppm", sketch())
    sane.set("filename", str(path), PNM)
    sane.set("three-pass", True, PNM)
    assert np.array_equal(sane.pixels(device=PNM), sketch())


def test_sheet_of_unknown_height_ends_where_the_paper_ends(sane: Sane, tmp_path: Path) -> None:
    page = np.repeat(np.repeat(sketch(), 40, axis=0), 4, axis=1)
    sane.set("filename", str(saved(tmp_path / "long.ppm", page)), PNM)
    sane.set("hand-scanner", True, PNM)
    assert np.array_equal(sane.pixels(device=PNM), page)
    assert {one.height for one in sane.strips} == {None}


@pytest.mark.parametrize("depth", [1, 8, 16])
def test_every_depth_of_grey_shows_the_same_squares(sane: Sane, depth: int) -> None:
    sane.set("test-picture", "Grid")
    sane.set("mode", "Gray")
    sane.set("depth", depth)
    # Black and white leaves the depth as it is.
    pixels = sane.pixels(ScanOptions(Source.FLATBED, 100, Colour.BLACK_WHITE))
    assert pixels.ndim == 2
    assert set(np.unique(pixels)) == {0, 255}
    # Squares of 10 mm: nothing but their number and place is the same to the pixel.
    assert (pixels[20, 20], pixels[20, 60], pixels[60, 20], pixels[60, 60]) == (255, 0, 0, 255)


def test_ten_sheets_are_read_from_the_feeder(sane: Sane) -> None:
    before = running()
    sheets = sane.scan(FEEDER)
    assert [one.pixels.shape for one in sheets] == [(437, 310, 3)] * 10
    assert {one.sheet for one in sane.strips} == set(range(1, 11))
    # Filled again, it gives ten more.
    assert len(sane.scan(FEEDER)) == 10
    assert running() == before


def test_cancelled_mid_page_it_stops_and_can_scan_again(sane: Sane) -> None:
    before = running()
    sane.set("read-limit", True)
    sane.set("read-limit-size", 1000)
    token = CancelToken()

    def stop_at_half(strip: Strip) -> None:
        if strip.height is not None and strip.top > strip.height // 2:
            token.cancel()

    scan = sane.port.scan(TEST, GLASS, on_strip=stop_at_half, cancel=token)
    with pytest.raises(Cancelled):
        next(scan)
    assert running() == before
    assert sane.pixels().shape == (787, 787, 3)


def test_cancelled_in_the_feeder_the_sheets_before_are_there(sane: Sane) -> None:
    token = CancelToken()
    sheets = sane.port.scan(TEST, FEEDER, on_strip=lambda _strip: None, cancel=token)
    kept = [next(sheets), next(sheets), next(sheets)]
    token.cancel()
    with pytest.raises(Cancelled):
        next(sheets)
    assert len(kept) == 3
    assert len(sane.scan(FEEDER)) == 10


def test_scan_that_nobody_asks_for_more_lets_go_of_the_device(sane: Sane) -> None:
    before = running()
    sheets = sane.port.scan(TEST, FEEDER, on_strip=lambda _strip: None, cancel=CancelToken())
    next(sheets)
    sheets.close()  # type: ignore[attr-defined]
    assert running() == before
    assert sane.pixels().shape == (787, 787, 3)


FAULTS = {
    "SANE_STATUS_UNSUPPORTED": ("does not take this setting", "Choose another"),
    "SANE_STATUS_CANCELLED": ("stopped at the scanner", "Scan again"),
    "SANE_STATUS_DEVICE_BUSY": ("busy", "Close other programs"),
    "SANE_STATUS_INVAL": ("does not take this setting", "Choose another"),
    "SANE_STATUS_EOF": ("sent no picture", "switch the scanner off and on"),
    "SANE_STATUS_JAMMED": ("stuck in the scanner's feeder", "take the paper out"),
    "SANE_STATUS_NO_DOCS": ("no paper in the feeder", "Put the sheets in"),
    "SANE_STATUS_COVER_OPEN": ("cover is open", "Close it"),
    "SANE_STATUS_IO_ERROR": ("connection to the scanner broke off", "cable"),
    "SANE_STATUS_NO_MEM": ("too little free memory", "lower resolution"),
    "SANE_STATUS_ACCESS_DENIED": ("not allowed", "administrator"),
}


@pytest.mark.parametrize("options", [GLASS, FEEDER], ids=["glass", "feeder"])
@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_says_what_to_do_and_leaves_the_scanner_usable(
    sane: Sane, fault: str, options: ScanOptions
) -> None:
    before = running()
    sane.set("read-return-value", fault)
    with pytest.raises(ScannerError) as caught:
        sane.scan(options)
    message, hint = FAULTS[fault]
    assert message in caught.value.user_message
    assert hint in caught.value.hint
    assert running() == before
    sane.set("read-return-value", "Default")
    assert len(sane.scan(options)) == (10 if options is FEEDER else 1)


def test_every_fault_that_the_test_device_knows_is_tried(sane: Sane) -> None:
    opened = sane.library.open(TEST)
    limits = opened.options()["read-return-value"].limits
    opened.close()
    assert isinstance(limits, tuple)
    assert set(limits) == {"Default", *FAULTS}


def test_scanner_that_is_gone_is_said_so(sane: Sane) -> None:
    with pytest.raises(ScannerError, match="not there any more"):
        sane.port.describe("test:7")
    with pytest.raises(ScannerError, match="not there any more"):
        sane.scan(GLASS, "test:7")


def test_scan_beyond_what_the_reader_takes_is_refused_at_its_start(sane: Sane) -> None:
    with pytest.raises(ScannerError, match="89 megapixels; the limit is 64"):
        sane.scan(ScanOptions(Source.FLATBED, 1200, Colour.GREY))
    assert sane.strips == []


def test_scanned_file_has_the_pixels_of_the_file(sane: Sane, tmp_path: Path) -> None:
    path = saved(tmp_path / "page.ppm", sketch())
    sane.set("filename", str(path), PNM)
    (sheet,) = sane.scan(GLASS, PNM)
    page = KeptSheet.packed(sheet).to_page()
    assert np.array_equal(page.pixels, load_page(path).pixels)


def test_starting_sane_again_finds_the_same_scanners(sane: Sane) -> None:
    first = sane.port.list_scanners()
    sane.port.close()
    again = SaneScanners.start()
    assert again.list_scanners() == first
    again.close()


def test_missing_library_is_told_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sane_library, "_NAMES", {})
    monkeypatch.setattr(sane_library, "_NAMES_ELSEWHERE", ("libnosane.so.1",))
    with pytest.raises(ScannerError, match="libsane1"):
        SaneScanners.start()


def test_fault_at_the_start_is_told(sane: Sane, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_library: SaneLibrary) -> None:
        raise SaneFault(99)

    monkeypatch.setattr(SaneLibrary, "devices", fail)
    with pytest.raises(ScannerError, match="unexpected"):
        sane.port.list_scanners()


def saved(path: Path, pixels: NDArray[np.uint8]) -> Path:
    Image.fromarray(pixels).save(path)
    return path
