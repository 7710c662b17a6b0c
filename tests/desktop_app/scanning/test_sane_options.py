"""The names that real backends give their options, as sane-backends' sources have them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

from desktop_app.scanning.sane_library import Kind, Range, SaneDevice, SaneOption, Value
from desktop_app.scanning.sane_options import abilities_of, apply
from desktop_app.scanning.values import Colour, ScanOptions, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

A4_MM = (210.0, 297.0)


class Backend:
    """A device that takes what its options allow, and notes it."""

    def __init__(self, *options: SaneOption) -> None:
        self._options = {one.name: one for one in options}
        self.values: dict[str, Value] = {}

    def options(self) -> dict[str, SaneOption]:
        return self._options

    def set(self, option: SaneOption, value: Value) -> None:
        self.values[option.name] = value

    def as_device(self) -> SaneDevice:
        return cast("SaneDevice", self)


def listed(name: str, values: Sequence[str]) -> SaneOption:
    return SaneOption(1, name, Kind.STRING, False, 40, True, tuple(values))


def number(name: str, least: float, most: float, *, is_mm: bool = False) -> SaneOption:
    return SaneOption(2, name, Kind.FIXED, is_mm, 4, True, Range(least, most))


def corners(*, is_mm: bool) -> list[SaneOption]:
    scale = 1 if is_mm else 11.811
    most = {"x": A4_MM[0] * scale, "y": A4_MM[1] * scale}
    return [
        number(f"{end}-{way}", 0, most[way], is_mm=is_mm) for end in ("tl", "br") for way in most
    ]


@pytest.mark.parametrize(
    ("names", "glass", "feeder"),
    [
        (["Flatbed", "ADF", "ADF Duplex"], "Flatbed", "ADF"),
        (["ADF Front", "ADF Back", "ADF Duplex"], None, "ADF Front"),
        (["Flatbed", "Automatic Document Feeder", "Transparency Unit"], "Flatbed",
         "Automatic Document Feeder"),
        (["FlatBed", "Automatic Document Feeder(left aligned)"], "FlatBed",
         "Automatic Document Feeder(left aligned)"),
        (["Auto", "Flatbed", "ADF"], "Flatbed", "ADF"),
        (["Normal", "Transparency", "Negative"], "Normal", None),
    ],
    ids=["escl", "fujitsu", "epson2", "brother", "hpaio", "avision"],
)  # fmt: skip
def test_glass_and_feeder_are_told_by_their_names(
    names: list[str], glass: str | None, feeder: str | None
) -> None:
    wanted = {Source.FLATBED: glass, Source.FEEDER: feeder}
    backend = Backend(listed("source", names))
    able = abilities_of(backend.as_device())
    assert {one.source for one in able.sources} == {one for one, name in wanted.items() if name}
    for source, name in wanted.items():
        backend.values.clear()
        apply(backend.as_device(), ScanOptions(source, 300, Colour.COLOUR))
        assert backend.values.get("source") == name


@pytest.mark.parametrize(
    ("names", "colour", "grey", "black"),
    [
        (["Lineart", "Gray", "Color"], "Color", "Gray", "Lineart"),
        (["Black & White", "Gray[Error Diffusion]", "True Gray", "24bit Color",
          "24bit Color[Fast]"], "24bit Color", "True Gray", "Black & White"),
        (["Color", "Color Lineart", "Halftone", "Lineart", "Gray"], "Color", "Gray", "Lineart"),
        (["Binary", "Grayscale"], None, "Grayscale", "Binary"),
    ],
    ids=["usual", "brother", "umax", "no colour"],
)  # fmt: skip
def test_colours_are_told_by_their_names(
    names: list[str], colour: str | None, grey: str | None, black: str | None
) -> None:
    backend = Backend(listed("mode", names))
    wanted = {Colour.COLOUR: colour, Colour.GREY: grey, Colour.BLACK_WHITE: black}
    (able,) = abilities_of(backend.as_device()).sources
    assert able.colours == tuple(one for one, name in wanted.items() if name)
    for one, name in wanted.items():
        backend.values.clear()
        apply(backend.as_device(), ScanOptions(Source.FLATBED, 300, one))
        assert backend.values.get("mode") == name


def test_resolutions_are_the_usual_ones_that_it_has() -> None:
    able = abilities_of(Backend(number("resolution", 75, 400)).as_device())
    assert able.sources[0].resolutions == (150, 200, 300, 400)
    words = replace(number("resolution", 0, 0), limits=(100.0, 300.0, 1200.0))
    assert abilities_of(Backend(words).as_device()).sources[0].resolutions == (300,)
    odd = replace(words, limits=(96.0, 288.0))
    assert abilities_of(Backend(odd).as_device()).sources[0].resolutions == (288,)


def test_device_that_tells_nothing_is_scanned_as_it_is() -> None:
    backend = Backend()
    (able,) = abilities_of(backend.as_device()).sources
    assert (able.source, able.colours, able.reach_mm) == (
        Source.FLATBED,
        (Colour.COLOUR,),
        None,
    )
    apply(backend.as_device(), ScanOptions(Source.FLATBED, 300, Colour.COLOUR, (105, 148)))
    assert backend.values == {}


def test_area_in_pixels_follows_the_resolution() -> None:
    backend = Backend(number("resolution", 75, 600), *corners(is_mm=False))
    apply(backend.as_device(), ScanOptions(Source.FLATBED, 300, Colour.GREY, (105, 148)))
    assert backend.values["br-x"] == pytest.approx(105 / 25.4 * 300)
    assert backend.values["br-y"] == pytest.approx(148 / 25.4 * 300)


def test_preview_is_coarse_and_whole() -> None:
    backend = Backend(
        SaneOption(3, "preview", Kind.BOOL, False, 4, True, None),
        number("resolution", 100, 600),
        *corners(is_mm=True),
    )
    apply(backend.as_device(), ScanOptions(Source.FLATBED, 0, Colour.GREY))
    assert backend.values["preview"] is True
    assert backend.values["resolution"] == 100
    assert (backend.values["br-x"], backend.values["br-y"]) == A4_MM


def test_what_cannot_be_set_is_left_alone() -> None:
    fixed = replace(listed("mode", ["Gray"]), can_set=False)
    backend = Backend(fixed, number("depth", 1, 1))
    apply(backend.as_device(), ScanOptions(Source.FLATBED, 300, Colour.COLOUR))
    assert backend.values == {}
