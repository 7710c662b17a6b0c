from __future__ import annotations

import pytest

from model.fields.catalogue import find_kind
from model.fields.countries import countries_with


@pytest.mark.parametrize("kind", ["postcode", "phone", "iban"])
def test_every_country_that_is_offered_has_such_a_kind(kind: str) -> None:
    countries = countries_with(kind)
    assert "DE" in countries
    assert list(countries) == sorted(set(countries))
    for country in countries:
        find_kind(f"{kind}:{country}")


def test_an_iban_with_letters_is_not_offered() -> None:
    assert "GB" not in countries_with("iban")


def test_a_kind_that_no_country_has_is_an_error_of_the_program() -> None:
    with pytest.raises(ValueError, match="no kind of a country"):
        countries_with("amount")
