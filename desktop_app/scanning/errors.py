"""What can go wrong with a scanner, each with what to do about it."""

from __future__ import annotations

from typing import Final

from model.errors import NumberglassError

AGAIN: Final = "then scan again."


class ScannerError(NumberglassError):
    """A scanner, or the way to it, failed."""


def library_missing() -> ScannerError:
    """SANE is not installed."""
    return ScannerError(
        "Scanning needs the SANE library, which this computer does not have.",
        "Ask your administrator to install it: on Debian and Ubuntu it is called libsane1. "
        "Pictures can still be opened, pasted and dropped.",
    )


def windows_part_missing() -> ScannerError:
    """pywin32 is not installed."""
    return ScannerError(
        "Scanning needs the package pywin32, which is not installed.",
        "Ask your administrator to install it, as the README says under Scanning. "
        "Pictures can still be opened, pasted and dropped.",
    )


def busy() -> ScannerError:
    """Somebody else holds it."""
    return ScannerError(
        "The scanner is busy.",
        f"Close other programs that may use it, or wait until it stands still, {AGAIN}",
    )


def jammed() -> ScannerError:
    """Paper sticks in the feeder."""
    return ScannerError(
        "Paper is stuck in the scanner's feeder.",
        f"Open the feeder, take the paper out, put back what was not scanned yet, {AGAIN}",
    )


def feeder_empty() -> ScannerError:
    """There is no paper to pull in."""
    return ScannerError(
        "There is no paper in the feeder.",
        f"Put the sheets in until they stop, or choose the glass, {AGAIN}",
    )


def cover_open() -> ScannerError:
    """It will not move."""
    return ScannerError("The scanner's cover is open.", f"Close it, {AGAIN}")


def disconnected() -> ScannerError:
    """It does not answer any more."""
    return ScannerError(
        "The connection to the scanner broke off.",
        f"See that it is switched on and its cable sits firmly at both ends, {AGAIN}",
    )


def gone() -> ScannerError:
    """It was listed once."""
    return ScannerError(
        "This scanner is not there any more.",
        "Switch it on and check its cable, then look for scanners again.",
    )


def out_of_memory() -> ScannerError:
    """The scan does not fit."""
    return ScannerError(
        "There is too little free memory for this scan.",
        f"Choose a lower resolution or a smaller area, or close other programs, {AGAIN}",
    )


def too_large(megapixels: int, limit: int) -> ScannerError:
    """More than the reader takes."""
    return ScannerError(
        f"This scan would have {megapixels} megapixels; the limit is {limit}.",
        f"Choose a lower resolution or a smaller area, {AGAIN}",
    )


def access_denied() -> ScannerError:
    """The user is not allowed to."""
    return ScannerError(
        "You are not allowed to use this scanner.",
        "Ask your administrator to add you to the group “scanner”, then log in again.",
    )


def setting_refused() -> ScannerError:
    """What it told of itself was not true."""
    return ScannerError(
        "The scanner does not take this setting.",
        f"Choose another resolution, colour or area, {AGAIN}",
    )


def stopped_at_device() -> ScannerError:
    """Somebody pressed its stop button."""
    return ScannerError("The scan was stopped at the scanner.", "Scan again when it is ready.")


def no_picture() -> ScannerError:
    """It ended before the first row."""
    return ScannerError(
        "The scanner sent no picture.",
        f"See that the paper lies right, switch the scanner off and on, {AGAIN}",
    )


def warming_up() -> ScannerError:
    """Its lamp is not bright yet."""
    return ScannerError("The scanner is still warming up.", f"Wait half a minute, {AGAIN}")


def locked() -> ScannerError:
    """As it was delivered."""
    return ScannerError(
        "The scanner is locked for transport.",
        f"Push the lock, often at its underside, to the open sign, {AGAIN}",
    )


def unknown_form() -> ScannerError:
    """Pixels that nobody here can unpack."""
    return ScannerError(
        "The scanner sends its picture in a form that Numberglass does not know.",
        f"Choose another colour, {AGAIN}",
    )


def unexpected() -> ScannerError:
    """What nobody thought of."""
    return ScannerError(
        "Something unexpected went wrong while scanning.",
        "Switch the scanner off and on, then look for scanners again.",
    )
