"""The Windows adapter against objects made up after Microsoft's reference."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from desktop_app.scanning.errors import ScannerError
from desktop_app.scanning.values import Colour, Scanner, ScanOptions, Source, Strip
from desktop_app.scanning.wia_scanners import WiaScanners
from model.cancel import Cancelled, CancelToken
from tests.support.pictures import encode, sketch

if TYPE_CHECKING:
    from collections.abc import Sequence

PAPER_EMPTY, BUSY, JAMMED = 0x80210003 - 2**32, 0x80210006 - 2**32, 0x80210002 - 2**32
GLASS = ScanOptions(Source.FLATBED, 300, Colour.GREY, (105, 148))
FEEDER = ScanOptions(Source.FEEDER, 200, Colour.COLOUR)


class ComError(Exception):
    """As pywin32 raises it: the method's own code stands in excepinfo."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.hresult = -2147352567
        self.excepinfo = (0, "WIA", "", None, 0, code)


class Collection:
    """Counts from 1."""

    def __init__(self, items: Sequence[Any]) -> None:
        self._items = items
        self.Count = len(items)

    def Item(self, at: int) -> Any:  # noqa: ANN401, N802
        assert 1 <= at <= self.Count
        return self._items[at - 1]


class Properties:
    def __init__(self, **values: object) -> None:
        self.values = {
            name.strip("_"): SimpleNamespace(Value=value, SubType=0)
            for name, value in values.items()
        }

    def Exists(self, name: str) -> bool:  # noqa: N802
        return name in self.values

    def Item(self, name: str) -> SimpleNamespace:  # noqa: N802
        return self.values[name]


class Machine:
    """One scanner with a feeder, and a camera beside it."""

    def __init__(self, *transfers: bytes | int) -> None:
        self.transfers = list(transfers)
        self.formats: list[str] = []
        self.has_left = False
        self.item = SimpleNamespace(
            Properties=Properties(
                _6146=0, _6147=100, _6148=100, _6149=5, _6150=5, _6151=0, _6152=0
            ),
            Transfer=self._transfer,
        )
        extent = self.item.Properties.values["6151"]
        extent.SubType, extent.SubTypeMin, extent.SubTypeMax = 1, 1, 2550
        dpi = self.item.Properties.values["6147"]
        dpi.SubType, dpi.SubTypeMin, dpi.SubTypeMax = 1, 75, 300
        self.device = SimpleNamespace(
            Properties=Properties(_3086=3, _3088=2, _3096=0, _3074=8500, _3075=11700),
            Items=Collection([self.item]),
        )
        camera = SimpleNamespace(Type=2, DeviceID="cam", Properties=Properties(Name="Camera"))
        scanner = SimpleNamespace(
            Type=1,
            DeviceID="{6BDD1FC6}\\0001",
            Properties=Properties(Name="Desk 3000"),
            Connect=lambda: self.device,
        )
        self.port = WiaScanners(self._dispatch([camera, scanner]), ComError, self._leave)

    def _dispatch(self, infos: list[SimpleNamespace]) -> Any:  # noqa: ANN401
        def dispatch(name: str) -> SimpleNamespace:
            assert name == "WIA.DeviceManager"
            return SimpleNamespace(DeviceInfos=Collection(infos))

        return dispatch

    def _transfer(self, form: str) -> SimpleNamespace:
        self.formats.append(form)
        what = self.transfers.pop(0)
        if isinstance(what, int):
            raise ComError(what)
        return SimpleNamespace(FileData=SimpleNamespace(BinaryData=memoryview(what)))

    def _leave(self) -> None:
        self.has_left = True

    def scan(self, options: ScanOptions, token: CancelToken | None = None) -> list[Any]:
        strips: list[Strip] = []
        (scanner,) = self.port.list_scanners()
        sheets = self.port.scan(
            scanner.name, options, on_strip=strips.append, cancel=token or CancelToken()
        )
        return [sheet.pixels for sheet in sheets]

    def set_to(self, *names: str) -> list[object]:
        of_item = self.item.Properties.values
        return [(of_item.get(one) or self.device.Properties.values[one]).Value for one in names]


PAGE = encode(sketch(), "BMP")


def test_lists_scanners_and_no_cameras() -> None:
    assert Machine().port.list_scanners() == (Scanner("{6BDD1FC6}\\0001", "Desk 3000"),)


def test_tells_glass_and_feeder() -> None:
    able = Machine().port.describe("{6BDD1FC6}\\0001")
    assert [one.source for one in able.sources] == [Source.FLATBED, Source.FEEDER]
    glass = able.of(Source.FLATBED)
    assert glass.resolutions == (150, 200, 300)
    assert glass.reach_mm == pytest.approx((215.9, 297.18))
    assert able.of(Source.FEEDER).reach_mm is None


def test_sheet_from_the_glass_is_set_and_read() -> None:
    machine = Machine(PAGE)
    (pixels,) = machine.scan(GLASS)
    assert np.array_equal(pixels, sketch())
    # Intent, resolution, start and extent; handling 2 is the glass.
    assert machine.set_to("6146", "6147", "6148", "6149", "6150") == [2, 300, 300, 0, 0]
    assert machine.set_to("6151", "6152", "3088") == [1240, 1748, 2]
    assert machine.formats == ["{B96B3CAB-0728-11D3-9D7B-0000F81EF32E}"]


def test_feeder_gives_all_its_sheets() -> None:
    machine = Machine(PAGE, PAGE, PAGE, PAPER_EMPTY)
    assert len(machine.scan(FEEDER)) == 3
    assert machine.set_to("3088", "3096", "6146") == [1, 1, 1]


@pytest.mark.parametrize(
    ("code", "words"),
    [(PAPER_EMPTY, "no paper"), (BUSY, "busy"), (JAMMED, "stuck"), (-1, "unexpected")],
)
def test_faults_say_what_to_do(code: int, words: str) -> None:
    with pytest.raises(ScannerError, match=words):
        Machine(code).scan(FEEDER)


def test_scanner_that_is_gone_is_said_so() -> None:
    with pytest.raises(ScannerError, match="not there any more"):
        Machine().port.describe("other")


def test_cancelled_scan_gives_no_sheet() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        Machine(PAGE).scan(GLASS, token)


def test_lets_go_of_com_on_its_thread() -> None:
    machine = Machine()
    machine.port.close()
    assert machine.has_left


def test_without_pywin32_it_says_what_is_missing() -> None:
    with pytest.raises(ScannerError, match="pywin32"):
        WiaScanners.start()
