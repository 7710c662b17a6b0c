"""The line network's card says what it learned from."""

from __future__ import annotations

import pytest

from export.line_card import seen_sets

_NAMES = ["orand_car_a", "meza_logbook"]


@pytest.mark.parametrize(
    ("training", "seen"),
    [
        ({}, _NAMES),
        ({"without": ["meza_logbook"]}, ["orand_car_a"]),
        ({"without": _NAMES}, []),
        ({"without": _NAMES, "start": {"without": ["orand_car_a"]}}, ["meza_logbook"]),
        ({"without": _NAMES, "start": {"without": _NAMES, "start": {}}}, _NAMES),
    ],
)
def test_a_set_counts_as_seen_if_any_run_of_the_chain_saw_it(
    training: dict[str, object], seen: list[str]
) -> None:
    assert seen_sets(training, _NAMES) == seen
