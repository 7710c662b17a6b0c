"""What the clerk does with a number: go to a digit, answer, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.gui import strings, verdict
from desktop_app.gui.review import Review
from desktop_app.gui.reviewed_line import Mark, typing_place
from desktop_app.gui.state import StatusTone

if TYPE_CHECKING:
    from desktop_app.gui.review_history import ReviewHistory
    from desktop_app.gui.session import Session
    from desktop_app.gui.state import ViewState
    from model.fields.kind import FieldKind


class ReviewDesk:
    """Answers change the session's review; without a number on the screen nothing happens."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def select_digit(self, line: int, digit: int | None) -> None:
        """Go to a digit, or to a line alone."""
        review = self._review
        if review is not None:
            self._move(review.selected(line, digit))

    def step_digit(self, by: int) -> None:
        """Go to the digit before or after."""
        review = self._review
        if review is not None:
            self._move(review.stepped(by))

    def step_line(self, by: int) -> None:
        """Go to the line above or below."""
        review = self._review
        if review is not None:
            self._move(review.stepped_line(by))

    def correct(self, digit: int) -> None:
        """Say that the selected digit is this one, and stay on it; in an open gap, add it.

        Further ones are then added behind it. Where no number was read, it begins one.
        """
        review, state = self._review, self._session.state
        if state.can_type_number and state.review is not None and state.shown is not None:
            place = typing_place(state.shown.page, state.shown.region)
            self._change(state.review.begun(digit, place, state.kind))
        elif review is not None and review.takes_digits:
            self._change(review.added(digit))
        elif review is not None and review.digit is not None:
            self._change(review.answered(digit))

    def open_gap(self, before: bool = False) -> None:
        """Make room for a digit behind or before the selected one; without one, at the end."""
        review = self._review
        if self._session.state.can_type_number:
            self._session.note(strings.TYPE_NUMBER, StatusTone.READY)
        elif review is not None and review.gap is None:
            end = len(review.current_line.digits)
            self._move(review.opened(end if review.digit is None else review.digit + (not before)))

    def close_gap(self) -> None:
        """Add no more: typed digits correct again."""
        review = self._review
        if review is not None and review.takes_digits:
            self._move(review.closed())

    def remove(self) -> None:
        """Take the selected digit out of the number; an open gap is closed."""
        review = self._review
        if review is not None and review.gap is not None:
            self._move(review.closed())
        elif review is not None and review.digit is not None:
            self._change(review.without_selected())

    def accept(self) -> None:
        """Take the selected digit as it stands and go to the next doubtful one."""
        review = self._review
        if review is None:
            return
        current = review.current_digit
        if current is not None and current.mark is Mark.DOUBT:
            self._change(review.answered(current.digit).at_next_doubt())
        else:
            self._move(review.at_next_doubt())

    def answer(self, digit: int) -> None:
        """Correct the selected digit and go on: a click on an answer says both."""
        review = self._review
        if review is not None and review.digit is not None:
            self._change(review.answered(digit).at_next_doubt())

    def expect(self, said: str | None) -> None:
        """Compare the number with what the customer says; None: no more."""
        if self._review is not None:
            self._session.show(self._session.state.changed(expected=said))

    def undo(self) -> None:
        """Take back the last answer."""
        history = self._session.state.history
        if history is not None and self._session.state.can_undo:
            self._show_answers(history.undone())

    def redo(self) -> None:
        """Give the answer again that was taken back."""
        history = self._session.state.history
        if history is not None and self._session.state.can_redo:
            self._show_answers(history.redone())

    @property
    def _review(self) -> Review | None:
        # What is typed at a number that stayed while another picture failed may be meant for that.
        state = self._session.state
        return None if state.is_kept else state.number_review

    def _move(self, review: Review) -> None:
        history = self._session.state.history
        if history is not None:
            self._show(history.moved(review))

    def _change(self, review: Review) -> None:
        history = self._session.state.history
        if history is not None:
            self._show_answers(history.changed(review))

    def _show_answers(self, history: ReviewHistory) -> None:
        """With what is left to check, in place of what the reader found before."""
        review, shown = history.present, self._session.state.review
        status, is_good = verdict.standing(review)
        if review.lines and shown is not None and len(review.lines) < len(shown.lines):
            status = f"{strings.LINE_REMOVED} {status}"
        tone = StatusTone.GOOD if is_good else StatusTone.DOUBT
        self._session.show(self._session.state.changed(history=history, status=status, tone=tone))

    def _show(self, history: ReviewHistory) -> None:
        self._session.show(self._session.state.changed(history=history))


def of_kind(state: ViewState, kind: FieldKind | None) -> ViewState:
    """The state with its lines, and all that undo and redo lead to, as numbers of a kind."""
    history, reading = state.history, state.reading
    if history is not None and reading is not None:
        history = history.mapped(lambda review: Review.of(reading, kind, review.given))
    return state.changed(kind=kind, history=history)
