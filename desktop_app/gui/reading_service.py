"""The worker's end on the window's thread, as far as the presenter knows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from desktop_app.jobs.messages import Task
    from model.types import Page, PageReading

Describe: TypeAlias = "Callable[[Page, PageReading], str]"
"""What was found on a page, in a sentence or two."""


class ReadingService(Protocol):
    """The worker's end on this thread."""

    def submit(self, task: Task) -> int:
        """Start a job; a job before it is cancelled."""
        ...

    def cancel(self) -> None:
        """Cancel the current job, if any; job_cancelled follows at once."""
        ...

    def open_reader(self) -> None:
        """Try to load the network; reader_opened or reader_failed follows."""
        ...

    def reopen_reader(self) -> None:
        """Load it again after its settings changed; reader_opened or reader_failed follows."""
        ...
