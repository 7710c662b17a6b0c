"""What the window shows, as one frozen value: the presenter makes it, widgets show it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, TypedDict

from desktop_app.gui import strings
from desktop_app.gui.care_history import NO_CARES, CareHistory
from desktop_app.gui.queue import NO_PICTURES, Picture, PictureQueue

if TYPE_CHECKING:
    from typing import Unpack

    from desktop_app.gui.review import Review
    from desktop_app.gui.review_history import ReviewHistory
    from desktop_app.gui.writing import Writing
    from desktop_app.jobs.levels import PageLevel
    from model.fields.kind import FieldKind
    from model.types import Box, Page, PageReading


class Phase(Enum):
    """Where the window is.

    EMPTY: no page. LOADING: a picture is being opened. READING: its page is on the bed and the
    worker reads it. REVIEWING: the reading is shown. FAILED: the last wish could not be met; a
    page that was on the bed is still there.
    """

    EMPTY = "empty"
    LOADING = "loading"
    READING = "reading"
    REVIEWING = "reviewing"
    FAILED = "failed"


class StatusTone(Enum):
    """How the status line's sentence is meant, by the icon that says so."""

    READY = "shield-check"
    BUSY = "info"
    GOOD = "circle-check"
    DOUBT = "triangle-alert"
    FAILURE = "circle-alert"


class Remedy(Enum):
    """What a notice offers as a button."""

    OPEN = "Open another picture…"
    RETRY = "Try again"
    READ_PAGE = "Read this page"
    SKIP = "Next picture"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the clerk should know, and what can be done about it.

    Attributes:
        subject: The picture's name, where it is about one.
    """

    title: str
    hint: str
    subject: str = ""
    remedies: tuple[Remedy, ...] = (Remedy.OPEN,)
    is_failure: bool = True

    def as_sentence(self) -> str:
        """The notice in the status line."""
        words = f"{self.title} {self.hint}"
        return f"{self.subject}: {words}" if self.subject else words


@dataclass(frozen=True, slots=True)
class ShownPage:
    """The page on the bed. Compared by identity of its pixels.

    Attributes:
        name: File name without its folder, or "Pasted picture".
        bare: The page only turned; the same object where its care is no more.
        region: The only part that was read; None: all of it.
        origin: The pictures as they stood when it was opened; None of a page that is in none.
        cares: What was done to it since it came from its file.
    """

    page: Page
    levels: tuple[PageLevel, ...]
    name: str
    bare: Page
    region: Box | None = None
    origin: PictureQueue | None = None
    cares: CareHistory = NO_CARES

    @property
    def lies(self) -> int:
        """How many quarters, clockwise, it lies from how it lies in its file."""
        return self.cares.present.quarter_turns


class NextStep(Enum):
    """Where Next leads, as its button says."""

    LINE = "Next line"
    PAGE = "Next page"
    PICTURE = "Next picture"
    OPEN = "Open next…"
    WRITE = "Write next"


class StateChanges(TypedDict, total=False):
    """The parts of a state, for ``ViewState.changed``."""

    phase: Phase
    status: str
    tone: StatusTone
    shown: ShownPage | None
    history: ReviewHistory | None
    notice: Notice | None
    queue: PictureQueue
    waiting: tuple[Picture, ...]
    under: PictureQueue
    reading: PageReading | None
    kind: FieldKind | None
    expected: str | None
    writing: Writing | None
    aslant: Page | None


@dataclass(frozen=True, slots=True)
class ViewState:
    """Everything that the widgets need to know.

    Attributes:
        waiting: Pictures that came by themselves, behind those that the clerk opened.
        reading: Of the page, before any rule; None without one.
        kind: What kind of number each line is to be; None for any.
        under: The pictures that were open when the pad was asked for, from where it goes on.
        expected: What the customer says, as far as it is typed; None where nobody asked for it.
        writing: What stands on the pad; None while the pad is off.
        aslant: The page on which a slip was found lying aslant; None where none was.
    """

    phase: Phase = Phase.EMPTY
    status: str = ""
    tone: StatusTone = StatusTone.READY
    shown: ShownPage | None = None
    history: ReviewHistory | None = None
    notice: Notice | None = None
    queue: PictureQueue = NO_PICTURES
    waiting: tuple[Picture, ...] = ()
    under: PictureQueue = NO_PICTURES
    reading: PageReading | None = None
    kind: FieldKind | None = None
    expected: str | None = None
    writing: Writing | None = None
    aslant: Page | None = None

    def changed(self, **changes: Unpack[StateChanges]) -> ViewState:
        """This state with some of its parts replaced."""
        return replace(self, **changes)

    @property
    def page_name(self) -> str:
        """What the page on the bed is called."""
        if self.writing is not None:
            return strings.WRITING
        return "" if self.shown is None else self.shown.name

    @property
    def has_bed(self) -> bool:
        """Whether there is something to see on the bed: a page, or the writing pad."""
        return self.shown is not None or self.writing is not None

    @property
    def is_slip_offered(self) -> bool:
        """Whether on the page on the bed there is a slip to straighten."""
        return self.shown is not None and self.shown.page is self.aslant

    @property
    def is_busy(self) -> bool:
        """Whether the worker is at work for the window."""
        return self.phase in {Phase.LOADING, Phase.READING}

    @property
    def review(self) -> Review | None:
        """The reading with the clerk's answers; None before and without a reading."""
        return None if self.history is None else self.history.present

    @property
    def number_review(self) -> Review | None:
        """The review where there is a number to copy or correct, and nothing newer on its way."""
        review = self.review
        return None if review is None or not review.lines or self.is_busy else review

    @property
    def is_kept(self) -> bool:
        """Whether what was read is from before: what was wanted since could not be opened."""
        notice = self.notice
        is_failure = notice is not None and notice.is_failure and self.phase is Phase.FAILED
        return is_failure and self.review is not None

    @property
    def can_type_number(self) -> bool:
        """Whether the page was read without finding a number: the clerk may type what it says."""
        review = self.review
        is_page = self.shown is not None and self.writing is None
        return is_page and self.phase is Phase.REVIEWING and review is not None and not review.lines

    @property
    def is_gap_open(self) -> bool:
        """Whether the number waits for a digit to be added."""
        review = self.number_review
        return review is not None and review.gap is not None

    @property
    def takes_digits(self) -> bool:
        """Whether a typed digit is added to the number."""
        review = self.number_review
        return review is not None and review.takes_digits

    @property
    def can_undo(self) -> bool:
        """Whether an answer can be taken back, or what was done to the page."""
        if self.writing is not None and self.writing.past:
            return True
        has_answer = self.history is not None and bool(self.history.past)
        return (has_answer or bool(self.cares.past)) and not self.is_busy

    @property
    def can_redo(self) -> bool:
        """Whether an answer that was taken back can be given again, or the page cared for."""
        if self.writing is not None and self.writing.future:
            return True
        has_answer = self.history is not None and bool(self.history.future)
        return (has_answer or bool(self.cares.future)) and not self.is_busy

    @property
    def cares(self) -> CareHistory:
        """What was done to the page on the bed; nothing while the pad is on."""
        if self.shown is None or self.writing is not None:
            return NO_CARES
        return self.shown.cares

    @property
    def onward(self) -> PictureQueue:
        """The pictures among which it goes on: those under the pad, where there are any."""
        return self.under if self.under.pictures else self.queue

    @property
    def has_next_picture(self) -> bool:
        """Whether a picture waits, opened by the clerk or come by itself."""
        return self.onward.has_next_picture or bool(self.waiting)

    @property
    def is_unfinished(self) -> bool:
        """Whether the page on the bed has answers, or digits that nobody looked at."""
        history = self.history
        return history is not None and history.is_unfinished

    @property
    def next_step(self) -> NextStep:
        """The nearest thing that waits: a line, a page, a picture, else a new one."""
        review = self.number_review
        if review is not None and review.line + 1 < len(review.lines):
            return NextStep.LINE
        if self.writing is not None:
            return NextStep.WRITE
        if self.onward.has_next_page:
            return NextStep.PAGE
        return NextStep.PICTURE if self.has_next_picture else NextStep.OPEN
