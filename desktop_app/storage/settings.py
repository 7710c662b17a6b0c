"""The few choices kept between sessions."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TypedDict, Unpack

logger = logging.getLogger(__name__)

TEXT_SIZES: Final = (100, 115, 130, 150, 175, 200, 225, 250)


# A named tuple: importing dataclasses and building one would cost the first paint 3 ms.
class Settings(NamedTuple):
    """Choices of the person at the counter.

    Attributes:
        text_percent: Size of all text against the 15 px base, one of TEXT_SIZES.
        reduce_motion: A still bar instead of the moving light while reading.
        last_folder: Where the file dialog opens; empty for the system's choice.
        kind: What kind of number is read at this counter, by its name; empty for any.
        titled_kind: A kind's name and title, so that the first paint shows the title of the stored
            kind before the kinds are known.
        watched_folder: Whose new pictures are read as they arrive; empty for none.
        camera: By what the camera that was used last is known again; empty for the system's own.
        scanner: Name of the one that was used last.
        scan_source: Where its paper lay; with scan_dpi, scan_colour and scan_area as the scan
            sheet keeps them.
        wrong_accepted: How many of the numbers that nobody looks at may be wrong; for the
            administrator.
        level_locked: Whether that can only be changed in the file, and not in the window.
    """

    text_percent: int = 100
    reduce_motion: bool = False
    last_folder: str = ""
    kind: str = ""
    titled_kind: str = ""
    scanner: str = ""
    scan_source: str = ""
    scan_dpi: int = 300
    scan_colour: str = ""
    scan_area: str = ""
    wrong_accepted: float = 0.001
    level_locked: bool = False
    watched_folder: str = ""
    camera: str = ""

    @property
    def kind_title(self) -> str:
        """What the stored kind is called; empty where that is not known."""
        name, _, title = self.titled_kind.partition(" ")
        return title if name == self.kind else ""


if TYPE_CHECKING:

    class SettingsChanges(TypedDict, total=False):
        """The choices that the window makes, for ``SettingsFile.change``."""

        text_percent: int
        reduce_motion: bool
        last_folder: str
        kind: str
        titled_kind: str
        wrong_accepted: float
        watched_folder: str
        camera: str
        scanner: str
        scan_source: str
        scan_dpi: int
        scan_colour: str
        scan_area: str


class SettingsFile:
    """Settings in a JSON file; a missing or damaged file means the defaults."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._settings = _load(path)

    @property
    def settings(self) -> Settings:
        """The current choices."""
        return self._settings

    def change(self, **changes: Unpack[SettingsChanges]) -> bool:
        """Keep what is given, now and on disk; an unwritable disk costs only the memory of it.

        Returns:
            Whether it is on disk.
        """
        self._settings = self._settings._replace(**changes)
        try:
            _save(self._path, self._settings)
        except OSError as error:
            logger.warning("settings not saved: %s", error.strerror)
            return False
        return True


def _load(path: Path) -> Settings:
    if not path.exists():
        return Settings()
    # Imported only where there are settings: it would cost the first paint 5 ms.
    import json

    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        items = dict(kept).items()
    except (OSError, ValueError, TypeError) as error:
        logger.info("settings unreadable, defaults used: %s", type(error).__name__)
        return Settings()
    settings = Settings()
    for name, value in items:
        # An administrator writes into this file by hand: one slip costs only itself.
        if _fits(name, value):
            settings = settings._replace(**{name: value})
        else:
            logger.warning("settings: %s is not understood, its default is used", name)
    nearest = min(TEXT_SIZES, key=lambda size: abs(size - settings.text_percent))
    return settings._replace(text_percent=nearest)


def _fits(name: str, value: object) -> bool:
    """Whether a choice of that name can have this value."""
    if name == "wrong_accepted":
        return isinstance(value, float | int) and not isinstance(value, bool) and 0 <= value <= 1
    default = Settings._field_defaults.get(name)
    return default is not None and type(value) is type(default)


def _save(path: Path, settings: Settings) -> None:
    """Write beside the file, then replace it: a crash leaves the old or the new, never half."""
    import json

    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(settings._asdict(), indent=2), encoding="utf-8")
    os.replace(fresh, path)
