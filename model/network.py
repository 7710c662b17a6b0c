"""The networks, for digits and for lines: the only place that knows onnxruntime."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, Self

import numpy as np
import onnxruntime

from model.card import REINSTALL, WEIGHTS_FOLDER, ModelCard, load_card
from model.errors import NetworkError
from model.line_card import LineCard, NetworkFile, load_line_card
from model.line_frame import LINE_HEIGHT
from model.marks import MARKS
from model.normalize import FRAME_SIZE

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

LABELS: Final = "0123456789"
OUTPUTS: Final = len(LABELS) + 1

# Larger batches only cost memory, and the cancel token is looked at between batches.
BATCH: Final = 64


class Network:
    """Frames in, logits out. One thread: pictures are small, and the window needs the other."""

    def __init__(self, session: onnxruntime.InferenceSession, card: ModelCard) -> None:
        self._session = session
        self._input = session.get_inputs()[0].name
        self.card = card

    @classmethod
    def load(cls, folder: Path = WEIGHTS_FOLDER) -> Self:
        """Load the network that the card in ``folder`` describes.

        Raises:
            NetworkError: it is missing, damaged, or another one than the card says.
        """
        card = load_card(folder)
        session = _open(folder / card.file, card.sha256)
        wanted = {"version": card.version, "labels": LABELS, "frame_size": str(FRAME_SIZE)}
        _check_contract(session, wanted)
        return cls(session, card)

    def run(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        """Logits of each frame.

        Args:
            frames: (n, 28, 28) float32 in [0, 1], paper 0, ink 1, from ``normalize_crop``.

        Returns:
            (n, 11) float32: ten digit logits, then the log-odds of being a digit at all.
        """
        if len(frames) == 0:
            return np.empty((0, OUTPUTS), dtype=np.float32)
        batch = np.ascontiguousarray(frames[..., None], dtype=np.float32)
        return np.asarray(self._session.run(None, {self._input: batch})[0], dtype=np.float32)


class LineNetwork:
    """A line's frame in, columns out, on one thread; by one network or, in doubt, by two."""

    def __init__(
        self,
        session: onnxruntime.InferenceSession,
        card: LineCard,
        second: onnxruntime.InferenceSession | None = None,
    ) -> None:
        self._session = session
        self._second = second
        self.card = card

    @classmethod
    def load(cls, folder: Path = WEIGHTS_FOLDER) -> Self:
        """Load the line network that the card in ``folder`` describes.

        Raises:
            NetworkError: it is missing, damaged, or another one than the card says.
        """
        card = load_line_card(folder)
        session = _open_lines(folder, card.first)
        return cls(session, card, _open_lines(folder, card.second) if card.second else None)

    @classmethod
    def of(cls, content: bytes, card: LineCard, second: bytes | None = None) -> Self:
        """Networks that are not shipped yet."""
        return cls(_start(content), card, _start(second) if second else None)

    def run(self, frame: NDArray[np.float32]) -> NDArray[np.float32]:
        """What stands in each column of a line.

        Args:
            frame: (32, w) float32 in [0, 1], paper 0, ink 1, from ``model.read_row.frame_row``.

        Returns:
            (w / 2, outputs) float32, see ``model.line_decode``.
        """
        return _run_lines(self._session, frame)

    def ask_second(self, frame: NDArray[np.float32]) -> NDArray[np.float32] | None:
        """What the second network says of a line; None where there is none. See ``run``."""
        return None if self._second is None else _run_lines(self._second, frame)


def _run_lines(
    session: onnxruntime.InferenceSession, frame: NDArray[np.float32]
) -> NDArray[np.float32]:
    line = np.ascontiguousarray(frame[None, ..., None], dtype=np.float32)
    return np.asarray(
        session.run(None, {session.get_inputs()[0].name: line})[0][0], dtype=np.float32
    )


def _open_lines(folder: Path, network: NetworkFile) -> onnxruntime.InferenceSession:
    session = _open(folder / network.file, network.sha256)
    told = {"version": network.version, "marks": MARKS, "line_height": str(LINE_HEIGHT)}
    _check_contract(session, told)
    return session


def _open(path: Path, sha256: str) -> onnxruntime.InferenceSession:
    content = _read(path)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise NetworkError("The reading network is damaged or was exchanged.", REINSTALL)
    return _start(content)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise NetworkError("The reading network is missing.", REINSTALL) from error
    except (OSError, ValueError) as error:  # ValueError: no file can have such a name
        raise NetworkError("The reading network cannot be opened.", REINSTALL) from error


def _start(content: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors share no base class
        raise NetworkError("The reading network is damaged.", REINSTALL) from error


def _check_contract(session: onnxruntime.InferenceSession, wanted: dict[str, str]) -> None:
    """The file's own metadata must say what the card says; nothing is guessed from a shape."""
    told = session.get_modelmeta().custom_metadata_map
    if any(told.get(name) != value for name, value in wanted.items()):
        raise NetworkError("The reading network does not match its model card.", REINSTALL)
