"""Contact sheets of misread pictures: what was shown, what is true, what was read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from export.evaluation.judging import Outcome
from export.evaluation.readers import load_pixels
from export.evaluation.results import SetResult
from export.evaluation.samples import Kind, SampleSet
from model.errors import PictureError

CELL: Final = (190, 170)
"""Width and height of a cell, px."""
CAPTION_HEIGHT: Final = 44
COLUMNS: Final = 8
MAX_CELLS: Final = 96
_PAPER: Final = 246
_INK: Final = (40, 40, 40)
_ALARM: Final = (176, 32, 32)


def is_misread(kind: Kind, outcome: Outcome) -> bool:
    """Whether the outcome belongs on a sheet."""
    return bool(outcome.read) if kind is Kind.NEGATIVE else not outcome.is_exact


def save_sheet(pictures: SampleSet, result: SetResult, path: Path) -> int:
    """Write the sheet of a set, the most confident mistakes first.

    Returns:
        Misread units in all; the sheet shows at most 96. No file is written for none.
    """
    # A field of a form is called as its page and a number.
    samples = {sample.name: sample for sample in pictures.samples}
    wrong = [outcome for outcome in result.outcomes if is_misread(result.kind, outcome)]
    wrong.sort(key=lambda outcome: -outcome.confidence)
    cells = []
    for outcome in wrong[:MAX_CELLS]:
        sample = samples.get(outcome.name) or samples[outcome.name.rpartition(" ")[0]]
        try:
            pixels = load_pixels(sample)
        except PictureError:
            pixels = np.full((8, 8, 3), 128, dtype=np.uint8)
        cells.append(draw_cell(pixels, outcome))
    path.unlink(missing_ok=True)
    if cells:
        path.parent.mkdir(parents=True, exist_ok=True)
        sheet = arrange(cells)
        path.write_bytes(cv2.imencode(".png", sheet[:, :, ::-1])[1].tobytes())
    return len(wrong)


def draw_cell(pixels: NDArray[np.uint8], outcome: Outcome) -> NDArray[np.uint8]:
    """One picture with its caption; mistakes that were accepted are captioned in red.

    Args:
        pixels: (h, w, 3) uint8 RGB.
    """
    width, height = CELL
    cell = np.full((height, width, 3), _PAPER, dtype=np.uint8)
    room = (width - 10, height - CAPTION_HEIGHT - 8)
    factor = min(room[0] / pixels.shape[1], room[1] / pixels.shape[0], 4.0)
    size = (max(1, int(pixels.shape[1] * factor)), max(1, int(pixels.shape[0] * factor)))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    small = np.asarray(cv2.resize(pixels, size, interpolation=way), dtype=np.uint8)
    x, y = (width - size[0]) // 2, 4 + (room[1] - size[1]) // 2
    cell[y : y + size[1], x : x + size[0]] = small
    _write(cell, f"is {outcome.truth or 'nothing'}", height - 26, _INK)
    ending = "accepted" if outcome.is_accepted else "review"
    read = f"read {outcome.read or 'nothing'}  {100 * outcome.confidence:.0f} % {ending}"
    _write(cell, read if outcome.read else "read nothing", height - 8, _caption_colour(outcome))
    return cell


def arrange(cells: Sequence[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    """The cells in rows of eight, on a ground of paper."""
    columns = min(COLUMNS, len(cells))
    rows = -(-len(cells) // columns)
    width, height = CELL
    sheet = np.full((rows * height, columns * width, 3), _PAPER, dtype=np.uint8)
    for i, cell in enumerate(cells):
        y, x = i // columns * height, i % columns * width
        sheet[y : y + height, x : x + width] = cell
    return sheet


def _caption_colour(outcome: Outcome) -> tuple[int, int, int]:
    return _ALARM if outcome.is_accepted else _INK


def _write(cell: NDArray[np.uint8], text: str, y: int, colour: tuple[int, int, int]) -> None:
    font = cv2.FONT_HERSHEY_SIMPLEX
    scale = 0.45
    width = cv2.getTextSize(text, font, scale, 1)[0][0]
    scale *= min(1.0, (CELL[0] - 10) / max(width, 1))
    cv2.putText(cell, text, (5, y), font, scale, colour, 1, cv2.LINE_AA)
