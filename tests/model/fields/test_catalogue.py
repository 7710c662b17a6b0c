"""Each kind of number, against examples that its standard or its issuer published."""

from __future__ import annotations

import pytest

from model.errors import FieldError
from model.fields.catalogue import NAMES, find_kind
from model.fields.postcodes import POSTCODES

VALID = [
    # Test numbers that the card networks publish.
    ("card", "4111111111111111", "4111111111111111"),
    ("card", "5555555555554444", "5555555555554444"),
    ("card", "378282246310005", "378282246310005"),
    ("card", "6011111111111117", "6011111111111117"),
    ("card", "3530111333300000", "3530111333300000"),
    ("card", "30569309025904", "30569309025904"),
    ("card", "4222222222222", "4222222222222"),
    # ISO/IEC 7812-1's own example is shorter than any card.
    ("custom:11:luhn", "79927398713", "79927398713"),
    # Verhoeff (1969), Damm (2004), and ISO/IEC 7064's examples 794 and 0794.
    ("custom:4:verhoeff", "2363", "2363"),
    ("custom:4:damm", "5724", "5724"),
    ("custom:5:mod97", "79444", "79444"),
    ("custom:5:mod11-10", "07945", "07945"),
    # Federal Reserve Bank of Boston, and banks that print theirs.
    ("routing", "011000015", "011000015"),
    ("routing", "021000021", "021000021"),
    ("routing", "111000025", "111000025"),
    # The example of UIDAI's documents, with groups as it is printed.
    ("aadhaar", "2341 2341 2346", "234123412346"),
    # The IBAN registry's examples (SWIFT, ISO 13616).
    ("iban:DE", "89370400440532013000", "DE89370400440532013000"),
    ("iban:AT", "611904300234573201", "AT611904300234573201"),
    ("iban:BE", "68539007547034", "BE68539007547034"),
    ("iban:PL", "61109010140000071219812874", "PL61109010140000071219812874"),
    ("iban:ES", "9121000418450200051332", "ES9121000418450200051332"),
    # India Post: New Delhi's head office. USPS: Holtsville, the White House, Ketchikan.
    ("pin", "110001", "110001"),
    ("postcode:IN", "110001", "110001"),
    ("zip", "00501", "00501"),
    ("zip", "20500-0005", "205000005"),
    ("zip", "99950", "99950"),
    ("postcode:DE", "10115", "10115"),
    ("postcode:PL", "00-950", "00950"),
    ("postcode:JP", "100-0001", "1000001"),
    ("postcode:BR", "01310-100", "01310100"),
    ("postcode:CH", "3030", "3030"),
    # Examples of the numbering plans (libphonenumber).
    ("phone:IN", "08123456789", "+918123456789"),
    ("phone:IN", "918123456789", "+918123456789"),
    ("phone:IN", "00918123456789", "+918123456789"),
    ("phone:IN", "00442079460018", "+442079460018"),
    ("phone:US", "201-555-0123", "+12015550123"),
    ("phone:DE", "030/123456", "+4930123456"),
    ("account:9-18", "00012345678", "00012345678"),
    ("account:8,10", "0123456789", "0123456789"),
    ("cheque", "083654", "083654"),
    ("cheque:7", "0083654", "0083654"),
    ("custom:3", "007", "007"),
    ("number", "1", "1"),
]

INVALID = [
    ("card", "4111111111111112"),
    ("card", "79927398713"),  # checked, but too short
    ("custom:11:luhn", "79927398710"),
    ("custom:4:verhoeff", "2364"),
    ("custom:4:damm", "5720"),
    ("custom:5:mod97", "79445"),
    ("custom:5:mod11-10", "07946"),
    ("routing", "111000026"),
    ("routing", "11100002"),
    ("routing", "131000021"),  # checked, but there is no thirteenth district
    ("routing", "400000008"),
    ("aadhaar", "234123412347"),
    ("aadhaar", "123412341234"),  # none begins with 0 or 1
    ("iban:DE", "89370400440532013001"),
    ("iban:DE", "8937040044053201300"),
    ("iban:ES", "9121000418450200051333"),
    ("pin", "010001"),
    ("pin", "11000"),
    ("zip", "00500"),
    ("zip", "99951"),
    ("zip", "205000"),
    ("postcode:DE", "1011"),
    ("postcode:CH", "999"),
    ("postcode:JP", "100000"),
    ("postcode:BR", "0131010"),
    ("postcode:PL", "0095"),
    ("iban:AT", "611904300234573202"),
    ("iban:BE", "68539007547035"),
    ("iban:PL", "61109010140000071219812875"),
    ("phone:DE", "30"),
    ("date:month-first", "31/12/2016"),
    ("date:year-first", "2016/15/03"),
    ("date", "29/02/2015"),
    ("phone:IN", "112"),
    ("phone:IN", "442079460018"),
    ("phone:IN", "2015550123"),
    ("phone:US", "2015550"),
    ("account:9-18", "12345678"),
    ("account:8,10", "123456789"),
    ("cheque", "83654"),
    ("custom:3", "0070"),
    # The sum is right, but cards that begin so have 16 digits.
    ("card", "837634859372976"),
    ("card", "40000000000006"),
    # Boxes that were filled with zeros.
    ("card", "0000000000000000"),
    ("routing", "000000000"),
    ("iban:DE", "01000000000000000000"),
    ("number", "-"),
]


@pytest.mark.parametrize(("name", "written", "value"), VALID)
def test_a_published_number_is_of_its_kind(name: str, written: str, value: str) -> None:
    assert find_kind(name).value_of(written) == value


@pytest.mark.parametrize(("name", "written"), INVALID)
def test_what_breaks_the_rule_is_none(name: str, written: str) -> None:
    assert find_kind(name).value_of(written) is None


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_that_is_offered_is_there(name: str) -> None:
    kind = find_kind(name)

    assert kind.title
    assert kind.rule.endswith(".")
    assert 0 < kind.passes_by_chance <= 1


_EXAMPLES = [("date", "15032016"), ("date", "150316"), ("phone:IN", "9810012345")]
_EXAMPLES += [("pin", "560001"), ("card", "4111111111111111"), ("aadhaar", "234123412346")]
_EXAMPLES += [("routing", "111000025"), ("iban:DE", "89370400440532013000")]


@pytest.mark.parametrize(("name", "number"), _EXAMPLES)
def test_no_more_misreadings_keep_a_rule_than_it_is_said_to_let_pass(
    name: str, number: str
) -> None:
    kind = find_kind(name)
    misread = [
        f"{number[:at]}{digit}{number[at + 1 :]}"
        for at in range(len(number))
        for digit in "0123456789"
        if digit != number[at]
    ]

    passed = sum(kind.value_of(one) is not None for one in misread) / len(misread)

    assert passed <= kind.passes_by_chance


def test_a_kind_is_called_as_it_was_asked_for() -> None:
    # Only the first way a date is written needs no word for it.
    assert [find_kind(name).name for name in NAMES] == list(NAMES)
    assert find_kind("date:day-first").name == "date"
    assert find_kind("amount:2:indian").name == "amount:indian:2"
    assert find_kind("Postcode:de").name == "postcode:DE"


@pytest.mark.parametrize("country", sorted(POSTCODES))
def test_a_postcode_is_grouped_as_long_as_it_is(country: str) -> None:
    count, sizes = POSTCODES[country]

    assert not sizes or sum(sizes) == count


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("passport", "amount"),
        ("", "amount"),
        ("pin:4", "pin"),
        ("card:16", "card"),
        ("date:backwards", "date:year-first"),
        ("amount:western", "amount:indian"),
        ("amount:2:3", "amount:2"),
        ("account", "account:11"),
        ("account:0", "account:11"),
        ("account:9-", "account:11"),
        ("custom:99", "custom:10"),
        ("account:8,18-9", "account:11"),
        ("amount:" + "9" * 5000, "amount:2"),
        ("custom:9:rot13", "luhn"),
        ("iban:GB", "iban:"),  # its bank code is of letters
        ("iban:QQ", "iban:"),
        ("phone:QQ", "phone:IN"),
        ("phone", "phone:IN"),
        ("postcode:GB", "postcode:"),
    ],
)
def test_a_kind_that_there_is_not_is_refused_with_what_to_ask_for(name: str, hint: str) -> None:
    with pytest.raises(FieldError) as refused:
        find_kind(name)

    assert hint in refused.value.hint


@pytest.mark.parametrize(
    ("name", "written", "shown"),
    [
        ("card", "4111111111111111", "4111 1111 1111 1111"),
        ("card", "378282246310005", "3782 8224 6310 005"),
        ("routing", "111000025", "1110 0002 5"),
        ("iban:DE", "89370400440532013000", "89 3704 0044 0532 0130 00"),
        ("pin", "110001", "110 001"),
        ("zip", "205000005", "20500 0005"),
        ("phone:US", "2015550123", "(201) 555-0123"),
        ("phone:US", "12", "12"),
        ("number", "12345", "12345"),
    ],
)
def test_digits_are_grouped_as_people_write_them(name: str, written: str, shown: str) -> None:
    assert find_kind(name).shown(written) == shown


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("card", "4111111111111111", ""),
        ("iban:DE", "DE89370400440532013000", "DE89 3704 0044 0532 0130 00"),
        ("phone:US", "+12015550123", "+12015550123"),
    ],
)
def test_a_value_that_says_more_than_its_digits_is_told(name: str, value: str, told: str) -> None:
    assert find_kind(name).told(value) == told
