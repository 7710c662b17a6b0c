"""The form for a kind of number that is not in the list: in words, with what it then means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QRectF, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFormLayout, QSpinBox, QWidget

from desktop_app.gui import brushwork
from desktop_app.gui.buttons import Button, Look
from desktop_app.gui.choice_box import ChoiceBox
from desktop_app.gui.labels import Label
from desktop_app.gui.sheet import Sheet
from model.errors import FieldError
from model.fields.catalogue import CHECKS, find_kind
from model.fields.countries import countries_with
from model.fields.lengths import MOST_DIGITS

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent

    from desktop_app.gui.actions import Actions
    from desktop_app.gui.theme import Theme

_SORTS: Final = {
    "custom": "A number of your own",
    "account": "Account number",
    "cheque": "Cheque number",
    "postcode": "Postcode",
    "phone": "Phone number",
    "iban": "IBAN",
}
_OF_LENGTH: Final = frozenset({"custom", "account", "cheque"})
_CHECK_WORDS: Final = {
    "luhn": "Luhn, as on payment cards",
    "verhoeff": "Verhoeff, as on Aadhaar cards",
    "damm": "Damm",
    "mod97": "Remainder by 97, as in an IBAN",
    "mod11-10": "ISO 7064, MOD 11,10",
}
_USUAL_LENGTH: Final = 10
_LABEL_PX: Final = 180


class _DigitCount(QSpinBox):
    def __init__(self, the_theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = the_theme
        self.setAccessibleName(name)
        self.setRange(1, MOST_DIGITS)
        self.setValue(_USUAL_LENGTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling past it must not change it.
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # Qt's own outline is a darker shade of the ground: in the dark theme nobody sees it.
        tokens, has_focus = self._theme.tokens, self.hasFocus()
        width = 2 if has_focus else 1
        inset = width / 2
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        colour = tokens.text if has_focus else tokens.edge
        painter = QPainter(self)
        brushwork.outline_rounded(painter, frame, colour, 2, width=width)
        painter.end()


class KindForm(Sheet):
    """Sends ``chosen`` with the name of the kind; every choice it offers gives one."""

    chosen = Signal(str)

    def __init__(self, the_theme: Theme, actions: Actions, country: str) -> None:
        """Build the form.

        Args:
            the_theme: For fonts and colours.
            actions: For the way back.
            country: Two letters; where there is such a kind of it, it is chosen first.
        """
        super().__init__(the_theme, actions, "Another kind of number")
        self._country = country
        self._message = Label(the_theme)
        self.sort, self.check, self.country = (
            ChoiceBox(the_theme, name, has_letters=True)
            for name in ("What it is", "Check rule", "Country")
        )
        self.least, self.most = (
            _DigitCount(the_theme, name) for name in ("Fewest digits", "Most digits")
        )
        self.sort.offer(tuple(_SORTS), tuple(_SORTS.values()), "custom")
        self.check.offer(("", *CHECKS), ("None", *(_CHECK_WORDS[one] for one in CHECKS)), "")
        self._rule = Label(the_theme, quiet=True)
        self.use_button = Button(the_theme, "Read such numbers", look=Look.FILLED)
        self.use_button.setAccessibleName("Read such numbers")
        self._rows: dict[QWidget, Label] = {}
        self._lay_out()
        self.sort.currentIndexChanged.connect(self._on_sort_changed)
        for box in (self.check, self.country):
            box.currentIndexChanged.connect(self._on_changed)
        self.least.valueChanged.connect(self._on_least_changed)
        self.most.valueChanged.connect(self._on_most_changed)
        self.use_button.clicked.connect(self._on_used)
        the_theme.scaled.connect(self._on_scaled)
        self._on_scaled()
        self._on_sort_changed()

    def _lay_out(self) -> None:
        self._form = QFormLayout()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(12)
        for field in self._fields:
            label = Label(self._theme, field.accessibleName(), wrap=False)
            label.setBuddy(field)
            self._rows[field] = label
            self._form.addRow(label, field)
        self.column.addWidget(self._message)
        self.column.addLayout(self._form)
        self.column.addWidget(self._rule)
        self.column.addWidget(self.use_button)
        self.column.addStretch(1)

    @property
    def _fields(self) -> tuple[QWidget, ...]:
        return self.sort, self.least, self.most, self.check, self.country

    @property
    def first_field(self) -> QWidget:
        return self.sort

    def say(self, message: str) -> None:
        """Say why it is asked; empty where nothing is wrong."""
        self._message.setText(message)
        self._message.setVisible(bool(message))

    @property
    def name(self) -> str:
        """Of the kind that is chosen, as ``find_kind`` has it."""
        sort = str(self.sort.currentData())
        if sort not in _OF_LENGTH:
            return f"{sort}:{self.country.currentData()}"
        least, most = self.least.value(), self.most.value()
        lengths = f"{least}" if least == most else f"{least}-{most}"
        check = str(self.check.currentData()) if sort == "custom" else ""
        return f"{sort}:{lengths}:{check}" if check else f"{sort}:{lengths}"

    @Slot()
    def _on_sort_changed(self) -> None:
        sort = str(self.sort.currentData())
        for field, is_wanted in (
            (self.least, sort in _OF_LENGTH),
            (self.most, sort in _OF_LENGTH),
            (self.check, sort == "custom"),
            (self.country, sort not in _OF_LENGTH),
        ):
            self._form.setRowVisible(field, is_wanted)
        if sort not in _OF_LENGTH:
            self._offer_countries(sort)
        self._on_changed()

    def _offer_countries(self, sort: str) -> None:
        wanted = self.country.currentData() or self._country
        names = {code: _country_name(code) for code in countries_with(sort)}
        codes = sorted(names, key=names.__getitem__)
        with QSignalBlocker(self.country):
            self.country.offer(codes, [names[code] for code in codes], wanted)

    @Slot()
    def _on_least_changed(self) -> None:
        self.most.setValue(max(self.most.value(), self.least.value()))
        self._on_changed()

    @Slot()
    def _on_most_changed(self) -> None:
        self.least.setValue(min(self.most.value(), self.least.value()))
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        try:
            kind = find_kind(self.name)
        except FieldError as error:
            self._rule.setText(f"{error.user_message} {error.hint}")
            self.use_button.setEnabled(False)
            return
        self._rule.setText(f"{kind.title}: {kind.rule}")
        self.use_button.setEnabled(True)

    @Slot()
    def _on_used(self) -> None:
        self.chosen.emit(self.name)

    @Slot()
    def _on_scaled(self) -> None:
        for field in self._fields:
            field.setFont(self._theme.font(15))
            field.setMinimumHeight(self._theme.gap(38))
            self._rows[field].setMinimumHeight(self._theme.gap(38))
            self._rows[field].setMinimumWidth(self._theme.gap(_LABEL_PX))


def _country_name(code: str) -> str:
    territory = QLocale.codeToTerritory(code)
    if territory == QLocale.Country.AnyCountry:
        return code
    return f"{QLocale.territoryToString(territory)} ({code})"
