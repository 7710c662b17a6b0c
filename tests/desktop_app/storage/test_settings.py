from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop_app.storage.settings import Settings, SettingsFile

if TYPE_CHECKING:
    from pathlib import Path


def test_choices_survive_the_session(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    SettingsFile(path).change(text_percent=150, last_folder="slips")
    assert SettingsFile(path).settings == Settings(150, False, "slips")


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"text_percent": "huge"}', "null"])
def test_damaged_file_means_the_defaults(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(damage)
    assert SettingsFile(path).settings == Settings()


def test_odd_text_size_becomes_the_nearest_step(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"text_percent": 9999, "reduce_motion": true, "last_folder": ""}')
    assert SettingsFile(path).settings == Settings(250, True, "")


def test_unwritable_folder_costs_only_the_memory_of_it(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("")
    settings = SettingsFile(blocker / "settings.json")
    settings.change(text_percent=200)
    assert settings.settings.text_percent == 200


def test_one_slip_of_the_administrator_costs_only_itself(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"wrong_accepted": 0.0005}', encoding="utf-8")
    assert SettingsFile(file).settings == Settings(wrong_accepted=0.0005)

    file.write_text(
        '{"kind": "pin", "text_percent": "large", "wrong_accepted": "1 in 1000", "colour": 1}',
        encoding="utf-8",
    )
    assert SettingsFile(file).settings == Settings(kind="pin")


@pytest.mark.parametrize("share", ["NaN", "7", "-0.1", "null", "true", "Infinity"])
def test_a_share_that_is_none_is_not_taken(tmp_path: Path, share: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(f'{{"kind": "pin", "wrong_accepted": {share}}}', encoding="utf-8")

    assert SettingsFile(file).settings == Settings(kind="pin")
