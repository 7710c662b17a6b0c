"""The menu of the kinds of numbers, and the question for one that is not in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from model.errors import FieldError
from model.fields.catalogue import find_kind
from model.fields.phone import phone_title

if TYPE_CHECKING:
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

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def fill(self, menu: QMenu, current: FieldKind | None) -> None:
        """Add every kind, the current one with a tick.

        Args:
            menu: To be filled.
            current: None where any number will do.
        """
        name = "number" if current is None else current.name
        groups = (ANY, AMOUNTS, DATES, PLACES, (f"phone:{_country()}",), BANK)
        offered = [one for group in groups for one in group]
        for group in groups:
            for one in group:
                self._add(menu, one, is_current=one == name)
            menu.addSeparator()
        if current is not None and name not in offered:
            self._add(menu, name, is_current=True)
        other = menu.addAction("Another kind…")
        other.triggered.connect(self.ask)

    def _add(self, menu: QMenu, name: str, *, is_current: bool) -> None:
        country = name.removeprefix("phone:")
        title = phone_title(country) if country != name else find_kind(name).title
        action = QAction(title, menu)
        action.setData(name)
        action.setCheckable(True)
        action.setChecked(is_current)
        action.triggered.connect(self._on_triggered)
        menu.addAction(action)

    @Slot()
    def _on_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.choose(str(action.data()))

    @Slot(str)
    def choose(self, name: str) -> None:
        """Choose a kind by its name; a name that there is not is asked for again."""
        if not name.strip():
            return
        try:
            kind = find_kind(name)
        except FieldError as error:
            self._ask(f"{error.user_message} {error.hint}", name)
            return
        self.chosen.emit(None if kind.name == "number" else kind)

    @Slot()
    def ask(self) -> None:
        """Ask for a kind that is not in the menu."""
        self._ask("Which kind? Such as postcode:DE, iban:AT, account:11 or custom:8:luhn.", "")

    def _ask(self, question: str, name: str) -> None:
        dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("Kind of number")
        dialog.setLabelText(_wrapped(question))
        dialog.setTextValue(name)
        dialog.textValueSelected.connect(self.choose)
        # open(), not exec(): no nested event loop while a job may be running.
        dialog.open()


def _country() -> str:
    """Two letters, by the system's language and region."""
    _, _, country = QLocale.system().name().partition("_")
    return country if len(country) == 2 else _NO_COUNTRY


def _wrapped(words: str) -> str:
    import textwrap

    return textwrap.fill(words, 60)
