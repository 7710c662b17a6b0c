"""A camera whose frames the test gives."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop_app.capture.camera import GUIDE_X, GUIDE_Y, CameraChoice, CameraTrouble, guide_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class StillFrame:
    """A frame that is there already, and the threads on which it was asked for."""

    image: QImage
    threads: set[int]

    def to_image(self) -> QImage:
        self.threads.add(threading.get_ident())
        return self.image


class FakeCamera(QObject):
    """A ``Camera`` that sends what it is given."""

    begun = Signal()
    frame_arrived = Signal(object)
    troubled = Signal(object)
    choices_changed = Signal()

    def __init__(self, *names: str) -> None:
        super().__init__()
        self.names = list(names)
        self.started: list[str] = []
        self.is_on = False
        self.trouble_on_start: CameraTrouble | None = None
        self.asks_first = False
        self.threads: set[int] = set()

    def choices(self) -> list[CameraChoice]:
        return [CameraChoice(name, f"id of {name}") for name in self.names]

    def start(self, identity: str) -> None:
        self.started.append(identity)
        self.is_on = True
        if self.trouble_on_start is not None:
            self.stop()
            self.troubled.emit(self.trouble_on_start)
        elif not self.asks_first:
            self.begun.emit()

    def allow(self) -> None:
        """What the clerk answers to the system's question."""
        assert self.is_on
        self.begun.emit()

    def stop(self) -> None:
        self.is_on = False

    def send(self, image: QImage) -> None:
        assert self.is_on
        self.frame_arrived.emit(StillFrame(image, self.threads))

    def plug_in(self, name: str) -> None:
        self.names.append(name)
        self.choices_changed.emit()

    def take_away(self, name: str) -> None:
        self.names.remove(name)
        self.choices_changed.emit()
        self.stop()
        self.troubled.emit(CameraTrouble.TAKEN_AWAY)


def frame_around(page: NDArray[np.uint8]) -> QImage:
    """A frame whose guide holds exactly this page, (h, w, 3) uint8, on a grey desk.

    The frame's size is searched, because the guide's edges are rounded to pixels.
    """
    height, width = page.shape[:2]
    about_w = round(width / (GUIDE_X[1] - GUIDE_X[0]))
    about_h = round(height / (GUIDE_Y[1] - GUIDE_Y[0]))
    for w in range(about_w - 3, about_w + 4):
        for h in range(about_h - 3, about_h + 4):
            guide = guide_of(QImage(w, h, QImage.Format.Format_RGB888))
            if (guide.width(), guide.height()) == (width, height):
                desk = np.full((h, w, 3), 96, np.uint8)
                desk[guide.top() : guide.top() + height, guide.left() : guide.left() + width] = page
                return QImage(desk.tobytes(), w, h, 3 * w, QImage.Format.Format_RGB888).copy()
    message = f"no frame has a guide of {width} x {height} px"
    raise ValueError(message)
