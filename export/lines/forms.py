"""Whole forms: print all over, and a few numbers that somebody wrote into its fields."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Self

import cv2
import numpy as np
from numpy.typing import NDArray

from export.lines.capture import capture
from export.lines.compose import DrawnLine, Spacing, compose
from export.lines.disturbances import sign
from export.lines.hands import Hand, Handwriting
from export.lines.light import Light
from export.lines.papers import draw_paper, print_comb
from export.lines.parts import Part
from export.lines.prints import print_text
from export.lines.texts import amount, code, date, plain
from model.marks import DIGITS, SEPARATORS
from model.types import Box

_WORDS: Final = (
    *("the", "of", "and", "to", "in", "is", "for", "on", "that", "by", "this", "with", "be", "at"),
    *("or", "payable", "account", "holder", "bank", "branch", "office", "amount", "cheque", "from"),
    *("number", "name", "address", "please", "sign", "above", "below", "only", "date", "received"),
    *("against", "order", "bearer", "valid", "months", "issue", "total", "votes", "form", "page"),
    *("copy", "original", "district", "village", "use", "stamp", "signature", "customer", "slip"),
)
_CAPTIONS: Final = ("Amount", "Date", "A/c No.", "No.", "Total", "PIN", "Tel.", "Rs.", "Code")
_FIELDS: Final = ("line", "box", "comb", "nothing")
_NUMBERED: Final = 0.15
"""Share of printed words that are numbers."""

_COMB_BEYOND: Final = 0.6
"""Share of the writing's height by which ``print_comb`` goes beyond it at most."""

_LEFT_OUT: Final = frozenset({Part.PATTERNS, Part.RULES, Part.FOLDS, Part.OVERLAYS})
"""Of a paper: those are drawn for a line, and would cover a page too thickly."""


@dataclass(frozen=True, slots=True, eq=False)
class FormPicture:
    """A form and what was written on it.

    Attributes:
        grey: (h, w) uint8.
        numbers: The digits of each number, from top to bottom.
    """

    grey: NDArray[np.uint8]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Form:
    """A form that is being drawn.

    Attributes:
        light: (h, w); darkened in place.
        print_height: Of its figures in print, px.
        hand_height: Of the digits that are written, px.
        face: Seed of its typeface.
        tone: How much light print takes.
    """

    light: Light
    print_height: float
    hand_height: float
    face: int
    tone: float

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Self:
        """Paper of any size, tint and light."""
        print_height = float(rng.uniform(9, 22))
        hand_height = print_height * float(rng.uniform(1.3, 3.0))
        width, height = (round(print_height * float(rng.uniform(45, 75))) for _ in range(2))
        light = draw_paper((height, width), 2 * hand_height, rng, _LEFT_OUT)
        face, tone = int(rng.integers(2**32)), float(rng.uniform(0.5, 0.95))
        return cls(light, print_height, hand_height, face, tone)

    def set_text(self, text: str, x: float, y: float, times: float = 1.0) -> float:
        """Print a text with its upper left corner there; where it ends."""
        line = self._print(text, times)
        self.lay(line, x, y, self.tone)
        return float(x + line.ink.shape[1])

    def width_of(self, text: str) -> int:
        """Of a text in print, px."""
        return int(self._print(text, 1.0).ink.shape[1])

    def _print(self, text: str, times: float) -> DrawnLine:
        # Of the same seed, all is in one face.
        return print_text(text, times * self.print_height, np.random.default_rng(self.face))

    def lay(self, line: DrawnLine, x: float, y: float, tone: float) -> None:
        """Ink on paper lets through what it does not cover; what is beyond the page is cut off."""
        part = self.light[round(y) :, round(x) :][: line.ink.shape[0], : line.ink.shape[1]]
        part *= 1 - np.float32(tone) * line.ink[: part.shape[0], : part.shape[1]]


@dataclass(frozen=True, slots=True)
class _Writer:
    """Who fills a form.

    Attributes:
        tone: How much light the ink takes.
    """

    hand: Hand
    spacing: Spacing
    tone: float


def draw_form(handwriting: Handwriting, rng: np.random.Generator) -> FormPicture:
    """A form of print and fields in any order, at least one of them with a number."""
    form = _Form.draw(rng)
    writer = _Writer(handwriting.hand(rng), Spacing.draw(rng), float(rng.uniform(0.6, 0.95)))
    height = form.light.shape[0]
    y, numbers = 2 * form.print_height, list[str]()
    while (room := height - y) > 3 * form.hand_height + 4 * form.print_height:
        if numbers and rng.random() < 0.4:
            y += _set_paragraph(form, y, room, rng)
            continue
        number, used = _write_field(form, y, writer, rng)
        numbers.append(number)
        y += used
    if rng.random() < 0.4:
        sign(form.light, 1.5 * form.hand_height, rng)
    return FormPicture(
        capture(form.light, 1.5 * form.print_height, rng, has_fax=False), tuple(numbers)
    )


def _set_paragraph(form: _Form, y: float, room: float, rng: np.random.Generator) -> float:
    """A heading or some lines of print; how much of the page they take, px."""
    times = 1.6 if rng.random() < 0.2 else 1.0
    step = float(rng.uniform(1.7, 2.4)) * form.print_height * times
    lines = max(1, min(int(rng.integers(1, 5)), int(room / step) - 1))
    for i in range(lines):
        left = float(rng.uniform(1, 4)) * form.print_height
        letters = int((form.light.shape[1] - left) / (1.1 * times * form.print_height))
        text = _words(max(1, int(letters * rng.uniform(0.3, 0.9))), rng)
        form.set_text(text, left, y + i * step, times)
    return (lines + 0.5) * step


def _words(letters: int, rng: np.random.Generator) -> str:
    """Words and figures of about so many letters together."""
    words: list[str] = []
    capitals = rng.random() < 0.3
    while sum(map(len, words)) < letters:
        if rng.random() < _NUMBERED:
            words.append("".join(map(str, rng.integers(0, 10, size=int(rng.integers(1, 8))))))
        else:
            words.append(str(rng.choice(_WORDS)))
    text = " ".join(words)
    return text.upper() if capitals else text.capitalize()


def _write_field(
    form: _Form, y: float, writer: _Writer, rng: np.random.Generator
) -> tuple[str, float]:
    """A caption and what is written behind it; its digits, and how much of the page it takes."""
    style, caption = str(rng.choice(_FIELDS)), str(rng.choice(_CAPTIONS))
    left, behind = (float(rng.uniform(*room)) * form.print_height for room in ((1, 5), (0.8, 2.5)))
    room = form.light.shape[1] - left - form.width_of(caption) - behind - form.print_height
    pitch = float(rng.uniform(0.9, 1.6)) if style == "comb" else 0.0
    spacing = replace(writer.spacing, pitch=pitch)
    while True:
        text = _number(rng)
        if pitch:
            text = "".join(character for character in text if character in DIGITS)
        line = compose(text, writer.hand, form.hand_height, spacing, rng)
        if line.ink.shape[1] <= room:
            break
    high = line.ink.shape[0]
    # Boxes of a comb are higher than what stands in them.
    beyond = _COMB_BEYOND * high if pitch else 0.0
    top = y + beyond + float(rng.uniform(0.3, 0.8)) * form.print_height
    start = form.set_text(caption, left, top + high - 1.2 * form.print_height) + behind
    stop = start + line.ink.shape[1]
    if pitch:
        print_comb(form.light, line.pitch + np.float32(start), top, top + high, rng)
    elif style != "nothing":
        _frame(form, Box(round(start), round(top), round(stop - start), high), style, rng)
    form.lay(line, start, top, writer.tone)
    if rng.random() < 0.3:
        after = stop + float(rng.uniform(0.8, 2.5)) * form.print_height
        if after < form.light.shape[1] - 8 * form.print_height:
            form.set_text(_words(8, rng), after, top + high - 1.2 * form.print_height)
    digits = "".join(character for character in text if character in DIGITS)
    return digits, top + high + beyond + float(rng.uniform(0.9, 2.0)) * form.print_height - y


def _number(rng: np.random.Generator) -> str:
    """What people write into the fields of a form, without words and signs before it."""
    grammar = (amount, code, date, plain)[int(rng.integers(4))]
    text = "".join(one for one in grammar(rng) if one in DIGITS + SEPARATORS)
    return text.lstrip(SEPARATORS) or "0"


def _frame(form: _Form, inner: Box, style: str, rng: np.random.Generator) -> None:
    """A line under what is written, or a box around it."""
    tone = float(form.light.mean() * rng.uniform(0.1, 0.7))
    width = max(1, round(form.print_height * rng.uniform(0.05, 0.15)))
    above, beside = (round(float(rng.uniform(0.1, 0.6)) * form.print_height) for _ in range(2))
    left, right = inner.x - beside, inner.right + beside
    if style == "line":
        cv2.line(form.light, (left, inner.bottom), (right, inner.bottom), tone, width, cv2.LINE_AA)
    else:
        corners = (left, inner.y - above), (right, inner.bottom + above)
        cv2.rectangle(form.light, *corners, tone, width)
