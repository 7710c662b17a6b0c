"""The two rules that keep measured pictures out of training."""

from __future__ import annotations

import zlib

from hypothesis import given
from hypothesis import strategies as st

from export.splits import is_dev_file, is_held_back_group


def test_a_group_is_held_back_when_the_crc_of_its_name_ends_in_zero() -> None:
    names = [f"aga/aga/writer{number}" for number in range(200)]
    held_back = [name for name in names if is_held_back_group(name)]
    assert held_back == [name for name in names if zlib.crc32(name.encode()) % 10 == 0]
    assert 5 < len(held_back) < 45


def test_about_a_fifth_of_the_files_measures() -> None:
    share = sum(is_dev_file(f"a_car_{number:06d}.png") for number in range(2000)) / 2000
    assert 0.17 < share < 0.23


@given(st.text(alphabet="abc019_.", min_size=1), st.text(alphabet="abc/", max_size=5))
def test_the_folder_of_a_file_plays_no_part(name: str, folder: str) -> None:
    assert is_dev_file(f"{folder}/{name}") == is_dev_file(name)
