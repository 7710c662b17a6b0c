"""What a screen reader says when the window changes by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from desktop_app.gui import strings, verdict
from desktop_app.gui.state import Phase, ViewState

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.gui.reviewed_line import ReviewedLine


def words_for(before: ViewState, now: ViewState) -> str:
    """What is worth saying of a change; empty where nothing is."""
    said = _said_of_page(before, now)
    if not said and len(now.waiting) > len(before.waiting):
        return f"{strings.pictures_wait(len(now.waiting))}."
    return said


def _said_of_page(before: ViewState, now: ViewState) -> str:
    if now.phase is Phase.FAILED and now.notice is not None and now.notice is not before.notice:
        return now.notice.as_sentence()
    review, old = now.number_review, before.number_review
    if review is None:
        return now.status if now.status != before.status else ""
    line = review.current_line
    if review.gap is not None and (old is None or old.gap != review.gap):
        question = verdict.gap_question(review.gap, len(line.digits))
        return f"{question} {strings.GAP_HINT}" if old is None or old.gap is None else question
    if old is None or old.current_line.text != line.text or old.line != review.line:
        where = f"Line {review.line + 1}. " if len(review.lines) > 1 else ""
        return f"{where}{spoken_number(line)}"
    return now.status if now.status != before.status else ""


def spoken_number(line: ReviewedLine) -> str:
    """Digit by digit, and whether it is sure."""
    number = " ".join(" ".join(group) for group in line.groups)
    told = [number, verdict.of(line).sentence, verdict.meaning(line)]
    return " ".join(f"{part}." for part in told if part)


def announce(widget: QWidget, words: str) -> None:
    """Say it, after what is being said."""
    if words and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
