"""Why a person has to look at a line, in sentences for people. Imports no numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.types import Decision, Doubt

if TYPE_CHECKING:
    from model.types import Change, LineReading

_PLAIN: Final = {
    Doubt.OTHER_MARKS: "Beside the digits stands something that is no digit.",
    Doubt.UNREAD_INK: "Beside it is ink that was not read.",
    Doubt.READ_OTHERWISE: "A second way of reading says something else.",
    Doubt.MARKS: "A point or comma in it is not sure, or a gap may stand for one.",
    Doubt.SPLIT: "This number and the one beside it may be one.",
    Doubt.BROKEN: "A digit was put together out of its parts.",
    Doubt.OTHER_INK: "Much else on the page was not read.",
}
# A number that is so much less likely than the line is none that one has to think of.
_WORTH_SAYING: Final = 0.05


def reasons_for_doubt(line: LineReading) -> tuple[str, ...]:
    """One sentence for each reason; none where nobody has to look."""
    doubts = [doubt for doubt in line.doubts if doubt is not _told_by_rule(line)]
    sentences = [_sentence(line, doubt) for doubt in sorted(doubts, key=_order)]
    return tuple(filter(None, sentences))


def describe_change(change: Change) -> str:
    """Say what a rule changed: "digit 4 was read as 8 and is taken as 3"."""
    if change.taken is None:
        return f"the {change.read} in place {change.place} is taken for no digit"
    if change.read is None:
        return f"digit {change.place} was taken for no digit and is taken as {change.taken}"
    return f"digit {change.place} was read as {change.read} and is taken as {change.taken}"


def _told_by_rule(line: LineReading) -> Doubt | None:
    """What needs no sentence: where nothing keeps the rule, what it may also be does not either."""
    return Doubt.UNSURE if Doubt.NOT_OF_KIND in line.doubts else None


def _order(doubt: Doubt) -> int:
    """What the rule of a field says comes first: it is what one asked for."""
    return (Doubt.CHANGED, Doubt.NOT_OF_KIND, Doubt.UNSURE, *_PLAIN).index(doubt)


def _sentence(line: LineReading, doubt: Doubt) -> str:
    if doubt in _PLAIN:
        return _PLAIN[doubt]
    field = line.field
    if field is not None and doubt is Doubt.NOT_OF_KIND:
        return f"It breaks the rule: {field.rule}"
    if field is not None and doubt is Doubt.CHANGED:
        told = "; ".join(map(describe_change, field.changed))
        return f"{told[:1].upper()}{told[1:]}, to keep the rule: {field.rule}"
    return _unsure(line)


def _unsure(line: LineReading) -> str:
    likely = [
        other.written or other.text
        for other in line.alternatives[:2]
        if other.probability >= _WORTH_SAYING * line.confidence
    ]
    if likely:
        return f"It may also be {' or '.join(likely)}."
    if any(digit.decision is Decision.REVIEW for digit in line.digits):
        return ""  # its digits are asked for one by one
    return "As a whole it is not sure enough."
