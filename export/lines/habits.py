"""Digits as other countries learn them: recorded hands hold few of these, paper is full of them.

A 1 with an upstroke as long as itself, with a loop, like a slash or taller than the rest, a 2 that
begins inside its bowl, a 4 like an h or a flash of lightning, a 7 crossed like a t, a 9 like a P,
a 5 like a root sign or an r, small zeros, and digits that hang together. One hand keeps its habits.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from export.lines.pens import Pen, ink_strokes
from export.synthesize import Stroke
from model.normalize import Ink

# Shares of hands, by eye: enough of each for a network to meet them, rarer than the recorded form.
_UPSTROKE: Final = 0.4
_FOOT: Final = 0.1
_LOOPED_ONE: Final = 0.08
_LEANING_ONE: Final = 0.2
_TALL_ONE: Final = 0.3
_CURLED_TWO: Final = 0.2
_OPEN_FOUR: Final = 0.25
_CROSSED_SEVEN: Final = 0.35
_NINE_LIKE_P: Final = 0.12
_FIVE_LIKE_ROOT: Final = 0.25
_SMALL_ZERO: Final = 0.3
_LINKED_ZEROS: Final = 0.15
_RUNNING_ON: Final = 0.12
_LOOP_REACH: Final = 0.25
"""A 1 whose loop begins farther to the left is a ribbon."""

_JITTER: Final = 0.05
"""Standard deviation of a corner's place, from one digit of a hand to its next; digit heights."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How one hand writes the digits that differ most between schools; by default as recorded.

    Attributes:
        upstroke: Of the 1: how far down it begins, as a share of the digit's height; 0 where the
            hand writes its 1 as recorded.
        reach: How far to the left it begins, likewise.
        foot: Width of the 1's foot, likewise.
        loop: Width of the loop of a 1 like a small l, likewise, instead of an upstroke; 0 where it
            has none.
        tall: Height of its 1s, and of the left stroke of its open 4s, as a share of the digits'.
        lean: How far its 1s, plain strokes, lean to the right beyond its other digits, px across
            per px up; 0 where they do not.
        curl: How far into its bowl a 2 begins, as a share of the bowl's width; 0 where as recorded.
        stem_top: How far down the stem of a 4 like an h begins, as a share of the digit's height;
            None where as recorded.
        cross: Width of the 7's bar, likewise; 0 where as recorded.
        stem: How far left of its top a P-like 9's stem ends, likewise; None where as recorded.
        arm: Length of the upper bar of a root-like 5, likewise; 0 where as recorded.
        zero: Height of its zeros, as a share of the other digits'.
        zeros_linked: Share of its pairs of zeros that hang together.
        others_linked: Share of its other pairs of digits that do.
    """

    upstroke: float = 0.0
    reach: float = 0.0
    foot: float = 0.0
    loop: float = 0.0
    tall: float = 1.0
    lean: float = 0.0
    curl: float = 0.0
    stem_top: float | None = None
    cross: float = 0.0
    stem: float | None = None
    arm: float = 0.0
    zero: float = 1.0
    zeros_linked: float = 0.0
    others_linked: float = 0.0

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Self:
        """Any school's."""
        has = rng.random(12) < (
            _UPSTROKE,
            _CROSSED_SEVEN,
            _NINE_LIKE_P,
            _FIVE_LIKE_ROOT,
            _SMALL_ZERO,
            _LINKED_ZEROS,
            _RUNNING_ON,
            _LOOPED_ONE,
            _CURLED_TWO,
            _LEANING_ONE,
            _OPEN_FOUR,
            _TALL_ONE,
        )
        upstroke = float(rng.uniform(0.2, 1.0)) if has[0] else 0.0
        return cls(
            upstroke=upstroke,
            # A short one that reached far would be a 7's bar.
            reach=float(rng.uniform(0.1, 0.2 + 0.4 * upstroke)),
            foot=float(rng.uniform(0.3, 0.7)) if rng.random() < _FOOT else 0.0,
            loop=float(rng.uniform(0.1, 0.35)) if has[7] else 0.0,
            tall=float(rng.uniform(1.05, 1.6)) if has[11] else 1.0,
            lean=float(rng.uniform(0.1, 0.5)) if has[9] else 0.0,
            curl=float(rng.uniform(0.1, 1.1)) if has[8] else 0.0,
            stem_top=float(rng.uniform(0.05, 0.7)) if has[10] else None,
            cross=float(rng.uniform(0.3, 0.9)) if has[1] else 0.0,
            stem=float(rng.uniform(-0.1, 0.25)) if has[2] else None,
            arm=float(rng.uniform(0.2, 1.0)) if has[3] else 0.0,
            zero=float(rng.uniform(0.5, 0.9)) if has[4] else 1.0,
            zeros_linked=0.8 if has[5] else 0.0,
            others_linked=float(rng.uniform(0.2, 0.6)) if has[6] else 0.0,
        )

    def runs_on(self, pair: str, rng: np.random.Generator) -> bool:
        """Whether the pen stays on the paper between two characters, this time."""
        if not (pair.isascii() and pair.isdigit()):
            return False
        return rng.random() < (self.zeros_linked if pair == "00" else self.others_linked)

    def strokes(self, character: str, rng: np.random.Generator) -> Sequence[Stroke]:
        """A digit's strokes, its height 1, y downwards; none where the hand writes as recorded."""
        if character == "1":
            return self._one(rng)
        if character == "2" and self.curl:
            return _two(self.curl, rng)
        if character == "4" and self.stem_top is not None:
            return _four(self.stem_top, self.tall, rng)
        if character == "7" and self.cross:
            return _seven(self.cross, rng)
        if character == "9" and self.stem is not None:
            return _nine(self.stem, rng)
        if character == "5" and self.arm:
            return _five(self.arm, rng)
        return ()

    def _one(self, rng: np.random.Generator) -> Sequence[Stroke]:
        if self.loop:
            return _looped_one(self.loop, self.reach, rng)
        if self.lean or (self.tall > 1 and not self.upstroke):
            return _taller(_leaning_one(self.lean, rng), self.tall)
        if not self.upstroke:
            return ()
        return _taller(_one(self.upstroke, self.reach, self.foot, rng), self.tall)

    def write(
        self, character: str, height: float, slant: float, pen: Pen, rng: np.random.Generator
    ) -> Ink | None:
        """The ink of a digit in which this school differs; None for any other.

        Args:
            character: Any.
            height: Of the digits, px.
            slant: Px across per px up.
            pen: Draws it.
            rng: Decides this one's unsteadiness.
        """
        strokes = self.strokes(character, rng)
        if not strokes:
            return None
        if character not in "14" or self.tall == 1:
            return ink_strokes(strokes, height, slant, pen, rng)
        # The pen is the same, however tall what it writes.
        rise = float(np.ptp(np.concatenate(strokes)[:, 1]))
        pen = replace(pen, width=pen.width / rise)
        return ink_strokes(strokes, height * rise, slant, pen, rng)


def _one(upstroke: float, reach: float, foot: float, rng: np.random.Generator) -> list[Stroke]:
    """Up, and down again; round at the top where the hand is quick."""
    start, top, end = _placed([(-reach, upstroke), (0, 0), (0, 1)], rng)
    if rng.random() < 0.3:
        strokes = [np.concatenate([_curve(start, 0.5 * (start + top), top), [end]])]
    else:
        strokes = [_bowed([start, top, end], rng)]
    if foot:
        left, right = _placed([(-foot / 2, 1), (foot / 2, 1)], rng)
        strokes.append(np.stack([end + left - (0, 1), end + right - (0, 1)]))
    return _as_strokes(strokes)


def _looped_one(loop: float, reach: float, rng: np.random.Generator) -> list[Stroke]:
    """Up to the right, back over the top, and down: like a small l."""
    start, top, end = _placed(
        [(-min(reach, _LOOP_REACH), rng.uniform(0.6, 1.0)), (loop / 2, 0), (0, 1)], rng
    )
    up = _curve(start, top + _by(loop, 0.5), top + _by(loop, -0.05), top)
    down = _curve(top, top + _by(-loop, 0.1), 0.6 * top + 0.4 * end, end)
    return _as_strokes([np.concatenate([up, down])])


def _taller(strokes: Sequence[Stroke], times: float) -> list[Stroke]:
    return [stroke * np.array([1, times], np.float32) for stroke in strokes]


def _leaning_one(lean: float, rng: np.random.Generator) -> list[Stroke]:
    """One stroke, like a slash."""
    return _as_strokes([_bowed(_placed([(lean, 0), (0, 1)], rng), rng)])


def _two(curl: float, rng: np.random.Generator) -> list[Stroke]:
    """A bowl that begins inside itself, a stem to the left, and a base with or without a loop."""
    wide, low = rng.uniform(0.4, 0.75), rng.uniform(0.35, 0.5)
    corners = [(curl * wide, low), (0, 0.6 * low), (wide, 0.6 * low), (0.1, 1), (0.2 + wide, 1)]
    begin, left, right, foot, end = _placed(corners, rng)
    bowl = [
        _curve(begin, begin + _by(-0.6 * curl * wide, 0.15), left + _by(0, 0.15), left),
        _curve(left, left - _by(0, 0.8 * low), right - _by(0, 0.8 * low), right),
        _curve(right, right + _by(0, 0.35), foot + _by(0.15, -0.1), foot),
    ]
    if rng.random() < 0.5:
        turn = foot + _by(rng.uniform(0.1, 0.25), -rng.uniform(0.02, 0.15))
        base = [
            _curve(foot, foot + _by(-0.25, -0.05), foot + _by(-0.05, -0.3), turn),
            _curve(turn, end),
        ]
    else:
        base = [_curve(foot, foot + _by(0.3 * wide, -0.15), end + _by(-0.3 * wide, 0.1), end)]
    return _as_strokes([np.concatenate([*bowl, *base])])


def _four(stem_top: float, tall: float, rng: np.random.Generator) -> list[Stroke]:
    """Down, to the right, and a stem that crosses there: an h or a y, open above.

    A stem that begins as low as the bar makes it a flash of lightning.
    """
    low, wide = rng.uniform(0.45, 0.75), rng.uniform(0.25, 0.6)
    start, high = (rng.uniform(0, 0.45) * tall, 1 - tall), min(stem_top, low - 0.05)
    corners = [start, (0, low), (wide, low - 0.05), (wide, high), (wide, 1)]
    begin, corner, bar, top, end = _placed(corners, rng)
    leaned = _by(rng.normal(-0.05, 0.08), 0)
    stem = _bowed([top, end + leaned], rng)
    if rng.random() < 0.5:  # in one go: up again from the bar, and down
        left = _curve(begin, corner, corner, bar)
        return _as_strokes([np.concatenate([left, _bowed([bar, top], rng), stem])])
    return _as_strokes([_bowed([begin, corner, bar + _by(rng.uniform(0, 0.25), 0)], rng), stem])


def _seven(cross: float, rng: np.random.Generator) -> list[Stroke]:
    """A bar, a stem that leans, and a bar across it; the shorter the upper one, the more of a t."""
    wide = rng.uniform(0.3, 0.7)
    hook, left, right, end = _placed([(0, 0.15), (0, 0), (wide, 0), (wide - 0.4, 1)], rng)
    begin = [hook, left] if rng.random() < 0.4 else [left]
    if rng.random() < 0.2:  # as good as a crossed 1
        begin = [0.4 * left + 0.6 * right]
    middle = right + rng.uniform(0.35, 0.85) * (end - right)
    tilt = rng.normal(0, 0.08)
    bar = np.array([[-cross / 2, tilt], [cross / 2, -tilt]]) + middle
    if rng.random() < 0.25:  # round above, as a 2 is
        head = _curve(hook, left, right - _by(0, 0.2), right + _by(0.1, 0.3), middle)
        return _as_strokes([np.concatenate([head, _bowed([middle, end], rng)]), bar])
    return _as_strokes([_bowed([*begin, right, end], rng), bar])


def _nine(stem: float, rng: np.random.Generator) -> list[Stroke]:
    """A P: a stem, and a bowl to the right of its top."""
    top, end = _placed([(0, 0), (-stem, 1)], rng)
    low = top + rng.uniform(0.35, 0.6) * (end - top)
    wide = rng.uniform(0.5, 1.1)
    right = np.array([wide, 0.1])
    bowl = _curve(top, top + right * (1, -1), low + right, low)
    if rng.random() < 0.5:
        return _as_strokes([_bowed([top, end], rng), bowl])
    return _as_strokes([np.concatenate([[end], bowl])])


def _five(arm: float, rng: np.random.Generator) -> list[Stroke]:
    """A root sign, or a hook under a bar: the belly is gone."""
    if rng.random() < 0.4:
        x, y = rng.uniform(0.15, 0.45), rng.uniform(0, 0.3)  # the lower, the more of an r
        corners = [(0, 0.45 - y), (0.15, 1), (x, y), (x + arm, y / 2)]
        begin, low, high, end = _placed(corners, rng)
        return _as_strokes([_bowed([begin, low, high, end], rng)])
    top, belly, end, tip = _placed([(0.3, 0), (0.25, 0.6), (0, 1), (0.3 + arm, 0)], rng)
    stem = np.concatenate([_bowed([top, 0.4 * top + 0.6 * belly], rng), _curve(belly, end, end)])
    if rng.random() < 0.4:  # without lifting the pen
        return _as_strokes([np.concatenate([[tip], stem])])
    return _as_strokes([stem, np.stack([top, tip])])


def _placed(
    corners: Sequence[tuple[float, float]], rng: np.random.Generator
) -> list[NDArray[np.float64]]:
    return list(np.array(corners) + rng.normal(0, _JITTER, size=(len(corners), 2)))


def _bowed(corners: Sequence[NDArray[np.float64]], rng: np.random.Generator) -> NDArray[np.float64]:
    """From corner to corner, a little bent: nobody draws with a ruler."""
    parts = []
    for start, end in itertools.pairwise(corners):
        across = np.array([start[1] - end[1], end[0] - start[0]])
        parts.append(_curve(start, (start + end) / 2 + rng.normal(0, 0.08) * across, end))
    return np.concatenate(parts)


def _by(x: float, y: float) -> NDArray[np.float64]:
    return np.array([x, y])


def _curve(*points: NDArray[np.float64]) -> NDArray[np.float64]:
    """A Bézier curve by de Casteljau's construction."""
    share = np.linspace(0, 1, 9)[:, None]
    rows = [np.broadcast_to(point, (len(share), 2)) for point in points]
    while len(rows) > 1:
        rows = [(1 - share) * one + share * other for one, other in itertools.pairwise(rows)]
    return np.asarray(rows[0])


def _as_strokes(strokes: Sequence[NDArray[np.float64]]) -> list[Stroke]:
    return [stroke.astype(np.float32) for stroke in strokes]
