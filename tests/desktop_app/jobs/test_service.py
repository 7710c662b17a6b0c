from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop_app.jobs.messages import (
    CareForPage,
    Failure,
    FailureKind,
    OpenPicture,
    PageLoaded,
    ReadingReady,
    ReadPart,
)
from desktop_app.jobs.service import ReadService
from desktop_app.singleton_guard import hold_singletons
from model.care import Care
from model.errors import NetworkError
from model.types import Box
from tests.support.fakes import (
    FakeReader,
    blank_page,
    ports_of,
    ports_without_network,
    reading_of,
    save_picture,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import SignalInstance
    from pytestqt.qtbot import QtBot

    from model.types import PageReading

hold_singletons()


class Outcomes:
    """Everything that a service sent, in order."""

    def __init__(self, service: ReadService) -> None:
        self.pages: list[PageLoaded] = []
        self.ready: list[ReadingReady] = []
        self.failed: list[Failure] = []
        self.cancelled: list[int] = []
        service.page_loaded.connect(self.pages.append)
        service.reading_ready.connect(self.ready.append)
        service.job_failed.connect(self.failed.append)
        service.job_cancelled.connect(self.cancelled.append)

    def ended(self) -> list[int]:
        """Ids of the jobs that ended, one for each outcome."""
        return [*(job.job_id for job in self.ready + self.failed), *self.cancelled]


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader(reading_of("561247"))


@pytest.fixture
def service(qapp: object, reader: FakeReader) -> Iterator[ReadService]:
    service = ReadService(ports_of(reader))
    service.start()
    yield service
    reader.gate.set()
    service.stop()


@pytest.fixture
def outcomes(service: ReadService) -> Outcomes:
    return Outcomes(service)


def test_page_comes_before_its_reading(
    qtbot: QtBot, service: ReadService, outcomes: Outcomes, tmp_path: Path
) -> None:
    job_id = service.submit(OpenPicture(save_picture(tmp_path / "slip.png")))
    qtbot.waitUntil(lambda: bool(outcomes.ready))
    assert [loaded.job_id for loaded in outcomes.pages] == [job_id]
    assert outcomes.ready[0].reading.lines[0].text == "561247"
    assert outcomes.ready[0].read_ms >= 0
    assert outcomes.ended() == [job_id]


def test_cancelled_job_ends_once_and_at_once(
    qtbot: QtBot, service: ReadService, outcomes: Outcomes, reader: FakeReader
) -> None:
    reader.gate.clear()
    job_id = service.submit(ReadPart(blank_page()))
    qtbot.waitUntil(lambda: bool(reader.sizes))
    service.cancel()
    assert outcomes.cancelled == [job_id]
    reader.gate.set()
    last = service.submit(ReadPart(blank_page()))
    qtbot.waitUntil(lambda: bool(outcomes.ready))
    assert outcomes.ended() == [last, job_id]


def test_stale_reading_is_dropped(
    qtbot: QtBot, service: ReadService, outcomes: Outcomes, reader: FakeReader
) -> None:
    reader.gate.clear()
    older = service.submit(ReadPart(blank_page()))
    newer = service.submit(ReadPart(blank_page(), Box(1, 2, 30, 40)))
    reader.gate.set()
    qtbot.waitUntil(lambda: bool(outcomes.ready))
    assert [ready.job_id for ready in outcomes.ready] == [newer]
    assert outcomes.cancelled == [older]
    assert reader.regions[-1] == Box(1, 2, 30, 40)


def test_bad_file_fails_in_words(
    qtbot: QtBot, service: ReadService, outcomes: Outcomes, tmp_path: Path
) -> None:
    job_id = service.submit(OpenPicture(tmp_path / "missing.png"))
    qtbot.waitUntil(lambda: bool(outcomes.failed))
    failure = outcomes.failed[0]
    assert failure.kind is FailureKind.PICTURE
    assert failure.message
    assert failure.hint
    assert outcomes.ended() == [job_id]


def test_unexpected_error_becomes_a_failure_and_the_worker_lives_on(
    qtbot: QtBot, service: ReadService, outcomes: Outcomes, reader: FakeReader
) -> None:
    reader.error = ZeroDivisionError()
    service.submit(ReadPart(blank_page()))
    qtbot.waitUntil(lambda: bool(outcomes.failed))
    assert outcomes.failed[0].kind is FailureKind.PROGRAM
    reader.error = None
    service.submit(ReadPart(blank_page()))
    qtbot.waitUntil(lambda: bool(outcomes.ready))


def test_turned_page_is_loaded_again(
    qtbot: QtBot, service: ReadService, outcomes: Outcomes
) -> None:
    service.submit(CareForPage(blank_page(400, 300), 0, Care(1)))
    qtbot.waitUntil(lambda: bool(outcomes.ready))
    page = outcomes.pages[0].page
    assert (page.width, page.height) == (300, 400)


def test_a_page_that_was_cared_for_is_opened_so_again_with_the_bare_page_beside_it(
    qtbot: QtBot, service: ReadService, outcomes: Outcomes, tmp_path: Path
) -> None:
    corners = ((0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0))
    care = Care(1, corners, brightness=20)
    service.submit(OpenPicture(save_picture(tmp_path / "slip.png"), care=care))
    qtbot.waitUntil(lambda: bool(outcomes.ready))
    (loaded,) = outcomes.pages
    assert loaded.care == care
    assert (loaded.bare.width, loaded.bare.height) == (300, 400)
    assert (loaded.page.width, loaded.page.height) == (150, 400)


def test_missing_network_is_told_at_the_start(qtbot: QtBot, qapp: object) -> None:
    service = ReadService(ports_without_network())
    with qtbot.waitSignal(service.reader_failed) as told:
        service.start()
    assert told.args is not None
    assert told.args[0].kind is FailureKind.NETWORK
    service.stop()


def test_service_stops_twice_without_harm(qapp: object, reader: FakeReader) -> None:
    service = ReadService(ports_of(reader))
    service.start()
    service.stop()
    service.stop()


def test_a_page_that_lies_on_its_side_is_shown_upright(
    qtbot: QtBot, service: ReadService, outcomes: Outcomes, reader: FakeReader, tmp_path: Path
) -> None:
    whole = reading_of("561247")
    reader.reading = replace(whole, quarter_turns=1, printed=whole.lines)
    box = reader.reading.lines[0].box

    service.submit(OpenPicture(save_picture(tmp_path / "slip.png")))
    qtbot.waitUntil(lambda: bool(outcomes.ready))

    first, upright = outcomes.pages
    assert (first.page.width, first.page.height) == (400, 300)
    assert (upright.page.width, upright.page.height) == (300, 400)
    assert any("turned" in note for note in upright.page.notes)
    reading = outcomes.ready[0].reading
    for read in (*reading.lines, *reading.printed):
        assert read.text == "561247"
        assert read.box == Box(300 - box.bottom, box.x, box.h, box.w)
    assert len(reading.printed) == 1


def test_a_page_that_the_clerk_turned_stays_so(
    qtbot: QtBot, service: ReadService, outcomes: Outcomes, reader: FakeReader
) -> None:
    reader.reading = replace(reading_of("561247"), quarter_turns=2)

    service.submit(CareForPage(blank_page(), 0, Care(1)))
    qtbot.waitUntil(lambda: bool(outcomes.ready))

    assert len(outcomes.pages) == 1
    assert outcomes.ready[0].reading.lines[0].box == reader.reading.lines[0].box


def _read_after_reopening(
    qtbot: QtBot, service: ReadService, answer: SignalInstance
) -> PageReading:
    """What is read after the reader was opened again, and this said of it."""
    outcomes = Outcomes(service)
    with qtbot.waitSignal(service.reader_opened):
        service.start()
    with qtbot.waitSignal(answer):
        service.reopen_reader()
    with qtbot.waitSignal(service.reading_ready):
        service.submit(ReadPart(blank_page()))
    service.stop()
    return outcomes.ready[0].reading


def test_a_reopened_reader_reads_what_comes_next(
    qtbot: QtBot, qapp: object, reader: FakeReader
) -> None:
    assert qapp is not None
    other = FakeReader(reading_of("88"))
    readers = [reader, other]
    service = ReadService(replace(ports_of(reader), open_reader=lambda: readers.pop(0)))
    assert _read_after_reopening(qtbot, service, service.reader_opened) == other.reading


def test_a_reader_that_cannot_be_reopened_is_kept(
    qtbot: QtBot, qapp: object, reader: FakeReader
) -> None:
    assert qapp is not None
    opened: list[FakeReader] = []

    def open_once() -> FakeReader:
        if opened:
            raise NetworkError("The network file is missing.", "Install Numberglass again.")
        opened.append(reader)
        return reader

    service = ReadService(replace(ports_of(reader), open_reader=open_once))
    assert _read_after_reopening(qtbot, service, service.reader_failed) == reader.reading
