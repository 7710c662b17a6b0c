"""The composition root: the one module that sees every layer and wires them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import desktop_app.plain_imports  # noqa: F401

# isort: split

from PySide6.QtCore import QObject, QStandardPaths, Slot
from PySide6.QtWidgets import QApplication

from desktop_app import no_screen
from desktop_app.gui import strings
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.spoken_roles import teach_roles
from desktop_app.gui.theme import Theme
from desktop_app.storage.settings import SettingsFile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from desktop_app.crash_net import CrashNet
    from desktop_app.gui.conductor import Conductor
    from desktop_app.gui.presenter import Presenter
    from desktop_app.jobs.service import ReadService
    from desktop_app.jobs.worker import PageReader, ReadPorts
    from model.cancel import CancelToken
    from model.care import Care
    from model.page_file import PageFile
    from model.types import Page

QUIT_AFTER_FIRST_PAINT = "NUMBERGLASS_QUIT_AFTER_FIRST_PAINT"


def run_window(files: Sequence[Path]) -> int:
    """Show the window, open the files, and return the exit code when it is closed."""
    no_screen.explain_qt_failure()
    application = QApplication(sys.argv[:1])
    no_screen.leave_messages_to_qt()
    application.setApplicationName("numberglass")
    application.setApplicationDisplayName(strings.APP_NAME)
    application.setDesktopFileName("numberglass")
    settings = settings_path()
    program = Program(files, lambda: reader_ports(settings), settings)
    program.catch_crashes()
    program.show()
    code = application.exec()
    program.stop()
    return code


def settings_path() -> Path:
    """Where this system keeps a program's settings."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
    return Path(folder) / "settings.json"


class Program(QObject):
    """The parts of the running program.

    Only what the front page needs is built at once; the worker and all that talks to it is
    imported and wired after the first paint.

    Attributes:
        window: The one window.
        presenter: None until the first paint.
    """

    def __init__(
        self, files: Sequence[Path], make_ports: Callable[[], ReadPorts], settings: Path
    ) -> None:
        super().__init__()
        # Read by Qt when it first paints. By default it hands pieces of every larger fill to other
        # threads and waits for each: measured with both processors busy, 1,200 frames took 6.6 s
        # instead of 0.1 s.
        os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
        self._files = tuple(files)
        self._make_ports = make_ports
        self._settings = SettingsFile(settings)
        self.theme = Theme(self._settings.settings.text_percent)
        teach_roles()
        self.window = MainWindow(self.theme)
        if self._settings.settings.kind:
            self.window.top_bar.show_kind_title(self._settings.settings.kind_title)
        self.presenter: Presenter | None = None
        self._service: ReadService | None = None
        self._conductor: Conductor | None = None
        self._net: CrashNet | None = None
        self.window.first_painted.connect(self._on_first_paint)
        self.window.closing.connect(self.stop)

    def show(self) -> None:
        """Show the window; everything else follows its first paint."""
        self.window.show()

    @Slot()
    def stop(self) -> None:
        """End the worker thread; safe to call twice."""
        if self._net is not None:
            self._net.remove()
        if self._service is not None:
            self._service.stop()

    def catch_crashes(self) -> None:
        """Log and show what nobody expected, instead of dying silently."""
        from desktop_app.crash_net import CrashNet

        self._net = CrashNet()
        self._net.caught.connect(self._on_crash_caught)
        self._net.install()

    @Slot()
    def _on_first_paint(self) -> None:
        if os.environ.get(QUIT_AFTER_FIRST_PAINT):
            from desktop_app.first_paint import ms_since_process_start

            print(f"first paint {ms_since_process_start():.0f}", flush=True)
            QApplication.quit()
            return
        from desktop_app import freed_memory, singleton_guard

        singleton_guard.hold_singletons()
        freed_memory.set_limits()
        self._wire()

    def _wire(self) -> None:
        from desktop_app.gui.conductor import Conductor
        from desktop_app.gui.incoming import files_as_pictures
        from desktop_app.gui.paging import Paging
        from desktop_app.gui.presenter import Presenter
        from desktop_app.jobs.service import ReadService
        from model.summary import describe

        service = self._service = ReadService(self._make_ports())
        presenter = self.presenter = Presenter(service, describe)
        service.page_loaded.connect(presenter.on_page_loaded)
        service.reading_ready.connect(presenter.on_reading_ready)
        service.job_failed.connect(presenter.on_job_failed)
        service.job_cancelled.connect(presenter.on_job_cancelled)
        service.reader_opened.connect(presenter.on_reader_opened)
        service.reader_failed.connect(presenter.on_reader_failed)
        self._conductor = Conductor(self.window, presenter, self.theme, self._settings)
        Paging(self.window, presenter, service, self.theme)
        # Queued before the network is wanted: a picture given at the start is shown first.
        presenter.open_pictures(files_as_pictures(self._files))
        service.start()
        self.window.complete()
        self.theme.follow_system()

    @Slot()
    def _on_crash_caught(self) -> None:
        if self.presenter is not None:
            self.presenter.fail(strings.UNEXPECTED_TITLE, strings.UNEXPECTED_HINT)


def reader_ports(settings: Path) -> ReadPorts:
    """The real ones. What is heavy is imported by the worker, when it calls them.

    Args:
        settings: Where the administrator says how many accepted numbers may be wrong.
    """
    from desktop_app.jobs.worker import ReadPorts

    def open_reader() -> PageReader:
        return _open_reader(SettingsFile(settings).settings.wrong_accepted)

    return ReadPorts(open_pages=_open_pages, care_for=_care_for, open_reader=open_reader)


def _open_pages(
    source: Path | bytes, *, cancel: CancelToken | None = None
) -> AbstractContextManager[PageFile]:
    from model.intake import open_pages

    return open_pages(source, cancel=cancel)


def _care_for(page: Page, care: Care, *, lies: int = 0) -> tuple[Page, Page]:
    from model.apply_care import care_for

    return care_for(page, care, lies=lies)


def _open_reader(wrong_accepted: float) -> PageReader:
    # What the first picture needs is imported here too, while the clerk is still choosing it.
    import model.intake  # noqa: F401
    from model.reader import Reader

    return Reader.open(wrong_accepted=wrong_accepted)
