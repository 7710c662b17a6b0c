"""The selected digit: its ink enlarged, how sure it is, and the open question with its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.gui import strings, verdict
from desktop_app.gui.buttons import Button
from desktop_app.gui.digit_cards import around_ink
from desktop_app.gui.digit_editing import DigitPad, EditingRow
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.labels import Label
from desktop_app.gui.page_pixmap import crop_pixmap
from desktop_app.gui.reviewed_line import AddedDigit, Mark, ReadDigit, ReviewedDigit

if TYPE_CHECKING:
    from desktop_app.gui.review import Review
    from desktop_app.gui.state import ShownPage
    from desktop_app.gui.theme import Theme

INK_PX: Final = 96
_LIKELY: Final = 0.9


class InkView(QWidget):
    """A piece of the page in a rounded frame."""

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self._theme = the_theme
        self._pixmap = QPixmap()

    def show_pixmap(self, pixmap: QPixmap) -> None:
        """Show a piece of the page."""
        self._pixmap = pixmap
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.gap(INK_PX * 0.8), self._theme.gap(INK_PX))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(frame, 8, 8)
        if not self._pixmap.isNull():
            size = self._pixmap.deviceIndependentSize().scaled(
                frame.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding
            )
            shown = QRectF(0, 0, size.width(), size.height())
            shown.moveCenter(frame.center())
            painter.setClipPath(path)
            painter.drawPixmap(shown, self._pixmap, QRectF(self._pixmap.rect()))
            painter.setClipping(False)
        painter.setPen(QPen(self._theme.tokens.line, 1))
        painter.drawPath(path)
        painter.end()


class DigitDetail(QWidget):
    """One digit at a time; a click on an answer gives it and goes on."""

    answered = Signal(int)
    accepted = Signal()
    typed = Signal(int)
    gap_wanted = Signal(bool)
    removal_wanted = Signal()

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self._theme = the_theme
        self._ink = InkView(the_theme)
        self.title = Label(the_theme, weight=QFont.Weight.DemiBold)
        self.facts = Label(the_theme, size_px=14, quiet=True)
        self.keep_button = Button(the_theme)
        self.keep_button.clicked.connect(self.accepted)
        self.runner_up_button = Button(the_theme)
        self.runner_up_button.clicked.connect(self._on_runner_up_clicked)
        self._runner_up = 0
        self._hint = Label(the_theme, size_px=13, quiet=True)
        self.pad = DigitPad(the_theme)
        self.pad.typed.connect(self.typed)
        self.editing = EditingRow(the_theme)
        self.editing.gap_wanted.connect(self.gap_wanted)
        self.editing.removal_wanted.connect(self.removal_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        self._answers = QWidget()
        flow = FlowLayout(self._answers, spacing=8)
        flow.addWidget(self.keep_button)
        flow.addWidget(self.runner_up_button)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.facts)
        words.addSpacing(6)
        words.addWidget(self._answers)
        words.addWidget(self._hint)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._ink, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(row)
        column.addWidget(self.pad)
        column.addWidget(self.editing)

    def show_review(self, review: Review, shown: ShownPage) -> None:
        """Show the selected digit, or the gap for a further one; hidden where neither is."""
        digit, at, spot = review.current_digit, review.digit, review.spot
        self.setVisible(spot is not None)
        if spot is None:
            return
        box = around_ink(spot, shown.page.width, shown.page.height)
        side = self._theme.gap(INK_PX)
        self._ink.show_pixmap(crop_pixmap(shown.levels, box, side, self.devicePixelRatioF()))
        if digit is not None and at is not None:
            title, facts, hint = _words(strings.ordinal(at), digit)
            self._say(title, facts, strings.ADDING_HINT if review.is_adding else hint)
            self.facts.setToolTip(_level(digit))
        elif review.gap is not None:
            count = len(review.current_line.digits)
            self._say(verdict.gap_question(review.gap, count), strings.GAP_HINT, "")
        self._offer(digit)

    def _say(self, title: str, facts: str, hint: str) -> None:
        self.title.setText(title)
        self.facts.setText(facts)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def _offer(self, digit: ReviewedDigit | None) -> None:
        self.pad.setVisible(digit is None)
        self.editing.setVisible(digit is not None)
        is_open = isinstance(digit, ReadDigit) and digit.mark is Mark.DOUBT
        self._answers.setVisible(is_open)
        if isinstance(digit, ReadDigit) and is_open:
            self._runner_up = digit.reading.runner_up
            self.keep_button.show_answer(str(digit.digit), "Enter")
            self.runner_up_button.show_answer(str(self._runner_up), f"key {self._runner_up}")
            self.keep_button.setAccessibleName(f"Keep {digit.digit}")
            self.runner_up_button.setAccessibleName(f"It is {self._runner_up}")

    @Slot()
    def _on_runner_up_clicked(self) -> None:
        self.answered.emit(self._runner_up)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.tokens.line, 1))
        painter.setBrush(self._theme.tokens.window)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        painter.end()


def _level(digit: ReviewedDigit) -> str:
    """From where on nobody would be asked; empty where nobody is, or no level is known."""
    if digit.mark is not Mark.DOUBT or isinstance(digit, AddedDigit) or digit.accept_above >= 1:
        return ""
    return f"Digits pass unasked from {strings.doubtful_percent(digit.accept_above)} on."


def _words(which: str, digit: ReviewedDigit) -> tuple[str, str, str]:
    """Title, facts and hint."""
    title = f"{which} digit: {digit.digit}"
    if isinstance(digit, AddedDigit):
        return title, "Added by you. It was not read.", "Type another digit to correct it."
    reading = digit.reading
    sure = strings.percent(reading.confidence)
    second = strings.percent(reading.runner_up_confidence)
    if digit.mark is Mark.DOUBT:
        if digit.is_clear:
            facts = strings.CLEAR_BY_ITSELF
        elif reading.confidence >= _LIKELY:
            # "Not sure, 97 %" would sound like a slip of the tongue, "likely" as if it were sure.
            nearly = strings.doubtful_percent(reading.confidence)
            facts = (
                f"Not quite sure: {reading.digit}, {nearly}; perhaps {reading.runner_up}, {second}."
            )
        else:
            facts = f"Not sure: {sure} for {reading.digit}, {second} for {reading.runner_up}."
        return f"{which} digit: what is written?", facts, "Or type the digit, 0 to 9."
    if digit.mark is Mark.SURE:
        facts = f"Sure, {sure}. Next likely: {reading.runner_up}, {second}."
        return title, facts, "Type another digit to correct it."
    if digit.mark is Mark.CONFIRMED:
        return title, "Confirmed by you.", "Type another digit to correct it."
    facts = f"Corrected by you. It was read as {reading.digit}, {sure}."
    return title, facts, "Enter goes on, Ctrl+Z takes it back."
