"""The selected digit: its ink enlarged, how sure it is, and the open question with its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.gui import strings
from desktop_app.gui.buttons import Button
from desktop_app.gui.digit_cards import around_ink
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.labels import Label
from desktop_app.gui.page_pixmap import crop_pixmap
from desktop_app.gui.review import Mark, Review, ReviewedDigit

if TYPE_CHECKING:
    from desktop_app.gui.state import ShownPage
    from desktop_app.gui.theme import Theme

INK_PX: Final = 96


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
        self._lay_out()

    def _lay_out(self) -> None:
        answers = QWidget()
        flow = FlowLayout(answers, spacing=8)
        flow.addWidget(self.keep_button)
        flow.addWidget(self.runner_up_button)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.facts)
        words.addSpacing(6)
        words.addWidget(answers)
        words.addWidget(self._hint)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(16)
        row.addWidget(self._ink, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def show_review(self, review: Review, shown: ShownPage) -> None:
        """Show the selected digit; hidden where none is."""
        digit, at = review.current_digit, review.digit
        self.setVisible(digit is not None)
        if digit is None or at is None:
            return
        box = around_ink(digit.reading.box, shown.page.width, shown.page.height)
        side = self._theme.gap(INK_PX)
        self._ink.show_pixmap(crop_pixmap(shown.levels, box, side, self.devicePixelRatioF()))
        self._say(strings.ordinal(at), digit)
        self._offer(digit)

    def _say(self, which: str, digit: ReviewedDigit) -> None:
        reading = digit.reading
        sure = strings.percent(reading.confidence)
        second = strings.percent(reading.runner_up_confidence)
        if digit.mark is Mark.DOUBT:
            title = f"{which} digit: what is written?"
            # "Not sure, over 99 %" would sound like a slip of the tongue.
            word = "Nearly sure" if reading.confidence >= 0.9 else "Not sure"
            facts = f"{word}, {sure} for {reading.digit}, {second} for {reading.runner_up}."
            hint = "Or type the digit, 0 to 9."
        elif digit.mark is Mark.SURE:
            title = f"{which} digit: {reading.digit}"
            facts = f"Sure, {sure}. Next likely: {reading.runner_up}, {second}."
            hint = "Type another digit to correct it."
        elif digit.mark is Mark.CONFIRMED:
            title = f"{which} digit: {digit.digit}"
            facts = "Confirmed by you."
            hint = "Type another digit to correct it."
        else:
            title = f"{which} digit: {digit.digit}"
            facts = f"Corrected by you. It was read as {reading.digit}, {sure}."
            hint = "Enter goes on, Ctrl+Z takes it back."
        self.title.setText(title)
        self.facts.setText(facts)
        self._hint.setText(hint)

    def _offer(self, digit: ReviewedDigit) -> None:
        is_open = digit.mark is Mark.DOUBT
        self.keep_button.setVisible(is_open)
        self.runner_up_button.setVisible(is_open)
        if is_open:
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
