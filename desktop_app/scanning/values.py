"""What is said to a scanner and what comes back: frozen values, nothing shared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

USUAL_DPI: Final = (150, 200, 300, 400, 600)
"""What is offered of all that a scanner can: below, digits lose their strokes; above is slow."""

PREVIEW_DPI: Final = 75
"""Coarse enough to be there in seconds, fine enough to tell a page from another."""
MM_PER_INCH: Final = 25.4


class Source(Enum):
    """Where the paper lies."""

    FLATBED = "flatbed"
    FEEDER = "feeder"


class Colour(Enum):
    """What each pixel tells."""

    COLOUR = "colour"
    GREY = "grey"
    BLACK_WHITE = "black and white"


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the glass from its top left corner.

    Attributes:
        name: As it is kept in the settings.
        title: For people.
        size_mm: Width and height; None for all that the scanner can reach.
    """

    name: str
    title: str
    size_mm: tuple[float, float] | None = None


WHOLE_GLASS: Final = Area("glass", "Whole glass")
AREAS: Final = (
    WHOLE_GLASS,
    Area("a4", "A4", (210, 297)),
    Area("a5", "A5", (148, 210)),
    Area("a6", "A6", (105, 148)),
    # CTS-2010, the Reserve Bank of India's standard: 202 x 92 mm; the lie of a slip may be askew.
    Area("cheque", "Cheque", (208, 98)),
)


@dataclass(frozen=True, slots=True)
class Scanner:
    """One that is connected.

    Attributes:
        name: By which the system knows it.
        title: Maker and model.
    """

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class SourceAbilities:
    """What a scanner can do with paper that lies in one place.

    Attributes:
        resolutions: In dpi, ascending; never empty.
        colours: Never empty.
        reach_mm: Width and height of what it can see; None where it does not tell, and then its
            area cannot be chosen.
    """

    source: Source
    resolutions: tuple[int, ...]
    colours: tuple[Colour, ...]
    reach_mm: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a scanner can do; it has at least one source."""

    sources: tuple[SourceAbilities, ...]

    def of(self, source: Source) -> SourceAbilities:
        """What it can do there, or at its first source where it has none such."""
        return next((one for one in self.sources if one.source is source), self.sources[0])


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """How to scan.

    Attributes:
        dpi: Pixels to the inch, 0 for the coarsest that shows a page: a preview.
        size_mm: Width and height from the top left corner; None for all of it.
    """

    source: Source
    dpi: int
    colour: Colour
    size_mm: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """Some rows of a sheet, as they come in.

    Attributes:
        sheet: Which sheet, from 1.
        top: Number of the first row, from 0.
        pixels: (rows, width, 3) uint8 RGB, a copy.
        height: Rows of the whole sheet; None where the scanner does not know yet.
    """

    sheet: int
    top: int
    pixels: NDArray[np.uint8]
    height: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A sheet that was scanned whole.

    Attributes:
        pixels: (h, w) or (h, w, 3) uint8, grey or RGB.
    """

    pixels: NDArray[np.uint8]
