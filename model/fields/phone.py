"""Telephone numbers, by the numbering plan of a country."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from model.errors import FieldError
from model.fields.kind import digits_of

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

# phonenumbers is imported where it is asked: it takes 60 ms, which a menu does not wait for.


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number as it is dialled in a country, or from abroad, the "+" left out.

    One of another country begins with 00.
    """

    country: str
    passes_by_chance: float = 0.98
    has_length: bool = True
    needs_marks: bool = False

    @property
    def name(self) -> str:
        """As it is asked for."""
        return f"phone:{self.country}"

    @property
    def title(self) -> str:
        return phone_title(self.country)

    @property
    def rule(self) -> str:
        return f"A number that can be dialled in {self.country} (ITU-T E.164)."

    def value_of(self, written: str) -> str | None:
        """As in ITU-T E.164: "+919810012345"."""
        found = self._parse(digits_of(written))
        if found is None:
            return None
        import phonenumbers

        return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)

    def shown(self, written: str) -> str:
        digits = digits_of(written)
        found = self._parse(digits)
        if found is None:
            return digits
        import phonenumbers

        shown = phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.NATIONAL)
        # A digit that was not written is not to be shown, nor one left out.
        return shown if digits_of(shown) == digits else digits

    def told(self, value: str) -> str:
        return value

    def _parse(self, digits: str) -> PhoneNumber | None:
        import phonenumbers

        own = phonenumbers.country_code_for_region(self.country)
        for dialled in (digits, f"+{digits}", f"+{digits.removeprefix('00')}"):
            try:
                found = phonenumbers.parse(dialled, self.country)
            except phonenumbers.NumberParseException:
                continue
            # Of another country only behind 00: a + is no digit, and nearly any digits are a
            # number somewhere.
            is_meant = found.country_code == own or digits.startswith("00")
            if is_meant and phonenumbers.is_valid_number(found):
                return found
        return None


def phone_title(country: str) -> str:
    """For people."""
    return f"Phone number ({country})"


def phone_kind(country: str) -> Phone:
    """The kind of a country's telephone numbers.

    Raises:
        FieldError: there is no such country.
    """
    import phonenumbers

    if country not in phonenumbers.SUPPORTED_REGIONS:
        raise FieldError(
            f"“{country}” is no country with telephone numbers.",
            "Ask for phone: and its two capital letters, such as phone:IN or phone:US.",
        )
    return Phone(country)
