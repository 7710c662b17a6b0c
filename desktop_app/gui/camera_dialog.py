"""The camera's window: live picture, hint, choice of camera, and the button that takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QVBoxLayout

from desktop_app.capture.camera import CameraSession, CameraTrouble, SeenFrame, guide_of
from desktop_app.capture.frame_quality import Hint
from desktop_app.gui import camera_words
from desktop_app.gui.announcements import announce
from desktop_app.gui.buttons import Button, Look
from desktop_app.gui.camera_view import CameraView
from desktop_app.gui.incoming import PastedImage
from desktop_app.gui.labels import Label
from desktop_app.gui.queue import Picture
from desktop_app.gui.status_line import ToneIcon

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from desktop_app.capture.camera import Camera, CameraChoice
    from desktop_app.gui.theme import Theme
    from desktop_app.storage.settings import SettingsFile

# So many frames alike, before the hint changes: a sentence that flickers cannot be read.
_STEADY_FRAMES: Final = 3
_LONGEST_NAME: Final = 24
# Whose picture comes back without a word, once a camera is plugged in.
_MENDED_BY_PLUGGING_IN: Final = {CameraTrouble.NO_CAMERA, CameraTrouble.TAKEN_AWAY}


class CameraDialog(QDialog):
    """Window-modal. ``taken`` carries a tuple of one ``Picture``: what was within the guide."""

    taken = Signal(object)

    def __init__(
        self, window: QWidget, camera: Camera, settings: SettingsFile, the_theme: Theme
    ) -> None:
        super().__init__(window)
        self.setWindowTitle(camera_words.TITLE)
        self._settings = settings
        self._theme = the_theme
        self._last: SeenFrame | None = None
        self._trouble: CameraTrouble | None = None
        self._hint: Hint | None = None
        self._next_hint, self._alike = Hint.NOTHING, 0
        self.session = CameraSession(camera, self)
        self.view = CameraView(the_theme)
        self._icon = ToneIcon(the_theme)
        self.sentence = Label(the_theme, camera_words.STARTING)
        self.choice_button = Button(the_theme, icon="chevron-down")
        self.again_button = Button(the_theme, "Try again")
        self.take_button = Button(
            the_theme, camera_words.TAKE, look=Look.FILLED, icon="camera", key="Space"
        )
        self._close_button = Button(the_theme, "Close", key="Esc")
        self._lay_out()
        self._connect(camera)
        self._show_choice()
        self._show_trouble(None)

    def _lay_out(self) -> None:
        self.setBackgroundRole(QPalette.ColorRole.Base)
        said = QHBoxLayout()
        said.setContentsMargins(16, 12, 16, 0)
        said.setSpacing(10)
        said.addWidget(self._icon)
        said.addWidget(self.sentence, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.choice_button)
        foot.addStretch(1)
        foot.addWidget(self.again_button)
        foot.addWidget(self._close_button)
        foot.addWidget(self.take_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addLayout(said)
        column.addLayout(foot)
        for button in self.findChildren(Button):
            button.setAutoDefault(False)

    def _connect(self, camera: Camera) -> None:
        self.session.seen.connect(self._on_seen)
        self.session.troubled.connect(self._show_trouble)
        camera.choices_changed.connect(self._on_choices_changed)
        self.choice_button.clicked.connect(self._on_choice_wanted)
        self.again_button.clicked.connect(self.start)
        self.take_button.clicked.connect(self.take)
        self._close_button.clicked.connect(self.reject)
        self.finished.connect(self.session.stop)

    @Slot()
    def start(self) -> None:
        """Show the camera that was used last."""
        self._show_trouble(None)
        self.view.setFocus()
        self.session.start(self._settings.settings.camera)

    @Slot()
    def take(self) -> None:
        """Take the frame that is shown, and leave."""
        if self._last is None:
            return
        image = self._last.image
        picture = Picture(PastedImage(image.copy(guide_of(image))), camera_words.PICTURE)
        self.accept()
        self.taken.emit((picture,))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.take()
        else:
            super().keyPressEvent(event)

    @Slot(object)
    def _on_seen(self, seen: SeenFrame) -> None:
        if self._trouble is not None:
            return
        self._last = seen
        self.take_button.setEnabled(True)
        hint = seen.quality.hint
        self._alike = self._alike + 1 if hint is self._next_hint else 1
        self._next_hint = hint
        if self._hint is None or self._alike >= _STEADY_FRAMES:
            self._show_hint(hint)
        self.view.show_frame(seen.preview, self._hint or hint)

    def _show_hint(self, hint: Hint) -> None:
        if hint is not self._hint:
            self._hint = hint
            icon, sentence = camera_words.HINTS[hint]
            self._icon.show_icon(icon)
            self._icon.setVisible(True)
            self.sentence.setText(sentence)
            self.sentence.setVisible(True)
            announce(self, sentence)

    @Slot(object)
    def _show_trouble(self, trouble: CameraTrouble | None) -> None:
        self._trouble, self._last, self._hint = trouble, None, None
        self.take_button.setEnabled(False)
        self.again_button.setVisible(trouble is not None)
        words = None if trouble is None else camera_words.TROUBLES[trouble]
        self.view.show_words(words)
        # The picture's place says all of it.
        self._icon.setVisible(False)
        self.sentence.setVisible(False)
        if words is not None:
            announce(self, f"{words.title} {words.hint}")
            self.again_button.setFocus()

    def _current(self) -> CameraChoice | None:
        return self.session.choice(self._settings.settings.camera)

    def _show_choice(self) -> None:
        current = self._current()
        self.choice_button.setVisible(len(self.session.camera.choices()) > 1)
        if current is not None:
            self.choice_button.show_text(_shortened(current.name))
            self.choice_button.setAccessibleName(f"{camera_words.WHICH}: {current.name}")
            self.choice_button.setToolTip(current.name)

    @Slot()
    def _on_choices_changed(self) -> None:
        self._show_choice()
        if self._trouble in _MENDED_BY_PLUGGING_IN and self._current() is not None:
            self.start()

    @Slot()
    def _on_choice_wanted(self) -> None:
        menu, current = QMenu(self), self._current()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for choice in self.session.camera.choices():
            action = menu.addAction(choice.name)
            action.setData(choice.identity)
            action.setCheckable(True)
            action.setChecked(choice == current)
        menu.triggered.connect(self._on_chosen)
        # popup(), not exec(): no nested event loop.
        menu.popup(self.choice_button.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 4)))

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        self._settings.change(camera=str(action.data()))
        self._show_choice()
        self.start()


def _shortened(name: str) -> str:
    """Makers write the model twice, with numbers, into the names of their cameras."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"
