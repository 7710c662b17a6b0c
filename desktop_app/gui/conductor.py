"""Carries out the commands: the one place where window, presenter, clipboard and settings meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop_app.gui import strings
from desktop_app.gui.announcements import announce, words_for
from desktop_app.gui.care_desk import CareDesk
from desktop_app.gui.commands import Command
from desktop_app.gui.incoming import Refusal, Unsorted
from desktop_app.gui.kind_menu import ANY, KindMenu
from desktop_app.gui.level_choice import LevelChoice
from desktop_app.gui.state import Remedy, StatusTone, ViewState
from desktop_app.gui.verdict import left_to_check
from desktop_app.gui.ways_in import WaysIn
from desktop_app.gui.writing_desk import WritingDesk
from desktop_app.storage.settings import TEXT_SIZES
from model.errors import FieldError
from model.fields.catalogue import find_kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.gui.main_window import MainWindow
    from desktop_app.gui.presenter import Presenter
    from desktop_app.gui.queue import Picture
    from desktop_app.gui.theme import Theme
    from desktop_app.storage.settings import SettingsFile
    from model.fields.kind import FieldKind
    from model.types import Box


class Conductor(QObject):
    """Connects a window to a presenter."""

    def __init__(
        self, window: MainWindow, presenter: Presenter, the_theme: Theme, settings: SettingsFile
    ) -> None:
        super().__init__()
        self._window = window
        self._presenter = presenter
        self._theme = the_theme
        self._settings = settings
        self._shown = presenter.state
        self._ways_in = WaysIn(window, settings, the_theme)
        self._kinds = KindMenu(window, the_theme)
        self._level = LevelChoice(window, the_theme, settings)
        self.writing = WritingDesk(window, presenter)
        self.care = CareDesk(window, presenter, self.writing)
        self._todo = self._table()
        self._connect()
        self._on_state_changed(presenter.state)

    def _connect(self) -> None:
        window, desk = self._window, self._presenter.desk
        self._presenter.session.state_changed.connect(self._on_state_changed)
        self._ways_in.offered.connect(self._on_pictures_offered)
        self._ways_in.arrived.connect(self._on_arrived)
        window.sheets_left.connect(window.status_line.go_back)
        window.sheets_left.connect(self._on_sheets_left)
        self._ways_in.told.connect(self._presenter.session.note)
        window.commands.wanted.connect(self._on_command_wanted)
        window.dropped.connect(self._on_pictures_offered)
        window.digit_typed.connect(desk.correct)
        window.digit_clicked.connect(desk.select_digit)
        window.answered.connect(desk.answer)
        window.accepted.connect(desk.accept)
        window.gap_wanted.connect(desk.open_gap)
        window.removal_wanted.connect(desk.remove)
        window.remedy_chosen.connect(self._on_remedy_chosen)
        window.notice_dismissed.connect(self._presenter.session.dismiss_notice)
        window.part_marked.connect(self._on_part_marked)
        window.said.connect(desk.expect)
        window.kind_wanted.connect(self._kinds.choose)
        self._kinds.chosen.connect(self._on_kind_chosen)
        self._level.used.connect(self._presenter.use_level)
        self._recall_kind()
        self._ways_in.resume()
        self._apply_reduce_motion()

    def _table(self) -> dict[Command, Callable[[], object]]:
        window, presenter, desk = self._window, self._presenter, self._presenter.desk
        return {
            **self._ways_in.table(),
            **self.writing.table(),
            **self.care.table(),
            Command.PREVIOUS_PAGE: lambda: presenter.step_page(-1),
            Command.NEXT_PAGE: lambda: presenter.step_page(1),
            Command.CANCEL: self._cancel,
            Command.QUIT: window.close,
            Command.KIND: self._ask_for_kind,
            Command.COMPARE: self._compare,
            Command.COPY: self._copy,
            Command.COPY_ALL: self._copy_all,
            Command.ADD_DIGIT: desk.open_gap,
            Command.REMOVE_DIGIT: desk.remove,
            Command.PREVIOUS_DIGIT: lambda: desk.step_digit(-1),
            Command.NEXT_DIGIT: lambda: desk.step_digit(1),
            Command.PREVIOUS_LINE: lambda: desk.step_line(-1),
            Command.NEXT_LINE: lambda: desk.step_line(1),
            Command.ZOOM_IN: lambda: window.workspace.slip.zoom(1),
            Command.ZOOM_OUT: lambda: window.workspace.slip.zoom(-1),
            Command.FIT: self._fit,
            Command.CROP: self._crop,
            Command.WHOLE_PAGE: lambda: presenter.read_part(None),
            Command.TEXT_LARGER: lambda: self._step_text(1),
            Command.TEXT_SMALLER: lambda: self._step_text(-1),
            Command.TEXT_NORMAL: lambda: self._set_text(100),
            Command.REDUCE_MOTION: self._toggle_motion,
            Command.LEVEL: self._level.open,
            Command.HELP: window.toggle_help,
        }

    @Slot(object)
    def _on_command_wanted(self, command: Command) -> None:
        self._todo[command]()

    @Slot(object)
    def _on_state_changed(self, state: ViewState) -> None:
        before, self._shown = self._shown, state
        self._window.show_state(state)
        announce(self._window, words_for(before, state))

    # Pictures

    @Slot(object)
    def _on_pictures_offered(self, offered: tuple[Picture, ...] | Unsorted | Refusal) -> None:
        self._window.leave_all_sheets()
        if isinstance(offered, tuple):
            self._presenter.open_pictures(offered)
        elif isinstance(offered, Unsorted):
            self._ways_in.sort_out(offered)
        else:
            self._presenter.fail(offered.title, offered.hint)

    @Slot(object)
    def _on_arrived(self, pictures: tuple[Picture, ...]) -> None:
        # A page would take the place of the sheet, and stop the scan on it.
        self._presenter.let_wait(pictures, is_at_work=self._window.has_sheet)

    @Slot()
    def _on_sheets_left(self) -> None:
        # Later: the sheet may have been left for a picture that goes first.
        QTimer.singleShot(0, self._open_waiting)

    @Slot()
    def _open_waiting(self) -> None:
        if not self._window.has_sheet:
            self._presenter.open_waiting()

    @Slot(object)
    def _on_part_marked(self, region: Box) -> None:
        self._presenter.read_part(region)

    @Slot(object)
    def _on_remedy_chosen(self, remedy: Remedy) -> None:
        if remedy is Remedy.OPEN:
            self._ways_in.ask_for_files()
        elif remedy is Remedy.RETRY:
            self._presenter.retry()
        elif remedy is Remedy.SKIP:
            self._presenter.skip_picture()
        else:
            self._presenter.read_part(None)

    def _cancel(self) -> None:
        """Leave what is open, the nearest first: scan, sheet, crop, job or notice."""
        if self._window.has_sheet:
            if not self._ways_in.go_back():
                self._window.leave_sheet()
        elif self._shown.shown is not None and self._window.workspace.slip.crop.is_on:
            self._window.workspace.slip.crop.leave()
        elif self._shown.takes_digits:
            self._presenter.desk.close_gap()
        elif self._shown.expected is not None and not self._shown.is_busy:
            self._presenter.desk.expect(None)
        elif self._shown.writing is not None and self._shown.notice is None:
            self.writing.go_back()
        else:
            self._presenter.cancel()

    def _fit(self) -> None:
        self._window.workspace.slip.fit()

    def _crop(self) -> None:
        self._window.workspace.slip.start_crop()

    # Number

    def _ask_for_kind(self) -> None:
        self._kinds.open(self._shown.kind)

    def _compare(self) -> None:
        """Ask what the customer says; what was typed before is marked, to be typed over."""
        sheet = self._window.workspace.panel.sheet
        self._presenter.desk.close_gap()
        self._presenter.desk.expect(self._shown.expected or "")
        sheet.comparison.entry.setFocus()
        sheet.comparison.entry.selectAll()
        # Once the row has found its place.
        QTimer.singleShot(0, sheet.reveal_comparison)

    @Slot(object)
    def _on_kind_chosen(self, kind: FieldKind | None) -> None:
        if kind is None:
            self._settings.change(kind="")
        else:
            self._settings.change(kind=kind.name, titled_kind=f"{kind.name} {kind.title}")
        self._presenter.choose_kind(kind)

    def _recall_kind(self) -> None:
        """Go on with the kind that was read here last; one that there is no more is forgotten."""
        name = self._settings.settings.kind
        if name and name != ANY[0]:
            try:
                kind = find_kind(name)
            except FieldError:
                self._settings.change(kind="")
                return
            if self._settings.settings.kind_title != kind.title:
                self._settings.change(titled_kind=f"{name} {kind.title}")
            self._presenter.choose_kind(kind)

    def _copy(self) -> None:
        review = self._shown.number_review
        if review is None:
            return
        self._presenter.desk.close_gap()
        line = review.current_line
        QApplication.clipboard().setText(line.copied)
        shown = self._shown
        what = f"The number of {shown.page_name}" if shown.is_kept else "The number"
        self._note_copied(what, len(line.doubts), breaks_rule=line.breaks_rule)
        self._window.workspace.panel.onward_button.setFocus()

    def _copy_all(self) -> None:
        review = self._shown.number_review
        if review is None:
            return
        self._presenter.desk.close_gap()
        QApplication.clipboard().setText("\n".join(line.copied for line in review.lines))
        count = len(review.lines)
        self._note_copied(
            "The number" if count == 1 else f"All {count} lines",
            review.doubt_count,
            breaks_rule=any(line.breaks_rule for line in review.lines),
        )

    def _note_copied(self, what: str, doubts: int, *, breaks_rule: bool) -> None:
        verb = "are" if what.startswith("All") else "is"
        copied = f"{what} {verb} copied."
        if doubts:
            left = left_to_check(doubts)
            self._presenter.session.note(f"{copied} {left}", StatusTone.DOUBT)
        elif breaks_rule:
            self._presenter.session.note(f"{copied} {strings.BREAKS_RULE}", StatusTone.DOUBT)
        else:
            self._presenter.session.note(copied)

    # Window

    def _step_text(self, by: int) -> None:
        at = TEXT_SIZES.index(self._settings.settings.text_percent) + by
        self._set_text(TEXT_SIZES[min(max(at, 0), len(TEXT_SIZES) - 1)])

    def _set_text(self, percent: int) -> None:
        self._settings.change(text_percent=percent)
        self._theme.set_text_percent(percent)
        announce(self._window, f"Text size {percent} %.")

    def _toggle_motion(self) -> None:
        self._settings.change(reduce_motion=not self._settings.settings.reduce_motion)
        self._apply_reduce_motion()

    def _apply_reduce_motion(self) -> None:
        wanted = self._settings.settings.reduce_motion
        self._window.commands[Command.REDUCE_MOTION].setChecked(wanted)
        self._window.set_reduce_motion(wanted or _system_reduces_motion())


def _system_reduces_motion() -> bool:
    from PySide6.QtCore import Qt

    hints = QGuiApplication.styleHints()
    return hints.accessibility().motionPreference() == Qt.MotionPreference.ReducedMotion
