"""What a run leaves in its folder decides how it goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from export.run_folder import BEST_NAME, LOG_NAME, OtherRunError, best_so_far, claim, read_curves

_LOG = """epoch,loss,val_loss
0,0.9,0.8
1,0.5,0.4
1,0.6,0.5
2,0.3,0.6
"""


def test_a_folder_stays_with_its_settings(tmp_path: Path) -> None:
    claim(tmp_path / "run", {"seed": 1, "widths": [8, 8, 8]})
    claim(tmp_path / "run", {"seed": 1, "widths": [8, 8, 8]})
    with pytest.raises(OtherRunError, match=r"widths was \[8, 8, 8\] and is \[9, 8, 8\]"):
        claim(tmp_path / "run", {"seed": 1, "widths": [9, 8, 8]})


def test_a_setting_that_is_new_is_another_run(tmp_path: Path) -> None:
    claim(tmp_path, {"seed": 1})
    with pytest.raises(OtherRunError, match="rate was None and is 2"):
        claim(tmp_path, {"seed": 1, "rate": 2})


def test_an_epoch_that_was_logged_twice_counts_once(tmp_path: Path) -> None:
    (tmp_path / LOG_NAME).write_text(_LOG)
    curves = read_curves(tmp_path)
    assert curves["loss"] == [0.9, 0.6, 0.3]
    assert curves["val_loss"] == [0.8, 0.5, 0.6]


def test_the_best_counts_only_while_its_weights_are_there(tmp_path: Path) -> None:
    (tmp_path / LOG_NAME).write_text(_LOG)
    assert best_so_far(tmp_path) is None
    (tmp_path / BEST_NAME).touch()
    assert best_so_far(tmp_path) == 0.5


def test_a_run_that_has_not_begun_has_no_curves(tmp_path: Path) -> None:
    assert read_curves(tmp_path) == {}
    assert best_so_far(tmp_path) is None
