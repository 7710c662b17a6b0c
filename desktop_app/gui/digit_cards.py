"""A card per digit: its crop, the digit, how sure it is."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from desktop_app.gui import verdict
from desktop_app.gui.bed_painting import tone_of
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.labels import Label
from desktop_app.gui.page_pixmap import crop_pixmap
from desktop_app.gui.reviewed_line import Mark, ReviewedDigit
from model.types import Box

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QKeyEvent

    from desktop_app.gui.review import Review
    from desktop_app.gui.state import ShownPage
    from desktop_app.gui.theme import Theme

CARD_W: Final = 58
LEAST_CARD_W: Final = 48
CROP_H: Final = 50
CARD_H: Final = 120
LOW_CROP_H: Final = 34
LOW_CARD_H: Final = 86
_GAP_PX: Final = 6
CARDS_AT_ONCE: Final = 36


class DigitCard(QAbstractButton):
    """One digit. A button for the keyboard and for screen readers, painted as a card."""

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self._theme = the_theme
        self.at = 0
        self._digit: ReviewedDigit | None = None
        self._crop = QPixmap()
        self._is_selected = False
        self._is_low = False
        self._card_w = the_theme.px(CARD_W)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_digit(
        self, at: int, digit: ReviewedDigit, *, is_selected: bool, is_entry: bool
    ) -> None:
        """Show the line's digit at that place; ``is_entry``: Tab comes to this card, of all."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_entry else Qt.FocusPolicy.ClickFocus)
        if (self.at, self._digit, self._is_selected) == (at, digit, is_selected):
            return
        self.at, self._digit, self._is_selected = at, digit, is_selected
        spoken = verdict.spoken(self.at, digit)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def show_crop(self, crop: QPixmap) -> None:
        """Show the ink that was read."""
        self._crop = crop
        self.update()

    def take_room(self, width: int, *, is_low: bool) -> None:
        """Be so wide, in logical pixels; a low card leaves out how sure its digit is in figures."""
        if (self._card_w, self._is_low) != (width, is_low):
            self._card_w, self._is_low = width, is_low
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._card_w, self._theme.px(LOW_CARD_H if self._is_low else CARD_H))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter and the digits are the window's: they accept and correct, a card is only selected.
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        digit = self._digit
        if digit is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_frame(painter, digit.mark)
        px = self._theme.px
        crop_h = px(LOW_CROP_H if self._is_low else CROP_H)
        self._paint_crop(painter, QRectF(px(5), px(5), self.width() - 2 * px(5), crop_h))
        tone = tone_of(digit.mark, self._theme)
        tokens = self._theme.tokens
        top = crop_h + px(6 if not self._is_low else 4)
        font = self._theme.font
        figure_font, word_font = font(11.5), font(12, QFont.Weight.DemiBold)
        digit_font = font(21, QFont.Weight.Bold)
        self._write(painter, str(digit.digit), top, font=digit_font, ink=tokens.text)
        word = verdict.MARK_WORDS[digit.mark]
        self._write(painter, word, top + px(26), font=word_font, ink=tone.text)
        figure = "" if self._is_low else verdict.figure_of(digit)
        self._write(painter, figure, top + px(42), font=figure_font, ink=tokens.quiet)
        painter.end()

    def _paint_frame(self, painter: QPainter, mark: Mark) -> None:
        tokens = self._theme.tokens
        tone = tone_of(mark, self._theme)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        is_marked = mark is not Mark.SURE
        pen = QPen(tone.box if is_marked else tokens.line, 1.5)
        if mark is Mark.DOUBT:
            pen.setDashPattern([3, 2])
        if self._is_selected:
            pen = QPen(tokens.action, 2.5)
        painter.setPen(pen)
        painter.setBrush(tone.ground if is_marked or self._is_selected else tokens.panel)
        if self._is_selected and not is_marked:
            painter.setBrush(tokens.window)
        painter.drawRoundedRect(frame, 8, 8)

    def _paint_crop(self, painter: QPainter, target: QRectF) -> None:
        if self._crop.isNull():
            return
        # On a low card the ink would lose head and foot.
        ways = Qt.AspectRatioMode
        way = ways.KeepAspectRatio if self._is_low else ways.KeepAspectRatioByExpanding
        size = self._crop.deviceIndependentSize().scaled(target.size(), way)
        shown = QRectF(0, 0, size.width(), size.height())
        shown.moveCenter(target.center())
        path = QPainterPath()
        path.addRoundedRect(target, 5, 5)
        painter.save()
        painter.setClipPath(path)
        painter.drawPixmap(shown, self._crop, QRectF(self._crop.rect()))
        painter.restore()

    def _write(self, painter: QPainter, words: str, top: int, *, font: QFont, ink: QColor) -> None:
        painter.setFont(font)
        painter.setPen(ink)
        line = QRectF(0, top, self.width(), QFontMetrics(font).height())
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, words)


class DigitCards(QWidget):
    """The cards of the line whose number is shown.

    Of a line with more digits than CARDS_AT_ONCE, those around the selected one: a widget for each
    of a thousand would take the window a second to lay out.
    """

    digit_clicked = Signal(int)

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self._theme = the_theme
        self._which = Label(the_theme, size_px=14, quiet=True)
        self._which.hide()
        deck = QWidget()
        self._flow = FlowLayout(deck, spacing=_GAP_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._which)
        column.addWidget(deck)
        self._cards: list[DigitCard] = []
        self._first = 0
        self._shown: ShownPage | None = None
        self._boxes: tuple[Box, ...] = ()
        self._ratio = 0.0
        self._room = 0
        # The first one from the start: it holds the cards' place in the order of Tab.
        self._set_count(1)
        the_theme.scaled.connect(self._on_scaled)

    def show_review(self, review: Review, shown: ShownPage) -> None:
        """Show the current line's digits; crops are cut anew only for other ink."""
        line, selected = review.current_line, review.digit
        entry = review.place or 0
        self._first = entry - entry % CARDS_AT_ONCE
        digits = line.digits[self._first : self._first + CARDS_AT_ONCE]
        self._set_count(len(digits))
        for at, (card, digit) in enumerate(zip(self._cards, digits, strict=True), self._first):
            card.show_digit(at, digit, is_selected=at == selected, is_entry=at == entry)
        boxes = tuple(digit.box for digit in digits)
        is_other_page = self._shown is None or self._shown.page is not shown.page
        if is_other_page or boxes != self._boxes or self._ratio != self.devicePixelRatioF():
            self._boxes, self._shown = boxes, shown
            self._cut_crops()
        last, count = self._first + len(digits), len(line.digits)
        self._which.setText(f"Digits {self._first + 1:,} to {last:,} of {count:,}")
        self._which.setVisible(count > CARDS_AT_ONCE)
        self._fit()

    def let_go_of_page(self) -> None:
        """Keep no page in memory that is not on the bed; the crops stay until others are cut."""
        self._shown = None

    def fit(self, room_px: int) -> None:
        """Take so much width; asked for by the sheet, whose own does not hang on its scroll bar."""
        if room_px != self._room:
            self._room = room_px
            self._fit()

    def _fit(self) -> None:
        """Narrower cards where that saves a row, and low ones where it takes several."""
        count, gap = len(self._cards), _GAP_PX
        usual, least = self._theme.px(CARD_W), self._theme.px(LEAST_CARD_W)
        room = max(self._room, least) + gap
        rows = ceil(count / (room // (least + gap)))
        saves_row = rows < ceil(count / max(1, room // (usual + gap)))
        width = room // ceil(count / rows) - gap if saves_row else usual
        for card in self._cards:
            card.take_room(min(width, usual), is_low=rows > 1)

    def focus_selected(self, selected: int) -> None:
        """Put the focus on the card of the selected digit."""
        self.card(selected).setFocus(Qt.FocusReason.OtherFocusReason)

    def card(self, at: int) -> DigitCard:
        """The card of a digit, which must be near the selected one."""
        return self._cards[at - self._first]

    def _set_count(self, count: int) -> None:
        while len(self._cards) > count:
            card = self._cards.pop()
            self._flow.removeWidget(card)
            card.hide()
            card.deleteLater()
        while len(self._cards) < count:
            card = DigitCard(self._theme)
            card.clicked.connect(self._on_card_clicked)
            self._flow.addWidget(card)
            if self._cards:
                # Made late, but Tab comes to it before the answers and the actions.
                self.setTabOrder(self._cards[-1], card)
            self._cards.append(card)
            card.show()

    def _cut_crops(self) -> None:
        if self._shown is None:
            return
        page, self._ratio = self._shown.page, self.devicePixelRatioF()
        side = self._theme.px(CROP_H) * 2
        for card, box in zip(self._cards, self._boxes, strict=True):
            around = around_ink(box, page.width, page.height)
            card.show_crop(crop_pixmap(self._shown.levels, around, side, self._ratio))

    @Slot()
    def _on_scaled(self) -> None:
        self._fit()
        self._flow.invalidate()
        self._cut_crops()

    @Slot()
    def _on_card_clicked(self) -> None:
        card = self.sender()
        if isinstance(card, DigitCard):
            self.digit_clicked.emit(card.at)


def around_ink(box: Box, page_width: int, page_height: int) -> Box:
    """The ink with some paper around it, at least three parts wide to four high."""
    margin = max(2, round(max(box.w, box.h) * 0.12))
    height = box.h + 2 * margin
    width = max(box.w + 2 * margin, round(height * 0.8))
    x = max(0, box.x + box.w // 2 - width // 2)
    y = max(0, box.y - margin)
    return Box(x, y, min(width, page_width - x), min(height, page_height - y))
