"""The bar at the top: where pictures come from, text size, help."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QHBoxLayout

from desktop_app.gui import strings
from desktop_app.gui.bar import Bar
from desktop_app.gui.buttons import Button
from desktop_app.gui.commands import Command, entry_of
from desktop_app.gui.labels import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QMenu

    from desktop_app.gui.actions import Actions
    from desktop_app.gui.theme import Theme
    from model.fields.kind import FieldKind

ANY_NUMBER: Final = "Any number"

# Margins, and what stands between the name and the buttons even where the name is hidden.
_AROUND_PX: Final = 60


class TopBar(Bar):
    """Open, Scan, Camera, Paste, Write; on the right text size, help and all commands' menu."""

    def __init__(self, the_theme: Theme, actions: Actions) -> None:
        super().__init__(line_above=False)
        self._theme = the_theme
        self._actions = actions
        self._kind = ANY_NUMBER
        self._name = Label(
            the_theme, strings.APP_NAME, size_px=17, weight=QFont.Weight.Bold, wrap=False
        )
        self._name.setForegroundRole(QPalette.ColorRole.Link)
        self.open_button = Button.for_command(
            actions, Command.OPEN, the_theme, "Open…", icon="folder-open"
        )
        self.scan_button = Button.for_command(
            actions, Command.SCAN, the_theme, "Scan", icon="scan-line"
        )
        self.paste_button = Button.for_command(
            actions, Command.PASTE, the_theme, "Paste", icon="clipboard-paste"
        )
        self.write_button = Button.for_command(
            actions, Command.WRITE, the_theme, "Write", icon="pen-line"
        )
        self.camera_button = self._camera_button()
        self.kind_button = Button.for_command(
            actions, Command.KIND, the_theme, ANY_NUMBER, icon="chevron-down"
        )
        self.text_button = self._menu_button("a-large-small", "Text size")
        self.help_button = Button.for_command(
            actions, Command.HELP, the_theme, icon="circle-question-mark"
        )
        self.menu_button = self._menu_button("menu", "All commands (F10)")
        self._worded: tuple[tuple[Button, str], ...] = (
            (self.open_button, "Open…"),
            (self.scan_button, "Scan"),
            (self.paste_button, "Paste"),
            (self.write_button, "Write"),
        )
        if self.camera_button is not None:
            self._worded += ((self.camera_button, "Camera"),)
        self._lay_out()
        the_theme.scaled.connect(self._fit)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        row.addWidget(self._name)
        row.addSpacing(12)
        row.addWidget(self.open_button)
        row.addWidget(self.scan_button)
        if self.camera_button is not None:
            row.addWidget(self.camera_button)
        row.addWidget(self.paste_button)
        row.addWidget(self.write_button)
        row.addStretch(1)
        row.addWidget(self.kind_button)
        row.addWidget(self.text_button)
        row.addWidget(self.help_button)
        row.addWidget(self.menu_button)
        self.set_content(row)

    def show_kind(self, kind: FieldKind | None) -> None:
        """Say which kind of number is read."""
        self.show_kind_title(ANY_NUMBER if kind is None else kind.title)

    def show_kind_title(self, words: str) -> None:
        """Say it where only its title is known; empty: leave it open."""
        self._kind = words
        known = f": {words}" if words else ""
        self.kind_button.setAccessibleName(f"Kind of number{known}")
        self.kind_button.setToolTip(f"Kind of number{known} ({entry_of(Command.KIND).keys[0]})")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Leave out the name, then the words beside icons; at last cut the kind's title short.

        No icon says which kind is read, and nothing else in the window does of every number.
        """
        self._show_kind(self._kind)
        for button, words in self._worded:
            _show_words(button, words)
        needed = self._name.sizeHint().width() + 12 + self._commands_width()
        self._name.setVisible(needed <= self.width())
        for button, _ in reversed(self._worded):
            if self._commands_width() > self.width():
                _show_words(button, "")
        over = self._commands_width() - self.width()
        if over > 0:
            self._show_kind(self.kind_button.elided(self._kind, over))

    def _show_kind(self, words: str) -> None:
        _show_words(self.kind_button, words)

    def _commands_width(self) -> int:
        buttons = self.findChildren(Button)
        return sum(button.sizeHint().width() + 8 for button in buttons) + _AROUND_PX

    def _camera_button(self) -> Button | None:
        """Only where the camera extra is installed; looks for a file and imports nothing of it."""
        if find_spec("PySide6.QtMultimedia") is None:
            return None
        return Button.for_command(
            self._actions, Command.CAMERA, self._theme, "Camera", icon="camera"
        )

    def _menu_button(self, icon: str, tip: str) -> Button:
        button = Button(self._theme, icon=icon)
        button.setToolTip(tip)
        button.setAccessibleName(tip.partition(" (")[0])
        button.clicked.connect(self._on_menu_wanted)
        return button

    @Slot()
    def _on_menu_wanted(self) -> None:
        button = self.sender()
        menu = self._menu()
        if button is self.text_button:
            for command in (Command.TEXT_LARGER, Command.TEXT_SMALLER, Command.TEXT_NORMAL):
                menu.addAction(self._actions[command])
            menu.addSeparator()
            menu.addAction(self._actions[Command.REDUCE_MOTION])
        else:
            self._actions.fill_menu(menu)
        if isinstance(button, Button):
            self._open_below(menu, button)

    def _menu(self) -> QMenu:
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _open_below(self, menu: QMenu, button: Button) -> None:
        if menu.sizeHint().width() > self.screen().availableGeometry().width():
            # Qt starts a further column where the screen ends below, and lets it run off beside.
            menu.setStyleSheet("QMenu { menu-scrollable: 1 }")
        below = button.mapToGlobal(QPoint(button.width() - menu.sizeHint().width(), 0))
        # popup(), not exec(): no nested event loop while a job may be running.
        menu.popup(below + QPoint(0, button.height() + 4))


def _show_words(button: Button, words: str) -> None:
    if words != button.text():
        button.show_text(words)
