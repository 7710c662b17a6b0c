from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop_app.scanning import errors
from desktop_app.scanning.messages import (
    DescribeScanner,
    ListScanners,
    Outcome,
    ScanEnded,
    ScanFailed,
    ScannerDescribed,
    ScannersListed,
    ScanPaper,
    SheetScanned,
)
from desktop_app.scanning.service import ScanService
from desktop_app.scanning.values import Colour, ScanOptions, Source, Strip
from tests.support.scanners import ABLE, DESK, TRAY, FakeScanners

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

GLASS = ScanPaper("desk", ScanOptions(Source.FLATBED, 300, Colour.COLOUR))
FEEDER = ScanPaper("desk", ScanOptions(Source.FEEDER, 300, Colour.COLOUR))


class Desk:
    """A service and all that it sent."""

    def __init__(self, qtbot: QtBot) -> None:
        self.port = FakeScanners(DESK, TRAY)
        self.opening_fails = 0
        self.outcomes: list[Outcome] = []
        self.service = ScanService(self._open)
        self.service.arrived.connect(self.outcomes.append)
        self.qtbot = qtbot

    def _open(self) -> FakeScanners:
        if self.opening_fails:
            self.opening_fails -= 1
            raise errors.library_missing()
        return self.port

    def settle(self) -> list[Outcome]:
        self.qtbot.waitUntil(lambda: not self.service.is_busy)
        return self.outcomes


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(qtbot)
    yield desk
    desk.service.stop()


def test_every_call_comes_from_one_thread_that_is_not_the_window_s(desk: Desk) -> None:
    for task in (ListScanners(), DescribeScanner("desk"), GLASS):
        desk.service.submit(task)
        desk.settle()
    desk.service.stop()
    assert desk.port.is_closed
    assert len(desk.port.threads) == 1
    assert "MainThread" not in desk.port.threads


def test_each_task_has_its_outcome(desk: Desk) -> None:
    desk.service.submit(ListScanners())
    assert desk.settle() == [ScannersListed((DESK, TRAY))]
    desk.service.submit(DescribeScanner("tray"))
    assert desk.settle()[1:] == [ScannerDescribed("tray", ABLE)]


def test_feeder_sends_each_sheet_before_the_next(desk: Desk) -> None:
    desk.service.submit(FEEDER)
    kinds = [type(one) for one in desk.settle()]
    assert kinds.count(SheetScanned) == 3
    assert kinds[-1] is ScanEnded
    sheets = [one.sheet for one in desk.outcomes if isinstance(one, Strip)]
    assert sheets == sorted(sheets)
    assert set(sheets) == {1, 2, 3}


def test_cancelled_scan_is_silent_at_once_and_the_next_one_works(desk: Desk) -> None:
    desk.port.hold_after = 2
    desk.service.submit(GLASS)
    desk.qtbot.waitUntil(lambda: bool(desk.outcomes))
    desk.service.cancel()
    assert not desk.service.is_busy
    desk.outcomes.clear()
    desk.port.hold_after = 1000
    desk.service.submit(GLASS)
    kinds = [type(one) for one in desk.settle()]
    assert (kinds.count(SheetScanned), kinds.count(ScanEnded)) == (1, 1)


def test_newest_wins(desk: Desk) -> None:
    desk.port.hold_after = 0
    desk.service.submit(GLASS)
    desk.service.submit(ListScanners())
    assert desk.settle() == [ScannersListed((DESK, TRAY))]


def test_what_failed_to_open_is_tried_again(desk: Desk) -> None:
    desk.opening_fails = 1
    desk.service.submit(ListScanners())
    (failed,) = desk.settle()
    assert isinstance(failed, ScanFailed)
    assert "libsane1" in failed.hint
    desk.service.submit(ListScanners())
    assert desk.settle()[-1] == ScannersListed((DESK, TRAY))


def test_what_nobody_expected_becomes_words(desk: Desk) -> None:
    desk.service.submit(DescribeScanner("no such scanner"))
    (failed,) = desk.settle()
    assert isinstance(failed, ScanFailed)
    assert "unexpected" in failed.message


def test_stopping_in_the_middle_ends_the_thread(desk: Desk) -> None:
    desk.port.hold_after = 1
    desk.service.submit(FEEDER)
    desk.qtbot.waitUntil(lambda: bool(desk.outcomes))
    desk.service.stop()
    desk.service.stop()
    assert desk.port.is_closed


def test_service_that_was_never_asked_has_no_thread(desk: Desk) -> None:
    desk.service.stop()
    assert desk.port.threads == set()
