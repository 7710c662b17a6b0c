"""Turns what the clerk does on the scan sheet, and what the scanners send, into its state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.gui import strings
from desktop_app.gui.queue import Picture
from desktop_app.gui.scan_state import Choice, ScanPhase, ScanState
from desktop_app.gui.state import Notice
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
    Task,
)
from desktop_app.scanning.values import AREAS, WHOLE_GLASS, Colour, Source, Strip

if TYPE_CHECKING:
    from desktop_app.storage.settings import Settings, SettingsFile


class Service(Protocol):
    """The scanners' thread, seen from this one."""

    def submit(self, task: Task) -> None:
        """Start a job; a job before it is cancelled."""
        ...

    def cancel(self) -> None:
        """Cancel the current job, if any; nothing follows."""
        ...


class ScanDesk(QObject):
    """Every method either replaces the state or leaves it as it is."""

    state_changed = Signal(object)
    strip_arrived = Signal(object)
    scanned = Signal(object)

    def __init__(self, service: Service, settings: SettingsFile) -> None:
        super().__init__()
        self._service = service
        self._settings = settings
        self._state = ScanState(choice=_remembered(settings.settings))

    @property
    def state(self) -> ScanState:
        """What the sheet shows now."""
        return self._state

    def begin(self) -> None:
        """The sheet was opened: look for scanners, unless there is one from before."""
        if self._state.phase is not ScanPhase.READY:
            self.look()
        else:
            self._show(replace(self._state, notice=None))

    def look(self) -> None:
        """Look for scanners, and forget what was known."""
        if not self._state.is_scanning:
            kept = replace(self._state, scanners=(), abilities=None)
            self._start(ListScanners(), ScanPhase.LOOKING, kept)

    def choose_scanner(self, name: str) -> None:
        """Use another scanner."""
        if not self._state.is_scanning and name != self._state.scanner:
            self._settings.change(scanner=name)
            self._ask(name)

    def choose(self, choice: Choice) -> None:
        """Scan like this from now on."""
        if self._state.is_busy:
            return
        self._show(self._state.choosing(choice))
        chosen = self._state.choice
        self._settings.change(
            scan_source=chosen.source.value,
            scan_dpi=chosen.dpi,
            scan_colour=chosen.colour.value,
            scan_area=chosen.area.name,
        )

    def preview(self) -> None:
        """Show the whole glass, coarsely and quickly."""
        if self._state.can_preview:
            options = replace(self._state.choice.as_options(), dpi=0, size_mm=None)
            self._start(ScanPaper(self._state.scanner, options), ScanPhase.PREVIEWING, self._state)

    def scan(self) -> None:
        """Scan what lies on the glass, or all that is in the feeder."""
        state = self._state
        if state.phase is ScanPhase.READY:
            self._settings.change(scanner=state.scanner)
            task = ScanPaper(state.scanner, state.choice.as_options())
            self._start(task, ScanPhase.SCANNING, state)

    def cancel(self) -> None:
        """Stop what is under way; whole sheets are kept."""
        if not self._state.is_busy:
            return
        self._service.cancel()
        if self._state.is_scanning:
            hint = f"{strings.SCAN_STOPPED_HINT} {self._kept_words()}".strip()
            stopped = _notice(strings.STOPPED, hint, is_failure=False)
            self._show(replace(self._state, phase=ScanPhase.READY, notice=stopped))
        else:
            self._show(replace(self._state, phase=ScanPhase.STUCK, notice=None))

    def hand_over(self) -> None:
        """Pass on the sheets that there are."""
        sheets = self._state.sheets
        if sheets and not self._state.is_busy:
            self._show(replace(self._state, sheets=(), notice=None))
            self.scanned.emit(sheets)

    @Slot(object)
    def on_arrived(self, outcome: Outcome) -> None:
        """Take what the scanners' thread sends."""
        if isinstance(outcome, ScannersListed):
            self._on_listed(outcome)
        elif isinstance(outcome, ScannerDescribed):
            described = replace(self._state, abilities=outcome.abilities, phase=ScanPhase.READY)
            self._show(described.choosing(self._state.choice))
        elif isinstance(outcome, Strip):
            self.strip_arrived.emit(outcome)
            in_so_far = outcome.top + len(outcome.pixels)
            self._show(replace(self._state, row=(in_so_far, outcome.height)))
        elif isinstance(outcome, SheetScanned):
            self._on_sheet(outcome)
        elif isinstance(outcome, ScanEnded):
            was_preview = self._state.phase is ScanPhase.PREVIEWING
            self._show(replace(self._state, phase=ScanPhase.READY))
            if not was_preview:
                self.hand_over()
        else:
            self._on_failed(outcome)

    def _on_listed(self, listed: ScannersListed) -> None:
        names = [one.name for one in listed.scanners]
        state = replace(self._state, scanners=listed.scanners)
        if not names:
            none = _notice(strings.NO_SCANNER, strings.NO_SCANNER_HINT)
            self._show(replace(state, phase=ScanPhase.STUCK, scanner="", notice=none))
            return
        self._state = state
        remembered = self._settings.settings.scanner
        self._ask(remembered if remembered in names else names[0])

    def _ask(self, name: str) -> None:
        kept = replace(self._state, scanner=name, abilities=None)
        self._start(DescribeScanner(name), ScanPhase.ASKING, kept)

    def _on_sheet(self, arrived: SheetScanned) -> None:
        if self._state.phase is not ScanPhase.SCANNING:
            return
        sheets = self._state.sheets
        sheet = Picture(arrived.sheet, f"Sheet {len(sheets) + 1}")
        self._show(replace(self._state, sheets=(*sheets, sheet), row=(0, None)))

    def _on_failed(self, failed: ScanFailed) -> None:
        notice = _notice(failed.message, f"{failed.hint} {self._kept_words()}".strip())
        # A scanner that was described once can be tried again as it is.
        phase = ScanPhase.STUCK if self._state.abilities is None else ScanPhase.READY
        self._show(replace(self._state, phase=phase, notice=notice))

    def _kept_words(self) -> str:
        count = len(self._state.sheets)
        if not count:
            return ""
        what = "The sheet before it is" if count == 1 else f"The {count} sheets before it are"
        return f"{what} kept: read now, or scan on."

    def dismiss_notice(self) -> None:
        """Put the notice away."""
        self._show(replace(self._state, notice=None))

    def _start(self, task: Task, phase: ScanPhase, state: ScanState) -> None:
        self._show(replace(state, phase=phase, notice=None, row=(0, None)))
        self._service.submit(task)

    def _show(self, state: ScanState) -> None:
        self._state = state
        self.state_changed.emit(state)


def _remembered(settings: Settings) -> Choice:
    """As it was scanned here last; words that mean nothing are forgotten."""
    usual = Choice()
    source = next((one for one in Source if one.value == settings.scan_source), usual.source)
    colour = next((one for one in Colour if one.value == settings.scan_colour), usual.colour)
    area = next((one for one in AREAS if one.name == settings.scan_area), WHOLE_GLASS)
    return Choice(source, settings.scan_dpi, colour, area)


def _notice(title: str, hint: str, *, is_failure: bool = True) -> Notice:
    return Notice(title, hint, remedies=(), is_failure=is_failure)
