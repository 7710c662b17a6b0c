"""How the command ends where Qt finds no screen; each in a process of its own, for Qt aborts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo

from desktop_app import no_screen

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere there is always a screen"
)


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start the program with no screen but what the environment names."""
    screens = {"DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM"}
    kept = {name: value for name, value in os.environ.items() if name not in screens}
    return subprocess.run(
        [sys.executable, "-m", "desktop_app"],
        cwd=ROOT,
        # A compositor's socket may lie in the session's folder without a variable that names it.
        env=kept | {"XDG_RUNTIME_DIR": str(folder), "HOME": str(folder)} | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_no_screen_is_told_with_the_way_to_read_without_one(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    ended = start(tmp_path)
    assert ended.returncode == 1
    assert ended.stderr == (
        "numberglass: There is no screen here to show the window on.\n"
        "Pictures can be read without a window: numberglass read FILE\n"
    )


def test_screen_out_of_reach_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    ended = start(tmp_path, DISPLAY=":4242")
    assert ended.returncode == 1
    assert "cannot be reached" in ended.stderr
    assert "numberglass read FILE" in ended.stderr


def test_platform_that_qt_does_not_have_is_told_in_qt_s_words(tmp_path: Path) -> None:
    ended = start(tmp_path, QT_QPA_PLATFORM="nonsense")
    assert ended.returncode == 1
    assert "Available platform plugins are" in ended.stderr


def test_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms" / "libqxcb.so").write_bytes(b"no library")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setattr(QLibraryInfo, "path", lambda _which: str(tmp_path))
    assert "a system library is missing" in no_screen.reason("")
    assert "libqxcb.so" in no_screen.reason("")


def test_window_opens_where_there_is_a_screen(tmp_path: Path) -> None:
    ended = start(tmp_path, QT_QPA_PLATFORM="offscreen", NUMBERGLASS_QUIT_AFTER_FIRST_PAINT="1")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("first paint")
