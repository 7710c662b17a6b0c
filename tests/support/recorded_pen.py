"""Recorded pen strokes, replayed with the mouse on the real writing pad."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from export import splits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget

PenStrokes = list["NDArray[np.float64]"]
"""(n, 2) positions x, y of each stroke, y downwards."""

_LEFT: Final = Qt.MouseButton.LeftButton
_NONE: Final = Qt.MouseButton.NoButton


@dataclass(frozen=True)
class Character:
    """One recorded digit.

    Attributes:
        index: Its place in the data set.
        group: Its source file, about a writer.
    """

    index: int
    label: str
    group: str
    strokes: PenStrokes

    def scaled(self, height: float, widest: float) -> PenStrokes:
        """Of that height, its corner at the origin; a flat one not wider than is natural."""
        points = np.concatenate(self.strokes)
        low, (wide, high) = points.min(axis=0), np.ptp(points, axis=0)
        scale = min(height / max(high, 0.35 * wide, 1e-6), widest / max(wide, 1e-6))
        return [(stroke - low) * scale for stroke in self.strokes]


def load_digits(singles: Path, *, held_back: bool) -> list[Character]:
    """UNIPEN's digits of the groups that measure, or of those that train."""
    with np.load(singles / "unipen_digits.npz") as data:
        names = [str(name) for name in data["group_names"]]
        groups, labels = data["group"], data["labels"]
        points = data["points"].astype(np.float64)
        starts, characters = data["stroke_offsets"], data["char_offsets"]
    wanted = [splits.is_held_back_group(name) == held_back for name in names]
    return [
        Character(
            i,
            str(labels[i]),
            names[group],
            [
                points[starts[stroke] : starts[stroke + 1]]
                for stroke in range(characters[i], characters[i + 1])
            ],
        )
        for i, group in enumerate(groups)
        if wanted[group]
    ]


def replay(pad: QWidget, strokes: Sequence[NDArray[np.float64]]) -> None:
    """Write them with the mouse, at whole pixels of the pad, as a mouse does."""
    for stroke in strokes:
        steps = np.round(stroke)
        _send(pad, QEvent.Type.MouseButtonPress, steps[0])
        for step in steps[1:]:
            _send(pad, QEvent.Type.MouseMove, step)
        _send(pad, QEvent.Type.MouseButtonRelease, steps[-1])


def _send(pad: QWidget, kind: QEvent.Type, at: NDArray[np.float64]) -> None:
    position = QPointF(float(at[0]), float(at[1]))
    event = QMouseEvent(
        kind,
        position,
        pad.mapToGlobal(position),
        _NONE if kind is QEvent.Type.MouseMove else _LEFT,
        _NONE if kind is QEvent.Type.MouseButtonRelease else _LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(pad, event)
