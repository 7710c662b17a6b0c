"""A sheet on a dark desk is read as if there were only the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from model.ink import find_ink
from model.reader import Reader
from model.sheet import paper_all_over
from model.types import Page
from tests.support.pages import ink_page, on_paper

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NUMBER = "4827135"
_SHEET = on_paper(ink_page(_NUMBER)).pixels


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.open()


def _on_desk(rim: int, level: int) -> NDArray[np.uint8]:
    colour = (level, level, level)
    around = cv2.copyMakeBorder(_SHEET, rim, rim, rim, rim, cv2.BORDER_CONSTANT, value=colour)
    return np.asarray(around, np.uint8)


def _aslant(level: int) -> NDArray[np.uint8]:
    """The sheet on a larger desk, turned by 4 degrees."""
    around = _on_desk(60, level)
    height, width = around.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 4, 1.0)
    colour = (level, level, level)
    turned = cv2.warpAffine(around, turn, (width, height), borderValue=colour)
    return np.asarray(turned, np.uint8)


@pytest.mark.parametrize("level", [0, 60, 120])
@pytest.mark.parametrize("rim", [2, 4, 8, 20, 60])
def test_a_dark_rim_changes_no_number(reader: Reader, rim: int, level: int) -> None:
    reading = reader.read(Page(_on_desk(rim, level), "PNG"))

    assert [line.text for line in reading.lines] == [_NUMBER]


@pytest.mark.parametrize("level", [0, 60])
def test_a_sheet_that_lies_aslant_on_a_desk_is_read(reader: Reader, level: int) -> None:
    reading = reader.read(Page(_aslant(level), "PNG"))

    assert [line.text for line in reading.lines] == [_NUMBER]


def test_beside_another_paper_on_the_desk_it_is_still_a_sheet(reader: Reader) -> None:
    desk = _on_desk(60, 50)
    height, width = desk.shape[:2]
    room = width // 2
    wider = cv2.copyMakeBorder(desk, 0, 0, 0, room, cv2.BORDER_CONSTANT, value=(50, 50, 50))
    wider[60 : height - 60, width : width + room - 60] = 235
    page = Page(np.asarray(wider, np.uint8), "PNG")

    assert _NUMBER in [line.text for line in reader.read(page).lines]


def test_paper_goes_on_as_light_as_it_is_at_the_edge() -> None:
    sheet = np.tile(np.linspace(120, 240, 400).astype(np.uint8), (300, 1))
    desk = cv2.copyMakeBorder(sheet, 80, 80, 80, 80, cv2.BORDER_CONSTANT, value=20)
    grey = np.asarray(desk, np.uint8)

    found = paper_all_over(grey)

    assert np.array_equal(found[100:360, 100:460], grey[100:360, 100:460])
    assert int(found[220, 40]) == pytest.approx(120, abs=8)
    assert int(found[220, 520]) == pytest.approx(240, abs=8)


def _shaded() -> NDArray[np.uint8]:
    """Bright on one side, in shade on the other, without an edge."""
    return np.tile(np.linspace(250, 60, 700).astype(np.uint8), (600, 1))


def _light_on_dark() -> NDArray[np.uint8]:
    return 255 - np.asarray(cv2.cvtColor(_SHEET, cv2.COLOR_RGB2GRAY), np.uint8)


def _parted_field() -> NDArray[np.uint8]:
    """A field between two printed lines, which a tall stroke parts: paper on both sides of it."""
    field = np.full((60, 240), 220, np.uint8)
    field[:4] = field[-4:] = 40
    cv2.line(field, (100, 0), (90, 60), 40, 5)
    return field


@pytest.mark.parametrize(
    "grey",
    [
        _parted_field(),
        np.asarray(cv2.cvtColor(_SHEET, cv2.COLOR_RGB2GRAY), np.uint8),
        _shaded(),
        _light_on_dark(),
        np.full((40, 900), 230, np.uint8),
        np.zeros((1, 1), np.uint8),
    ],
    ids=["parted field", "no desk", "shade", "light on dark", "blank", "a pixel"],
)
def test_what_is_no_sheet_on_a_desk_stays_as_it_is(grey: NDArray[np.uint8]) -> None:
    assert paper_all_over(grey) is grey


def test_light_writing_on_dark_paper_is_still_ink() -> None:
    dark = np.repeat(_light_on_dark()[..., None], 3, axis=2)

    assert np.abs(find_ink(dark).soft - find_ink(_SHEET).soft).mean() < 0.02
