"""The loaders, on tiny folders of the same form; and on the real ones where they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from export.evaluation import sets
from export.evaluation.samples import Kind, Sample, SampleSet
from export.evaluation.sets import LOADERS
from export.splits import is_dev_file, is_held_back_group
from model.intake import load_page
from model.types import Box
from tests.export.measuring_data import draw_digit, write_labels, write_mnist, write_single


def test_mnist_digits_lie_dark_on_light_pages(tmp_path: Path) -> None:
    write_mnist(tmp_path, [3, 1, 4])
    pictures = LOADERS["mnist_pages"](tmp_path)
    assert [sample.truth for sample in pictures.samples] == ["3", "1", "4"]
    for sample in pictures.samples:
        pixels = load_page(sample.source).pixels
        assert pixels.shape == (300, 400, 3)
        assert np.median(pixels) >= 215
        assert pixels.min() < 140


def test_the_same_picture_is_drawn_every_time(tmp_path: Path) -> None:
    write_mnist(tmp_path, [3, 1, 4])
    first, again = (LOADERS["mnist_pages"](tmp_path).samples for _ in range(2))
    assert [sample.source for sample in first] == [sample.source for sample in again]
    assert len({sample.source for sample in first}) == 3


def test_only_the_test_writers_of_a_published_split_measure(tmp_path: Path) -> None:
    write_single(
        tmp_path,
        "optdigits_orig",
        images=np.stack([draw_digit(digit, 32) for digit in (1, 2, 3)]),
        labels=np.array([1, 2, 3]),
        split=np.array(["tra", "windep", "tes"]),
    )
    assert [s.truth for s in LOADERS["optdigits"](tmp_path).samples] == ["2"]


def test_dark_on_light_arrays_give_dark_on_light_crops(tmp_path: Path) -> None:
    write_single(tmp_path, "hwd1000", images=255 - draw_digit(8)[None], labels=np.array(["8"]))
    (sample,) = LOADERS["hwd1000"](tmp_path).samples
    pixels = load_page(sample.source).pixels
    assert sample.truth == "8"
    assert np.median(pixels) > 200
    assert min(pixels.shape[:2]) > 48


def test_only_held_back_unipen_groups_measure(tmp_path: Path) -> None:
    names = [f"writer{number}" for number in range(60)]
    write_single(
        tmp_path,
        "unipen_digits",
        images=np.repeat(draw_digit(5, 64)[None], 60, axis=0),
        labels=np.array(["5"] * 60),
        group=np.arange(60, dtype=np.int32),
        group_names=np.array(names),
    )
    measured = len(LOADERS["unipen"](tmp_path).samples)
    assert measured == sum(is_held_back_group(name) for name in names)
    assert 0 < measured < 30


def test_letters_that_look_like_digits_are_a_set_of_their_own(tmp_path: Path) -> None:
    write_single(
        tmp_path,
        "bishwa_paper_photos",
        images=np.full((4, 64, 64), 200, dtype=np.uint8),
        labels=np.array(["7", "A", "O", "l"]),
    )
    found = {
        name: [sample.truth for sample in LOADERS[f"bishwa_{name}"](tmp_path).samples]
        for name in ("digits", "letters", "lookalikes")
    }
    assert found == {"digits": ["7"], "letters": [""], "lookalikes": ["", ""]}
    assert LOADERS["bishwa_letters"](tmp_path).kind is Kind.NEGATIVE


def test_a_fifth_of_the_cheque_amounts_measures_and_the_rest_trains(tmp_path: Path) -> None:
    files = [f"images/a_car_{number:06d}.png" for number in range(50)]
    table = tmp_path / "strings" / "orand_car_a" / "labels.tsv"
    write_labels(table, ["file;text;boxes", *(f"{file};2250;" for file in files)])
    measured = [sample.name for sample in sets.load_orand(tmp_path).samples]
    trained = [sample.name for sample in sets.load_orand(tmp_path, training=True).samples]
    assert measured == [file for file in files if is_dev_file(file)]
    assert sorted(measured + trained) == files


def test_marks_between_digits_are_no_part_of_the_truth(tmp_path: Path) -> None:
    rows = ["file;text;split", "a.jpg;1,50;dev", "b.jpg;9.7-;dev", "c.jpg;3;train", "d.jpg;-;dev"]
    write_labels(tmp_path / "strings" / "meza_logbook" / "labels.tsv", rows)
    assert [sample.truth for sample in LOADERS["meza"](tmp_path).samples] == ["150", "97"]


def test_photos_fall_into_clear_ambiguous_and_empty_ones(tmp_path: Path) -> None:
    rows = [
        "file;text;kind;lines;ambiguous;polarity",
        "a.png;5|6;drawing;2;0;light-on-dark",
        "b.png;?;drawing;1;1;light-on-dark",
        "c.png;;negative;0;0;-",
    ]
    write_labels(tmp_path / "photos_dev" / "labels.tsv", rows)
    assert [s.truth for s in LOADERS["photos"](tmp_path).samples] == ["5|6"]
    assert [s.truth for s in LOADERS["photos_ambiguous"](tmp_path).samples] == ["?"]
    negatives = LOADERS["photos_negative"](tmp_path)
    assert [s.name for s in negatives.samples] == ["c.png"]
    assert negatives.kind is Kind.NEGATIVE


def test_a_cheque_field_is_dragged_open_with_a_margin(tmp_path: Path) -> None:
    rows = ["file;field;text;box_x0y0x1y1;note", "c.jpg;amount;8800000;100,5,300,105;"]
    write_labels(tmp_path / "forms_dev" / "cheques" / "labels.tsv", rows)
    (sample,) = LOADERS["cheque_fields"](tmp_path).samples
    assert sample.region == Box(88, 0, 224, 117)
    (page,) = LOADERS["cheque_pages"](tmp_path).samples
    assert (page.truth, page.region) == ("8800000", None)


def test_comb_fields_are_found_in_the_note(tmp_path: Path) -> None:
    rows = ["images/p.jpg;20;field=ncb box=1101,712,1145,733 comb boxes"]
    write_labels(tmp_path / "forms_dev" / "form_sbi_comb" / "labels.tsv", rows)
    (sample,) = LOADERS["comb_fields"](tmp_path).samples
    assert (sample.truth, sample.region) == ("20", Box(1098, 709, 50, 27))


def test_unused_boxes_of_a_tally_form_are_not_looked_for(tmp_path: Path) -> None:
    rows = ["p.jpg;109;field=a boxes=109", "p.jpg;;field=b boxes=XXX", "p.jpg;7;field=c boxes=XX7"]
    write_labels(tmp_path / "forms_dev" / "indonesia_c1_2014" / "labels.tsv", rows)
    (page,) = LOADERS["tally_pages"](tmp_path).samples
    assert page.truth == "109|7"


def test_a_limit_takes_pictures_of_all_labels_and_always_the_same() -> None:
    samples = [Sample(f"s{number:04d}", b"", str(number // 100)) for number in range(1000)]
    pictures = SampleSet("s", "", Kind.DIGIT, samples)
    part = pictures.take(100).samples
    assert len({sample.truth for sample in part}) == 10
    assert part == SampleSet("s", "", Kind.DIGIT, samples[::-1]).take(100).samples
    assert part[:10] == pictures.take(10).samples


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("photos", 94),
        ("photos_ambiguous", 4),
        ("photos_negative", 16),
        ("cheque_fields", 16),
        ("comb_fields", 46),
        ("tally_pages", 12),
        ("meza", 522),
        ("usps", 2007),
    ],
)
def test_the_real_sets_have_as_many_pictures_as_their_table_says(
    shared_data: Path, name: str, count: int
) -> None:
    pictures = LOADERS[name](shared_data)
    assert (pictures.name, len(pictures.samples)) == (name, count)
    assert len({sample.name for sample in pictures.samples}) == count
