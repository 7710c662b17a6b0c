"""Postcodes that are made of digits."""

from __future__ import annotations

from typing import Final

from model.errors import FieldError
from model.fields.kind import PlainKind

POSTCODES: Final[dict[str, tuple[int, tuple[int, ...]]]] = {
    **dict.fromkeys(("AT", "AU", "BE", "BG", "CH", "CY", "DK", "GE", "HU", "LI", "LU"), (4, ())),
    **dict.fromkeys(("BD", "MK", "NO", "NZ", "PH", "SI", "TN", "ZA"), (4, ())),
    **dict.fromkeys(("BA", "DE", "EE", "EG", "ES", "FI", "FR", "HR", "ID", "IT", "KE"), (5, ())),
    **dict.fromkeys(("KR", "LK", "LT", "MA", "ME", "MX", "MY", "NP", "PK", "RS", "SA"), (5, ())),
    **dict.fromkeys(("TH", "TR", "UA", "ZM"), (5, ())),
    **dict.fromkeys(("CZ", "GR", "SE", "SK"), (5, (3, 2))),
    "PL": (5, (2, 3)),
    **dict.fromkeys(("BY", "CN", "CO", "EC", "KZ", "RO", "RU", "SG"), (6, ())),
    "IN": (6, (3, 3)),
    "IL": (7, ()),
    "CL": (7, (3, 4)),
    "JP": (7, (3, 4)),
    "PT": (7, (4, 3)),
    "BR": (8, (5, 3)),
}
"""Digits of a country's postcodes and the groups in which they are written, as the Universal Postal
Union lists them; countries with letters in theirs are left out."""


def postcode_kind(country: str) -> PlainKind:
    """The kind of a country's postcodes.

    Raises:
        FieldError: none is known.
    """
    if country not in POSTCODES:
        raise FieldError(
            f"For “{country}” no postcode made of digits is known.",
            f"Ask for postcode: and one of {', '.join(sorted(POSTCODES))}.",
        )
    count, sizes = POSTCODES[country]
    if country == "IN":
        return PlainKind(
            "pin",
            "PIN code (India)",
            f"{count} digits, of which the first is no 0.",
            frozenset({count}),
            lambda digits: digits[0] != "0",
            sizes,
            passes_by_chance=0.99,
        )
    return PlainKind(
        f"postcode:{country}",
        f"Postcode ({country})",
        f"{count} digits.",
        frozenset({count}),
        sizes=sizes,
    )
