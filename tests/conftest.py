"""Rules for every test: no network, no thread left behind, no window on the screen."""

from __future__ import annotations

import gc
import os
import socket
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

# Before any test imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
_THREAD_END_S = 2.0


class NetworkUsedError(AssertionError):
    """A test reached for the network: the program promises that nothing leaves the computer."""


@pytest.fixture(autouse=True)
def blocked_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail whatever connects, listens or asks for a name."""

    def refuse(*arguments: object, **options: object) -> NoReturn:
        message = f"the network was used: {arguments!r} {options!r}"
        raise NetworkUsedError(message)

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(autouse=True)
def no_leaked_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test that left a thread running, Python's or Qt's."""
    before = set(threading.enumerate())
    yield
    leaked = [thread for thread in threading.enumerate() if _is_new(thread, before)]
    for thread in leaked:
        thread.join(_THREAD_END_S)
    names = [thread.name for thread in leaked if thread.is_alive()]
    if "qapp" in request.fixturenames:
        # Looking through all objects takes 30 ms, and without Qt's application there is no thread.
        names += _running_qthreads()
    assert not names, f"threads left running: {names}"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real handwriting beside the repository; skips on a bare clone."""
    if not _SHARED_DATA.is_dir():
        pytest.skip("needs the handwriting sets in ../shared/data, which are no part of the clone")
    return _SHARED_DATA


@pytest.fixture(scope="session")
def sane_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """SANE's settings with nothing but its test devices; libsane looks for its folder only once."""
    from tests.support.scanners import has_sane

    if not has_sane():
        pytest.skip("needs libsane.so.1 (Debian: libsane1)")
    folder = tmp_path_factory.mktemp("sane.d")
    (folder / "dll.conf").write_text("test\npnm\n")
    (folder / "test.conf").write_text("number_of_devices 1\n")
    return folder


@pytest.fixture
def sane_devices(sane_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SANE knows its test devices and no others."""
    monkeypatch.setenv("SANE_CONFIG_DIR", str(sane_folder))


def _is_new(thread: threading.Thread, before: set[threading.Thread]) -> bool:
    # A QThread that ran Python code leaves a dummy here for ever; see _running_qthreads.
    # A daemon (hypothesis, a process pool) lives as long as the process by design.
    return thread not in before and not thread.daemon


def _running_qthreads() -> list[str]:
    core = sys.modules.get("PySide6.QtCore")
    if core is None:
        return []
    found = [thing for thing in gc.get_objects() if type(thing) is core.QThread]
    running = [thread for thread in found if _is_running(thread)]
    return [f"QThread {thread.objectName()!r}" for thread in running]


def _is_running(thread: object) -> bool:
    from PySide6.QtCore import QCoreApplication, QThread
    from shiboken6 import isValid

    if not isinstance(thread, QThread) or not isValid(thread):
        return False
    application = QCoreApplication.instance()
    is_gui_thread = application is not None and thread is application.thread()
    return not is_gui_thread and thread.isRunning() and not thread.wait(int(_THREAD_END_S * 1000))
