"""How many numbers pass at which level, drawn, with the levels to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QVBoxLayout, QWidget

from desktop_app.gui import acceptance, strings
from desktop_app.gui.buttons import Button, Look
from desktop_app.gui.curve_view import CurveView
from desktop_app.gui.labels import Label
from desktop_app.gui.radio import Radio
from desktop_app.gui.sheet import Sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from desktop_app.gui.actions import Actions
    from desktop_app.gui.theme import Theme
    from model.line_card import LineCard

_TWO_COLUMNS_PX: Final = 900
_CHOICES_PX: Final = 380


class LevelSheet(Sheet):
    """Arrows go through the levels, Enter or the button puts one in force and sends ``chosen``."""

    chosen = Signal(object)

    def __init__(self, the_theme: Theme, actions: Actions, card: LineCard) -> None:
        super().__init__(the_theme, actions, "How many can be accepted")
        self._choices = acceptance.choices_of(card)
        self._in_force = self._choices[0]
        self._is_locked = False
        self.sentence = Label(the_theme, size_px=17, weight=QFont.Weight.DemiBold)
        self.measured = Label(the_theme, size_px=14, quiet=True)
        self._lock = Label(the_theme, strings.LEVEL_LOCKED, quiet=True)
        self.curve = CurveView(the_theme, card.curve)
        self.use_button = Button(the_theme, "Use this level", look=Look.FILLED, key="Enter")
        self.use_button.setAccessibleName("Use this level")
        self.use_button.clicked.connect(self._on_used)
        self._radios = QButtonGroup(self)
        self._radios.idToggled.connect(self._on_toggled)
        self._lay_out()
        the_theme.scaled.connect(self._arrange)
        self._arrange()

    def _lay_out(self) -> None:
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(2)
        for at in range(len(self._choices)):
            radio = Radio(self._theme)
            self._radios.addButton(radio, at)
            side.addWidget(radio)
        side.addSpacing(14)
        side.addWidget(self._lock)
        side.addWidget(self.use_button)
        side.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(32)
        self._columns.addWidget(self.curve, 1)
        self._columns.addWidget(self._side)
        self.column.addWidget(Label(self._theme, strings.LEVEL_HELP, quiet=True))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.sentence)
        words.addWidget(self.measured)
        self.column.addLayout(words)
        self.column.addLayout(self._columns, 1)

    @property
    def first_field(self) -> QWidget:
        return self._radios.checkedButton() or self.close_button

    def show_level(self, wrong: float, *, is_locked: bool) -> None:
        """Begin at the level that is in force.

        Args:
            wrong: How many of the accepted numbers may be wrong, as a share.
            is_locked: Whether it can only be looked at.
        """
        self._in_force = acceptance.in_force(self._choices, wrong)
        self._is_locked = is_locked
        self._lock.setVisible(is_locked)
        for at, choice in enumerate(self._choices):
            words = [acceptance.name_of(choice), acceptance.passing(choice)]
            name = ": ".join(word for word in words if word)
            is_in_force = choice is self._in_force
            self._radios.button(at).setText(f"{name} (now)" if is_in_force else name)
        self._radios.button(self._choices.index(self._in_force)).setChecked(True)
        self._show_chosen()

    @property
    def _chosen(self) -> acceptance.Choice:
        return self._choices[max(0, self._radios.checkedId())]

    @Slot(int, bool)
    def _on_toggled(self, _at: int, on: bool) -> None:
        if on:
            self._show_chosen()
            self.ensureWidgetVisible(self.first_field, 0, self._theme.px(40))

    def _show_chosen(self) -> None:
        self.sentence.setText(acceptance.told(self._chosen))
        self.measured.setText(acceptance.measured(self._chosen))
        self.curve.show_points(self._in_force.point, self._chosen.point)
        self.curve.setAccessibleName(f"Curve. {acceptance.told(self._chosen)}")
        is_other = self._chosen is not self._in_force
        self.use_button.setEnabled(is_other and not self._is_locked)

    @Slot()
    def _on_used(self) -> None:
        if self.use_button.isEnabled():
            self.chosen.emit(self._chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self._on_used()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        is_wide = self.width() >= self._theme.px(_TWO_COLUMNS_PX)
        directions = QBoxLayout.Direction
        self._columns.setDirection(directions.LeftToRight if is_wide else directions.BottomToTop)
        self._side.setMinimumWidth(self._theme.px(_CHOICES_PX) if is_wide else 0)
