"""The line network's card says what it learned from."""

from __future__ import annotations

import pytest

from export.line_card import _runs, seen_sets

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


_RUN = {
    "epochs": 3,
    "samples": 20_000,
    "batch": 32,
    "real": 0.2,
    "rate": 1e-3,
    "seed": 1,
    "lines": "0123456789",
    "without": [],
}


def test_a_run_that_made_the_network_deeper_says_so() -> None:
    deeper = _RUN | {"start": _RUN, "blocks": [3, 3, 2]}

    told = _runs(deeper | {"start": deeper}).splitlines()

    assert ["with 3, 3 and 2 residual steps" in line for line in told] == [False, True, False]


def test_a_mean_of_networks_says_of_how_many() -> None:
    told = _runs(_RUN | {"start": _RUN, "averaged": 2}).splitlines()

    assert ["those of the 1 before it" in line for line in told] == [False, True]
