"""RapidOCR 3, as a peer: detection and recognition networks that its wheel holds, digits only."""

from __future__ import annotations

import importlib.metadata
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from export.evaluation.judging import Answer, LineAnswer
from export.evaluation.readers import load_pixels
from export.evaluation.samples import Kind, Sample

if TYPE_CHECKING:
    from rapidocr import RapidOCR


class Steps(StrEnum):
    """Which of its networks read a picture."""

    RECOGNISE = "the picture is one line"
    DETECT = "find the lines, then read them"
    DETECT_OR_RECOGNISE = "find the lines; where none is found, the picture is one line"


@dataclass(frozen=True, slots=True)
class RapidSettings:
    """How RapidOCR reads a picture; the defaults are its own, but for ``text_score``.

    Attributes:
        border: Paper added on every side, as a share of the height: its networks learned text
            with room around it.
        side_px: Detection enlarges the shorter side to this.
        box_score: Least score of a detected line.
        unclip: How far a detected line is widened.
        turn: Turn lines over that it takes for upside down.
    """

    steps: Steps
    border: float = 0.0
    side_px: int = 736
    box_score: float = 0.5
    unclip: float = 1.6
    turn: bool = False


# The best of those that `export tune-peers` tries on training pictures: 37 of 40 digits, 33 of 40
# cheque amounts, 36 of 40 log book cells, 23 of 24 pages. Whole forms there are none to train on;
# there the lines have to be found.
BEST_RAPID: Final[Mapping[Kind, RapidSettings]] = {
    Kind.DIGIT: RapidSettings(Steps.DETECT_OR_RECOGNISE, side_px=320),
    Kind.STRING: RapidSettings(Steps.DETECT_OR_RECOGNISE, side_px=320),
    Kind.PAGE: RapidSettings(Steps.DETECT_OR_RECOGNISE),
    Kind.FIELDS: RapidSettings(Steps.DETECT),
    Kind.NEGATIVE: RapidSettings(Steps.DETECT_OR_RECOGNISE),
}

WHOLE_PIPELINE: Final[Mapping[Kind, RapidSettings]] = dict.fromkeys(
    Kind, RapidSettings(Steps.DETECT, turn=True)
)
"""As it comes: what a user of RapidOCR waits for."""


class _Found(Protocol):
    """What its results have in common, whichever steps ran; ``boxes`` only after detection."""

    txts: Sequence[str] | None
    scores: Sequence[float] | None
    boxes: NDArray[np.float32] | None


class Rapid:
    """Holds the loaded networks, on one thread."""

    def __init__(self, settings: Mapping[Kind, RapidSettings]) -> None:
        self._settings = settings
        self._engines: dict[int, RapidOCR] = {}

    def read(self, sample: Sample, kind: Kind) -> Answer:
        """Read one picture at the settings of its kind."""
        start = time.process_time()
        settings = self._settings[kind]
        picture = _with_border(load_pixels(sample), settings.border)
        lines: tuple[LineAnswer, ...] = ()
        if settings.steps is not Steps.RECOGNISE:
            found = self._run(picture, settings, detect=True)
            if found.txts is not None and found.boxes is not None:
                lines = join_rows(found.txts, found.scores or (), found.boxes)
        if not lines and settings.steps is not Steps.DETECT:
            found = self._run(picture, settings, detect=False)
            lines = _digits_only(found.txts or (), found.scores or ())
        return Answer(lines, (time.process_time() - start) * 1000)

    def _run(self, picture: NDArray[np.uint8], settings: RapidSettings, *, detect: bool) -> _Found:
        if settings.side_px not in self._engines:
            self._engines[settings.side_px] = _open_engine(settings.side_px)
        # It wants BGR, as OpenCV reads files.
        found = self._engines[settings.side_px](
            np.ascontiguousarray(picture[:, :, ::-1]),
            use_det=detect,
            use_cls=settings.turn,
            use_rec=True,
            box_thresh=settings.box_score,
            unclip_ratio=settings.unclip,
        )
        return cast("_Found", found)


def _open_engine(side_px: int) -> RapidOCR:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            # Doubtful lines are given too; the measurement sets the threshold.
            "Global.text_score": 0.0,
            "Det.limit_side_len": side_px,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _with_border(pixels: NDArray[np.uint8], share: float) -> NDArray[np.uint8]:
    edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    paper = np.median(edge, axis=0).astype(np.uint8)
    margin = round(pixels.shape[0] * share)
    framed = np.empty(
        (pixels.shape[0] + 2 * margin, pixels.shape[1] + 2 * margin, 3), dtype=np.uint8
    )
    framed[:] = paper
    framed[margin : margin + pixels.shape[0], margin : margin + pixels.shape[1]] = pixels
    return framed


def join_rows(
    texts: Sequence[str], scores: Sequence[float], boxes: NDArray[np.float32]
) -> tuple[LineAnswer, ...]:
    """Lines from detected pieces: those side by side belong to one row.

    Args:
        texts: As recognised.
        scores: In [0, 1].
        boxes: (n, 4, 2) corners x, y.
    """
    top, bottom = boxes[:, :, 1].min(axis=1), boxes[:, :, 1].max(axis=1)
    rows: list[list[int]] = []
    for i in np.argsort((top + bottom) / 2):
        if rows:
            last = rows[-1][-1]
            overlap = min(bottom[i], bottom[last]) - max(top[i], top[last])
            if overlap > 0.5 * min(bottom[i] - top[i], bottom[last] - top[last]):
                rows[-1].append(int(i))
                continue
        rows.append([int(i)])
    lines = []
    for row in rows:
        row.sort(key=lambda i: float(boxes[i, :, 0].min()))
        pieces = _digits_only([texts[i] for i in row], [scores[i] for i in row])
        if pieces:
            text = "".join(piece.text for piece in pieces)
            lines.append(LineAnswer(text, min(p.confidence for p in pieces), True))
    return tuple(lines)


def _digits_only(texts: Sequence[str], scores: Sequence[float]) -> tuple[LineAnswer, ...]:
    cut = [
        (re.sub(r"[^0-9]", "", text), float(score))
        for text, score in zip(texts, scores, strict=True)
    ]
    return tuple(LineAnswer(text, score, True) for text, score in cut if text)


@dataclass(frozen=True, slots=True)
class RapidPlan:
    """Opens RapidOCR."""

    settings: Mapping[Kind, RapidSettings] = field(default_factory=lambda: BEST_RAPID)
    name: str = "RapidOCR"

    def cache_key(self, kind: Kind) -> str | None:
        """Version and settings."""
        return f"{rapidocr_version()} {self.settings[kind]}"

    def open(self) -> Rapid:
        """Raises ImportError where the ``compare`` extra is not installed."""
        import rapidocr  # noqa: F401 fails here rather than at the first picture

        # One thread, as its networks run on one.
        cv2.setNumThreads(1)
        return Rapid(self.settings)


def rapidocr_version() -> str:
    """Such as "3.10.0".

    Raises:
        importlib.metadata.PackageNotFoundError: not installed.
    """
    return importlib.metadata.version("rapidocr")
