"""The one kind of button: icon, words, and the key that does the same."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop_app.gui import brushwork, icons, theme
from desktop_app.gui.commands import entry_of, tool_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from desktop_app.gui.actions import Actions
    from desktop_app.gui.commands import Command
    from desktop_app.gui.theme import Theme

RADIUS: Final = 8.0
CONTROL_PX: Final = 38


class Look(Enum):
    """How much a button asks for attention, and on which ground it stands."""

    FILLED = auto()
    OUTLINED = auto()
    ON_BED = auto()
    ON_BED_FILLED = auto()


class Colours(NamedTuple):
    """Of a control: what it stands on, its outline, and its words and icon."""

    ground: QColor
    line: QColor
    ink: QColor


class Button(QPushButton):
    """Painted from the tokens, so that both themes and every text size fit without style sheets."""

    def __init__(
        self,
        the_theme: Theme,
        text: str = "",
        *,
        look: Look = Look.OUTLINED,
        icon: str = "",
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = the_theme
        self._look = look
        self._icon_name = icon
        self._key = key
        self._has_key = self._has_icon = True
        self._height_px = CONTROL_PX
        self._font_px = float(theme.BASE_PX)
        self._padding_px = _padding_px(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._recolour()
        the_theme.recoloured.connect(self._recolour)

    @classmethod
    def for_command(
        cls,
        actions: Actions,
        command: Command,
        the_theme: Theme,
        text: str = "",
        *,
        look: Look = Look.OUTLINED,
        icon: str = "",
        key: str = "",
    ) -> Button:
        """A button that does a command, named as it is."""
        entry = entry_of(command)
        button = cls(the_theme, text, look=look, icon=icon, key=key)
        button.setToolTip(tool_tip(entry))
        button.setAccessibleName(text.rstrip("…") or entry.label)
        button.setAccessibleDescription(tool_tip(entry))
        actions.lead(button, command)
        return button

    def set_large(self, height_px: int, font_px: float) -> None:
        """Make it the page's main button."""
        self._height_px, self._font_px, self._padding_px = height_px, font_px, 28
        self.updateGeometry()

    def show_answer(self, text: str, key: str) -> None:
        """Show an answer in large type, and the key that gives it."""
        self._key, self._font_px, self._height_px = key, 20, 44
        self.setText(text)
        self.updateGeometry()
        self.update()

    def show_beside_words(self, *, key: bool, icon: bool) -> None:
        """What stands beside the words, where there is room; tool tip and menu have the key too."""
        self._has_key, self._has_icon = key, icon
        self.updateGeometry()
        self.update()

    def show_text(self, text: str) -> None:
        """Change the words, or leave the icon alone; the accessible name stays."""
        self._padding_px = _padding_px(text)
        self.setText(text)
        self.updateGeometry()

    def elided(self, text: str, less_px: int) -> str:
        """Words with an ellipsis, so that they take so many pixels less than they do whole."""
        from PySide6.QtCore import Qt

        metrics = QFontMetrics(self._text_font())
        room = metrics.horizontalAdvance(text) - less_px
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)

    def _text_font(self) -> QFont:
        is_filled = self._look in {Look.FILLED, Look.ON_BED_FILLED}
        weight = QFont.Weight.DemiBold if is_filled else QFont.Weight.Medium
        return self._theme.font(self._font_px, weight)

    def _key_font(self) -> QFont:
        return self._theme.font(12)

    def _widths(self) -> tuple[int, int, int]:
        """Widths of icon, words and key, each with the gap before it."""
        gap = self._theme.px(8)
        icon = self._theme.px(18) if self._icon_name and self._has_icon else 0
        words = QFontMetrics(self._text_font()).horizontalAdvance(self.text())
        key = (
            QFontMetrics(self._key_font()).horizontalAdvance(self._key)
            if self._has_key and self._key
            else 0
        )
        if icon and words:
            words += gap
        return icon, words, key + gap if key else 0

    def sizeHint(self) -> QSize:
        width = sum(self._widths()) + 2 * self._theme.gap(self._padding_px)
        height = self._theme.gap(self._height_px)
        return QSize(max(width, height), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtCore import Qt

        # Qt leaves it to the platform whether Enter presses a button; a clerk expects it to.
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._colours()
        if not self.isEnabled() and self._look is not Look.FILLED:
            painter.setOpacity(0.45)
        ground = colours.ground
        if self.isEnabled() and (self.isDown() or self.isChecked()):
            ground = mixed(ground, colours.ink, 0.16)
        elif self.isEnabled() and self.underMouse():
            ground = mixed(ground, colours.ink, 0.07)
        paint_control(painter, self, Colours(ground, colours.line, colours.ink))
        self._paint_content(painter, colours.ink)
        painter.end()

    def _paint_content(self, painter: QPainter, ink: QColor) -> None:
        """Icon, words, key. The words' colour is the palette's, set by _recolour."""
        icon, words, key = self._widths()
        gap = self._theme.px(8)
        left = (self.width() - icon - words - key) / 2
        if icon:
            top = (self.height() - icon) / 2
            icons.paint_icon(painter, self._icon_name, QRectF(left, top, icon, icon), ink)
        font = self._text_font()
        painter.setFont(font)
        start = left + icon + (gap if icon and self.text() else 0)
        painter.drawText(QPointF(start, self._baseline(font)), self.text())
        if key:
            font = self._key_font()
            painter.setFont(font)
            painter.setOpacity(painter.opacity() * 0.78)
            start = left + icon + words + gap
            painter.drawText(QPointF(start, self._baseline(font)), self._key)

    def _baseline(self, font: QFont) -> float:
        metrics = QFontMetrics(font)
        return (self.height() + metrics.ascent() - metrics.descent()) / 2

    @Slot()
    def _recolour(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.ButtonText, self._colours().ink)
        if self._look is Look.FILLED:
            quiet = self._theme.tokens.quiet
            palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, quiet)
        self.setPalette(palette)

    def _colours(self) -> Colours:
        tokens = self._theme.tokens
        if self._look is Look.FILLED and not self.isEnabled():
            # Its own colours made paler would be dark words on a dark ground, or pale on pale.
            return Colours(tokens.panel, tokens.line, tokens.quiet)
        if self._look is Look.FILLED:
            return Colours(tokens.action, tokens.action, tokens.on_action)
        if self._look is Look.OUTLINED:
            return Colours(tokens.panel, tokens.line, tokens.text)
        if self._look is Look.ON_BED_FILLED:
            return Colours(theme.BED_ACTION, theme.BED_ACTION, theme.ON_BED_ACTION)
        return Colours(theme.BED_RAISED, theme.BED_LINE, theme.BED_TEXT)


def _padding_px(text: str) -> int:
    """Room left and right of the content; an icon alone stands in a square."""
    return 14 if text else 6


def paint_control(painter: QPainter, control: QWidget, colours: Colours) -> None:
    """Ground, line, and a ring within the line where it has the focus."""
    frame = QRectF(control.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
    brushwork.fill_rounded(painter, frame, colours.ground, RADIUS)
    brushwork.outline_rounded(painter, frame, colours.line, RADIUS)
    if control.hasFocus():
        inside = frame.adjusted(2.5, 2.5, -2.5, -2.5)
        brushwork.outline_rounded(painter, inside, colours.ink, RADIUS - 3, width=2)


def mixed(ground: QColor, over: QColor, share: float) -> QColor:
    """A colour between two, for hover and press."""
    keep = 1 - share
    return QColor(
        round(ground.red() * keep + over.red() * share),
        round(ground.green() * keep + over.green() * share),
        round(ground.blue() * keep + over.blue() * share),
    )
