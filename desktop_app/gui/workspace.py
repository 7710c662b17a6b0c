"""Bed and panel: beside each other, or the panel below where the window is narrow and high."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from desktop_app.gui.notice_card import NoticeCard
from desktop_app.gui.reading_panel import Place, ReadingPanel
from desktop_app.gui.slip_view import SlipView
from desktop_app.gui.state import Phase, ViewState
from desktop_app.gui.zoom_strip import ZoomStrip

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from desktop_app.gui.actions import Actions
    from desktop_app.gui.page_strip import PageStrip
    from desktop_app.gui.review import Review
    from desktop_app.gui.theme import Theme
    from desktop_app.gui.writing_pad import WritingPad
    from model.types import Box

PANEL_W: Final = 440
LEAST_BED_W: Final = 520
# Lower than this, bed and panel under each other would both be strips.
LEAST_H_FOR_TWO: Final = 400


class Workspace(QWidget):
    """Shown once there is a page; built after the first paint."""

    pad_built = Signal(object)

    def __init__(self, the_theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._theme = the_theme
        self._actions = actions
        self.pad: WritingPad | None = None
        self.slip = SlipView(the_theme)
        self.panel = ReadingPanel(the_theme, actions)
        self.strip = ZoomStrip(the_theme, actions, self.slip)
        self.notice = NoticeCard(the_theme, self.slip)
        self._pages: PageStrip | None = None
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._bed = QHBoxLayout()
        self._bed.setSpacing(0)
        self._bed.addWidget(self.slip, 1)
        self._box.addLayout(self._bed, 1)
        self._box.addWidget(self.panel)
        self.slip.installEventFilter(self)
        the_theme.scaled.connect(self._arrange)
        self._state = ViewState()

    def show_state(self, state: ViewState) -> None:
        """Pass the state on, and move the focus where the next key is wanted."""
        before, self._state = self._state, state
        self.slip.show_state(state)
        self.panel.show_state(state)
        self.notice.show_notice(state.notice)
        self.strip.show_state(state)
        self._show_pad(state)
        self._place_floating()
        self._move_focus(before, state)

    def _show_pad(self, state: ViewState) -> None:
        """Lay the writing pad over the bed while it is on; built when it is first asked for."""
        if self.pad is None and state.writing is not None:
            from desktop_app.gui.writing_pad import WritingPad

            self.pad = WritingPad(self._theme, self._actions, self.slip)
            self.pad.lay_out()
            self.pad_built.emit(self.pad)
        if self.pad is not None:
            self.pad.show_state(state)

    def add_page_strip(self, pages: PageStrip) -> None:
        """Let the pages stand left of the bed, as high as it."""
        self._pages = pages
        self._bed.insertWidget(0, pages)
        self._arrange()

    def set_reduce_motion(self, reduce: bool) -> None:
        """Whether anything may move by itself."""
        self.slip.set_reduce_motion(reduce)
        self.panel.progress.bar.set_reduce_motion(reduce)

    def _move_focus(self, before: ViewState, state: ViewState) -> None:
        review = state.number_review
        if state.phase is Phase.FAILED and state.notice is not before.notice:
            self.notice.focus_first_remedy()
        elif self.pad is not None and state.writing is not None and review is None:
            if before.writing is None or before.number_review is not None:
                self.pad.setFocus()
        elif review is None:
            if before.is_busy and not state.is_busy:
                self.panel.onward_button.setFocus()
            elif before.number_review is not None:
                self.panel.empty.focus_undo()
        elif review.place is not None:
            old = before.number_review
            is_new = old is None or _place_in(old) != _place_in(review)
            if is_new or before.phase is not state.phase:
                self.panel.sheet.cards.focus_selected(review.place)
                # Once the words above it have found their height.
                QTimer.singleShot(0, self._reveal_number)
        elif (
            (before.is_kept and not state.is_kept)
            or before.is_busy
            or (before.review is not None and before.review.place is not None)
        ):
            self.panel.copy_button.setFocus()

    def restore_focus(self) -> None:
        """Put the focus where the next key is wanted, after something else stood here."""
        review = self._state.number_review
        if review is not None and review.place is not None:
            self.panel.sheet.cards.focus_selected(review.place)
        elif review is not None and not self._state.is_kept:
            self.panel.copy_button.setFocus()
        elif self.pad is not None and self._state.writing is not None:
            self.pad.setFocus()
        else:
            self.panel.onward_button.setFocus()

    @Slot()
    def _reveal_number(self) -> None:
        sheet = self.panel.sheet
        if sheet.detail.isVisible():
            sheet.ensureWidgetVisible(sheet.detail, 0, 16)
            # Where it is higher than the panel, its question comes before its last button.
            sheet.ensureWidgetVisible(sheet.detail.title, 0, 16)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Only the bed is watched; it is not asked for by name, because it sends its last events
        # while the workspace is taken apart.
        if event.type() == QEvent.Type.Resize:
            self._place_floating()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        if self._pages is not None:
            self._pages.fit(self.width())
        wanted = self._theme.px(PANEL_W)
        is_narrow = self.width() - wanted < LEAST_BED_W
        is_below = is_narrow and self.height() >= self._theme.px(LEAST_H_FOR_TWO)
        directions = QBoxLayout.Direction
        direction = directions.TopToBottom if is_below else directions.LeftToRight
        self._box.setDirection(direction)
        if is_below:
            self.panel.setMinimumWidth(0)
            self.panel.setMaximumWidth(16_777_215)
            height = max(self.height() // 2, min(self._theme.gap(250), self.height() - 200))
            self.panel.setFixedHeight(height)
            self.panel.set_place(Place.BELOW)
        else:
            self.panel.setMinimumHeight(0)
            self.panel.setMaximumHeight(16_777_215)
            self.panel.setFixedWidth(min(wanted, self.width() // 2) if is_narrow else wanted)
            self.panel.set_place(Place.TIGHT if is_narrow else Place.BESIDE)
        self._place_floating()

    def _place_floating(self) -> None:
        self.strip.place()
        self.strip.setVisible(self._state.writing is None)
        if self.pad is not None:
            self.pad.lay_out()
        if self.notice.isVisibleTo(self.slip):
            width = min(self.slip.width() - 32, self._theme.px(640))
            self.notice.setFixedWidth(width)
            self.notice.arrange_for(width)
            height = max(self.notice.heightForWidth(width), self.notice.sizeHint().height())
            self.notice.resize(width, height)
            self.notice.move((self.slip.width() - width) // 2, 16)
            self.notice.raise_()
            # Where both do not fit, the message is what the clerk needs now.
            is_free = not self.notice.geometry().intersects(self.strip.geometry())
            self.strip.setVisible(is_free and self._state.writing is None)


def _place_in(review: Review) -> tuple[int, int | None, Box | None]:
    """Where the clerk is; another digit may come to the same position."""
    return review.line, review.place, review.spot
