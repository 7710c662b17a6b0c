"""How often whole pages are turned upright: ``python -m tests.support.way_up_accuracy DATA``.

Each whole cheque and form of the dev sets is read as it lies and after one, two and three quarter
turns; right is the turn back.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from model.intake import load_page
from model.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

_SETS: Final = ("cheques", "form_sbi_comb", "indonesia_c1_2014")
_LIES: Final = {"terbalik.jpg": 2}
"""Quarter turns that a page needs as it came; its name is Indonesian for "the other way up"."""


def pages_in(data: Path) -> Iterator[Path]:
    """The whole pages, by the sets' labels."""
    for name in _SETS:
        folder = data / "forms_dev" / name
        rows = (folder / "labels.tsv").read_text().splitlines()[1:]
        yield from sorted({folder / row.split("\t")[0] for row in rows})


def main() -> None:
    """Print how many are turned rightly, by how they lay, and the names of the others."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of sets")
    reader, right, count = Reader.open(), Counter[int](), 0
    for file in pages_in(parser.parse_args().data):
        page, count = load_page(file), count + 1
        missed = []
        for quarters in range(4):
            turned = np.ascontiguousarray(np.rot90(page.pixels, quarters))
            wanted = (_LIES.get(file.name, 0) + quarters) % 4
            is_right = reader.read(replace(page, pixels=turned)).quarter_turns == wanted
            right[wanted] += is_right
            missed += [] if is_right else [str(wanted)]
        print(f"  {file.name}: {'missed ' + ', '.join(missed) if missed else 'all'}", flush=True)
    print(f"upright {right[0]} of {count}; on their side {right[1] + right[3]} of {2 * count};")
    print(f"upside down {right[2]} of {count}")


if __name__ == "__main__":
    main()
