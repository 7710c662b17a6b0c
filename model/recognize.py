"""Which candidates of a line are its digits, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from model.decode import decide_digit, to_confidence
from model.normalize import FRAME_SIZE, normalize_crop
from model.segment import Candidate, Segment, best_path, crop_candidate, list_candidates
from model.types import Box, Decision, DigitReading, LineReading

if TYPE_CHECKING:
    from model.card import Calibration
    from model.layout import InkLine

RunNetwork: TypeAlias = Callable[[NDArray[np.float32]], NDArray[np.float32]]

# Log-probability given away for skipping a segment as high as the line: a digit that the network
# half believes in stays, and goes to a person.
_SKIP_TALL: Final = 5.0
# Ink that covers less than this share of its line's height is rarely a digit (cents written high)
# and mostly a dot, a comma or a dash.
_LOW: Final = 0.55
_LOW_COST: Final = 10.0
_WIDE: Final = 1.2
_WIDE_COST: Final = 5.0
_OVERHANG_COST: Final = 1.0
_DOUBTFUL_HEIGHT: Final = 0.5


@dataclass(frozen=True, slots=True)
class RecognizedLine:
    """A line's digits and what of its ink they leave unexplained.

    Attributes:
        reading: The line, or None where nothing on it is a digit.
        strangers: How many tall segments of it are no digits.
    """

    reading: LineReading | None
    strangers: int


@dataclass(frozen=True, slots=True)
class Band:
    """The strip between the tops and the feet of a line's tall segments, which may climb.

    Attributes:
        middle: Polynomial of the strip's middle row over the column, highest power first.
        height: Of the strip, in px.
    """

    middle: tuple[float, float]
    height: float

    @classmethod
    def of(cls, segments: list[Segment], height: float) -> Band:
        """The strip of the segments that are about as high as the line."""
        tall = [s.box for s in segments if s.box.h > 0.6 * height] or [s.box for s in segments]
        columns = np.array([box.x + box.w / 2 for box in tall])
        rows = np.array([box.y + box.h / 2 for box in tall])
        if len(tall) < 3 or np.ptp(columns) < 3 * height:
            return cls((0.0, float(np.median(rows))), height)
        slope, start = np.polyfit(columns, rows, 1)
        return cls((float(slope), float(start)), height)

    def share(self, box: Box) -> float:
        """How much of the strip's height the box covers, in [0, 1]."""
        middle = self.middle[0] * (box.x + box.w / 2) + self.middle[1]
        top = max(box.y, middle - self.height / 2)
        bottom = min(box.bottom, middle + self.height / 2)
        return max(0.0, min(1.0, (bottom - top) / self.height))

    def shape_prior(self, box: Box) -> float:
        """Log-probability, up to a constant, that a digit has this box."""
        low = max(0.0, _LOW - self.share(box))
        wide = max(0.0, box.w / self.height - _WIDE)
        return -_LOW_COST * low - _WIDE_COST * wide


def recognize_line(
    line: InkLine,
    segments: list[Segment],
    soft: NDArray[np.float32],
    run_network: RunNetwork,
    calibration: Calibration,
) -> RecognizedLine:
    """Read all candidates of a line and keep the likeliest sequence of digits.

    Args:
        segments: Of the line, from left to right.
        soft: The page's ink, (h, w) float32 in [0, 1].
    """
    candidates, frames = _frames(segments, soft, line.height)
    if not candidates:
        return RecognizedLine(None, 0)
    probabilities = to_confidence(run_network(frames), calibration)
    best = probabilities.max(axis=1)
    band = Band.of(segments, line.height)
    scores = np.log(np.maximum(best, 1e-9)) + [
        band.shape_prior(c.box) - _OVERHANG_COST * _overhang(c, segments) for c in candidates
    ]
    skipping = _skipping(segments, candidates, probabilities.sum(axis=1), band)
    path = best_path(len(segments), candidates, scores, skipping)
    chosen = {candidate: i for i, candidate in enumerate(candidates)}
    digits = tuple(decide_digit(probabilities[chosen[c]], c.box, calibration) for c in path)
    inside = {i for c in path for i in range(c.first, c.last + 1)}
    outside = [s for i, s in enumerate(segments) if i not in inside]
    strangers = sum(s.box.h > _DOUBTFUL_HEIGHT * line.height for s in outside)
    reading = _to_reading(digits, strangers, line.height) if digits else None
    return RecognizedLine(reading, strangers)


def _frames(
    segments: list[Segment], soft: NDArray[np.float32], height: float
) -> tuple[list[Candidate], NDArray[np.float32]]:
    """The candidates that hold ink, and their (n, 28, 28) frames."""
    candidates = []
    frames = []
    for candidate in list_candidates(segments, height):
        crop = crop_candidate(candidate, segments, soft)
        if crop.any():
            candidates.append(candidate)
            frames.append(normalize_crop(crop))
    empty = np.empty((0, FRAME_SIZE, FRAME_SIZE), dtype=np.float32)
    return candidates, np.stack(frames) if frames else empty


def _skipping(
    segments: list[Segment],
    candidates: list[Candidate],
    presence: NDArray[np.float64],
    band: Band,
) -> NDArray[np.float64]:
    """Log-probability that each segment by itself is not a digit, less what its size costs."""
    alone = {c.first: presence[i] for i, c in enumerate(candidates) if c.first == c.last}
    costs = [
        math.log1p(-0.999 * float(alone.get(i, 0.0))) - _SKIP_TALL * band.share(segment.box)
        for i, segment in enumerate(segments)
    ]
    return np.array(costs)


def _overhang(candidate: Candidate, segments: list[Segment]) -> float:
    """How far the segments beside a candidate stand over or under it, of the narrower's width.

    The two strokes of an open 4 overhang each other; two digits seldom do.
    """
    share = 0.0
    for i in (candidate.first - 1, candidate.last + 1):
        if 0 <= i < len(segments):
            other, box = segments[i].box, candidate.box
            common = min(box.right, other.right) - max(box.x, other.x)
            share = max(share, common / max(1, min(box.w, other.w)))
    return min(1.0, share)


def _to_reading(digits: tuple[DigitReading, ...], strangers: int, height: float) -> LineReading:
    sure = strangers == 0 and all(
        digit.decision is Decision.ACCEPT and digit.box.h > _DOUBTFUL_HEIGHT * height
        for digit in digits
    )
    x, y = min(d.box.x for d in digits), min(d.box.y for d in digits)
    right, bottom = max(d.box.right for d in digits), max(d.box.bottom for d in digits)
    return LineReading(
        digits=digits,
        confidence=math.prod(digit.confidence for digit in digits),
        decision=Decision.ACCEPT if sure else Decision.REVIEW,
        box=Box(x, y, right - x, bottom - y),
    )
