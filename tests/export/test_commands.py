"""The dispatcher imports only the command that is asked for."""

from __future__ import annotations

import subprocess
import sys
import types

import pytest

from export import __main__ as commands


def test_a_command_gets_its_own_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    train = types.ModuleType("export.train")
    vars(train)["add_arguments"] = lambda parser: parser.add_argument("--epochs", type=int)
    vars(train)["run"] = lambda args: args.epochs - 2
    monkeypatch.setitem(sys.modules, "export.train", train)
    assert commands.main(["train", "--epochs", "5"]) == 3


def test_an_unknown_command_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_info:
        commands.main(["polish"])
    assert exit_info.value.code == 2
    assert "evaluate" in capsys.readouterr().err


def test_help_and_evaluation_need_no_keras() -> None:
    code = (
        "import sys, runpy; sys.argv = ['export', 'evaluate', '--help']\n"
        "try: runpy.run_module('export', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "sys.exit('keras' in sys.modules or 'tensorflow' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert b"--compare" in done.stdout
