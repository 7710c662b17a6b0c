"""What the scan sheet shows, as one frozen value: the desk makes it, widgets show it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from desktop_app.scanning.values import (
    AREAS,
    WHOLE_GLASS,
    Abilities,
    Area,
    Colour,
    Scanner,
    ScanOptions,
    Source,
    SourceAbilities,
)

if TYPE_CHECKING:
    from desktop_app.gui.queue import Picture
    from desktop_app.gui.state import Notice


class ScanPhase(Enum):
    """Where the sheet is.

    LOOKING: scanners are listed. ASKING: the chosen one is asked what it can do. READY: it can
    scan. PREVIEWING, SCANNING: it does. STUCK: there is no scanner to scan with.
    """

    LOOKING = auto()
    ASKING = auto()
    READY = auto()
    PREVIEWING = auto()
    SCANNING = auto()
    STUCK = auto()


@dataclass(frozen=True, slots=True)
class Choice:
    """How the clerk wants to scan."""

    source: Source = Source.FLATBED
    dpi: int = 300
    colour: Colour = Colour.COLOUR
    area: Area = WHOLE_GLASS

    def within(self, abilities: Abilities) -> Choice:
        """The nearest that the scanner can do."""
        able = abilities.of(self.source)
        return Choice(
            able.source,
            min(able.resolutions, key=lambda dpi: abs(dpi - self.dpi)),
            self.colour if self.colour in able.colours else able.colours[0],
            self.area if self.area in areas_of(able) else WHOLE_GLASS,
        )

    def as_options(self) -> ScanOptions:
        """The same for the scanner."""
        return ScanOptions(self.source, self.dpi, self.colour, self.area.size_mm)


@dataclass(frozen=True, slots=True)
class ScanState:
    """Everything that the sheet's widgets need to know.

    Attributes:
        scanner: Name of the chosen one; empty where there is none.
        abilities: Of the chosen one; None before it was asked.
        sheets: What was scanned and is not read yet.
        row: How far the sheet that is coming in has come: its rows, and all of them, if known.
    """

    phase: ScanPhase = ScanPhase.LOOKING
    scanners: tuple[Scanner, ...] = ()
    scanner: str = ""
    abilities: Abilities | None = None
    choice: Choice = Choice()
    sheets: tuple[Picture, ...] = ()
    notice: Notice | None = None
    row: tuple[int, int | None] = (0, None)

    @property
    def is_scanning(self) -> bool:
        """Whether paper is being scanned."""
        return self.phase in {ScanPhase.PREVIEWING, ScanPhase.SCANNING}

    @property
    def is_busy(self) -> bool:
        """Whether the scanners' thread is at work for the sheet."""
        return self.is_scanning or self.phase in {ScanPhase.LOOKING, ScanPhase.ASKING}

    @property
    def able(self) -> SourceAbilities | None:
        """What the scanner can do with the source that is chosen."""
        return None if self.abilities is None else self.abilities.of(self.choice.source)

    @property
    def can_preview(self) -> bool:
        """Only from the glass: a feeder would take the sheet away."""
        return self.phase is ScanPhase.READY and self.choice.source is Source.FLATBED

    @property
    def share(self) -> float | None:
        """How much of the sheet is in, from 0 to 1; None where nobody knows."""
        rows, height = self.row
        return min(1.0, rows / height) if height else None

    def choosing(self, choice: Choice) -> ScanState:
        """The same with another choice, as far as the scanner can do it."""
        within = choice if self.abilities is None else choice.within(self.abilities)
        return replace(self, choice=within)


def areas_of(able: SourceAbilities) -> tuple[Area, ...]:
    """The areas that lie within reach; a hair's breadth beyond it counts as within."""
    if able.reach_mm is None:
        return (WHOLE_GLASS,)
    width, height = able.reach_mm
    return tuple(
        area
        for area in AREAS
        if area.size_mm is None
        or (area.size_mm[0] <= width + 1.5 and area.size_mm[1] <= height + 1.5)
    )
