"""How well the writing pad reads: ``python -m tests.support.pad_accuracy DATA [--training N]``.

Replays UNIPEN's digits, recorded pen strokes of people, as mouse events on the pad of the real
window, waits for its pause and the shipped reader, and compares the number in the panel. Without a
screen: ``QT_QPA_PLATFORM=offscreen``. The groups are those that never trained the networks;
``--training N`` takes every Nth digit of the others, to choose how strokes are drawn.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.app import Program, reader_ports
from desktop_app.gui.commands import Command
from desktop_app.gui.state import Phase
from desktop_app.singleton_guard import hold_singletons
from tests.support.recorded_pen import Character, PenStrokes, load_digits, replay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from desktop_app.gui.presenter import Presenter
    from desktop_app.gui.writing_pad import WritingPad

NUMBERS: Final = 200
LENGTHS: Final = (4, 10)
HEIGHTS: Final = (60.0, 240.0)
"""Smallest and largest digit written alone, px; even in the logarithm."""
ROW_HEIGHTS: Final = (50.0, 90.0)


@dataclass(frozen=True)
class Written:
    """What is written on one sheet, and what it says."""

    name: str
    truth: str
    strokes: PenStrokes


@dataclass(frozen=True)
class Read:
    """What came of it."""

    written: Written
    text: str
    is_accepted: bool

    @property
    def is_right(self) -> bool:
        return self.text == self.written.truth


class Desk:
    """One running window with the pad on."""

    def __init__(self, folder: Path) -> None:
        self.program = Program([], lambda: reader_ports(folder / "settings.json"), folder / "s")
        # Room for ten digits beside each other.
        self.program.window.resize(2000, 900)
        self.program.show()
        self._wait(lambda: self.program.presenter is not None)
        self._want(Command.WRITE)

    @property
    def presenter(self) -> Presenter:
        assert self.program.presenter is not None
        return self.program.presenter

    @property
    def pad(self) -> WritingPad:
        pad = self.program.window.workspace.pad
        assert pad is not None
        return pad

    def close(self) -> None:
        self.program.window.close()
        self.program.stop()

    def shorten_pause(self, pause_ms: int) -> None:
        """What is measured is the reading, not the waiting."""
        conductor = self.program._conductor
        assert conductor is not None
        conductor.writing.set_pause_ms(pause_ms)

    def read(self, written: Written) -> Read:
        """Write it on a fresh sheet and wait for its reading."""
        self._want(Command.CLEAR)
        corner = np.array([self.pad.paper.left(), self.pad.paper.top()])
        replay(self.pad, [stroke + corner for stroke in written.strokes])
        self._wait(lambda: self.presenter.state.phase in {Phase.REVIEWING, Phase.FAILED})
        review = self.presenter.state.number_review
        if review is None:
            return Read(written, "", is_accepted=False)
        text = "|".join(line.text for line in review.lines)
        return Read(written, text, is_accepted=review.doubt_count == 0)

    def _want(self, command: Command) -> None:
        self.program.window.commands[command].trigger()

    def _wait(self, condition: Callable[[], bool]) -> None:
        while not condition():
            QTest.qWait(1)


def single_digits(digits: Sequence[Character]) -> Iterator[Written]:
    """Each by itself, at a size and place of its own."""
    for digit in digits:
        rng = np.random.default_rng(digit.index)
        height = float(np.exp(rng.uniform(*np.log(HEIGHTS))))
        strokes = digit.scaled(height, 600)
        place = rng.uniform(20, 80, 2)
        yield Written(
            f"{digit.index} of {digit.group}", digit.label, [one + place for one in strokes]
        )


def numbers(digits: Sequence[Character], count: int) -> Iterator[Written]:
    """Numbers of one writer's digits, side by side as one writes them, on a wavering line."""
    by_writer: dict[str, list[Character]] = {}
    for digit in digits:
        by_writer.setdefault(digit.group, []).append(digit)
    writers = sorted(name for name, own in by_writer.items() if len(own) >= LENGTHS[0])
    for number in range(count):
        rng = np.random.default_rng((14, number))
        own = by_writer[writers[number % len(writers)]]
        length = int(rng.integers(LENGTHS[0], LENGTHS[1] + 1))
        chosen = [own[int(rng.integers(len(own)))] for _ in range(length)]
        yield Written(
            f"number {number} of {chosen[0].group}",
            "".join(digit.label for digit in chosen),
            _side_by_side(chosen, rng),
        )


def _side_by_side(digits: Sequence[Character], rng: np.random.Generator) -> PenStrokes:
    """Gaps of 0.15 to 0.4 of the height, heights within a tenth, feet within 0.06 of a line."""
    height, left = float(rng.uniform(*ROW_HEIGHTS)), 20.0
    strokes: PenStrokes = []
    for digit in digits:
        tall = height * float(rng.uniform(0.9, 1.1))
        own = digit.scaled(tall, 1.2 * height)
        deep = float(max(stroke[:, 1].max() for stroke in own))
        foot = 30 + 1.2 * height + float(rng.uniform(-0.06, 0.06)) * height
        strokes += [stroke + np.array([left, foot - deep]) for stroke in own]
        wide = float(max(stroke[:, 0].max() for stroke in own))
        left += wide + height * float(rng.uniform(0.15, 0.4))
    return strokes


def measure(desk: Desk, title: str, sheets: Iterator[Written], *, progress: bool = True) -> None:
    """Write all of them and print what was read wrongly, then how much was right."""
    reads, started = [], time.perf_counter()
    for written in sheets:
        reads.append(desk.read(written))
        if not reads[-1].is_right:
            print(f"  {written.name}: {written.truth} read as {reads[-1].text or 'nothing'}")
        if progress and len(reads) % 500 == 0:
            print(f"  … {len(reads)} after {time.perf_counter() - started:.0f} s", flush=True)
    right = sum(read.is_right for read in reads)
    accepted = [read for read in reads if read.is_accepted]
    wrong = sum(not read.is_right for read in accepted)
    print(
        f"{title}: {right} of {len(reads)} right, {right / len(reads):.2%}; "
        f"{len(accepted)} accepted, {wrong} of these wrong; "
        f"{sum(not read.text for read in reads)} not read at all",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with single/unipen_digits.npz")
    parser.add_argument("--training", type=int, default=0, metavar="N")
    asked = parser.parse_args()
    digits = load_digits(asked.data / "single", held_back=not asked.training)
    digits = digits[:: asked.training or 1]
    application = QApplication(sys.argv[:1])
    hold_singletons()
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.shorten_pause(0)
        measure(desk, "Digits", single_digits(digits))
        measure(desk, "Numbers of 4 to 10 digits", numbers(digits, NUMBERS))
        desk.close()
    del application


if __name__ == "__main__":
    main()
