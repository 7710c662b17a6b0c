"""Which kinds a number speaks for by itself."""

from __future__ import annotations

import pytest

from model.fields.suggest import suggest_kinds


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("4111111111111111", ["card"]),
        ("4111111111111112", []),
        ("234123412346", ["aadhaar"]),
        ("111000025", ["routing"]),
        ("1,25,000/-", ["amount:indian"]),
        ("1,250", ["amount"]),
        ("15/3/16", ["date"]),
        ("15032016", ["date"]),
        ("31022016", []),
        ("110001", []),
        ("42", []),
    ],
)
def test_a_number_suggests_its_kind(written: str, names: list[str]) -> None:
    assert [kind.name for kind in suggest_kinds(written)] == names
