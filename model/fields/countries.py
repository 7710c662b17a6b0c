"""Of which countries there are numbers of a certain kind."""

from __future__ import annotations

from itertools import product
from string import ascii_uppercase

from model.errors import FieldError
from model.fields.catalogue import find_kind
from model.fields.postcodes import POSTCODES


def countries_with(kind: str) -> tuple[str, ...]:
    """Two letters for each country, in the order of the alphabet.

    Args:
        kind: "postcode", "phone" or "iban".

    Raises:
        ValueError: it is none of these.
    """
    if kind == "postcode":
        return tuple(sorted(POSTCODES))
    if kind == "phone":
        import phonenumbers

        return tuple(sorted(phonenumbers.SUPPORTED_REGIONS))
    if kind == "iban":
        return tuple(filter(_has_iban_of_digits, map("".join, product(ascii_uppercase, repeat=2))))
    raise ValueError(f"no kind of a country: {kind}")


def _has_iban_of_digits(country: str) -> bool:
    try:
        find_kind(f"iban:{country}")
    except FieldError:
        return False
    return True
