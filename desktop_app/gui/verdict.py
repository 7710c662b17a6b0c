"""How a line stands, and how a digit does, in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from desktop_app.gui import strings
from desktop_app.gui.reviewed_line import AddedDigit, Mark
from model.comparison import compare, describe_differences
from model.summary import NOTHING_FOUND, count_in_words

if TYPE_CHECKING:
    from desktop_app.gui.review import Review
    from desktop_app.gui.reviewed_line import ReviewedDigit, ReviewedLine
    from model.agreement import Agreement
    from model.summary import DescribedPage


class Kind(Enum):
    """Who answers for the number: the reader, nobody yet, or the clerk."""

    SURE = "sure"
    DOUBT = "doubt"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A sentence about a line."""

    kind: Kind
    sentence: str


MARK_WORDS: Final = {
    Mark.SURE: "Sure",
    Mark.DOUBT: "Check",
    Mark.CONFIRMED: "By you",
    Mark.CORRECTED: "By you",
    Mark.ADDED: "By you",
}


def figure_of(digit: ReviewedDigit) -> str:
    """What stands below a digit's word: how sure it was, or what the clerk made of it."""
    if isinstance(digit, AddedDigit):
        return "added"
    if digit.mark is Mark.CONFIRMED:
        return "as read"
    if digit.mark is Mark.CORRECTED:
        return f"was {digit.reading.digit}"
    if digit.mark is Mark.DOUBT:
        # Beside the word "check" any figure of a clear digit would puzzle people.
        return "" if digit.is_clear else strings.doubtful_percent(digit.reading.confidence)
    return strings.percent(digit.reading.confidence, short=True)


def of(line: ReviewedLine) -> Verdict:
    """The one sentence that says whether the line is sure, and who made it so."""
    doubts = len(line.doubts)
    if line.kind is not None and line.breaks_rule and not doubts:
        return Verdict(Kind.DOUBT, f"This does not fit: {line.kind.title}")
    by_clerk = _by_clerk(line)
    # It stays when the digits are confirmed: what was not read is no answer about a digit.
    unread = strings.INK_LEFT if line.is_ink_left and not line.is_edited else ""
    if doubts:
        ask = f"Please check {strings.digits(doubts)}"
        return Verdict(Kind.DOUBT, ". ".join(filter(None, (ask, by_clerk, unread))))
    if by_clerk:
        return Verdict(Kind.PERSON, ". ".join(filter(None, (by_clerk, unread))))
    count = len(line.digits)
    if count == 1:
        return Verdict(Kind.SURE, "Sure of the digit")
    if count == 2:
        return Verdict(Kind.SURE, "Sure of both digits")
    return Verdict(Kind.SURE, f"Sure of all {count_in_words(count, 'digit', 'digits')}")


def _by_clerk(line: ReviewedLine) -> str:
    deeds = (
        (line.count(Mark.ADDED), "added"),
        (line.removed, "removed"),
        (line.count(Mark.CORRECTED), "corrected"),
        (line.count(Mark.CONFIRMED), "confirmed"),
    )
    done = [(count, deed) for count, deed in deeds if count]
    if not done:
        return ""
    (count, deed), *others = done
    parts = [f"{count_in_words(count, 'digit', 'digits')} {deed}"]
    parts += [f"{count_in_words(count, '', '').strip()} {deed}" for count, deed in others]
    listed = " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)
    return f"{listed[0].upper()}{listed[1:]} by you"


def meaning(line: ReviewedLine) -> str:
    """What the number is as its kind: "Date, day first: 15 March 2016"; empty for any number."""
    if line.kind is None or line.value is None:
        return ""
    told = line.kind.told(line.value)
    return f"{line.kind.title}: {told}" if told else line.kind.title


def comparison(line: ReviewedLine, expected: str) -> Verdict | None:
    """Whether the number is the expected one, or where they differ; None without one."""
    if not any(character.isdecimal() for character in expected):
        return None
    compared = compare(line.written, expected, line.kind)
    differences = compared.differences
    if compared.agrees:
        return Verdict(Kind.SURE, "Agrees with what was said")
    told = ""
    if differences:
        told = describe_differences(differences)
    elif line.kind is not None:
        paper, said = (line.kind.told(value) or value for value in compared.values)
        told = f"{paper} on the paper, {said} said"
    return Verdict(Kind.DOUBT, f"Differs: {told}")


def explanation(line: ReviewedLine) -> str:
    """Why a person has to look, or what rule the number breaks; empty where all is well."""
    # What a line that was edited lacked when it was read, it may lack no more.
    if line.doubts and not line.is_edited:
        return " ".join(line.reasons)
    if line.kind is not None and line.breaks_rule:
        return f"The rule: {line.kind.rule}"
    return ""


def agreement(review: Review) -> str:
    """What else on the page confirms the current line as it stands; empty where nothing does."""
    found = _agreements(tuple(line.written for line in review.lines))[review.line]
    return "" if found is None else found.told()


@lru_cache(maxsize=2)
def _agreements(numbers: tuple[str, ...]) -> tuple[Agreement | None, ...]:
    """Kept, because it is asked for at each step from digit to digit."""
    from model.agreement import find_agreements

    return find_agreements(numbers)


def standing(review: Review) -> tuple[str, bool]:
    """What is left to do on a page that has answers, and whether all is well."""
    if not review.lines:
        return (strings.ALL_REMOVED if review.removed else NOTHING_FOUND), False
    left, line = review.doubt_count, review.current_line
    is_ink_left = any(one.is_ink_left and not one.is_edited for one in review.lines)
    if left:
        return left_to_check(left), False
    if is_ink_left:
        return f"{strings.INK_LEFT}.", False
    if line.breaks_rule:
        return f"{of(line).sentence}.", False
    return left_to_check(0), True


def nothing_found(page: DescribedPage) -> str:
    """That there is no number, though the picture is good: "OK" would sound as if there were."""
    opened = f"The picture could be opened: {page.width} × {page.height} {page.format}."
    return " ".join([opened, *page.notes, NOTHING_FOUND])


def left_to_check(doubts: int) -> str:
    """How many digits of the page a person still has to look at."""
    if not doubts:
        return "Nothing is left to check."
    return f"Still to check: {count_in_words(doubts, 'digit', 'digits')}."


def left_unchecked(review: Review, *, leaves_page: bool) -> str:
    """What Next would leave behind unseen; empty where it is nothing."""
    count = review.doubt_count if leaves_page else len(review.current_line.doubts)
    if not count:
        return ""
    where = "" if leaves_page else " of this line"
    return f"{_not_checked(count, where)} Press N again to go on."


def nothing_waits(review: Review | None, *, has_failed: bool) -> tuple[str, bool]:
    """What Next says where it leads nowhere, and whether all is done.

    Args:
        review: Of the page on the bed; None where there is no number.
        has_failed: Whether the picture before could not be opened.
    """
    if review is None:
        return strings.NOTHING_WAITS, not has_failed
    if review.doubt_count:
        return f"{strings.NOTHING_ELSE_WAITS}, but {_not_checked(review.doubt_count)}", False
    if review.current_line.breaks_rule:
        return f"{strings.NOTHING_ELSE_WAITS}. {of(review.current_line).sentence}.", False
    return strings.NOTHING_WAITS, not has_failed


def _not_checked(count: int, where: str = "") -> str:
    return f"{strings.digits(count)}{where} {'is' if count == 1 else 'are'} not checked."


def gap_question(gap: int, count: int) -> str:
    """Where a further digit is to be put, among so many.

    Args:
        gap: Position of the digit before which it is put.
        count: How many digits there are.
    """
    if gap == 0:
        return "A digit before the first: which?"
    if gap == count:
        return "A digit after the last: which?"
    return f"A digit after the {strings.ordinal(gap - 1).lower()}: which?"


def spoken(position: int, digit: ReviewedDigit) -> str:
    """A digit with all that is known of it, for a screen reader."""
    start = f"{strings.ordinal(position)} digit: {digit.digit}"
    if isinstance(digit, AddedDigit):
        return f"{start}, added by you."
    reading = digit.reading
    if digit.mark is Mark.CORRECTED:
        return f"{start}, corrected by you. It was read as {reading.digit}."
    if digit.mark is Mark.CONFIRMED:
        return f"{start}, confirmed by you."
    if digit.mark is Mark.DOUBT and digit.is_clear:
        return f"{start}, please check. {strings.CLEAR_BY_ITSELF}"
    word, sure = "sure", strings.percent(reading.confidence)
    if digit.mark is Mark.DOUBT:
        word, sure = "please check", strings.doubtful_percent(reading.confidence)
    return (
        f"{start}, {word}, {sure}. "
        f"Next likely: {reading.runner_up}, {strings.percent(reading.runner_up_confidence)}."
    )
