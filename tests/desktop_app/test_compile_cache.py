"""What PySide6 compiles of itself is compiled once, and never wrongly taken for something else."""

from __future__ import annotations

import builtins
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.compile_cache import kept_compilations

_ROOT = Path(__file__).parents[2]
_COUNT = """
import builtins, sys
from desktop_app.compile_cache import kept_compilations
compile_anew, count = builtins.compile, 0
def counted(*args, **more):
    global count
    count += 1
    return compile_anew(*args, **more)
builtins.compile = counted
with kept_compilations(sys.argv[1]):
    import PySide6.QtCore
print(count)
"""


def _run(source: str) -> dict[str, object]:
    told: dict[str, object] = {}
    exec(compile(source, "told.py", "exec"), told)
    return told


def test_pyside_is_compiled_in_the_first_run_alone(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _COUNT, str(tmp_path / "sub" / "kept")]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}

    first, second = (
        int(subprocess.check_output(command, cwd=_ROOT, env=environment)) for _ in range(2)
    )

    assert first >= 10
    assert second == 0
    assert [file.name for file in (tmp_path / "sub").iterdir()] == ["kept"]


def test_another_text_of_the_same_name_is_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    for answer in (1, 2, 1):
        with kept_compilations(str(tmp_path / "kept")):
            assert _run(f"answer = {answer}")["answer"] == answer


def test_a_damaged_file_costs_time_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    kept = tmp_path / "kept"
    with kept_compilations(str(kept)):
        _run("answer = 7")
    whole = kept.read_bytes()

    damaged = [b"", b"no marshal", whole[:-1], *_with_one_byte_changed(whole)]
    for content in damaged:
        kept.write_bytes(content)
        with kept_compilations(str(kept)):
            assert _run("answer = 7")["answer"] == 7
        assert kept.read_bytes() == whole


def _with_one_byte_changed(content: bytes) -> list[bytes]:
    return [
        content[:i] + bytes([content[i] ^ 0x55]) + content[i + 1 :] for i in range(len(content))
    ]


def test_only_what_is_still_asked_for_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    kept = tmp_path / "kept"
    for text in ("answer = 'of an older version'", "answer = 2"):
        with kept_compilations(str(kept)):
            _run(text)
    assert b"older" not in kept.read_bytes()


def test_where_nothing_can_be_written_nothing_breaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "file").write_text("not a folder")
    (tmp_path / "taken").mkdir()

    for path in (tmp_path / "file" / "kept", tmp_path / "taken"):
        with kept_compilations(str(path)):
            assert _run("answer = 7")["answer"] == 7

    assert sorted(file.name for file in tmp_path.iterdir()) == ["file", "taken"]


def test_it_ends_with_its_block_even_after_an_error(tmp_path: Path) -> None:
    before = builtins.compile
    with pytest.raises(SyntaxError), kept_compilations(str(tmp_path / "kept")):
        _run("no python")
    assert builtins.compile is before
