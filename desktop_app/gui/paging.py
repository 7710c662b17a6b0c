"""Brings strip and follower to life once there is more than one page, and not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from desktop_app.gui.main_window import MainWindow
    from desktop_app.gui.page_follower import PageFollower
    from desktop_app.gui.page_strip import PageStrip
    from desktop_app.gui.presenter import Presenter
    from desktop_app.gui.theme import Theme
    from desktop_app.jobs.service import ReadService


class Paging(QObject):
    """Connects the pages of a presenter to a window and to the worker."""

    def __init__(
        self, window: MainWindow, presenter: Presenter, service: ReadService, the_theme: Theme
    ) -> None:
        super().__init__(window)
        self._window = window
        self._presenter = presenter
        self._service = service
        self._theme = the_theme
        self._strip: PageStrip | None = None
        self._follower: PageFollower | None = None
        presenter.pages.places_changed.connect(self._on_places_changed)

    @Slot()
    def _on_places_changed(self) -> None:
        if self._strip is None and len(self._presenter.pages.places) > 1:
            self._build()

    def _build(self) -> None:
        from desktop_app.gui.page_follower import PageFollower
        from desktop_app.gui.page_strip import PageStrip

        presenter, service = self._presenter, self._service
        strip = self._strip = PageStrip(self._theme, presenter.pages)
        self._window.workspace.add_page_strip(strip)
        strip.wanted.connect(presenter.go_to_page)
        presenter.session.state_changed.connect(strip.show_state)
        follower = self._follower = PageFollower(
            service, presenter.session, presenter.pages, lambda: strip.unsketched
        )
        follower.setParent(self)
        follower.sketched.connect(strip.pages.show_sketch)
        strip.came_into_sight.connect(follower.go_on)
        service.looked_ahead.connect(follower.on_looked_ahead)
        service.look_failed.connect(follower.on_look_failed)
        strip.show_state(presenter.state)
