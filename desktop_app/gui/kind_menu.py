"""The kinds of numbers to choose from, and the form for one that is not in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QObject, Signal, Slot

from model.errors import FieldError
from model.fields.catalogue import find_kind
from model.fields.phone import phone_title

if TYPE_CHECKING:
    from desktop_app.gui.kind_form import KindForm
    from desktop_app.gui.kind_list import KindList
    from desktop_app.gui.main_window import MainWindow
    from desktop_app.gui.theme import Theme
    from model.fields.kind import FieldKind

ANY: Final = ("number",)
AMOUNTS: Final = ("amount", "amount:indian", "amount:2")
DATES: Final = ("date", "date:month-first", "date:year-first")
PLACES: Final = ("pin", "zip")
BANK: Final = ("account:9-18", "cheque", "routing", "card", "aadhaar")
_NO_COUNTRY: Final = "IN"


class KindMenu(QObject):
    """Sends ``chosen`` with the kind, or with None for any number."""

    chosen = Signal(object)

    def __init__(self, window: MainWindow, the_theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._theme = the_theme
        self._list: KindList | None = None
        self._form: KindForm | None = None

    def open(self, current: FieldKind | None) -> None:
        """Show every kind below its button.

        Args:
            current: The one that is read now; None where any number will do.
        """
        if self._list is None:
            from desktop_app.gui.kind_list import KindList

            self._list = KindList(self._theme, self._window)
            self._list.chosen.connect(self.choose)
            self._list.other_wanted.connect(self.ask)
        name = ANY[0] if current is None else current.name
        groups = [ANY, AMOUNTS, DATES, PLACES, (f"phone:{_country()}",), BANK]
        if not any(name in group for group in groups):
            groups.append((name,))
        titles = [[(one, _title(one)) for one in group] for group in groups]
        self._list.open(self._window.top_bar.kind_button, titles, name)

    @Slot(str)
    def choose(self, name: str) -> None:
        """Choose a kind by its name; where there is none of that name, another is asked for."""
        try:
            kind = find_kind(name)
        except FieldError as error:
            self._ask(error.user_message)
            return
        if self._window.has_sheet:
            self._window.leave_sheet()
        self.chosen.emit(None if kind.name == ANY[0] else kind)

    @Slot()
    def ask(self) -> None:
        """Ask for a kind that is not in the list."""
        self._ask("")

    def _ask(self, message: str) -> None:
        if self._form is None:
            from desktop_app.gui.kind_form import KindForm

            self._form = KindForm(self._theme, self._window.commands, _country())
            self._form.chosen.connect(self.choose)
        self._form.say(message)
        self._window.show_sheet(self._form)


def _title(name: str) -> str:
    country = name.removeprefix("phone:")
    return phone_title(country) if country != name else find_kind(name).title


def _country() -> str:
    """Two letters, by the system's language and region."""
    _, _, country = QLocale.system().name().partition("_")
    return country if len(country) == 2 else _NO_COUNTRY
