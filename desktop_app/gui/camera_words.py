"""What the camera page says: hints on the picture, and what to do where there is none."""

from __future__ import annotations

from typing import Final, NamedTuple

from desktop_app.capture.camera import CameraTrouble
from desktop_app.capture.frame_quality import Hint

TITLE: Final = "Camera"
TAKE: Final = "Take picture"
LIVE: Final = "Live picture of the camera. Space takes it, Esc leaves."
STARTING: Final = "Starting the camera…"
PICTURE: Final = "Camera picture"
WHICH: Final = "Which camera"


class Words(NamedTuple):
    """What is the matter, and what to do next."""

    title: str
    hint: str


TROUBLES: Final = {
    CameraTrouble.NOT_INSTALLED: Words(
        "The camera part of Numberglass is not installed.",
        "Ask whoever looks after this computer to install it (README, Camera). "
        "Until then, open a photo or paste it.",
    ),
    CameraTrouble.LIBRARY_MISSING: Words(
        "This system lacks a library that the camera needs.",
        "Ask whoever looks after this computer to install it; on Debian: apt install libpulse0. "
        "Until then, open a photo or paste it.",
    ),
    CameraTrouble.NO_CAMERA: Words(
        "There is no camera.",
        "Plug one in; its picture appears here by itself. Or press Esc and open a photo.",
    ),
    CameraTrouble.REFUSED: Words(
        "This system does not let Numberglass use the camera.",
        "Allow it in the system's settings, under Privacy, Camera. Then press Try again.",
    ),
    CameraTrouble.TAKEN_AWAY: Words(
        "The camera was unplugged.",
        "Plug it in again, or choose another one; the picture comes back by itself.",
    ),
    CameraTrouble.BUSY: Words(
        "The camera does not start.",
        "Close other programs that use it, such as a video call. Then press Try again.",
    ),
    CameraTrouble.SILENT: Words(
        "The camera sends no picture.",
        "Unplug it and plug it in again, or close other programs that use it. "
        "Then press Try again.",
    ),
}

HINTS: Final = {
    Hint.NOTHING: Words("info", "Hold the number inside the frame."),
    Hint.BLURRED: Words(
        "triangle-alert", "Not sharp. Hold the paper still, or a little further away."
    ),
    Hint.GLARE: Words("triangle-alert", "Light is reflected. Tilt the paper a little."),
    Hint.GOOD: Words("circle-check", "Sharp. Press Space."),
}
"""An icon and a sentence each."""
