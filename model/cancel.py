"""Stopping work that nobody waits for any more."""

from __future__ import annotations

import threading


class Cancelled(Exception):
    """The job was cancelled; nobody waits for its outcome."""


class CancelToken:
    """Set from any thread; checked by the worker between steps and between batches."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next check."""
        self._event.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether anybody asked."""
        return self._event.is_set()

    def raise_if_cancelled(self) -> None:
        """Raise Cancelled if anybody asked."""
        if self._event.is_set():
            raise Cancelled
