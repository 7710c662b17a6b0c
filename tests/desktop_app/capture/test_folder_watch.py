from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QFileSystemWatcher

from desktop_app.capture import folder_listing
from desktop_app.capture.folder_listing import may_be_picture
from desktop_app.capture.folder_watch import FolderReport, FolderState, FolderWatch, WatchPorts
from model.cancel import CancelToken
from model.errors import PictureError
from tests.support.pictures import encode, sketch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop_app.capture.folder_ledger import Stamp

PATIENT_MS = 10_000
SETTLE_S = 0.25


class Listener:
    """A watch of a real folder, what it told, and a list_folder that can be made to fail."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.error: OSError | None = None
        self.threads: set[int] = set()
        ports = WatchPorts(list_folder=self._list, slow_ms=400, quick_ms=50, settle_s=SETTLE_S)
        self.watch = FolderWatch(ports)
        self.names: list[str] = []
        self.states: list[FolderState] = []
        self.watch.arrived.connect(self._on_arrived)
        self.watch.reported.connect(self._on_reported)

    def begin(self, folder: Path) -> None:
        self.watch.watch(folder)
        self.qtbot.waitUntil(lambda: bool(self.states))

    def wait_for(self, *names: str) -> None:
        self.qtbot.waitUntil(lambda: len(self.names) >= len(names), timeout=PATIENT_MS)
        assert self.names == list(names)

    def wait_for_state(self, state: FolderState) -> None:
        self.qtbot.waitUntil(lambda: self.states[-1] is state, timeout=PATIENT_MS)

    def _list(self, folder: Path) -> dict[str, Stamp]:
        self.threads.add(threading.get_ident())
        if self.error is not None:
            raise self.error
        return folder_listing.list_folder(folder)

    def _on_arrived(self, paths: tuple[Path, ...]) -> None:
        self.names += [path.name for path in paths]

    def _on_reported(self, report: FolderReport) -> None:
        self.states.append(report.state)


@pytest.fixture
def listener(qtbot: QtBot) -> Iterator[Listener]:
    listener = Listener(qtbot)
    yield listener
    listener.watch.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "Scans"
    folder.mkdir()
    return folder


PNG = encode(sketch(), "PNG")
JPEG = encode(sketch(200, 300), "JPEG", quality=95)


def _write_slowly(path: Path, data: bytes, qtbot: QtBot, *, pieces: int = 6) -> None:
    """Write a file as a scanner does: in pieces with pauses."""
    step = len(data) // pieces + 1
    with path.open("wb") as file:
        for at in range(0, len(data), step):
            file.write(data[at : at + step])
            file.flush()
            qtbot.wait(120)


def test_a_new_picture_is_told_once(listener: Listener, folder: Path, qtbot: QtBot) -> None:
    (folder / "before.png").write_bytes(PNG)
    listener.begin(folder)
    assert listener.states == [FolderState.WATCHED]

    (folder / "new.png").write_bytes(JPEG)

    listener.wait_for("new.png")
    qtbot.wait(900)
    assert listener.names == ["new.png"]
    assert listener.threads.isdisjoint({threading.get_ident()})


def test_a_folder_that_sends_no_events_is_listed(
    listener: Listener, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a network: QFileSystemWatcher takes the path and never says anything."""
    monkeypatch.setattr(QFileSystemWatcher, "addPath", lambda *_: True)
    listener.begin(folder)
    (folder / "new.png").write_bytes(PNG)
    listener.wait_for("new.png")


def test_a_half_written_file_is_waited_for(listener: Listener, folder: Path, qtbot: QtBot) -> None:
    listener.begin(folder)
    sizes = []
    listener.watch.arrived.connect(lambda paths: sizes.append(paths[0].stat().st_size))

    path = folder / "slow.jpg"
    half = len(JPEG) // 2
    path.write_bytes(JPEG[:half])
    # Longer than a file takes to settle: only its content says that it is not whole.
    qtbot.wait(900)
    assert listener.names == []
    with path.open("ab") as file:
        file.write(JPEG[half:])

    listener.wait_for("slow.jpg")
    assert sizes == [len(JPEG)]


def test_a_file_written_in_pieces_is_told_when_it_is_whole(
    listener: Listener, folder: Path, qtbot: QtBot
) -> None:
    listener.begin(folder)
    _write_slowly(folder / "slow.jpg", JPEG, qtbot)
    listener.wait_for("slow.jpg")


def test_an_unfinished_name_becomes_the_picture(
    listener: Listener, folder: Path, qtbot: QtBot
) -> None:
    listener.begin(folder)
    for name in ("scan.png.tmp", "scan.part", ".scan.png", "~scan.png"):
        (folder / name).write_bytes(PNG)
    qtbot.wait(800)
    assert listener.names == []

    (folder / "scan.png.tmp").rename(folder / "scan.png")

    listener.wait_for("scan.png")


def test_a_picture_that_is_renamed_later_is_told_once(
    listener: Listener, folder: Path, qtbot: QtBot
) -> None:
    listener.begin(folder)
    (folder / "scan.png").write_bytes(PNG)
    listener.wait_for("scan.png")

    (folder / "scan.png").rename(folder / "0001.png")
    (folder / "second.png").write_bytes(JPEG)

    listener.wait_for("scan.png", "second.png")
    qtbot.wait(800)
    assert listener.names == ["scan.png", "second.png"]


def test_the_same_name_written_anew_is_told_again(listener: Listener, folder: Path) -> None:
    (folder / "scan.png").write_bytes(PNG)
    listener.begin(folder)
    (folder / "scan.png").write_bytes(JPEG)
    listener.wait_for("scan.png")


def test_many_files_come_in_the_order_they_were_written(listener: Listener, folder: Path) -> None:
    listener.begin(folder)
    names = [f"scan {at}.png" for at in (3, 1, 2, 10)]
    for at, name in enumerate(names):
        (folder / name).write_bytes(encode(sketch(40 + at), "PNG"))
        os.utime(folder / name, ns=(at, 10**18 + at * 10**7))
    listener.wait_for(*names)


def test_a_folder_that_goes_and_comes_back_is_watched_again(
    listener: Listener, folder: Path
) -> None:
    (folder / "before.png").write_bytes(PNG)
    listener.begin(folder)
    away = folder.with_name("away")
    folder.rename(away)
    listener.wait_for_state(FolderState.GONE)

    # What came meanwhile is not lost, and what was there before is not told.
    (away / "meanwhile.png").write_bytes(JPEG)
    away.rename(folder)

    listener.wait_for("meanwhile.png")
    assert listener.states == [FolderState.WATCHED, FolderState.GONE, FolderState.WATCHED]
    (folder / "later.png").write_bytes(encode(sketch(50), "PNG"))
    listener.wait_for("meanwhile.png", "later.png")


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (PermissionError(13, "Permission denied"), FolderState.FORBIDDEN),
        (OSError(112, "Host is down"), FolderState.UNREACHABLE),
        (OSError(116, "Stale file handle"), FolderState.UNREACHABLE),
    ],
)
def test_a_folder_out_of_reach_is_told_and_tried_again(
    listener: Listener, folder: Path, error: OSError, state: FolderState
) -> None:
    listener.error = error
    listener.begin(folder)
    assert listener.states == [state]
    listener.error = None
    listener.wait_for_state(FolderState.WATCHED)
    (folder / "new.png").write_bytes(PNG)
    listener.wait_for("new.png")


def test_a_folder_that_is_missing_at_the_start_is_waited_for(
    listener: Listener, folder: Path
) -> None:
    shutil.rmtree(folder)
    listener.begin(folder)
    assert listener.states == [FolderState.GONE]
    folder.mkdir()
    listener.wait_for_state(FolderState.WATCHED)


def test_another_folder_takes_the_place_of_the_first(
    listener: Listener, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    second = tmp_path / "Second"
    second.mkdir()
    listener.begin(folder)
    listener.watch.watch(second)
    qtbot.waitUntil(lambda: len(listener.states) == 2)
    (folder / "first.png").write_bytes(PNG)
    (second / "second.png").write_bytes(PNG)
    listener.wait_for("second.png")


def test_nothing_is_told_after_watching_ended(
    listener: Listener, folder: Path, qtbot: QtBot
) -> None:
    listener.begin(folder)
    listener.watch.unwatch()
    (folder / "late.png").write_bytes(PNG)
    qtbot.wait(900)
    assert listener.names == []
    assert listener.watch.folder is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("scan.png", True),
        ("SCAN.JPG", True),
        ("SCAN0001", True),
        ("scan.tiff", True),
        ("scan.xml", False),
        ("Thumbs.db", False),
        ("scan.jpg.part", False),
        (".scan.jpg", False),
        ("scan.png~", False),
    ],
)
def test_which_names_may_be_pictures(name: str, expected: bool) -> None:
    assert may_be_picture(name) is expected


def test_folders_and_links_to_nowhere_are_no_pictures(folder: Path) -> None:
    (folder / "inner.png").mkdir()
    (folder / "lost.png").symlink_to(folder / "nothing.png")
    (folder / "real.png").write_bytes(PNG)
    assert set(folder_listing.list_folder(folder)) == {"real.png"}


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP", "PPM"])
def test_no_part_of_a_picture_passes_for_a_whole_one(folder: Path, file_format: str) -> None:
    data = encode(sketch(), file_format)
    path = folder / "part"
    for length in range(0, len(data) - 8, max(1, len(data) // 40)):
        path.write_bytes(data[:length])
        with pytest.raises(PictureError):
            folder_listing.digest_of_whole(path, CancelToken())
    path.write_bytes(data)
    assert len(folder_listing.digest_of_whole(path, CancelToken())) == 16
