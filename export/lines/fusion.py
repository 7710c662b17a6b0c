"""Fit how the line network and the digit network answer together, on validation pictures alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from export.lines.fit_share import (
    KINDS,
    NONE,
    UNFITTED,
    Case,
    count_right,
    fit_share,
    with_shares,
)
from export.lines.levels import draw_curve, fit_levels
from model.alignment import align
from model.line_card import DEFAULT_WRONG, Fusion, Kind, Level, Share, kind_of
from model.read_span import SpanReading, company_of, read_span, sequence_evidence
from model.reader import Reader
from model.second_look import Look
from model.spans import Span
from model.types import Page

WRONG_ACCEPTED: Final = (0.0005, DEFAULT_WRONG, 0.002, 0.005, 0.01, 0.02, 0.05)
"""Shares of wrong numbers among the accepted that an administrator may choose."""

_STEPS: Final = np.arange(0.0, 2.01, 0.05)
_ROUNDS: Final = 8
# Too few to fit, and a person looks at each: of those that the digit network knows, 13 of 16 are.
_SKIPPED: Final = Share(line=1.0, look=1.0, none=-2.0)


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """A picture of one line, and what it says.

    Attributes:
        pixels: (h, w, 3) uint8 RGB.
        truth: Its digits; empty where it has none.
        is_certain: Whether the truth is beyond doubt.
        weight: What it counts beside the others.
        caution: How many times that it counts where levels are set.
    """

    pixels: NDArray[np.uint8]
    truth: str
    is_certain: bool = True
    weight: float = 1.0
    caution: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class ReadPicture:
    """What all networks say about a picture of one line, and what it says.

    Attributes:
        truth: Its digits; empty where it has none.
        is_certain: Whether the truth is beyond doubt; others set no accept level.
        weight: What it counts beside the others.
        caution: How many times that it counts where levels are set.
        span: The only one that was found in it.
        looks: At each of the span's candidates.
        opinions: (T, outputs) of its row by each line network that was asked.
    """

    truth: str
    is_certain: bool
    weight: float
    caution: float
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
            (span, looks, opinions), truth = found[0], one.truth
            read.append(
                ReadPicture(truth, one.is_certain, one.weight, one.caution, span, looks, opinions)
            )
        else:
            left_out += 1
    return read, left_out


def fit_fusion(read: Sequence[ReadPicture]) -> tuple[Fusion, dict[str, Any]]:
    """Exponents by least negative log-likelihood, as labels may err, then the accept levels.

    Returns:
        The fusion, and what it gives on those pictures.
    """
    by_kind: dict[Kind, list[Case]] = {kind: [] for kind in KINDS}
    for picture in read:
        candidates = picture.span.candidates
        labels = labels_of([int(np.argmax(c.digits)) for c in candidates], picture.truth)
        company = company_of(candidates, picture.looks)
        if company == "none" and not _says_one_for_certain(picture):
            continue
        for character, look, label in zip(candidates, picture.looks, labels, strict=True):
            by_kind[kind_of(character, look, company)].append(
                Case(character, look, label, picture.weight)
            )
    single = fit_share(by_kind["single"], prefers_right=True)
    shares: dict[Kind, Share] = {
        "single": single,
        "clear": fit_share(by_kind["clear"]),
        "alone": fit_share(by_kind["alone"]),
        "joined": fit_share(by_kind["joined"]),
        "separator": fit_share(by_kind["separator"]),
        "passed_over": fit_share(by_kind["passed_over"], otherwise=single),
        "skipped": _SKIPPED,
    }
    rough = with_shares(shares)
    sequence, digits = _fit_line([(picture, _read(picture, rough)) for picture in read])
    fusion, measured = _with_levels(read, replace(rough, sequence=sequence, digits=digits))
    counts = {kind: count_right(cases, shares[kind]) for kind, cases in by_kind.items()}
    return fusion, {**measured, "digits": counts}


def _says_one_for_certain(picture: ReadPicture) -> bool:
    """Whether a picture in which one candidate was found says one digit or none, beyond doubt.

    Of a printed caption or of a number one character may be found; whether that is a digit says
    little about characters that people write alone.
    """
    return picture.is_certain and len(picture.truth) <= 1


def _with_levels(read: Sequence[ReadPicture], fusion: Fusion) -> tuple[Fusion, dict[str, Any]]:
    """The fusion with its accept levels, and what they let through."""
    spans = [_read(picture, fusion) for picture in read]
    surety = np.array([_surety(*pair) for pair in zip(read, spans, strict=True)])
    right = np.array(
        [_text(span) == picture.truth for picture, span in zip(read, spans, strict=True)], bool
    )
    certain = np.array([picture.is_certain for picture in read], bool)
    is_single = np.array([len(_text(span)) == 1 for span in spans], bool)
    plain = np.array([picture.weight for picture in read])
    counts = plain * np.array([picture.caution for picture in read])
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
        "curve": draw_curve(surety[drawn], right[drawn], plain[drawn], float(plain[numbers].sum())),
    }


def labels_of(read: Sequence[int], truth: str) -> list[int]:
    """The label of each digit that was read: the truth's digit in its place, or ``NONE``."""
    wanted = [int(digit) for digit in truth]
    labels = [NONE] * len(read)
    for i, j in align(read, wanted, int.__eq__):
        if i is not None and j is not None:
            labels[i] = wanted[j]
    return labels


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
    return sequence_evidence(picture.span, picture.opinions, span.line.text), span.seen


def _surety(picture: ReadPicture, span: SpanReading) -> float:
    """The level up to which the line would be accepted."""
    if span.line is None or span.strangers or picture.span.skipped or not picture.span.is_complete:
        return 0.0
    return min(span.line.confidence, *(digit.confidence for digit in span.line.digits))
