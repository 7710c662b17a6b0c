"""A second look at one character: whose ink it is, and where that lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from model.ink import InkMap, find_ink
from model.line_decode import Character
from model.second_look import look_again
from model.types import Box
from tests.support.pages import on_paper

if TYPE_CHECKING:
    from numpy.typing import NDArray


class _Network:
    """Keeps what it is shown and takes all for a 4."""

    def __init__(self) -> None:
        self.frames: NDArray[np.float32] = np.zeros((0, 28, 28), np.float32)

    def __call__(self, frames: NDArray[np.float32]) -> NDArray[np.float64]:
        self.frames = frames
        return np.tile(np.eye(10)[4] * 0.9, (len(frames), 1))


def _page(*strokes: Box) -> tuple[InkMap, NDArray[np.int32]]:
    page = np.zeros((200, 300), dtype=np.float32)
    for stroke in strokes:
        page[stroke.y : stroke.bottom, stroke.x : stroke.right] = 1
    ink = find_ink(on_paper(page).pixels)
    _, labels = cv2.connectedComponents(ink.solid)
    return ink, np.asarray(labels, np.int32)


def _at(x: float, y: float, w: float, h: float) -> Character:
    return Character(4, 0.9, (x, y, w, h), (0.0,) * 10)


def test_the_box_is_drawn_around_the_ink() -> None:
    ink, labels = _page(Box(100, 60, 14, 80))

    (look,) = look_again(ink, labels, [_at(95.2, 66, 22, 70)], _Network())

    assert look.box == Box(100, 60, 14, 80)
    assert look.stands_alone
    assert look.digits is not None
    assert look.digits.argmax() == 4


def test_a_neighbour_that_leans_into_the_box_is_left_out() -> None:
    ink, labels = _page(Box(100, 60, 14, 80), Box(122, 60, 40, 80))
    network = _Network()

    (look,) = look_again(ink, labels, [_at(98, 58, 18, 84)], network)

    assert look.box == Box(100, 60, 14, 80)
    ink_columns = np.flatnonzero((network.frames[0] > 0.5).any(axis=0))
    assert len(ink_columns) <= 6


def test_a_digit_cut_out_of_a_larger_piece_is_said_to_be() -> None:
    ink, labels = _page(Box(60, 60, 14, 80), Box(60, 130, 120, 10), Box(166, 60, 14, 80))

    looks = look_again(ink, labels, [_at(55, 55, 24, 90), _at(161, 55, 24, 90)], _Network())

    assert [look.stands_alone for look in looks] == [False, False]
    assert looks[0].box.x == 60
    assert looks[0].box.right <= 80


def test_without_ink_there_is_nothing_to_look_at() -> None:
    ink, labels = _page(Box(100, 60, 14, 80))

    looks = look_again(ink, labels, [_at(200, 60, 20, 80), _at(98, 58, 18, 84)], _Network())

    assert looks[0].digits is None
    assert looks[0].box == Box(200, 60, 20, 80)
    assert looks[1].digits is not None


@pytest.mark.parametrize("box", [(-20, -20, 60, 60), (280, 180, 60, 60), (400, 10, 20, 20)])
def test_a_box_beyond_the_page_is_no_crash(box: tuple[float, float, float, float]) -> None:
    ink, labels = _page(Box(100, 60, 14, 80))

    (look,) = look_again(ink, labels, [_at(*box)], _Network())

    assert 0 <= look.box.x < look.box.right <= 300
    assert 0 <= look.box.y < look.box.bottom <= 200


def test_a_disc_is_no_nought_whatever_the_network_takes_its_rim_for() -> None:
    page = np.zeros((300, 500), dtype=np.float32)
    cv2.circle(page, (120, 150), 80, 1.0, cv2.FILLED)
    cv2.circle(page, (350, 150), 80, 1.0, 12)
    ink = find_ink(on_paper(page).pixels)
    _, labels = cv2.connectedComponents(ink.solid)

    disc, nought = look_again(
        ink,
        np.asarray(labels, np.int32),
        [_at(38, 68, 164, 164), _at(264, 64, 172, 172)],
        _Network(),
    )

    assert disc.digits is not None
    assert disc.digits.sum() < 0.01
    assert nought.digits is not None
    assert nought.digits.sum() == pytest.approx(0.9)
