"""Pictures of one line each, with the truth: drawn from a seed, or cut from real paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from export.lines.capture import capture
from export.lines.compose import DrawnLine, Spacing, compose
from export.lines.hands import Handwriting
from export.lines.light import Light
from export.lines.papers import draw_paper, print_comb
from export.lines.parts import NOTHING, Part
from export.lines.prints import draw_box_letters, draw_label, draw_word, print_text
from export.lines.texts import draw_text

_PRINT_ONLY: Final = 0.03
_LABEL_BESIDE: Final = 0.12
_NEIGHBOUR_LINE: Final = 0.25
_PRINTED_NEIGHBOUR: Final = 0.4
_BLANK: Final = 0.02
# Faint print under the writing: what each box of a comb is for, or a word across a field.
_LETTERED_COMB: Final = 0.35
_PRINTED_OVER: Final = 0.06
_FAINT: Final = (0.06, 0.4)
_APART: Final = 0.1
"""Gap, as a share of the digits' height, with which hardly any touch."""
_LEGIBLE: Final = 0.2
"""How much darker than the paper's pattern ink is at least: what nobody reads teaches nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class LinePicture:
    """A picture of one line and what it shows.

    Attributes:
        grey: (h, w) uint8.
        marks: (n,) int: each character from left to right; numbers of model.marks.MARKS.
        boxes: (n, 4) float32: x, y, w, h px; or (0, 4) where only the text is known.
        height: Of the digits, px.
        middle: Of the line, px from the top.
        only_digits: Whether other marks may stand there that nobody labelled.
        has_print_under: Whether print lies under the writing; it is none of the characters.
        name: Of its file; empty where it was drawn.
    """

    grey: NDArray[np.uint8]
    marks: NDArray[np.int64]
    boxes: NDArray[np.float32]
    height: float
    middle: float
    only_digits: bool = False
    has_print_under: bool = False
    name: str = ""


def draw_picture(
    handwriting: Handwriting, rng: np.random.Generator, without: frozenset[Part] = NOTHING
) -> LinePicture:
    """Any line on any paper, taken by any device, but for the parts that are left out."""
    height = float(rng.uniform(20, 40))
    has_print = Part.PRINT not in without
    if rng.random() < _PRINT_ONLY and has_print:
        line = print_text(draw_label(rng), height, rng)
    else:
        line = _write(handwriting, height, rng, without)
    margins = np.abs(rng.normal(0, 0.45, size=4)) * height + 2
    left, top, right, bottom = (round(float(margin)) for margin in margins)
    layers = []
    if rng.random() < _LABEL_BESIDE and not line.pitch.size and has_print:
        label = print_text(draw_label(rng), height * rng.uniform(0.5, 1.0), rng)
        layers.append((label, left, top + max(0, line.ink.shape[0] - label.ink.shape[0])))
        left += label.ink.shape[1] + round(float(rng.uniform(0.05, 0.7)) * height)
    layers.append((line, left, top))
    size = (line.ink.shape[0] + top + bottom, line.ink.shape[1] + left + right)
    paper = draw_paper(size, height, rng, without)
    is_boxed = bool(line.pitch.size) and rng.random() < 0.85
    if is_boxed:
        print_comb(paper, line.pitch + left, top, top + line.ink.shape[0], rng)
    if rng.random() < _NEIGHBOUR_LINE and Part.NEIGHBOURS not in without:
        _write_neighbour(paper, handwriting, height, rng, without)
    if rng.random() < _BLANK:
        layers = []
    tone = np.float32(rng.uniform(min(0.9, max(0.3, _depth(paper) + _LEGIBLE)), 0.98))
    # From a generator of its own, so that the lines are those that were drawn without it.
    under = _print_under(line, rng.spawn(1)[0], is_boxed=is_boxed) if has_print else _BARE
    faint = np.float32(min(under.tone, float(tone) - _LEGIBLE))
    for layer, x, y in under.layers:
        _lay(paper, layer, left + x, top + y, faint)
    for layer, x, y in layers:
        _lay(paper, layer, x, y, tone)
    marks = np.concatenate([layer.marks for layer, *_ in layers] or [np.zeros(0, np.int64)])
    places = [layer.boxes + np.array([x, y, 0, 0], dtype=np.float32) for layer, x, y in layers]
    boxes = np.concatenate([*places, np.zeros((0, 4), np.float32)])
    middle = top + line.ink.shape[0] / 2
    plain = np.asarray(np.clip(255 * paper, 0, 255), np.uint8)
    return LinePicture(
        plain if Part.CAPTURE in without else capture(paper, height, rng),
        marks,
        boxes,
        height,
        middle,
        has_print_under=bool(under.layers),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Under:
    """What a form says in a field before somebody writes there.

    Attributes:
        tone: How much light it takes, in [0, 1].
        layers: Each with its x and y from the writing's left upper corner, px.
    """

    tone: float
    layers: list[tuple[DrawnLine, int, int]]


_BARE: Final = _Under(0.0, [])


def _write(
    handwriting: Handwriting,
    height: float,
    rng: np.random.Generator,
    without: frozenset[Part],
) -> DrawnLine:
    text, hand = draw_text(rng), handwriting.hand(rng, without)
    spacing = Spacing.draw(rng)
    if Part.TIGHT in without and spacing.gap < _APART:
        spacing = replace(spacing, gap=_APART)
    if Part.COMBS in without:
        spacing = replace(spacing, pitch=0.0)
    return compose(text, hand, height, spacing, rng)


def _print_under(line: DrawnLine, rng: np.random.Generator, *, is_boxed: bool) -> _Under:
    """A letter in each box of a comb, or a word across a field; mostly nothing."""
    tone, height = float(rng.uniform(*_FAINT)), line.ink.shape[0]
    layers = []
    if is_boxed:
        letters = draw_box_letters(len(line.pitch) - 1, rng)
        if rng.random() < _LETTERED_COMB:
            size, face = float(rng.uniform(0.5, 0.95)) * line.height, int(rng.integers(2**32))
            foot = float(rng.uniform(0.6, 1.0)) * height
            for text, (start, end) in zip(letters, pairwise(line.pitch.tolist()), strict=True):
                # Of the same seed, all are of one face.
                letter = print_text(text, size, np.random.default_rng(face))
                x = (start + end - letter.ink.shape[1]) / 2
                layers.append((letter, round(x), round(foot) - letter.ink.shape[0]))
    elif rng.random() < _PRINTED_OVER:
        word = print_text(draw_word(rng), line.height * rng.uniform(0.4, 0.9), rng)
        room = line.ink.shape[1] - word.ink.shape[1]
        if room > 0:
            x, y = rng.uniform(0, room), rng.uniform(0, max(1, height - word.ink.shape[0]))
            layers.append((word, round(x), round(y)))
    return _Under(tone, layers)


def _depth(paper: Light) -> float:
    """How dark the paper's pattern is against the paper, in [0, 1]; thin rules do not count."""
    dark, plain = np.quantile(paper, (0.2, 0.7))
    return float(1 - dark / plain)


def _lay(paper: Light, line: DrawnLine, x: int, y: int, tone: np.float32) -> None:
    """Ink on paper lets through what it does not cover."""
    part = paper[max(y, 0) : y + line.ink.shape[0], max(x, 0) : x + line.ink.shape[1]]
    ink = line.ink[max(-y, 0) :, max(-x, 0) :][: part.shape[0], : part.shape[1]]
    part[: ink.shape[0], : ink.shape[1]] *= 1 - tone * ink


def _write_neighbour(
    paper: Light,
    handwriting: Handwriting,
    height: float,
    rng: np.random.Generator,
    without: frozenset[Part],
) -> None:
    """The feet of the line above or the heads of the one below: cut off, and not to be read."""
    if rng.random() < _PRINTED_NEIGHBOUR and Part.PRINT not in without:
        other = print_text(draw_label(rng), height * rng.uniform(0.4, 0.8), rng)
    else:
        other = _write(handwriting, height, rng, without)
    seen = max(1, round(height * rng.uniform(0.05, 0.3)))
    above = rng.random() < 0.5
    y = seen - other.ink.shape[0] if above else paper.shape[0] - seen
    x = round(float(rng.uniform(-0.3, 0.6)) * paper.shape[1])
    _lay(paper, other, x, y, np.float32(rng.uniform(0.3, 0.9)))
