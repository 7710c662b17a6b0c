"""What of a watched folder is known, what is still being written, and what has arrived.

Plain bookkeeping on listings: no files, no clock and no Qt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

SETTLE_S: Final = 1.0
"""How long a file must stay as it is. Scanners write in bursts of well under a second."""

PATIENCE_S: Final = 30.0
"""How long a file that is incomplete may stay as it is before the clerk is told so."""

_LONGEST_PAUSE_S: Final = 5.0


class Stamp(NamedTuple):
    """What a file system says of a file without opening it.

    Attributes:
        size: Bytes.
        mtime_ns: When it was last written, in the file system's own time.
        file_id: Its number, which stays when it is renamed; 0 where there is none.
    """

    size: int
    mtime_ns: int
    file_id: int = 0


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A file that is not known yet; times in seconds of one clock that never goes back."""

    stamp: Stamp
    unchanged_since_s: float
    look_at_s: float


class FolderLedger:
    """Tells each file once.

    What lies in the folder at the start is known. A known file is told again only where its
    content has changed. One that was renamed is known by its number in the file system, or, where
    it has none, by its content under a name that is gone.
    """

    def __init__(self, listing: Mapping[str, Stamp], *, settle_s: float = SETTLE_S) -> None:
        self._settle_s = settle_s
        self._known = dict(listing)
        self._stamps = {stamp for stamp in listing.values() if stamp.file_id}
        self._digests: dict[str, bytes] = {}
        self._present = frozenset(listing)
        self._waiting: dict[str, _Waiting] = {}

    @property
    def is_waiting(self) -> bool:
        """Whether a file has been seen that is neither known nor told."""
        return bool(self._waiting)

    def take_stock(self, listing: Mapping[str, Stamp], now_s: float) -> tuple[str, ...]:
        """Compare with the last listing.

        Args:
            listing: Every file that may be a picture, by its name.
            now_s: Seconds of a clock that never goes back.

        Returns:
            Names of the files that have settled and should be looked at, in the order in which
            they were finished.
        """
        self._present = frozenset(listing)
        for name in [name for name in self._waiting if name not in listing]:
            del self._waiting[name]
        for name, stamp in listing.items():
            if self._known.get(name) == stamp or stamp in self._stamps:
                self._known[name] = stamp
                self._waiting.pop(name, None)
                continue
            waiting = self._waiting.get(name)
            if waiting is None or waiting.stamp != stamp:
                self._waiting[name] = _Waiting(stamp, now_s, now_s + self._settle_s)
        due = [name for name, waiting in self._waiting.items() if waiting.look_at_s <= now_s]
        return tuple(sorted(due, key=self._finished))

    def stamp_of(self, name: str) -> Stamp | None:
        """How a waiting file was when it was last listed."""
        waiting = self._waiting.get(name)
        return None if waiting is None else waiting.stamp

    def is_news(self, name: str, digest: bytes) -> bool:
        """Know a waiting file from now on; False where only its date or its name is new."""
        is_touched = self._digests.get(name) == digest
        is_renamed = any(
            known == digest and other not in self._present for other, known in self._digests.items()
        )
        self._learn(name)
        self._digests[name] = digest
        return not (is_touched or is_renamed)

    def wait_on(self, name: str, now_s: float) -> bool:
        """Look at an incomplete file again later; False once it has stayed so for too long."""
        waiting = self._waiting[name]
        unchanged_s = now_s - waiting.unchanged_since_s
        if unchanged_s >= PATIENCE_S:
            self._learn(name)
            return False
        later_s = now_s + min(max(unchanged_s, self._settle_s), _LONGEST_PAUSE_S)
        self._waiting[name] = _Waiting(waiting.stamp, waiting.unchanged_since_s, later_s)
        return True

    def _learn(self, name: str) -> None:
        stamp = self._waiting.pop(name).stamp
        self._known[name] = stamp
        if stamp.file_id:
            self._stamps.add(stamp)

    def _finished(self, name: str) -> tuple[int, list[tuple[int, str]]]:
        return self._waiting[name].stamp.mtime_ns, natural_key(name)


def natural_key(name: str) -> list[tuple[int, str]]:
    """Sorts "scan 2" before "scan 10", as people count."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
