"""Printed characters from free fonts, so that print is known as print."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from export.lines.compose import DrawnLine
from export.lines.pens import cut_to_ink
from model.marks import PRINT_MARK
from model.normalize import Ink

_FACES: Final = (
    *("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSansMono"),
    *("DejaVuSansMono-Bold", "DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic"),
    *("STIXGeneral", "STIXGeneralBol", "STIXGeneralItalic", "cmss10", "cmtt10", "cmr10"),
)
"""Free fonts that come with Matplotlib, which the training tools need anyway."""

_SIGNS: Final = ("₹", "₹", "Rs", "Rs.", "$", "US$", "€", "£", "¥", "No.")
"""What is printed right before an amount."""

_LABELS: Final = (
    *("Rs", "Rs.", "Date", "DATE", "PIN", "No.", "A/c No.", "Total", "Amount", "D D M M Y Y Y Y"),
    *("Pay", "Tel.", "Kg", "cm", "km", "EUR", "US$", "Folio", "Code", "Montant", "Fecha", "Summe"),
)

_DATE_BOXES: Final = ("DDMMYYYY", "MMDDYYYY", "YYYYMMDD", "JJMMAAAA", "DDMMYY", "MMYYYY")
"""What is printed in the boxes of a date."""

_BOX_LETTERS: Final = "DMYAXP"

_WORDS: Final = (
    "NOT APPLICABLE",
    "OFFICE USE",
    "SPECIMEN",
    "VOID",
    "COPY",
    "Date",
    "Total",
    "Amount",
)


def print_text(text: str, height: float, rng: np.random.Generator) -> DrawnLine:
    """Set a text in print.

    Args:
        text: Latin letters, figures and currency signs; a space is a gap.
        height: Of the figures, px.
        rng: Chooses the face and the spacing.
    """
    faces = [name for name in _FACES if _characters_of(name) >= set(text)]
    face = _face(str(rng.choice(faces)), max(6, round(height * 1.37)))
    spacing = float(rng.choice([0.0, 0.0, rng.uniform(0, 0.6)])) * height
    x, inks, boxes = 0.0, [], []
    for character in text:
        left, top, right, bottom = face.getbbox(character)
        if character != " " and right > left and bottom > top:
            inks.append(_ink_of(character, face))
            boxes.append((round(x + left), top, inks[-1].shape[1], inks[-1].shape[0]))
        x += face.getlength(character) + spacing
    places = np.array(boxes, dtype=np.float32)
    places[:, :2] -= places[:, :2].min(axis=0)
    right, bottom = (places[:, :2] + places[:, 2:]).max(axis=0).astype(int)
    canvas = np.zeros((bottom, right), dtype=np.float32)
    for (x0, y, w, h), ink in zip(places.astype(int), inks, strict=True):
        np.maximum(canvas[y : y + h, x0 : x0 + w], ink, out=canvas[y : y + h, x0 : x0 + w])
    marks = np.full(len(inks), PRINT_MARK, dtype=np.int64)
    return DrawnLine(canvas, marks, places, height, np.zeros(0, dtype=np.float32))


def draw_label(rng: np.random.Generator) -> str:
    """A word or a sign that stands beside a field, or a printed number."""
    kind = rng.random()
    if kind < 0.4:
        return str(rng.choice(_SIGNS))
    if kind < 0.8:
        return str(rng.choice(_LABELS))
    return "".join(str(d) for d in rng.integers(0, 10, size=int(rng.integers(1, 11))))


def draw_box_letters(boxes: int, rng: np.random.Generator) -> str:
    """A letter for each box of a comb: those of a date, the same in all, or any."""
    dates = [letters for letters in _DATE_BOXES if len(letters) == boxes]
    if dates and rng.random() < 0.8:
        return str(rng.choice(dates))
    if rng.random() < 0.5:
        return str(rng.choice(list(_BOX_LETTERS))) * boxes
    return "".join(rng.choice(list(_BOX_LETTERS), size=boxes))


def draw_word(rng: np.random.Generator) -> str:
    """A word that lies across a field, under what is written there."""
    return str(rng.choice(_WORDS))


@cache
def _face(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_file_of(name)), size)


@cache
def _characters_of(name: str) -> frozenset[str]:
    """Not each face has the newer currency signs."""
    from matplotlib.ft2font import FT2Font

    return frozenset(map(chr, FT2Font(str(_file_of(name))).get_charmap()))


def _file_of(name: str) -> Path:
    import matplotlib as mpl

    return Path(mpl.get_data_path()) / "fonts" / "ttf" / f"{name}.ttf"


def _ink_of(character: str, face: ImageFont.FreeTypeFont) -> Ink:
    left, top, right, bottom = (round(side) for side in face.getbbox(character))
    picture = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(picture).text((-left, -top), character, fill=255, font=face)
    return cut_to_ink(np.asarray(picture, dtype=np.float32) / np.float32(255))
