"""Colours and type: the tokens of the design, following the system's light or dark theme live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

BASE_PX: Final = 15


# Named tuples here and in commands.py: a frozen dataclass takes 1 ms to build, all of them
# together a twentieth of the first paint.
class Tone(NamedTuple):
    """Text, the ground it stands on, and the outline on the page."""

    text: QColor
    ground: QColor
    box: QColor


class Tokens(NamedTuple):
    """The colours of one theme; contrasts are checked by a test.

    ``line`` parts what stands beside each other; ``edge`` is the outline of what one types into.
    """

    window: QColor
    panel: QColor
    text: QColor
    quiet: QColor
    line: QColor
    edge: QColor
    action: QColor
    on_action: QColor
    sure: Tone
    doubt: Tone
    failure: Tone
    person: Tone
    bed: QColor


LIGHT: Final = Tokens(
    window=QColor("#F4F5F7"),
    panel=QColor("#FFFFFF"),
    text=QColor("#141A22"),
    quiet=QColor("#5A6472"),
    line=QColor("#DDE1E7"),
    edge=QColor("#858F9C"),
    action=QColor("#14315E"),
    on_action=QColor("#FFFFFF"),
    sure=Tone(QColor("#0B5C36"), QColor("#DDF3E7"), QColor("#38B27A")),
    doubt=Tone(QColor("#6B4300"), QColor("#FFF0D2"), QColor("#F2A51D")),
    failure=Tone(QColor("#8C1D18"), QColor("#FCE4E2"), QColor("#D9534B")),
    person=Tone(QColor("#14315E"), QColor("#E3ECFA"), QColor("#8DB4F2")),
    bed=QColor("#20262F"),
)
DARK: Final = Tokens(
    window=QColor("#14181E"),
    panel=QColor("#1B2129"),
    text=QColor("#EDF1F6"),
    quiet=QColor("#A3AEBC"),
    line=QColor("#323B47"),
    edge=QColor("#76828F"),
    action=QColor("#8DB4F2"),
    on_action=QColor("#0C1A30"),
    sure=Tone(QColor("#7FDDB0"), QColor("#123524"), QColor("#38B27A")),
    doubt=Tone(QColor("#FFD58A"), QColor("#3D2C0A"), QColor("#F2A51D")),
    failure=Tone(QColor("#FFB4AB"), QColor("#410E0B"), QColor("#D9534B")),
    person=Tone(QColor("#B9D2F8"), QColor("#1C2C46"), QColor("#8DB4F2")),
    bed=QColor("#0F1216"),
)

# The bed is dark in both themes, so what stands on it has one set of colours.
BED_TEXT: Final = QColor("#EDF1F6")
BED_QUIET: Final = QColor("#A9B4C2")
BED_RAISED: Final = QColor("#2B323D")
BED_LINE: Final = QColor("#556070")
BED_ACTION: Final = QColor("#F5F9FE")
ON_BED_ACTION: Final = QColor("#14315E")


class Theme(QObject):
    """The theme in force. Widgets read ``tokens`` when they paint; a new palette repaints them.

    ``scaled`` is sent after the text size changed, for widgets whose fonts differ from the
    application's own.
    """

    scaled = Signal()
    recoloured = Signal()

    def __init__(self, text_percent: int = 100) -> None:
        super().__init__()
        self._percent = text_percent
        # The system's own palette tells its theme without the cost of Qt's enums (brushwork.py).
        self.tokens = DARK if QApplication.palette().window().color().lightness() < 128 else LIGHT
        self._follows = False
        self._apply_palette()
        self._apply_font()

    def follow_system(self) -> None:
        """Change with the system's theme from now on; call after the first paint."""
        self._follows = True
        _colour_tool_tips(QApplication.palette())
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self._on_scheme_changed()

    @property
    def text_percent(self) -> int:
        """Size of all text against the base."""
        return self._percent

    def set_text_percent(self, percent: int) -> None:
        """Rescale every text of the interface."""
        if percent != self._percent:
            self._percent = percent
            self._apply_font()
            self.scaled.emit()

    def px(self, size: float) -> int:
        """A length that grows with the text, in logical pixels."""
        return round(size * self._percent / 100)

    def gap(self, size: float) -> int:
        """A length around text: grows less than the text, so that large text leaves room."""
        return round(size * (1 + 0.45 * (self._percent / 100 - 1)))

    def font(self, size_px: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The interface font at a size of the 100 % scale, with tabular figures."""
        font = QFont(QApplication.font())
        font.setPixelSize(self.px(size_px))
        font.setWeight(weight)
        return font

    def _apply_font(self) -> None:
        font = QFont(QApplication.font())
        font.setPixelSize(self.px(BASE_PX))
        # All digits equally wide, so that numbers under each other can be compared.
        font.setFeature(QFont.Tag("tnum"), 1)
        QApplication.setFont(font)

    def _apply_palette(self) -> None:
        palette = _palette(self.tokens)
        QApplication.setPalette(palette)
        if self._follows:
            _colour_tool_tips(palette)

    @Slot()
    def _on_scheme_changed(self) -> None:
        from PySide6.QtCore import Qt

        scheme = QGuiApplication.styleHints().colorScheme()
        self.show_scheme(is_dark=scheme == Qt.ColorScheme.Dark)

    def show_scheme(self, *, is_dark: bool) -> None:
        """Show the light or the dark theme."""
        tokens = DARK if is_dark else LIGHT
        if tokens is not self.tokens:
            self.tokens = tokens
            self._apply_palette()
            self.recoloured.emit()


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette(tokens.panel, tokens.window)
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, tokens.window),
        (roles.Base, tokens.panel),
        (roles.AlternateBase, tokens.window),
        (roles.Button, tokens.panel),
        (roles.ToolTipBase, tokens.panel),
        (roles.WindowText, tokens.text),
        (roles.Text, tokens.text),
        (roles.ButtonText, tokens.text),
        (roles.ToolTipText, tokens.text),
        (roles.PlaceholderText, tokens.quiet),
        (roles.Highlight, tokens.action),
        (roles.HighlightedText, tokens.on_action),
        (roles.Mid, tokens.line),
        (roles.Link, tokens.action),
    ):
        palette.setColor(role, colour)
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, tokens.quiet)
    return palette


def _colour_tool_tips(palette: QPalette) -> None:
    from PySide6.QtWidgets import QToolTip

    QToolTip.setPalette(palette)


def put_on_bed(widget: QWidget, tokens: Tokens) -> None:
    """Give a widget and its children the colours of things that stand on the bed."""
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, tokens.bed),
        (roles.WindowText, BED_TEXT),
        (roles.Text, BED_TEXT),
        (roles.ButtonText, BED_TEXT),
        (roles.PlaceholderText, BED_QUIET),
    ):
        palette.setColor(role, colour)
    widget.setPalette(palette)
