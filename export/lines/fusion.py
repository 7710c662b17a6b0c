"""Fit how the line network and the digit network answer together, on validation pictures alone."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, get_args

import numpy as np
from numpy.typing import NDArray

from export.lines.levels import draw_curve, fit_levels
from model.alignment import align
from model.line_card import DEFAULT_WRONG, Fusion, Kind, Level, Share, kind_of
from model.line_decode import Character, log_evidence
from model.reader import Reader
from model.second_look import Look
from model.spans import Span, SpanReading, fuse, read_span, sequence_evidence
from model.types import Page

NONE: Final = 10
"""The label of what is no digit."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

WRONG_ACCEPTED: Final = (0.0005, DEFAULT_WRONG, 0.002, 0.005, 0.01, 0.02, 0.05)
"""Shares of wrong numbers among the accepted that an administrator may choose."""

_EXPONENTS: Final = np.arange(0.0, 1.61, 0.2)
_NONES: Final = np.arange(-3.0, 4.1, 0.5)
_FINE: Final = 0.05
_FINE_NONE: Final = 0.25
_FAR: Final = 3
_AS_LIKELY: Final = 1.01
_STEPS: Final = np.arange(0.0, 2.01, 0.05)
_ROUNDS: Final = 8
_FEWEST: Final = 30
_START: Final = Share(line=1.0, look=1.0, none=0.0)
# Too few to fit, and a person looks at each: of those that the digit network knows, 13 of 16 are.
_SKIPPED: Final = Share(line=1.0, look=1.0, none=-2.0)

UNFITTED: Final = Fusion(
    single=_START,
    alone=_START,
    joined=_START,
    separator=_START,
    passed_over=_START,
    skipped=_START,
    sequence=1.0,
    digits=1.0,
    accept_above=1.0,
    accept_single=1.0,
)
"""With which the fitting begins."""


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """A picture of one line, and what it says.

    Attributes:
        pixels: (h, w, 3) uint8 RGB.
        truth: Its digits; empty where it has none.
        is_certain: Whether the truth is beyond doubt.
        weight: What it counts beside the others.
    """

    pixels: NDArray[np.uint8]
    truth: str
    is_certain: bool = True
    weight: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class ReadPicture:
    """What all networks say about a picture of one line, and what it says.

    Attributes:
        truth: Its digits; empty where it has none.
        is_certain: Whether the truth is beyond doubt; others set no accept level.
        weight: What it counts beside the others.
        span: The only one that was found in it.
        looks: At each of the span's candidates.
        opinions: (T, outputs) of its row by each line network that was asked.
    """

    truth: str
    is_certain: bool
    weight: float
    span: Span
    looks: Sequence[Look]
    opinions: Sequence[NDArray[np.float32]]


def read_pictures(reader: Reader, pictures: Iterable[Labelled]) -> tuple[list[ReadPicture], int]:
    """Read pictures with their truth; those in which no span or several are found are counted.

    Args:
        pictures: Of one line each.
    """
    read, left_out = [], 0
    for one in pictures:
        found = list(reader.find_spans(Page(one.pixels, "picture")))
        if len(found) == 1:
            read.append(ReadPicture(one.truth, one.is_certain, one.weight, *found[0]))
        else:
            left_out += 1
    return read, left_out


def fit_fusion(read: Sequence[ReadPicture]) -> tuple[Fusion, dict[str, Any]]:
    """Exponents by least negative log-likelihood, then the accept level.

    Returns:
        The fusion, and what it gives on those pictures.
    """
    by_kind: dict[Kind, list[_Case]] = {kind: [] for kind in KINDS}
    for picture in read:
        candidates = picture.span.candidates
        labels = labels_of([int(np.argmax(c.digits)) for c in candidates], picture.truth)
        for character, look, label in zip(candidates, picture.looks, labels, strict=True):
            by_kind[kind_of(character, look, is_single=len(candidates) == 1)].append(
                _Case(character, look, label, picture.weight)
            )
    shares = {
        kind: _fit_share(cases, prefers_right=kind == "single") for kind, cases in by_kind.items()
    }
    shares["skipped"] = _SKIPPED
    rough = _with_shares(shares)
    sequence, digits = _fit_line([(picture, _read(picture, rough)) for picture in read])
    fusion, measured = _with_levels(read, replace(rough, sequence=sequence, digits=digits))
    counts = {kind: _count(cases, shares[kind]) for kind, cases in by_kind.items()}
    return fusion, {**measured, "digits": counts}


def _with_levels(read: Sequence[ReadPicture], fusion: Fusion) -> tuple[Fusion, dict[str, Any]]:
    """The fusion with its accept levels, and what they let through."""
    spans = [_read(picture, fusion) for picture in read]
    surety = np.array([_surety(*pair) for pair in zip(read, spans, strict=True)])
    right = np.array(
        [_text(span) == picture.truth for picture, span in zip(read, spans, strict=True)], bool
    )
    certain = np.array([picture.is_certain for picture in read], bool)
    is_single = np.array([len(_text(span)) == 1 for span in spans], bool)
    counts = np.array([picture.weight for picture in read])
    known = certain & (surety > 0)
    levels_of = [
        fit_levels(surety[one], right[one], counts[one], WRONG_ACCEPTED)
        for one in (known & ~is_single, known & is_single)
    ]
    fusion = replace(
        fusion,
        levels=tuple(Level(*level) for level in zip(WRONG_ACCEPTED, *levels_of, strict=True)),
    ).accepting(DEFAULT_WRONG)
    accepted = surety >= np.where(is_single, fusion.accept_single, fusion.accept_above)
    numbers = certain & (np.array([len(picture.truth) for picture in read]) > 1)
    drawn = known & ~is_single
    return fusion, {
        "pictures": len(read),
        "right": int(right.sum()),
        "certain": int(certain.sum()),
        "accepted": int((accepted & certain).sum()),
        "wrong_accepted": int((accepted & certain & ~right).sum()),
        "curve": draw_curve(
            surety[drawn], right[drawn], counts[drawn], float(counts[numbers].sum())
        ),
    }


def _with_shares(shares: dict[Kind, Share]) -> Fusion:
    return replace(
        UNFITTED,
        single=shares["single"],
        alone=shares["alone"],
        joined=shares["joined"],
        separator=shares["separator"],
        passed_over=shares["passed_over"],
        skipped=shares["skipped"],
    )


def labels_of(read: Sequence[int], truth: str) -> list[int]:
    """The label of each digit that was read: the truth's digit in its place, or ``NONE``."""
    wanted = [int(digit) for digit in truth]
    labels = [NONE] * len(read)
    for i, j in align(read, wanted, int.__eq__):
        if i is not None and j is not None:
            labels[i] = wanted[j]
    return labels


@dataclass(frozen=True, slots=True)
class _Case:
    """What both networks say of one candidate, its label, and what it counts."""

    character: Character
    look: Look
    label: int
    weight: float


def _fit_share(cases: Sequence[_Case], *, prefers_right: bool = False) -> Share:
    if len(cases) < _FEWEST:
        return _START
    lines = [log_evidence(np.array(case.character.digits)) for case in cases]
    looks = [_look_or_nothing(case.look) for case in cases]
    weights = np.array([case.weight for case in cases])
    weights /= weights.sum()
    odds = np.array([[line[0], look[0]] for line, look in zip(lines, looks, strict=True)])
    which = np.array([[line[1], look[1]] for line, look in zip(lines, looks, strict=True)])
    labels = np.array([case.label for case in cases])
    is_digit = labels != NONE
    digits = labels[is_digit]

    def loss(share: tuple[float, float, float]) -> float:
        """Mean negative log-likelihood, as ``model.spans.fuse`` reckons."""
        log_odds = odds @ share[:2] - share[2]
        presence = weights @ np.logaddexp(0, np.where(is_digit, -log_odds, log_odds))
        log_which = np.einsum("ikd,k->id", which[is_digit], np.array(share[:2]))
        top = log_which.max(axis=1)
        total = top + np.log(np.exp(log_which - top[:, None]).sum(axis=1))
        said = weights[is_digit] @ (total - log_which[np.arange(len(digits)), digits])
        return float(presence + said)

    def read_rightly(share: tuple[float, float, float]) -> float:
        """Weight of the digits that come out as they are."""
        log_which = np.einsum("ikd,k->id", which[is_digit], np.array(share[:2]))
        return float(weights[is_digit] @ (log_which.argmax(axis=1) == digits))

    best = min(itertools.product(_EXPONENTS, _EXPONENTS, _NONES), key=loss)
    for _ in range(_ROUNDS):
        before, best = best, min(_around(best, 1), key=loss)
        if best == before:
            break
    if prefers_right:
        # A lone digit is decided by this alone: of shares that are as likely, who reads most.
        limit = _AS_LIKELY * loss(best)
        likely = [share for share in _around(best, _FAR) if loss(share) <= limit]
        best = max(likely, key=lambda share: (read_rightly(share), -loss(share)))
    return Share(*(round(float(value), 3) for value in best))


def _around(share: tuple[float, float, float], steps: int) -> list[tuple[float, float, float]]:
    """Shares so many fine steps away at most."""
    there = range(-steps, steps + 1)
    return [
        (max(0.0, share[0] + i * _FINE), max(0.0, share[1] + j * _FINE), share[2] + k * _FINE_NONE)
        for i, j, k in itertools.product(there, there, there)
    ]


def _look_or_nothing(look: Look) -> tuple[float, NDArray[np.float64]]:
    """Where there was no ink to look at, all answers count alike."""
    return (0.0, np.zeros(NONE)) if look.digits is None else log_evidence(look.digits)


def _read(picture: ReadPicture, fusion: Fusion) -> SpanReading:
    return read_span(picture.span, picture.looks, picture.opinions, fusion)


def _text(span: SpanReading) -> str:
    return span.line.text if span.line else ""


def _fit_line(lines: Sequence[tuple[ReadPicture, SpanReading]]) -> tuple[float, float]:
    """Weights under which what came out right or wrong is likeliest, found one after another."""
    known = [(picture, span) for picture, span in lines if span.line]
    if not known:
        return UNFITTED.sequence, UNFITTED.digits
    evidence = np.array([_evidence(picture, span) for picture, span in known])
    right = np.array([_text(span) == picture.truth for picture, span in known])
    counts = np.array([picture.weight for picture, _ in known])

    def loss(weights: NDArray[np.float64]) -> float:
        chance = np.clip(np.exp(np.minimum(evidence @ weights, 0.0)), 1e-4, 1 - 1e-4)
        return float(-counts @ np.log(np.where(right, chance, 1 - chance)) / counts.sum())

    weights = np.full(evidence.shape[1], 0.5)
    for _ in range(_ROUNDS):
        for i in range(len(weights)):
            others = [np.where(np.arange(len(weights)) == i, step, weights) for step in _STEPS]
            weights = min(others, key=loss)
    sequence, digits = (round(float(weight), 2) for weight in weights)
    return sequence, digits


def _evidence(picture: ReadPicture, span: SpanReading) -> tuple[float, float]:
    """What ``Fusion.line_confidence`` weighs, in its order."""
    assert span.line is not None
    return (
        sequence_evidence(picture.span, picture.opinions, span.line.text),
        sum(math.log(digit.confidence) for digit in span.line.digits),
    )


def _surety(picture: ReadPicture, span: SpanReading) -> float:
    """The level up to which the line would be accepted."""
    if span.line is None or span.strangers or picture.span.skipped or not picture.span.is_complete:
        return 0.0
    return min(span.line.confidence, *(digit.confidence for digit in span.line.digits))


def _count(cases: Sequence[_Case], share: Share) -> dict[str, int]:
    """How many are right by the line network, by the digit network, and by both."""
    fusion = _with_shares(dict.fromkeys(KINDS, share))
    counts = {"count": len(cases), "by_line": 0, "by_look": 0, "by_both": 0}
    for case in cases:
        seen = np.zeros(NONE) if case.look.digits is None else case.look.digits
        both = fuse(case.character, case.look, fusion)
        counts["by_line"] += int(_answer(np.array(case.character.digits)) == case.label)
        counts["by_look"] += int(_answer(seen) == case.label)
        counts["by_both"] += int(_answer(both) == case.label)
    return counts


def _answer(digits: NDArray[np.float64]) -> int:
    return int(digits.argmax()) if digits.sum() >= 0.5 else NONE
