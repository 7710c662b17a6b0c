"""Which kinds a number may be of, by its own digits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.fields.amount import Amount
from model.fields.catalogue import find_kind
from model.fields.date import Date
from model.fields.kind import digits_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from model.fields.kind import FieldKind

_CHECKED: Final = ("card", "aadhaar", "routing")


def suggest_kinds(written: str) -> tuple[FieldKind, ...]:
    """The kinds that speak for themselves, the most telling first; none where none does.

    Six digits alone may be anything, so that postcodes are never suggested.

    Args:
        written: Digits, with the separators that stand between them.
    """
    return tuple(_suggestions(written))


def _suggestions(written: str) -> Iterator[FieldKind]:
    digits = digits_of(written)
    for name in _CHECKED:
        kind = find_kind(name)
        if kind.value_of(digits) is not None:
            yield kind
    amount = Amount(is_indian=written.rstrip().endswith(("/-", "/", "=")))
    if (amount.is_indian or "," in written) and amount.value_of(written) is not None:
        yield amount
    if len(digits) == 8 or sum(written.count(mark) for mark in "/-.") == 2:
        yield from (day for day in (Date(),) if day.value_of(written) is not None)
