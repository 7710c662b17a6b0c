"""What the program asks of a system's scanners.

Every call may block, and all of them come from one thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desktop_app.scanning.values import Abilities, Scanner, ScanOptions, Sheet, Strip
    from model.cancel import CancelToken


class ScannerPort(Protocol):
    """A system's scanners. A device is open during a call only, so that others may use it too."""

    def list_scanners(self) -> tuple[Scanner, ...]:
        """Look for scanners; none is a result.

        Raises:
            ScannerError: The system cannot be asked.
        """
        ...

    def describe(self, scanner: str) -> Abilities:
        """Ask the scanner of that name what it can do.

        Raises:
            ScannerError: It is gone, busy, or not for this user.
        """
        ...

    def scan(
        self,
        scanner: str,
        options: ScanOptions,
        *,
        on_strip: Callable[[Strip], None],
        cancel: CancelToken,
    ) -> Iterator[Sheet]:
        """Scan one sheet from the glass, or every sheet in the feeder, each as soon as it is whole.

        Whatever ends it, also closing the iterator, leaves the scanner ready for the next one.

        Args:
            on_strip: Called on this thread with rows as they come.
            cancel: Looked at between rows.

        Raises:
            ScannerError: It failed; the sheets before that are whole.
            Cancelled: The token was set.
        """
        ...

    def close(self) -> None:
        """Let go of the system's scanners; the port is of no use afterwards."""
        ...
