"""The sets of ``../shared/data``, each loaded the way a user meets it.

A set that is trained on in part gives its measuring part here, by the rules of ``export.splits``.
"""

from __future__ import annotations

import csv
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from export.datasets import load_mnist
from export.evaluation import drawing
from export.evaluation.checked import load_cards, load_routing
from export.evaluation.drawn_forms import load_drawn_forms
from export.evaluation.samples import Kind, Sample, SampleSet
from export.evaluation.strange_ink import load_strange_ink
from export.splits import TEST_SPLITS, is_dev_file, is_held_back_group
from model.types import Box

Loader: TypeAlias = Callable[[Path], SampleSet]

SAMPLE_OF_JCPROGJAVA: Final = 1000
"""One or two hands, heavily augmented: more of it would say nothing new."""

LETTERS_SHAPED_LIKE_DIGITS: Final = frozenset("OoIl")
"""Written alone, nobody can tell them from 0 and 1."""

NOISE: Final = 1000
"""Of each kind of what is no digit."""

FIELD_MARGIN: Final = 0.12
"""Of the box's height, around a field: nobody drags a rectangle along the very edge."""


def load_mnist_pages(data: Path, part: str = "t10k", count: int | None = None) -> SampleSet:
    """MNIST's test digits as dark ink at a random place and size of a 400 x 300 page."""
    digits = load_mnist(data / "mnist", part)
    samples = [
        Sample(f"mnist_{i:05d}", drawing.draw_on_page(frame, _rng("mnist", i)), str(label))
        for i, (frame, label) in enumerate(
            zip(digits.frames[:count], digits.labels[:count], strict=True)
        )
    ]
    return SampleSet("mnist_pages", "MNIST test, drawn on 400 × 300 pages", Kind.DIGIT, samples)


def _rng(name: str, index: int) -> np.random.Generator:
    """Of the picture's own, so that ``--limit`` and the set's order change no picture."""
    return np.random.default_rng((zlib.crc32(name.encode()), index))


def _crops(name: str, inks: NDArray[np.uint8], labels: NDArray[np.generic]) -> list[Sample]:
    """Dark on light crops of single characters, ink 255 in the array."""
    return [
        Sample(f"{name}_{i:05d}", drawing.draw_crop(ink, _rng(name, i)), str(label))
        for i, (ink, label) in enumerate(zip(inks, labels, strict=True))
    ]


CHEQUE_FIELDS: Final = {"amount": "amount:indian", "date": "date"}
"""What kind of number stands in each field of the cheques."""


def load_single(name: str, file: str, title: str, *, trained_on: bool = False) -> Loader:
    """A loader of ``single/<file>.npz``: its test part, or all where it has none."""

    def load(data: Path) -> SampleSet:
        with np.load(data / "single" / f"{file}.npz") as arrays:
            inks, labels = arrays["images"], arrays["labels"]
            if file in TEST_SPLITS:
                chosen = arrays["split"] == TEST_SPLITS[file]
                inks, labels = inks[chosen], labels[chosen]
        if np.median(inks) > 127:
            inks = 255 - inks
        if name == "jcprogjava":
            inks, labels = inks[:SAMPLE_OF_JCPROGJAVA], labels[:SAMPLE_OF_JCPROGJAVA]
        samples = _crops(name, inks, labels)
        return SampleSet(name, title, Kind.DIGIT, samples, trained_on)

    return load


def load_unipen(data: Path) -> SampleSet:
    """UNIPEN digits of the held-back groups."""
    with np.load(data / "single" / "unipen_digits.npz") as arrays:
        held_back = np.array([is_held_back_group(str(name)) for name in arrays["group_names"]])
        chosen = held_back[arrays["group"]]
        samples = _crops("unipen", arrays["images"][chosen], arrays["labels"][chosen])
    return SampleSet("unipen", "UNIPEN, held-back writers", Kind.DIGIT, samples)


def load_unipen_letters(data: Path) -> SampleSet:
    """Letters of UNIPEN's held-back groups, and scribbles and textures of the project's making.

    Without letters that some hands write exactly like a digit. The reader's levels were fitted on
    others of both, drawn with other pens.
    """
    from export.datasets import draw_unipen, make_scribbles

    samples = []
    for name in ("upper", "lower"):
        rng = _rng(f"unipen_{name}", 0)
        drawn = draw_unipen(data / "single", name, rng, held_back=True)
        chosen = np.sort(rng.permutation(len(drawn))[:NOISE])
        samples += _crops(f"unipen_{name}", drawn.frames[chosen], drawn.labels[chosen])
    noise = make_scribbles(NOISE, _rng("noise", 0))
    samples += _crops("noise", noise.frames, noise.labels)
    samples = [replace(sample, truth="") for sample in samples]
    return SampleSet("unipen_letters", "UNIPEN letters and noise", Kind.NEGATIVE, samples)


def load_training_digits(data: Path) -> SampleSet:
    """Training digits of USPS and UNIPEN, drawn as the measuring ones are; tunes the peers."""
    samples = []
    with np.load(data / "single" / "usps.npz") as arrays:
        chosen = arrays["split"] != TEST_SPLITS["usps"]
        samples += _crops("usps", arrays["images"][chosen][:2000], arrays["labels"][chosen][:2000])
    with np.load(data / "single" / "unipen_digits.npz") as arrays:
        held_back = np.array([is_held_back_group(str(name)) for name in arrays["group_names"]])
        chosen = np.flatnonzero(~held_back[arrays["group"]])[::7]
        samples += _crops("unipen", arrays["images"][chosen], arrays["labels"][chosen])
    return SampleSet("digits", "Training digits", Kind.DIGIT, samples)


def load_bishwa(name: str, title: str, kind: Kind, is_wanted: Callable[[str], bool]) -> Loader:
    """A loader of the camera photos of paper, by character; their margin is their own."""

    def load(data: Path) -> SampleSet:
        with np.load(data / "single" / "bishwa_paper_photos.npz") as arrays:
            images, labels = arrays["images"], [str(label) for label in arrays["labels"]]
        samples = [
            Sample(
                f"bishwa_{i:04d}_{label}",
                drawing.enlarge_photo(images[i], 2.0),
                "" if kind is Kind.NEGATIVE else label,
            )
            for i, label in enumerate(labels)
            if is_wanted(label)
        ]
        return SampleSet(name, title, kind, samples)

    return load


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a ``labels.tsv`` by its header; missing cells are empty."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
        return [dict(row) for row in rows]


def load_orand(data: Path, *, training: bool = False) -> SampleSet:
    """Courtesy amounts of cheques: the fifth that measures, or the rest."""
    folder = data / "strings" / "orand_car_a"
    rows = [row for row in read_rows(folder / "labels.tsv") if is_dev_file(row["file"]) != training]
    samples = [replace(sample, field="amount") for sample in _strings(folder, rows)]
    return SampleSet("orand", "ORAND-CAR-A, dev fifth", Kind.STRING, samples)


def load_meza(data: Path, *, training: bool = False) -> SampleSet:
    """Number cells of clinic log books; marks between the digits are no part of the truth."""
    folder = data / "strings" / "meza_logbook"
    split = "train" if training else "dev"
    rows = [row for row in read_rows(folder / "labels.tsv") if row["split"] == split]
    return SampleSet("meza", "Clinic log books, dev", Kind.STRING, _strings(folder, rows))


def _strings(folder: Path, rows: Sequence[dict[str, str]]) -> list[Sample]:
    return [
        Sample(row["file"], folder / row["file"], digits)
        for row in rows
        if (digits := re.sub(r"[^0-9]", "", row["text"]))
    ]


def load_photos(name: str, title: str, is_wanted: Callable[[dict[str, str]], bool]) -> Loader:
    """A loader of other people's test pictures."""

    def load(data: Path) -> SampleSet:
        folder = data / "photos_dev"
        rows = [row for row in read_rows(folder / "labels.tsv") if is_wanted(row)]
        samples = [Sample(row["file"], folder / row["file"], row["text"]) for row in rows]
        kind = Kind.NEGATIVE if all(_is_negative(row) for row in rows) else Kind.PAGE
        return SampleSet(name, title, kind, samples)

    return load


def _is_negative(row: dict[str, str]) -> bool:
    return row["kind"] == "negative"


def load_cheque_fields(data: Path) -> SampleSet:
    """Amounts and dates, each dragged open on the whole cheque."""
    folder = data / "forms_dev" / "cheques"
    samples = [
        Sample(
            f"{row['file']} {row['field']}",
            folder / row["file"],
            row["text"],
            _drag(row["box_x0y0x1y1"]),
            field=CHEQUE_FIELDS[row["field"]],
        )
        for row in read_rows(folder / "labels.tsv")
    ]
    return SampleSet("cheque_fields", "Cheques, field dragged open", Kind.STRING, samples)


def load_cheque_pages(data: Path) -> SampleSet:
    """Whole cheques: amount and date have to be among the lines."""
    folder = data / "forms_dev" / "cheques"
    samples = _pages(folder, read_rows(folder / "labels.tsv"))
    return SampleSet("cheque_pages", "Cheques, whole page", Kind.FIELDS, samples)


def load_comb_fields(data: Path) -> SampleSet:
    """Comb fields of an insurance form, each dragged open."""
    folder = data / "forms_dev" / "form_sbi_comb"
    # This file has no header: file, text, note with the box.
    lines = (folder / "labels.tsv").read_text(encoding="utf-8").splitlines()
    samples = []
    for number, line in enumerate(lines):
        file, text, note = line.split("\t")
        box = re.search(r"box=([\d,]+)", note)
        if box:
            samples.append(Sample(f"{file} {number}", folder / file, text, _drag(box.group(1))))
    return SampleSet("comb_fields", "Comb form, field dragged open", Kind.STRING, samples)


def load_tally_pages(data: Path) -> SampleSet:
    """Tally forms: each three-box number has to be among the lines; unused ones count not."""
    folder = data / "forms_dev" / "indonesia_c1_2014"
    lines = (folder / "labels.tsv").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines]
    rows = [{"file": cell[0], "text": cell[1]} for cell in cells if cell[1]]
    return SampleSet("tally_pages", "Tally forms, whole page", Kind.FIELDS, _pages(folder, rows))


def _pages(folder: Path, rows: Sequence[dict[str, str]]) -> list[Sample]:
    fields = defaultdict(list)
    for row in rows:
        fields[row["file"]].append(row["text"])
    return [Sample(file, folder / file, "|".join(texts)) for file, texts in fields.items()]


def _drag(corners: str) -> Box:
    x0, y0, x1, y1 = (int(number) for number in corners.split(","))
    margin = round((y1 - y0) * FIELD_MARGIN)
    x, y = max(0, x0 - margin), max(0, y0 - margin)
    return Box(x, y, x1 + margin - x, y1 + margin - y)


LOADERS: Final[dict[str, Loader]] = {
    "mnist_pages": load_mnist_pages,
    "usps": load_single("usps", "usps", "USPS test"),
    "pendigits": load_single("pendigits", "pendigits_orig", "Pen digits, test writers"),
    "optdigits": load_single("optdigits", "optdigits_orig", "Optical digits, independent writers"),
    "semeion": load_single("semeion", "semeion", "Semeion", trained_on=True),
    "jcprogjava": load_single("jcprogjava", "jcprogjava_10k", "jcprogjava, first 1,000"),
    "hwd1000": load_single("hwd1000", "hwd1000", "HWD 1000", trained_on=True),
    "unipen": load_unipen,
    "unipen_letters": load_unipen_letters,
    "bishwa_digits": load_bishwa(
        "bishwa_digits", "Paper photos, digits", Kind.DIGIT, lambda label: label.isdigit()
    ),
    "struck_digits": load_strange_ink("struck_digits", "struck out", "Struck-out digits, drawn"),
    "other_numerals": load_strange_ink(
        "other_numerals", "other numerals", "Numerals of other scripts, of shapes that were shown"
    ),
    "blots": load_strange_ink("blots", "blots", "Blots, drawn"),
    "bishwa_letters": load_bishwa(
        "bishwa_letters",
        "Paper photos, letters but O o I l",
        Kind.NEGATIVE,
        lambda label: not label.isdigit() and label not in LETTERS_SHAPED_LIKE_DIGITS,
    ),
    "bishwa_lookalikes": load_bishwa(
        "bishwa_lookalikes",
        "Paper photos, letters O o I l",
        Kind.NEGATIVE,
        LETTERS_SHAPED_LIKE_DIGITS.__contains__,
    ),
    "orand": load_orand,
    "meza": load_meza,
    "photos": load_photos(
        "photos",
        "Other people's pictures, unambiguous",
        lambda row: not _is_negative(row) and row["ambiguous"] == "0",
    ),
    "photos_ambiguous": load_photos(
        "photos_ambiguous",
        "Other people's pictures, ambiguous",
        lambda row: not _is_negative(row) and row["ambiguous"] == "1",
    ),
    "photos_negative": load_photos(
        "photos_negative", "Other people's pictures, no digit", _is_negative
    ),
    "card_numbers": load_cards,
    "routing_numbers": load_routing,
    "cheque_fields": load_cheque_fields,
    "cheque_pages": load_cheque_pages,
    "comb_fields": load_comb_fields,
    "tally_pages": load_tally_pages,
    "drawn_forms": load_drawn_forms,
}
"""Every set by its name, in the order of the report."""
