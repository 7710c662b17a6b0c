"""The panel beside the bed: the number, whether it is sure, its digits, and what can be done."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.gui import strings, verdict
from desktop_app.gui.announcements import spoken_number
from desktop_app.gui.buttons import Button, Look
from desktop_app.gui.commands import Command
from desktop_app.gui.comparison_row import ComparisonRow
from desktop_app.gui.digit_cards import DigitCards
from desktop_app.gui.digit_detail import DigitDetail
from desktop_app.gui.empty_sheet import EmptySheet
from desktop_app.gui.field_meaning import FieldMeaning
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.kept_number import KeptBanner, Veil
from desktop_app.gui.labels import Label
from desktop_app.gui.number_view import NumberView
from desktop_app.gui.pill import Pill
from desktop_app.gui.progress_view import ProgressView
from desktop_app.gui.scroll_bar import use_slim_bar
from desktop_app.gui.state import NextStep
from desktop_app.gui.writing_sheet import WritingSheet

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from desktop_app.gui.actions import Actions
    from desktop_app.gui.review import Review
    from desktop_app.gui.state import ShownPage, ViewState
    from desktop_app.gui.theme import Theme
    from model.types import Box


TWO_COLUMNS_PX: Final = 600
CARDS_IN_A_ROW: Final = 7


class Place(Enum):
    """Where the panel stands.

    BESIDE: right of the bed, as wide as it likes. TIGHT: right of the bed in a small window with
    large text. BELOW: under the bed, wide and low.
    """

    BESIDE = auto()
    TIGHT = auto()
    BELOW = auto()


class LineHead(QWidget):
    """Which line of how many, with the way to the others."""

    def __init__(self, the_theme: Theme, actions: Actions) -> None:
        super().__init__()
        self.words = Label(the_theme, size_px=14, quiet=True, wrap=False)
        self._up = Button.for_command(actions, Command.PREVIOUS_LINE, the_theme, icon="chevron-up")
        self._down = Button.for_command(actions, Command.NEXT_LINE, the_theme, icon="chevron-down")
        self._undo = Button.for_command(actions, Command.UNDO, the_theme, icon="undo-2")
        self._redo = Button.for_command(actions, Command.REDO, the_theme, icon="redo-2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words)
        row.addWidget(self._up)
        row.addWidget(self._down)
        row.addStretch(1)
        row.addWidget(self._undo)
        row.addWidget(self._redo)
        # Room for the buttons from the start, so that the number does not move when they appear.
        self.setMinimumHeight(self._up.sizeHint().height())

    def show_state(self, state: ViewState, review: Review) -> None:
        """Say which line it is; buttons only where they lead somewhere."""
        count = len(review.lines)
        # The writing pad has its own.
        can_go_back = (state.can_undo or state.can_redo) and state.writing is None
        self._undo.setVisible(can_go_back)
        self._redo.setVisible(can_go_back)
        self.words.setText(f"Line {review.line + 1} of {count}")
        self._up.setVisible(count > 1)
        self._down.setVisible(count > 1)


class NumberSheet(QScrollArea):
    """Everything about the number; beside each other where the panel is wide and low."""

    def __init__(self, the_theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._theme = the_theme
        self._place = Place.BESIDE
        self._box: Box | None = None
        self._digits = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        use_slim_bar(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.head = LineHead(the_theme, actions)
        self.number = NumberView(the_theme)
        self.pill = Pill(the_theme)
        self.meaning = FieldMeaning(the_theme)
        self.comparison = ComparisonRow(the_theme)
        self.cards = DigitCards(the_theme)
        self.detail = DigitDetail(the_theme)
        self._hint = Label(the_theme, strings.DIGITS_HINT, size_px=14, quiet=True)
        sheet = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom, sheet)
        self._columns.setContentsMargins(24, 20, 24, 20)
        self._columns.setSpacing(16)
        self._columns.addLayout(
            _column(self.head, self.number, self.pill, self.meaning, self.comparison)
        )
        self._second = _column(self.cards, self.detail, self._hint)
        self._columns.addLayout(self._second, 1)
        self.setWidget(sheet)
        sheet.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def set_place(self, place: Place) -> None:
        """Fit in: below the bed beside each other, because there is no height."""
        self._place = place
        self._order()
        margin = 12 if place is Place.TIGHT else 20
        self._columns.setContentsMargins(margin + 4, margin, margin + 4, margin)
        self._columns.setSpacing(12 if place is Place.TIGHT else 16)
        self._arrange()

    @Slot()
    def reveal_comparison(self) -> None:
        """Bring what the customer says into sight, with the verdict below it."""
        self.ensureWidgetVisible(self.comparison, 0, 8)

    def _order(self) -> None:
        """Where there is little room, the open question comes before the cards."""
        is_short = self._digits <= CARDS_IN_A_ROW and not self.meaning.has_words
        has_room = self._place is Place.BESIDE and is_short
        self._second.removeWidget(self.detail)
        self._second.insertWidget(1 if has_room else 0, self.detail)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_wide = self._place is Place.BELOW and self.width() >= self._theme.px(TWO_COLUMNS_PX)
        directions = QBoxLayout.Direction
        direction = directions.LeftToRight if is_wide else directions.TopToBottom
        self._columns.setDirection(direction)
        self._columns.setStretch(0, 1 if is_wide else 0)
        margins = self._columns.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self.verticalScrollBar().width()
        self.cards.fit((room - self._columns.spacing()) // 2 if is_wide else room)

    def show_state(self, state: ViewState, review: Review, shown: ShownPage) -> None:
        """Show the current line and the selected digit."""
        line = review.current_line
        is_other = (line.box, len(line.digits)) != (self._box, self._digits)
        self._box, self._digits = line.box, len(line.digits)
        self.head.show_state(state, review)
        self.number.show_review(review)
        self.pill.show_line(line)
        self.meaning.show_line(line, verdict.agreement(review))
        self.comparison.show_line(line, state.expected)
        self._order()
        self.cards.show_review(review, shown)
        self.detail.show_review(review, shown)
        self._hint.setVisible(review.place is None)
        if is_other:
            self.verticalScrollBar().setValue(0)


class ReadingPanel(QWidget):
    """Progress, number or emptiness above; the actions always in sight at the foot."""

    def __init__(self, the_theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._theme = the_theme
        self.progress = ProgressView(the_theme, actions)
        self.sheet = NumberSheet(the_theme, actions)
        self.empty = EmptySheet(the_theme, actions)
        self.writing = WritingSheet(the_theme)
        self._pages = QStackedWidget()
        for page in (self.progress, self.sheet, self.empty, self.writing):
            self._pages.addWidget(page)
        self.kept = KeptBanner(the_theme)
        self.veil = Veil(the_theme, self.sheet)
        self.copy_button = Button.for_command(
            actions, Command.COPY, the_theme, "Copy", look=Look.FILLED, icon="copy", key="Ctrl+C"
        )
        self.next_button = Button.for_command(
            actions, Command.NEXT, the_theme, "Next line", icon="arrow-right", key="N"
        )
        # N leads on to what waits; only a button that says so opens the system's file dialog.
        self.open_button = Button.for_command(
            actions, Command.OPEN, the_theme, NextStep.OPEN.value, icon="arrow-right", key="Ctrl+O"
        )
        self._buttons = (self.copy_button, self.next_button, self.open_button)
        self._is_tight = False
        self._foot = QWidget()
        flow = FlowLayout(self._foot, spacing=8)
        flow.setContentsMargins(24, 16, 24, 20)
        for button in self._buttons:
            flow.addWidget(button)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        body = QVBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.kept)
        body.addWidget(self._pages, 1)
        self._box.addLayout(body, 1)
        self._box.addWidget(self._foot)

    def set_place(self, place: Place) -> None:
        """Below the bed the panel is wide and low, beside it narrow and high."""
        self.sheet.set_place(place)
        is_below, is_tight = place is Place.BELOW, place is Place.TIGHT
        directions = QBoxLayout.Direction
        self._box.setDirection(directions.LeftToRight if is_below else directions.TopToBottom)
        flow = self._foot.layout()
        if flow is not None:
            margins = (16, 8, 16, 8) if is_tight else (24, 16, 24, 20)
            flow.setContentsMargins(*margins)
        self._is_tight = is_tight
        self._fill_foot()
        if is_below and flow is not None:
            # As wide as its widest button, so that they stand under each other.
            around = flow.contentsMargins()
            widest = max(button.sizeHint().width() for button in self._buttons)
            self._foot.setFixedWidth(widest + around.left() + around.right())
        else:
            self._foot.setMinimumWidth(0)
            self._foot.setMaximumWidth(16_777_215)

    def _fill_foot(self) -> None:
        """The actions with their keys; in a tight place without, and in one row if words fit it."""
        flow, buttons = self._foot.layout(), self._buttons
        for button in buttons:
            button.show_beside_words(key=not self._is_tight, icon=True)
        if flow is not None and self._is_tight and flow.sizeHint().width() > self.maximumWidth():
            for button in buttons:
                button.show_beside_words(key=False, icon=False)

    def show_state(self, state: ViewState) -> None:
        """Show what belongs to the state."""
        review, shown = state.number_review, state.shown
        is_awaited = state.writing is not None and review is None
        self._foot.setVisible(not (state.is_busy or is_awaited))
        self.copy_button.setVisible(review is not None and not state.is_kept)
        self.kept.show_state(state)
        if review is not None:
            # The focus comes here with a sure number: a screen reader that knows no announcements
            # still says it.
            self.copy_button.setAccessibleDescription(spoken_number(review.current_line))
        else:
            self.sheet.cards.let_go_of_page()
        self._show_step(state.next_step)
        self._fill_foot()
        if is_awaited:
            self.writing.show_state(state)
            self._pages.setCurrentWidget(self.writing)
        elif state.is_busy:
            self.progress.show_state(state)
            self._pages.setCurrentWidget(self.progress)
        elif review is not None and shown is not None:
            self.sheet.show_state(state, review, shown)
            self.veil.show_state(state)
            self._pages.setCurrentWidget(self.sheet)
        else:
            self.empty.show_state(state)
            self._pages.setCurrentWidget(self.empty)

    @property
    def onward_button(self) -> Button:
        """The one that leads on from here."""
        return self.next_button if self.next_button.isVisibleTo(self) else self.open_button

    def _show_step(self, step: NextStep) -> None:
        is_last = step is NextStep.OPEN
        had_focus = self.onward_button.hasFocus()
        self.open_button.setVisible(is_last)
        self.next_button.setVisible(not is_last)
        if had_focus:
            self.onward_button.setFocus()
        if not is_last:
            self.next_button.setText(step.value)
            self.next_button.setAccessibleName(step.value)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.tokens.panel)
        if self._is_tight and self._foot.isVisible():
            # What scrolls ends here.
            painter.fillRect(0, self._foot.y(), self.width(), 1, self._theme.tokens.line)
        painter.end()


def _column(*widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(12)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return column
