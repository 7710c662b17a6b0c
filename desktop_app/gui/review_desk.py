"""What the clerk does with a number: go to a digit, answer, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.gui import verdict
from desktop_app.gui.review import Mark
from desktop_app.gui.state import StatusTone

if TYPE_CHECKING:
    from desktop_app.gui.review import Review, ReviewHistory
    from desktop_app.gui.session import Session


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
        """Say that the selected digit is this one, and stay on it."""
        review = self._review
        if review is not None and review.digit is not None:
            self._change(review.answered(digit))

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
        return self._session.state.number_review

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
        left = history.present.doubt_count
        status = verdict.left_to_check(left)
        breaks_rule = history.present.current_line.breaks_rule
        if breaks_rule and not left:
            status = f"{verdict.of(history.present.current_line).sentence}."
        self._session.show(
            self._session.state.changed(
                history=history,
                status=status,
                tone=StatusTone.DOUBT if left or breaks_rule else StatusTone.GOOD,
            )
        )

    def _show(self, history: ReviewHistory) -> None:
        self._session.show(self._session.state.changed(history=history))
