"""What picture care does for photographed slips: ``python -m tests.support.care_accuracy DATA``.

Each number is a cheque's amount that trained no network (ORAND-CAR-A's kept fifth), laid on a slip
of its own paper, photographed from the side by the pinhole camera of ``photographed``, and read
four times: as photographed, after the care that the program proposes (the slip found, its rows
straightened), after care by the true corners, and the slip as it lay under the camera. Then the
photographs that people made: on how many of them a slip is found, and on how many it is offered.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from export.evaluation.sets import load_orand
from model.apply_care import adjusted
from model.care import Care
from model.find_slip import find_slip, is_aslant
from model.find_tilt import find_tilt
from model.intake import load_page
from model.reader import Reader
from model.types import Decision, Page
from tests.support.photographed import Camera, Photograph, photograph, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

PHOTO: Final = (1600, 1200)
ANGLES: Final = ((0, 0), (5, 15), (15, 25), (25, 35))
"""How far the camera stands from straight above, degrees, about one axis at least."""
WAYS: Final = ("as it is", "proposed", "true", "flat")
_GROUNDS: Final = ((95, 72, 52), (58, 66, 78), (150, 118, 84), (40, 60, 46))
_SEED: Final = 16


@dataclass
class Tally:
    """How many of the numbers were read right, by how the photograph was cared for."""

    count: int = 0
    right: dict[str, int] = field(default_factory=dict)
    found: int = 0
    offered: int = 0
    wrong_offered: int = 0
    off_px: list[float] = field(default_factory=list)

    def add(self, how: str, *, is_right: bool) -> None:
        self.right[how] = self.right.get(how, 0) + is_right


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--numbers", type=int, default=60)
    parsed = parser.parse_args(arguments)
    samples = load_orand(parsed.data).samples[: parsed.numbers]
    reader = Reader.open()
    print("| aslant by | numbers | as it is | proposed care | true corners | from above |", end="")
    print(" slip found | off by, median and largest | offered | of the wrong ones |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for low, high in ANGLES:
        tally = Tally()
        random = np.random.default_rng(_SEED)
        for at, sample in enumerate(samples):
            slip = as_slip(load_page(sample.source).pixels)
            camera = camera_between(low, high, random)
            ground = table(*PHOTO, _GROUNDS[at % len(_GROUNDS)], seed=at)
            photo = photograph(slip, ground, camera, share=0.62, grain=3, seed=at)
            add(tally, reader, photo, slip, sample.truth)
        shares = " | ".join(str(tally.right[how]) for how in WAYS)
        off = f"{np.median(tally.off_px):.1f} and {max(tally.off_px, default=0):.1f} px"
        wrong = tally.count - tally.right["as it is"]
        print(f"| {low}–{high}° | {tally.count} | {shares} | {tally.found} | {off} |", end="")
        print(f" {tally.offered} | {tally.wrong_offered} of {wrong} |", flush=True)
    tell_of_photographs(parsed.data / "photos_dev")
    tell_times(parsed.data / "photos_dev")


def add(
    tally: Tally, reader: Reader, photo: Photograph, slip: NDArray[np.uint8], text: str
) -> None:
    """Read one photograph in every way."""
    tally.count += 1
    found = find_slip(photo.pixels)
    if found is not None:
        tally.found += 1
        apart = np.abs(np.array(found) - photo.corners) * PHOTO
        tally.off_px.append(float(apart.max()))
    lines = reader.read(Page(photo.pixels, "picture")).lines
    is_right = [line.text for line in lines] == [text]
    tally.add("as it is", is_right=is_right)
    is_sure = bool(lines) and all(line.decision is Decision.ACCEPT for line in lines)
    if not is_sure and found is not None and is_aslant(found, *PHOTO):
        tally.offered += 1
        tally.wrong_offered += not is_right
    for how, care in (
        ("proposed", proposed_care(photo.pixels)),
        ("true", Care(corners=photo.corners)),
    ):
        tally.add(how, is_right=is_read(reader, adjusted(photo.pixels, care), text))
    tally.add("flat", is_right=is_read(reader, slip, text))


def proposed_care(pixels: NDArray[np.uint8]) -> Care:
    """What the clerk gets by A, S and Enter."""
    corners = find_slip(pixels)
    care = Care(corners=corners)
    tilt = find_tilt(adjusted(pixels, care))
    return care if tilt is None else Care(corners=corners, tilt_deg=round(tilt, 1))


def is_read(reader: Reader, pixels: NDArray[np.uint8], text: str) -> bool:
    lines = reader.read(Page(pixels, "picture")).lines
    return [line.text for line in lines] == [text]


def camera_between(low: float, high: float, random: np.random.Generator) -> Camera:
    """One that stands aslant by so many degrees about one axis, by less about the other."""
    steep, other = random.uniform(low, high), random.uniform(0, high)
    pitch, yaw = random.permutation([steep, other]) * random.choice([-1, 1], 2)
    roll = random.uniform(-12, 12)
    return Camera(float(pitch), float(yaw), float(roll), float(random.uniform(1.0, 1.6)))


def as_slip(number: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A number 120 px high on paper of the colour around it, with a margin."""
    height, width = number.shape[:2]
    scale = 120 / height
    size = (max(1, round(width * scale)), 120)
    large = cv2.resize(number, size, interpolation=cv2.INTER_CUBIC)
    border = np.concatenate([large[0], large[-1], large[:, 0], large[:, -1]])
    colour = tuple(float(value) for value in np.median(border, axis=0))
    wide = cv2.copyMakeBorder(large, 60, 60, 60, 60, cv2.BORDER_CONSTANT, value=colour)
    # The cut-out's own edge is no line on the slip.
    blended = cv2.GaussianBlur(wide, (0, 0), 6)
    mask = np.zeros(wide.shape[:2], np.float32)
    mask[66:-66, 66:-66] = 1
    soft = cv2.GaussianBlur(mask, (0, 0), 3)[..., None]
    return np.asarray(np.round(wide * soft + blended * (1 - soft)), dtype=np.uint8)


def pictures(folder: Path) -> Iterator[tuple[str, NDArray[np.uint8]]]:
    for path in sorted((folder / "images").iterdir()):
        yield path.name, load_page(path).pixels


def tell_of_photographs(folder: Path) -> None:
    found, offered, count = [], [], 0
    for name, pixels in pictures(folder):
        count += 1
        corners = find_slip(pixels)
        if corners is not None:
            found.append(name)
            height, width = pixels.shape[:2]
            offered += [name] if is_aslant(corners, width, height) else []
    print(f"\nphotos_dev: a slip found on {len(found)} of {count} ({', '.join(found)}), ", end="")
    print(f"offered on {len(offered)}.")


def tell_times(folder: Path) -> None:
    slip_ms, tilt_ms = [], []
    for _, pixels in pictures(folder):
        scale = min(1.0, 1024 / max(pixels.shape[:2]))
        small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        level = np.asarray(small, dtype=np.uint8)
        started = time.perf_counter()
        find_slip(level)
        between = time.perf_counter()
        find_tilt(level)
        slip_ms.append((between - started) * 1000)
        tilt_ms.append((time.perf_counter() - between) * 1000)
    for name, times in (("find_slip", slip_ms), ("find_tilt", tilt_ms)):
        late = np.quantile(times, 0.95)
        print(f"{name}: median {np.median(times):.0f} ms, 95 % within {late:.0f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
