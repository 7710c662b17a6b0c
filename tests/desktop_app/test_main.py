"""The arguments of the command, and how it ends when it is stopped from outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

import desktop_app
from desktop_app import __main__, cli
from desktop_app.__main__ import STOPPED_BY_CLOSED_PIPE, STOPPED_BY_KEYBOARD, main
from tests.support.pictures import encode, sketch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from model.fields.kind import FieldKind

ROOT = Path(__file__).parents[2]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[list[Path]]:
    """What the window was opened with; no window opens."""
    calls: list[list[Path]] = []
    app = ModuleType("desktop_app.app")

    def run_window(files: Sequence[Path]) -> int:
        calls.append(list(files))
        return 0

    vars(app)["run_window"] = run_window
    monkeypatch.setitem(sys.modules, "desktop_app.app", app)
    return calls


def test_no_argument_opens_the_window(opened: list[list[Path]]) -> None:
    assert main([]) == 0
    assert opened == [[]]


def test_pictures_are_opened_in_the_window(opened: list[list[Path]]) -> None:
    assert main(["a.png", "./read"]) == 0
    assert opened == [[Path("a.png"), Path("read")]]


def test_window_that_cannot_be_opened_leaves_the_reader_usable(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "desktop_app.app", ModuleType("desktop_app.app"))

    assert main([]) == 1
    assert "numberglass read FILE" in capsys.readouterr().err


@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_read_passes_the_files_on_as_given(
    monkeypatch: pytest.MonkeyPatch, flags: list[str]
) -> None:
    asked: list[tuple[list[str], bool, FieldKind | None]] = []

    def read_files(
        files: list[str], *, as_json: bool, field: FieldKind | None, open_reader: object
    ) -> int:
        asked.append((files, as_json, field))
        return 1

    monkeypatch.setattr(cli, "read_files", read_files)

    assert main(["read", *flags, "./a b.png", "-"]) == 1
    assert asked == [(["./a b.png", "-"], bool(flags), None)]


def test_a_field_is_asked_for_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def read_files(
        files: list[str], *, as_json: bool, field: FieldKind, open_reader: object
    ) -> int:
        asked.append(field.name)
        return 0

    monkeypatch.setattr(cli, "read_files", read_files)

    assert main(["read", "--field", "postcode:DE", "a.png"]) == 0
    assert asked == ["postcode:DE"]


def test_a_field_that_there_is_not_names_those_that_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["read", "--field", "passport", "a.png"])

    assert end.value.code == 2
    said = capsys.readouterr().err
    assert "There is no kind of number called “passport”." in said
    assert "aadhaar" in said


@pytest.mark.parametrize(
    "wrong",
    [
        ["read"],
        ["read", "--json"],
        ["--jsn"],
        ["read", "--xml", "a"],
        ["--self-check", "a.png"],
        ["a.png", ""],
        ["read", "--wrong", "2", "a.png"],
        ["read", "--wrong", "few", "a.png"],
    ],
)
def test_wrong_use_ends_with_two_and_says_how(
    wrong: list[str], opened: list[list[Path]], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(wrong)

    assert end.value.code == 2
    assert "usage: numberglass" in capsys.readouterr().err
    assert opened == []


@pytest.mark.parametrize("arguments", [["--help"], ["read", "--help"]])
def test_help_ends_well(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)

    assert end.value.code == 0
    assert "usage: numberglass" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--help"], ["read", "--help"]])
def test_help_names_the_command_as_it_was_started(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NUMBERGLASS_COMMAND", "./start")
    with pytest.raises(SystemExit):
        main(arguments)

    out = capsys.readouterr().out
    assert out.startswith("usage: ./start")
    assert "numberglass read" not in out


def test_version_is_the_distribution_s(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])

    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert end.value.code == 0
    assert capsys.readouterr().out == f"numberglass {declared['project']['version']}\n"
    assert desktop_app.__version__ == declared["project"]["version"]


def test_self_check_passes_with_the_shipped_network(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--self-check"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Numberglass works: it read its own test number ")
    assert (cli.SELF_CHECK_DIGITS in out, err) == (True, "")


def test_self_check_s_result_is_the_exit_status(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "self_check", lambda: 1)

    assert main(["--self-check"]) == 1


def test_keyboard_stop_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_arguments: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(__main__, "_run", stopped)

    assert main([]) == STOPPED_BY_KEYBOARD == 128 + signal.SIGINT


def run(code: str, *, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
    """Run code in a fresh interpreter, as a terminal would run the command."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )


FAKE = """
import sys
from desktop_app import cli
from desktop_app.__main__ import main
from model.types import PageReading
class Reader:
    def read(self, page): return PageReading(())
cli.read_files.__kwdefaults__["open_reader"] = Reader
"""


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break differently there")
def test_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    path.write_bytes(encode(sketch(), "PNG"))
    reading_end, writing_end = os.pipe()
    os.close(reading_end)

    done = run(f"{FAKE}\nsys.exit(main(['read', {str(path)!r}]))", stdout=writing_end)
    os.close(writing_end)

    assert done.returncode == STOPPED_BY_CLOSED_PIPE
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_full_drive_is_said_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    path.write_bytes(encode(sketch(), "PNG"))

    with Path("/dev/full").open("wb") as full:
        done = run(f"{FAKE}\nsys.exit(main(['read', {str(path)!r}]))", stdout=full.fileno())

    assert done.returncode == 1
    assert b"could not be written: No space left on device" in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_reading_without_a_window_imports_no_qt(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    path.write_bytes(encode(sketch(), "PNG"))

    done = run(
        f"{FAKE}\nassert main(['read', '--json', {str(path)!r}]) == 0\n"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))])"
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == b"[]"


def test_command_imports_no_numpy_before_it_knows_what_to_do() -> None:
    done = run(
        "import sys\nimport desktop_app.__main__\n"
        "print({'numpy', 'PIL', 'PySide6', 'onnxruntime'} & set(sys.modules))"
    )

    assert done.stdout.strip() == b"set()", done.stderr


def test_file_name_that_the_terminal_cannot_show_is_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "日本.png"
    path.write_bytes(encode(sketch(), "PNG"))

    done = run(
        "import sys, io\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='ascii')\n"
        f"{FAKE}\nsys.exit(main(['read', {str(path)!r}]))"
    )

    assert done.returncode == 0, done.stderr
    assert rb"\u65e5\u672c.png" in done.stdout
