"""Labels that were seen to be wrong."""

from __future__ import annotations

import numpy as np
import pytest

from export.evaluation.disputes import Dispute, load_disputes
from export.lines.disputed_labels import DISPUTES, DRAWN_SET, DisputedLabels, digits_of
from export.lines.pictures import LinePicture
from export.splits import is_dev_file, is_validation_line
from model.marks import MARKS

# Drawn, of MNIST's last training images, or of UNIPEN's held-back groups: known by their place.
_SINGLES = {
    *("drawn", "mnist", "scribbles"),
    *("unipen_digits", "unipen_lower", "unipen_symbols", "unipen_upper"),
}
_LINES = {"orand_car_a", "meza_logbook"}


def _picture(text: str) -> LinePicture:
    marks = np.array([MARKS.index(one) for one in text], dtype=np.int64)
    grey, boxes = np.zeros((40, 60), np.uint8), np.zeros((len(marks), 4), np.float32)
    return LinePicture(grey, marks, boxes, 30.0, 20.0, name="a.jpg")


def _disputed(label: str, shown: str) -> DisputedLabels:
    return DisputedLabels([Dispute("cells", "a.jpg", label, shown, "plain to see")])


def test_a_line_that_is_drawn_otherwise_now_is_not_disputed() -> None:
    disputed = DisputedLabels([Dispute(DRAWN_SET, "3", "37", "32", "has a foot")])

    assert disputed.truth_of(DRAWN_SET, "3", "37") == "32"
    assert disputed.truth_of(DRAWN_SET, "3", "41") == "41"
    assert disputed.truth_of(DRAWN_SET, "4", "37") == "37"


def test_no_dev_picture_is_disputed_here() -> None:
    disputes = load_disputes(DISPUTES)

    assert disputes
    for dispute in disputes:
        assert dispute.set in _SINGLES | _LINES
        assert not (dispute.set == "orand_car_a" and is_dev_file(dispute.file))
        assert not dispute.file.startswith("images/dev_")
        assert dispute.reason
    assert any(one.set in _LINES and not is_validation_line(one.file) for one in disputes)


def test_a_training_line_gets_the_digits_that_it_shows_and_keeps_its_other_marks() -> None:
    (corrected,) = _disputed("125", "126").corrected("cells", [_picture("12,5-")])

    assert "".join(MARKS[mark] for mark in corrected.marks) == "12,6-"
    assert digits_of(corrected.marks) == "126"


@pytest.mark.parametrize("shown", ["12?", "1256"])
def test_a_training_line_is_left_out_where_its_marks_are_not_known(shown: str) -> None:
    assert _disputed("125", shown).corrected("cells", [_picture("12,5")]) == []


def test_other_training_lines_stay_as_they_are() -> None:
    picture = _picture("12,5")

    assert _disputed("125", "126").corrected("other cells", [picture]) == [picture]


def test_lines_that_were_kept_with_other_labels_are_told_by_their_digest() -> None:
    before, after = _disputed("125", "126"), _disputed("125", "127")

    assert before.digest_of({"cells"}) == _disputed("125", "126").digest_of({"cells"})
    assert before.digest_of({"cells"}) != after.digest_of({"cells"})
    assert before.digest_of({"others"}) == after.digest_of({"others"})
