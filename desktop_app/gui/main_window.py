"""The one window: lays out its parts, shows the state, and passes on what the clerk does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.gui import icons, strings
from desktop_app.gui.actions import Actions
from desktop_app.gui.front_page import FrontPage
from desktop_app.gui.status_line import StatusLine
from desktop_app.gui.text_keys import text_command
from desktop_app.gui.top_bar import TopBar

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QCloseEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDropEvent,
        QKeyEvent,
        QResizeEvent,
    )

    from desktop_app.gui.drop_veil import DropVeil
    from desktop_app.gui.help_sheet import HelpSheet
    from desktop_app.gui.sheet import Sheet
    from desktop_app.gui.state import ViewState
    from desktop_app.gui.theme import Theme
    from desktop_app.gui.work_sheet import WorkSheet
    from desktop_app.gui.workspace import Workspace

START_SIZE: Final = (1280, 800)
LEAST_SIZE: Final = (900, 600)


class MainWindow(QWidget):
    """Paints with the front page alone; bed, panel and help are built when first needed."""

    dropped = Signal(object)
    digit_typed = Signal(int)
    digit_clicked = Signal(int, int)
    answered = Signal(int)
    accepted = Signal()
    gap_wanted = Signal(bool)
    removal_wanted = Signal()
    remedy_chosen = Signal(object)
    notice_dismissed = Signal()
    part_marked = Signal(object)
    kind_wanted = Signal(str)
    said = Signal(str)
    pad_built = Signal(object)
    sheets_left = Signal()
    closing = Signal()
    first_painted = Signal()

    def __init__(self, the_theme: Theme) -> None:
        super().__init__()
        self._theme = the_theme
        self.setWindowTitle(strings.APP_NAME)
        self.resize(*START_SIZE)
        self.setMinimumSize(*LEAST_SIZE)
        self.setAcceptDrops(True)
        self.commands = Actions(self)
        self.top_bar = TopBar(the_theme, self.commands)
        self.front_page = FrontPage(the_theme, self.commands)
        self.status_line = StatusLine(the_theme)
        self._body = QStackedWidget()
        self._body.addWidget(self.front_page)
        self._workspace: Workspace | None = None
        self._help: HelpSheet | None = None
        self._sheet: Sheet | WorkSheet | None = None
        self._under: Sheet | WorkSheet | None = None
        self._veil: DropVeil | None = None
        self._state: ViewState | None = None
        self._reduce_motion = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self._body, 1)
        column.addWidget(self.status_line)
        self.front_page.card.open_button.setFocus()
        the_theme.scaled.connect(self._on_scaled)
        self.front_page.card.first_painted.connect(self._on_card_painted)

    @property
    def theme(self) -> Theme:
        """What its widgets are painted by."""
        return self._theme

    @property
    def workspace(self) -> Workspace:
        """Bed and panel, built at the first call: after the first paint, before the first page."""
        if self._workspace is None:
            from desktop_app.gui.workspace import Workspace

            workspace = Workspace(self._theme, self.commands)
            self._body.addWidget(workspace)
            workspace.slip.digit_clicked.connect(self.digit_clicked)
            workspace.slip.crop.read_wanted.connect(self.part_marked)
            workspace.panel.sheet.number.digit_clicked.connect(self._on_number_clicked)
            workspace.panel.sheet.cards.digit_clicked.connect(self._on_number_clicked)
            workspace.panel.sheet.detail.answered.connect(self.answered)
            workspace.panel.sheet.detail.accepted.connect(self.accepted)
            workspace.panel.sheet.detail.typed.connect(self.digit_typed)
            workspace.panel.sheet.detail.gap_wanted.connect(self.gap_wanted)
            workspace.panel.sheet.detail.removal_wanted.connect(self.removal_wanted)
            workspace.panel.sheet.meaning.kind_wanted.connect(self.kind_wanted)
            workspace.panel.sheet.comparison.said.connect(self.said)
            workspace.notice.chosen.connect(self.remedy_chosen)
            workspace.notice.dismissed.connect(self.notice_dismissed)
            workspace.panel.kept.dismissed.connect(self.notice_dismissed)
            workspace.panel.veil.dismissed.connect(self.notice_dismissed)
            workspace.pad_built.connect(self.pad_built)
            workspace.set_reduce_motion(self._reduce_motion)
            self._workspace = workspace
        return self._workspace

    def complete(self) -> None:
        """Build what the first paint left out: icons, bed and panel."""
        icons.load()
        self.commands.complete()
        self.front_page.complete()
        # Each by itself: an update of the window stops at children that fill their own ground.
        for widget in self.findChildren(QWidget):
            widget.update()
        if self._state is not None:
            self.workspace.show_state(self._state)

    def set_reduce_motion(self, reduce: bool) -> None:
        """Whether anything may move by itself."""
        self._reduce_motion = reduce
        if self._workspace is not None:
            self._workspace.set_reduce_motion(reduce)

    def show_state(self, state: ViewState) -> None:
        """Show a state: the front page until there is a page, then bed and panel."""
        before, self._state = self._state, state
        self.commands.show_state(state)
        self.status_line.show_state(state)
        self.top_bar.show_kind(state.kind)
        name = state.page_name
        self.setWindowTitle(f"{name} – {strings.APP_NAME}" if name else strings.APP_NAME)
        if not state.has_bed:
            self._show_front_page(before, state)
            return
        if not self.has_sheet or before is None or before.shown is not state.shown:
            self._sheet = self._under = None
            self._show_workspace()
            self.sheets_left.emit()
        self.workspace.show_state(state)

    def _show_workspace(self) -> None:
        """Bring bed and panel to the front, the focus on the page where it was on what goes."""
        focus = QApplication.focusWidget()
        if focus is not None and self.front_page.isAncestorOf(focus):
            # Left to Qt, the focus, and a screen reader with it, would stop at Open on its way.
            focus.clearFocus()
            self._body.setCurrentWidget(self.workspace)
            self.workspace.slip.setFocus()
        else:
            self._body.setCurrentWidget(self.workspace)

    def _show_front_page(self, before: ViewState | None, state: ViewState) -> None:
        if state.notice is not None and self.front_page.notice is None:
            from desktop_app.gui.notice_card import NoticeCard

            notice = NoticeCard(self._theme)
            notice.chosen.connect(self.remedy_chosen)
            notice.dismissed.connect(self.notice_dismissed)
            self.front_page.add_notice(notice)
        self.front_page.show_state(state)
        if not self.has_sheet:
            self._body.setCurrentWidget(self.front_page)
        is_new = before is None or state.notice is not before.notice
        if state.notice is not None and self.front_page.notice is not None and is_new:
            self.front_page.notice.focus_first_remedy()

    @property
    def has_sheet(self) -> bool:
        """Whether the help, a form or a drawing stands in place of the page."""
        return self._sheet is not None

    @property
    def is_helping(self) -> bool:
        """Whether the help is open."""
        return self._help is not None and self._sheet is self._help

    def show_sheet(self, sheet: Sheet | WorkSheet) -> None:
        """Open a sheet in place of bed or front page; help gives back what it lay over."""
        self._under = self._sheet if sheet is self._help else None
        if self._body.indexOf(sheet) < 0:
            self._body.addWidget(sheet)
        self._sheet = sheet
        self._body.setCurrentWidget(sheet)
        self.status_line.say_instead(sheet.status)
        sheet.first_field.setFocus()

    def leave_sheet(self) -> None:
        """Go back to what the help lay over, else to bed or front page."""
        if self._under is not None:
            self.show_sheet(self._under)
            return
        self._sheet = None
        has_bed = self._state is not None and self._state.has_bed
        self._body.setCurrentWidget(self.workspace if has_bed else self.front_page)
        if has_bed:
            self.workspace.restore_focus()
        else:
            self.front_page.card.open_button.setFocus()
        self.sheets_left.emit()

    def leave_all_sheets(self) -> None:
        """Go back to bed or front page, because a picture comes."""
        self._under = None
        if self.has_sheet:
            self.leave_sheet()

    def toggle_help(self) -> None:
        """Open the help, or close it."""
        if self.is_helping:
            self.leave_sheet()
            return
        if self._help is None:
            from desktop_app.gui.help_sheet import HelpSheet

            self._help = HelpSheet(self._theme, self.commands)
        self.show_sheet(self._help)

    @Slot(int)
    def _on_number_clicked(self, digit: int) -> None:
        if self._state is not None and (review := self._state.number_review) is not None:
            self.digit_clicked.emit(review.line, digit)

    def event(self, event: QEvent) -> bool:
        # Where "+" needs Shift, Ctrl+Shift++ is also Ctrl++, and Qt would answer neither of the two
        # ("Ambiguous shortcut overload"). Claimed here, the key comes to keyPressEvent instead.
        if event.type() == QEvent.Type.ShortcutOverride and text_command(event) is not None:
            event.accept()
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._sharpen()
        return super().event(event)

    def _sharpen(self) -> None:
        """Cut the pieces of the page anew: another screen may show more of their pixels."""
        if self._state is not None and self._workspace is not None:
            self._workspace.show_state(self._state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtCore import Qt

        # What no focused widget took: digits correct, Enter accepts, wherever the focus stands.
        typed, text_size = event.text(), text_command(event)
        if text_size is not None:
            self.commands[text_size].trigger()
        elif self.has_sheet:
            super().keyPressEvent(event)
        elif len(typed) == 1 and typed in "0123456789" and not event.isAutoRepeat():
            self.digit_typed.emit(int(typed))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.accepted.emit()
        elif event.key() == Qt.Key.Key_F10:
            self.top_bar.menu_button.click()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # Everything is accepted, because a refusal in words helps more than a forbidding cursor.
        event.acceptProposedAction()
        if self._veil is None:
            from desktop_app.gui.drop_veil import DropVeil

            self._veil = DropVeil(self._theme, self)
        self._veil.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._lift_veil()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        from desktop_app.gui.incoming import pictures_from

        self._lift_veil()
        event.acceptProposedAction()
        self.activateWindow()
        self.dropped.emit(pictures_from(event.mimeData(), pasted=False))

    def _lift_veil(self) -> None:
        if self._veil is not None:
            self._veil.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._veil is not None and self._veil.isVisible():
            self._veil.cover()

    @Slot()
    def _on_scaled(self) -> None:
        # Painted widgets take their size from the theme, of which Qt's layouts know nothing.
        for widget in self.findChildren(QWidget):
            widget.updateGeometry()

    @Slot()
    def _on_card_painted(self) -> None:
        # Its neighbours paint in the same turn of the event loop.
        QTimer.singleShot(0, self._on_painted)

    @Slot()
    def _on_painted(self) -> None:
        self.first_painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        # Gone from the screen at once; the worker is waited for afterwards.
        self.hide()
        self.closing.emit()
        event.accept()
