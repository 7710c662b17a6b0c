"""What travels between the window and the scanners' thread: frozen values, nothing shared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.scanning.values import Strip

if TYPE_CHECKING:
    from desktop_app.scanning.kept_sheet import KeptSheet
    from desktop_app.scanning.values import Abilities, Scanner, ScanOptions
    from model.cancel import CancelToken


@dataclass(frozen=True, slots=True)
class ListScanners:
    """Look for scanners."""


@dataclass(frozen=True, slots=True)
class DescribeScanner:
    """Ask one what it can do."""

    scanner: str


@dataclass(frozen=True, slots=True)
class ScanPaper:
    """Scan one sheet from the glass, or every sheet in the feeder."""

    scanner: str
    options: ScanOptions


Task = ListScanners | DescribeScanner | ScanPaper


@dataclass(frozen=True, slots=True)
class ScanJob:
    """One task, its number and the token that stops it."""

    job_id: int
    task: Task
    token: CancelToken


@dataclass(frozen=True, slots=True)
class ScannersListed:
    """The job is completed."""

    scanners: tuple[Scanner, ...]


@dataclass(frozen=True, slots=True)
class ScannerDescribed:
    """The job is completed."""

    scanner: str
    abilities: Abilities


@dataclass(frozen=True, slots=True, eq=False)
class SheetScanned:
    """A sheet is whole; more may follow."""

    sheet: KeptSheet


@dataclass(frozen=True, slots=True)
class ScanEnded:
    """The job is completed."""


@dataclass(frozen=True, slots=True)
class ScanFailed:
    """The job failed: what happened and what to do next, in full sentences."""

    message: str
    hint: str


Outcome = ScannersListed | ScannerDescribed | Strip | SheetScanned | ScanEnded | ScanFailed
"""A ``Strip`` is to be shown, and as small as that needs; more follow."""
