"""What the window holds of memory through fifty pages: ``python -m tests.support.window_memory``.

Makes a TIFF and a PDF, opens each in the real window of a process of its own, waits until all pages
are read, and goes through them by the command that PgDown gives. Linux only. Exit status 1 where
more than the limit is held beyond what the first page took. With files, goes through those.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.app import Program, reader_ports
from desktop_app.gui.commands import Command
from desktop_app.singleton_guard import hold_singletons
from tests.support.fakes import FakeReader, ports_of, reading_of
from tests.support.many_pages import held_mb, peak_mb, save_pdf, save_tiff

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop_app.gui.presenter import Presenter
    from desktop_app.jobs.worker import ReadPorts

MODULE: Final = "tests.support.window_memory"
ROOT: Final = Path(__file__).parents[2]
# What a process of its own is told to do with its file.
READ: Final = "--read"
MADE_UP: Final = "--made-up"
COUNT: Final = 50
LIMIT_MB: Final = 50.0
# Between two steps, for the window to paint the page.
PAINT_MS: Final = 20


@dataclass(frozen=True, slots=True)
class Findings:
    """One way through a file. Memory is physical, in MB, of the whole process.

    Attributes:
        page_count: Pages that were shown.
        first_held: Once the first page was read.
        first_most: The most until then.
        ahead_held: Once all pages were read.
        ahead_most: The most until then.
        steps_held: The most of all times that a page had been stepped to.
        steps_most: The most until the end.
        step_ms: Median time of a step until its number is shown.
        step_work_ms: Median processor time of a step, of all threads.
    """

    page_count: int
    first_held: float
    first_most: float
    ahead_held: float
    ahead_most: float
    steps_held: float
    steps_most: float
    step_ms: float
    step_work_ms: float

    @property
    def more_held(self) -> float:
        """How much more is held while stepping than after the first page."""
        return self.steps_held - self.first_held

    @property
    def more_at_most(self) -> float:
        """How much more was held at any moment than up to the first page's reading."""
        return self.steps_most - self.first_most


class Walk:
    """One running window with a file open."""

    def __init__(self, file: Path, ports: ReadPorts, folder: Path) -> None:
        self._program = Program([file], lambda: ports, folder / "settings.json")
        self._program.show()
        self._wait(lambda: self._program.presenter is not None)

    @property
    def _presenter(self) -> Presenter:
        assert self._program.presenter is not None
        return self._program.presenter

    def go(self) -> Findings:
        """Read all pages and step through them."""
        self._wait(lambda: self._presenter.state.reading is not None)
        first = held_mb(), peak_mb()
        self._wait(self._is_read)
        ahead = held_mb(), peak_mb()
        steps = [self._step() for _ in self._presenter.pages.places[1:]]
        held, clock, work = zip(*steps, strict=True)
        times = statistics.median(clock), statistics.median(work)
        shown = self._presenter.state.queue.page_number
        return Findings(shown, *first, *ahead, max(held), peak_mb(), *times)

    def close(self) -> None:
        self._program.window.close()
        self._program.stop()

    def _is_read(self) -> bool:
        pages = self._presenter.pages
        return len(pages.places) > 1 and all(pages.kept(place) for place in pages.places)

    def _step(self) -> tuple[float, float, float]:
        """What is held after the step, MB; its time and its processor time, ms."""
        clock, work = time.perf_counter(), time.process_time()
        self._program.window.commands[Command.NEXT_PAGE].trigger()
        self._wait(lambda: not self._presenter.state.is_busy)
        clock_ms, work_ms = (
            (time.perf_counter() - clock) * 1000,
            (time.process_time() - work) * 1000,
        )
        QTest.qWait(PAINT_MS)
        return held_mb(), clock_ms, work_ms

    def _wait(self, condition: Callable[[], bool]) -> None:
        while not condition():
            QTest.qWait(2)


def go_through(file: Path, *, is_read: bool = True) -> Findings:
    """In a process of its own, whose memory is nobody else's.

    Args:
        file: Of several pages.
        is_read: By the real reader; else a made-up one says at once that there is a number.
    """
    command = [sys.executable, "-m", MODULE, READ if is_read else MADE_UP, str(file)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return Findings(**json.loads(done.stdout.splitlines()[-1]))


def go_through_here(file: Path, *, is_read: bool) -> Findings:
    """In this process."""
    application = QApplication(sys.argv[:1])
    hold_singletons()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made_up = ports_of(FakeReader(reading_of("561247")))
        walk = Walk(file, reader_ports(folder / "settings.json") if is_read else made_up, folder)
        findings = walk.go()
        walk.close()
    del application
    return findings


def as_table(found: dict[str, Findings]) -> str:
    """The findings for people: what is held, and in brackets the most until then."""
    head = ("file", "first page", "all read", "stepped", "more", "a step", "its work")
    rows = [
        (
            name,
            f"{one.first_held:.0f} ({one.first_most:.0f}) MB",
            f"{one.ahead_held:.0f} ({one.ahead_most:.0f}) MB",
            f"{one.steps_held:.0f} ({one.steps_most:.0f}) MB",
            f"{one.more_held:+.0f} ({one.more_at_most:+.0f}) MB",
            f"{one.step_ms:.0f} ms",
            f"{one.step_work_ms:.0f} ms",
        )
        for name, one in found.items()
    ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ("---",) * len(head), *rows))


def main(arguments: Sequence[str]) -> int:
    """Go through the files, or through two of fifty pages, and print what was found."""
    if arguments and arguments[0] in {READ, MADE_UP}:
        findings = go_through_here(Path(arguments[1]), is_read=arguments[0] == READ)
        print(json.dumps(asdict(findings)))
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [Path(argument).resolve() for argument in arguments] or [
            save_tiff(folder / "fifty.tif", COUNT),
            save_pdf(folder / "fifty.pdf", COUNT),
        ]
        found = {file.name: go_through(file) for file in files}
    print(as_table(found))
    return int(any(max(one.more_held, one.more_at_most) > LIMIT_MB for one in found.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
