"""Labels of lines that train or validate and are wrong, or that nobody can tell; seen by eye."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from export.evaluation.disputes import Dispute, load_disputes
from export.lines.pictures import LinePicture
from model.marks import DIGITS, MARKS

DRAWN_SET: Final = "drawn"
"""What lines that the project draws are called among the disputes."""

DISPUTES: Final = Path(__file__).with_name("disputes.tsv")
"""The list. Of lines that train, only some were looked at: those that the networks misread though
they had learned from them."""


class DisputedLabels:
    """The labels that were seen to be wrong."""

    def __init__(self, disputes: Iterable[Dispute]) -> None:
        self._disputes = {(one.set, one.file): one for one in disputes}

    @staticmethod
    def load() -> DisputedLabels:
        """The list that the project keeps."""
        return DisputedLabels(load_disputes(DISPUTES))

    def truth_of(self, set_name: str, file: str, label: str) -> str | None:
        """The digits that a picture shows, or None where nobody can tell them.

        Args:
            set_name: Of the picture; ``DRAWN_SET`` for lines that the project draws: of these, one
                with another label is another drawing, which nobody has disputed.
            file: Its name in the set, or its place.
            label: Its digits as they came.

        Raises:
            ValueError: the label is not the one that was disputed.
        """
        dispute = self._disputes.get((set_name, file))
        if dispute is None or (set_name == DRAWN_SET and dispute.label != label):
            return label
        if dispute.label != label:
            raise ValueError(f"{set_name} {file} is labelled {label}, not {dispute.label}")
        return None if "?" in dispute.shown else dispute.shown

    def digest_of(self, sets: Collection[str]) -> str:
        """Of what is disputed in some sets: lines that are kept hold the labels of their day."""
        rows = sorted(str(one) for (name, _), one in self._disputes.items() if name in sets)
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()

    def corrected(self, set_name: str, pictures: Iterable[LinePicture]) -> list[LinePicture]:
        """Lines to train with, as they are or with the digits that they show.

        Left out are those whose digits nobody can tell, and those that show more or fewer than
        their label has: then their other marks and their boxes are not these either.

        Args:
            set_name: Of the pictures.
            pictures: As labelled.

        Raises:
            ValueError: a label is not the one that was disputed.
        """
        known = (self._corrected(set_name, picture) for picture in pictures)
        return [picture for picture in known if picture is not None]

    def _corrected(self, set_name: str, picture: LinePicture) -> LinePicture | None:
        label = digits_of(picture.marks)
        shown = self.truth_of(set_name, picture.name, label)
        if shown == label:
            return picture
        if shown is None or len(shown) != len(label):
            return None
        marks = picture.marks.copy()
        marks[marks < len(DIGITS)] = [DIGITS.index(digit) for digit in shown]
        return replace(picture, marks=marks)


def digits_of(marks: NDArray[np.int64]) -> str:
    """The digits among a line's marks."""
    return "".join(MARKS[mark] for mark in marks if mark < len(DIGITS))
