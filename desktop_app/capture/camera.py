"""A camera as the window knows it, and the thread on which its frames are judged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QRect, QThread, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from desktop_app.capture.frame_quality import FrameQuality, judge
from desktop_app.capture.image_pixels import pixels_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtCore import SignalInstance

# The part of the frame in which the number is held: left and right, top and bottom.
GUIDE_X: Final = (0.06, 0.94)
GUIDE_Y: Final = (0.14, 0.86)
_PREVIEW_PX: Final = 1280
_SILENCE_MS: Final = 6_000


class CameraTrouble(Enum):
    """Why there is no picture."""

    NOT_INSTALLED = "not installed"
    LIBRARY_MISSING = "library missing"
    NO_CAMERA = "no camera"
    REFUSED = "refused"
    TAKEN_AWAY = "taken away"
    BUSY = "busy"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class CameraChoice:
    """A camera that is there: its name for people, and by what it is known again."""

    name: str
    identity: str


class LiveFrame(Protocol):
    """A frame as it comes; turning it into pixels takes its time."""

    def to_image(self) -> QImage:
        """Its pixels; called on the worker thread."""
        ...


class Camera(Protocol):
    """Whatever sends frames. Lives on the window's thread."""

    @property
    def frame_arrived(self) -> SignalInstance:
        """Carries a ``LiveFrame``."""
        ...

    @property
    def begun(self) -> SignalInstance:
        """The camera starts now; before that, the system may ask the clerk for permission."""
        ...

    @property
    def troubled(self) -> SignalInstance:
        """Carries a ``CameraTrouble``; no frame follows until it is started again."""
        ...

    @property
    def choices_changed(self) -> SignalInstance:
        """A camera was plugged in or taken away."""
        ...

    def choices(self) -> Sequence[CameraChoice]:
        """Every camera that is there, the system's own choice first."""
        ...

    def start(self, identity: str) -> None:
        """Send the frames of this camera, instead of any other's."""
        ...

    def stop(self) -> None:
        """Send no more, and let the camera go."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class SeenFrame:
    """A frame, a smaller copy for the screen, and what was measured within its guide.

    Its images may be handed to another thread by value: nothing is written to their pixels.
    """

    image: QImage
    preview: QImage
    quality: FrameQuality


class CameraSession(QObject):
    """Judges the frames of one camera, as many as it can: the newest waits, older ones are dropped.

    ``seen`` carries a ``SeenFrame``, ``troubled`` a ``CameraTrouble``.
    """

    seen = Signal(object)
    troubled = Signal(object)

    _judge_wanted = Signal(object)

    def __init__(self, camera: Camera, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.camera = camera
        self._is_busy = False
        self._next: LiveFrame | None = None
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(_SILENCE_MS)
        self._silence.timeout.connect(self._on_silence)
        self._thread = QThread()
        self._thread.setObjectName("camera")
        self._worker = _FrameWorker()
        self._worker.moveToThread(self._thread)
        self._judge_wanted.connect(self._worker.look)
        self._worker.seen.connect(self._on_seen)
        camera.begun.connect(self._silence.start)
        camera.frame_arrived.connect(self._on_frame_arrived)
        camera.troubled.connect(self._on_troubled)

    def choice(self, identity: str) -> CameraChoice | None:
        """This camera, or the first one where it is not there; None without any."""
        choices = self.camera.choices()
        there = (one for one in choices if one.identity == identity)
        return next(there, next(iter(choices), None))

    def start(self, identity: str) -> None:
        """Show this camera; the first one where it is not there."""
        choice = self.choice(identity)
        if choice is None:
            self._on_troubled(CameraTrouble.NO_CAMERA)
            return
        if not self._thread.isRunning():
            self._thread.start()
        self._silence.stop()
        self.camera.start(choice.identity)

    @Slot()
    def stop(self) -> None:
        """Let the camera go and end the thread. Safe to call twice."""
        self._silence.stop()
        self._next = None
        self.camera.stop()
        self._thread.quit()
        self._thread.wait()

    @Slot(object)
    def _on_frame_arrived(self, frame: LiveFrame) -> None:
        if not self._thread.isRunning():
            return
        self._silence.start()
        if self._is_busy:
            self._next = frame
        else:
            self._is_busy = True
            self._judge_wanted.emit(frame)

    @Slot(object)
    def _on_seen(self, seen: SeenFrame | None) -> None:
        self._is_busy, waiting, self._next = False, self._next, None
        if seen is not None and self._thread.isRunning():
            self.seen.emit(seen)
        if waiting is not None:
            self._on_frame_arrived(waiting)

    @Slot(object)
    def _on_troubled(self, trouble: CameraTrouble) -> None:
        self._silence.stop()
        self.troubled.emit(trouble)

    @Slot()
    def _on_silence(self) -> None:
        self.camera.stop()
        self._on_troubled(CameraTrouble.SILENT)


class _FrameWorker(QObject):
    seen = Signal(object)

    @Slot(object)
    def look(self, frame: LiveFrame) -> None:
        image = frame.to_image()
        if image.isNull():
            # Torn on its way; the next one follows at once.
            self.seen.emit(None)
            return
        image = image.convertToFormat(QImage.Format.Format_RGB888)
        small = image.scaledToWidth(_PREVIEW_PX) if image.width() > _PREVIEW_PX else image
        # What a screen is made of: painting anything else takes three times as long.
        preview = small.convertToFormat(QImage.Format.Format_RGB32)
        self.seen.emit(SeenFrame(image, preview, judge(_within_guide(image))))


def _within_guide(image: QImage) -> NDArray[np.uint8]:
    """(h, w, 3) uint8: a view that is valid as long as the image is."""
    guide = guide_of(image)
    rows = slice(guide.top(), guide.bottom() + 1)
    return pixels_of(image)[rows, guide.left() : guide.right() + 1]


def guide_of(image: QImage) -> QRect:
    """The part of a frame that is judged and read, in its pixels."""
    left, right = (round(share * image.width()) for share in GUIDE_X)
    top, bottom = (round(share * image.height()) for share in GUIDE_Y)
    return QRect(left, top, max(1, right - left), max(1, bottom - top))
