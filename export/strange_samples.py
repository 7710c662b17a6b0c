"""Frames of ink that is no digit of ours, to learn from and to measure by."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from export.datasets import NOT_A_DIGIT, Samples
from export.lines.hands import load_strokes
from export.strange import NUMERALS, draw_blot, draw_numeral, strike_out
from export.synthesize import draw_strokes, to_frame
from model.marks import DIGITS
from model.normalize import Ink

STRUCK: Final = "struck out"
NUMERAL: Final = "other numerals"
BLOT: Final = "blots"
KINDS: Final = (STRUCK, NUMERAL, BLOT)


def draw_strange(
    singles: Path, kind: str, count: int, rng: np.random.Generator, *, held_back: bool
) -> list[Ink]:
    """Ink of one of ``KINDS``, (h, w) float32 in [0, 1] each.

    Args:
        singles: Folder of UNIPEN's recordings, whose digits are struck out.
        kind: Which.
        count: How many.
        rng: Decides everything.
        held_back: Whether the digits are of the writers that measure, or of the others.
    """
    if kind == BLOT:
        return [draw_blot(rng) for _ in range(count)]
    if kind == NUMERAL:
        numerals = list(NUMERALS)
        return [draw_numeral(numerals[i % len(numerals)], rng) for i in range(count)]
    recorded = load_strokes(singles, held_back=held_back).by_character
    inks = []
    for i in range(count):
        digit = DIGITS[i % len(DIGITS)]
        strokes = recorded[digit][int(rng.integers(len(recorded[digit])))]
        inks.append(draw_strokes(strike_out(digit, strokes, rng), rng))
    return inks


def load_strange(
    singles: Path, count: int, rng: np.random.Generator, *, held_back: bool
) -> list[Samples]:
    """So many frames of each of ``KINDS``; see ``draw_strange``."""
    labels = np.full(count, NOT_A_DIGIT, dtype=np.int8)
    return [
        Samples(
            np.stack(
                [
                    to_frame(ink)
                    for ink in draw_strange(singles, kind, count, rng, held_back=held_back)
                ]
            ),
            labels,
            kind,
        )
        for kind in KINDS
    ]
