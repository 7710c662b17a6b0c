"""Every kind of number that can be asked for, and how one is named: ``card``, ``postcode:DE``.

What a standard says is left to python-stdnum and phonenumbers (docs/adr/0010-field-kinds.md); both
are imported only once such a kind is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from model.errors import FieldError
from model.fields.amount import Amount
from model.fields.date import Date
from model.fields.kind import PlainKind
from model.fields.lengths import lengths_of, say_lengths
from model.fields.postcodes import postcode_kind

if TYPE_CHECKING:
    from model.fields.kind import FieldKind

CHECKS: Final = ("luhn", "verhoeff", "damm", "mod97", "mod11-10")
"""Check rules for a number of one's own."""

_CHECK_TITLES: Final = {
    "luhn": "Luhn, ISO/IEC 7812-1",
    "verhoeff": "Verhoeff",
    "damm": "Damm",
    "mod97": "ISO/IEC 7064, MOD 97-10",
    "mod11-10": "ISO/IEC 7064, MOD 11,10",
}

_CARD_DIGITS: Final = 16
_ROUTED: Final = frozenset({*range(13), *range(21, 33), *range(61, 73), 80})
"""How routing numbers begin: the government's (00), twelve districts' banks, thrifts (from 21) and
electronic transfers (from 61), travellers' cheques (80)."""

_MAESTRO: Final = ("5018", "5020", "5038", "5893", "6304", "6759", "6761", "6762", "6763")
_DINERS: Final = (*map(str, range(300, 306)), "3095", "36", "38", "39")
# How cards of other lengths begin: Visa, Diners, American Express, UnionPay, Maestro, Discover.
_OTHER_CARDS: Final = {
    13: ("4", *_MAESTRO),
    14: (*_DINERS, *_MAESTRO),
    15: ("34", "37", *_MAESTRO),
    17: ("62", *_MAESTRO),
    18: ("62", *_MAESTRO),
    19: ("4", "62", "6011", "64", "65", *_DINERS, *_MAESTRO),
}

NAMES: Final = (
    "number",
    "amount",
    "amount:indian",
    "amount:2",
    "date",
    "date:month-first",
    "date:year-first",
    "pin",
    "zip",
    "postcode:DE",
    "phone:IN",
    "account:9-18",
    "iban:DE",
    "routing",
    "card",
    "aadhaar",
    "cheque",
    "custom:10",
    "custom:8-10:luhn",
)
"""One example of each way to name a kind."""


def find_kind(name: str) -> FieldKind:
    """The kind of that name.

    Raises:
        FieldError: there is none.
    """
    head, _, options = name.strip().lower().partition(":")
    make = _KINDS.get(head)
    if head in _OF_COUNTRIES:
        options = options.upper()
    if make is None:
        raise FieldError(f"There is no kind of number called “{name}”.", _choices())
    return make(options)


def _choices() -> str:
    return f"Choose one of these, or another of its form: {', '.join(NAMES)}."


def _number(options: str) -> FieldKind:
    _take_none("number", options)
    return PlainKind("number", "Any number", "Any digits.")


def _amount(options: str) -> FieldKind:
    words = [word for word in options.split(":") if word]
    places = [word for word in words if re.fullmatch("[0-4]", word)]
    if len(places) > 1 or set(words) - set(places) - {"indian"}:
        raise FieldError(f"“amount:{options}” is no kind of amount.", _choices())
    return Amount(is_indian="indian" in words, decimals=int(places[0]) if places else None)


def _date(options: str) -> FieldKind:
    match options or "day-first":
        case "day-first" | "month-first" | "year-first" as order:
            return Date(order)
    raise FieldError(
        f"A date cannot be “{options}”.", "Ask for date, date:month-first or date:year-first."
    )


def _pin(options: str) -> FieldKind:
    _take_none("pin", options)
    return postcode_kind("IN")


def _zip(options: str) -> FieldKind:
    _take_none("zip", options)
    # 00501 is the lowest that is in use, 99950 the highest (USPS Publication 65).
    return PlainKind(
        "zip",
        "ZIP code (USA)",
        "5 digits, or 9 (ZIP+4).",
        frozenset({5, 9}),
        lambda digits: "00501" <= digits[:5] <= "99950",
        (5, 4),
    )


def _phone(country: str) -> FieldKind:
    from model.fields.phone import phone_kind

    return phone_kind(country)


def _account(options: str) -> FieldKind:
    lengths = lengths_of(options, f"account:{options}", "account:11, or account:9-18")
    rule = f"{say_lengths(lengths)}."
    return PlainKind(f"account:{options}", "Account number", rule, lengths, sizes=(4,))


def _cheque(options: str) -> FieldKind:
    lengths = lengths_of(options or "6", f"cheque:{options}", "cheque, or cheque:7")
    name = f"cheque:{options}" if options else "cheque"
    return PlainKind(name, "Cheque number", f"{say_lengths(lengths)}.", lengths)


def _iban(country: str) -> FieldKind:
    from stdnum import iban, numdb

    found = numdb.get("iban").info(country)[0] if len(country) == 2 and country.isupper() else None
    structure = found[1].get("bban", "") if found else ""
    if not structure or re.search(r"[^0-9!n]", structure):
        raise FieldError(
            f"An IBAN of “{country}” is not made of digits alone.",
            "Ask for iban: and a country with digits alone, such as DE, AT, BE or PL.",
        )
    count = 2 + sum(int(part) for part in re.findall(r"(\d+)!n", structure))
    return PlainKind(
        f"iban:{country}",
        f"IBAN ({country})",
        f"{country} and {count} digits that agree with the two check digits (ISO 13616).",
        frozenset({count}),
        # A country's own check asks its list of banks, too, which ages.
        lambda digits: (
            "02" <= digits[:2] <= "98" and iban.is_valid(country + digits, check_country=False)
        ),
        (2, 4),
        passes_by_chance=0.01,
        prefix=country,
    )


def _routing(options: str) -> FieldKind:
    _take_none("routing", options)
    from stdnum.us import rtn

    return PlainKind(
        "routing",
        "Routing number (ABA)",
        "9 digits that begin with 00 to 12, 21 to 32, 61 to 72 or 80; the last one checks the "
        "others (American Bankers Association).",
        frozenset({9}),
        # Boxes filled with zeros keep the sum, too.
        lambda digits: (
            digits.strip("0") != "" and int(digits[:2]) in _ROUTED and rtn.is_valid(digits)
        ),
        (4, 4, 1),
        passes_by_chance=0.1,
    )


def _is_issued(digits: str) -> bool:
    """Whether a card that begins so has so many digits (ISO/IEC 7812, the issuers' own ranges)."""
    if len(digits) == _CARD_DIGITS:
        return not digits.startswith("0")
    return digits.startswith(_OTHER_CARDS.get(len(digits), ()))


def _card(options: str) -> FieldKind:
    _take_none("card", options)
    from stdnum import luhn

    return PlainKind(
        "card",
        "Payment card",
        "16 digits, or 13 to 19 where the card's issuer has those, the last of which checks the "
        f"others ({_CHECK_TITLES['luhn']}).",
        frozenset(range(13, 20)),
        # No card begins with 0: ISO keeps that for itself.
        lambda digits: _is_issued(digits) and luhn.is_valid(digits),
        (4,),
        passes_by_chance=0.1,
    )


def _aadhaar(options: str) -> FieldKind:
    _take_none("aadhaar", options)
    from stdnum.in_ import aadhaar

    return PlainKind(
        "aadhaar",
        "Aadhaar number",
        "12 digits, the first from 2, the last of which checks the others (Verhoeff).",
        frozenset({12}),
        aadhaar.is_valid,
        (4,),
        passes_by_chance=0.08,
    )


def _custom(options: str) -> FieldKind:
    asked, _, check = options.partition(":")
    lengths = lengths_of(asked, f"custom:{options}", "custom:10, custom:8-10 or custom:9:luhn")
    if check and check not in CHECKS:
        raise FieldError(
            f"There is no check rule called “{check}”.", f"Choose one of {', '.join(CHECKS)}."
        )
    rule = f"{say_lengths(lengths)}."
    if check:
        rule = f"{say_lengths(lengths)}, checked by {_CHECK_TITLES[check]}."
    return PlainKind(
        f"custom:{options}",
        "Number of your own",
        rule,
        lengths,
        partial(_is_checked, check) if check else None,
        (4,),
        passes_by_chance={"": 1.0, "mod97": 0.01}.get(check, 0.1),
    )


def _is_checked(check: str, digits: str) -> bool:
    from stdnum import damm, luhn, verhoeff
    from stdnum.iso7064 import mod_11_10, mod_97_10

    rules: dict[str, Callable[[str], bool]] = {
        "luhn": luhn.is_valid,
        "verhoeff": verhoeff.is_valid,
        "damm": damm.is_valid,
        "mod97": mod_97_10.is_valid,
        "mod11-10": mod_11_10.is_valid,
    }
    return rules[check](digits)


def _take_none(head: str, options: str) -> None:
    if options:
        raise FieldError(f"“{head}” takes nothing behind it.", f"Ask for {head}.")


_OF_COUNTRIES: Final = ("postcode", "phone", "iban")

_KINDS: Final[dict[str, Callable[[str], FieldKind]]] = {
    "number": _number,
    "amount": _amount,
    "date": _date,
    "pin": _pin,
    "zip": _zip,
    "postcode": postcode_kind,
    "phone": _phone,
    "account": _account,
    "iban": _iban,
    "routing": _routing,
    "card": _card,
    "aadhaar": _aadhaar,
    "cheque": _cheque,
    "custom": _custom,
}
