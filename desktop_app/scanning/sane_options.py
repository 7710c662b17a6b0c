"""The options of SANE backends, each with names of its own, as what people choose.

Names after the SANE standard's section on well-known options and the backends of sane-backends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desktop_app.scanning.sane_library import Kind, Range, SaneDevice, SaneOption, Value
from desktop_app.scanning.values import (
    MM_PER_INCH,
    PREVIEW_DPI,
    USUAL_DPI,
    Abilities,
    Colour,
    ScanOptions,
    Source,
    SourceAbilities,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FEEDERS: Final = ("adf", "feeder")
_NO_FEEDERS: Final = ("duplex", "back", "both", "transparen", "negative", "slide", "film")
_GLASS_FIRST: Final = ("flatbed", "platen", "normal", "document table", "glass", "fb")
_COLOURS: Final = {
    Colour.COLOUR: ("color", "colour"),
    Colour.GREY: ("gray", "grey"),
    Colour.BLACK_WHITE: ("lineart", "line art", "binary", "black", "threshold"),
}
# Dots that stand for greys: to a reader of digits they are dirt.
_DITHERED: Final = ("halftone", "diffusion", "dither")
_RESOLUTIONS: Final = ("resolution", "x-resolution", "y-resolution")
_DEPTHS: Final = ("depth", "bit-depth")


def abilities_of(device: SaneDevice) -> Abilities:
    """What the device can do at each of its sources; leaves it set to the last of them."""
    names = _sources(device.options())
    return Abilities(tuple(_at_source(device, source, name) for source, name in names.items()))


def apply(device: SaneDevice, options: ScanOptions) -> None:
    """Set the device, each option after those that it depends on.

    Raises:
        SaneFault: It does not take one of them.
    """
    _try(device, "preview", options.dpi == 0)
    source = _sources(device.options()).get(options.source)
    if source:
        _try(device, "source", source)
    mode = _modes(device.options()).get(options.colour)
    if mode:
        _try(device, "mode", mode)
    if options.colour is not Colour.BLACK_WHITE:
        for name in _DEPTHS:
            _try(device, name, 8)
    dpi = options.dpi or _nearest(device.options(), PREVIEW_DPI)
    for name in _RESOLUTIONS:
        _try(device, name, dpi)
    _set_area(device, options.size_mm, dpi)


def _at_source(device: SaneDevice, source: Source, name: str) -> SourceAbilities:
    if name:
        _try(device, "source", name)
    options = device.options()
    return SourceAbilities(
        source,
        _resolutions(options),
        tuple(_modes(options)) or (Colour.COLOUR,),
        _reach_mm(options),
    )


def _try(device: SaneDevice, name: str, value: Value) -> None:
    """Set an option where there is one that takes this value."""
    option = device.options().get(name)
    if option is None or not option.can_set:
        return
    limits = option.limits
    if isinstance(limits, tuple) and value not in limits:
        return
    if isinstance(limits, Range) and not limits.least <= float(value) <= limits.most:
        return
    device.set(option, value)


def _strings(options: Mapping[str, SaneOption], name: str) -> tuple[str, ...]:
    option = options.get(name)
    limits = None if option is None or not option.can_set else option.limits
    return tuple(one for one in limits if isinstance(one, str)) if isinstance(limits, tuple) else ()


def _sources(options: Mapping[str, SaneOption]) -> dict[Source, str]:
    """What the device calls its glass and its feeder; no name where there is nothing to choose."""
    names = _strings(options, "source")
    feeders = [one for one in names if _has(one, _FEEDERS)]
    glass = [one for one in names if not _has(one, (*_FEEDERS, *_NO_FEEDERS))]
    glass.sort(key=lambda one: not _has(one, _GLASS_FIRST))
    feeders.sort(key=lambda one: _has(one, _NO_FEEDERS))
    found = {}
    if glass:
        found[Source.FLATBED] = glass[0]
    if feeders:
        found[Source.FEEDER] = feeders[0]
    return found or {Source.FLATBED: ""}


def _modes(options: Mapping[str, SaneOption]) -> dict[Colour, str]:
    left = [one for one in _strings(options, "mode") if not _has(one, _DITHERED)]
    found = {}
    # From the last: "Color Lineart" is lineart, whatever its name begins with.
    for colour in reversed(_COLOURS):
        named = [one for one in left if _has(one, _COLOURS[colour])]
        if named:
            # The plainest: "Lineart" before "Color Lineart", "Color" before "Color[Fast]".
            found[colour] = min(named, key=len)
        left = [one for one in left if one not in named]
    return {colour: found[colour] for colour in _COLOURS if colour in found}


def _has(name: str, parts: Iterable[str]) -> bool:
    return any(part in name.lower() for part in parts)


def _resolutions(options: Mapping[str, SaneOption]) -> tuple[int, ...]:
    """The usual ones that it has, else the nearest to 300 dpi."""
    limits = _limits_of_resolution(options)
    if isinstance(limits, Range):
        found = [dpi for dpi in USUAL_DPI if limits.least <= dpi <= limits.most]
    elif limits is None:
        found = [300]
    else:
        found = [dpi for dpi in USUAL_DPI if dpi in limits]
    return tuple(found) or (_nearest(options, 300),)


def _nearest(options: Mapping[str, SaneOption], dpi: int) -> int:
    limits = _limits_of_resolution(options)
    if isinstance(limits, Range):
        return round(min(max(dpi, limits.least), limits.most))
    if not limits:
        return dpi
    nearest: float = min(limits, key=lambda one: abs(one - dpi))
    return round(nearest)


def _limits_of_resolution(
    options: Mapping[str, SaneOption],
) -> Range | tuple[float, ...] | None:
    option = next((options[name] for name in _RESOLUTIONS if name in options), None)
    if option is None or option.kind not in {Kind.INT, Kind.FIXED} or option.limits is None:
        return None
    if isinstance(option.limits, Range):
        return option.limits
    return tuple(float(one) for one in option.limits)


def _reach_mm(options: Mapping[str, SaneOption]) -> tuple[float, float] | None:
    """Width and height of the largest area; None where it is told in pixels, or not at all."""
    reach = []
    for name in ("br-x", "br-y"):
        option = options.get(name)
        if option is None or not option.can_set or not option.unit_is_mm:
            return None
        if not isinstance(option.limits, Range):
            return None
        reach.append(option.limits.most - max(0.0, option.limits.least))
    return reach[0], reach[1]


def _set_area(device: SaneDevice, size_mm: tuple[float, float] | None, dpi: int) -> None:
    """From the top left corner, as far as wanted or as it reaches.

    The far corner is set before and after the near one, which some backends keep below it.
    """
    wanted = size_mm or (float("inf"), float("inf"))
    for name, far in zip(("br-x", "br-y"), wanted, strict=True):
        near = name.replace("br", "tl")
        options = device.options()
        first, last = options.get(near), options.get(name)
        if first is None or last is None or not first.can_set or not last.can_set:
            continue
        if not isinstance(first.limits, Range) or not isinstance(last.limits, Range):
            continue
        start = first.limits.least
        reach = far if last.unit_is_mm else far / MM_PER_INCH * dpi
        end = min(last.limits.most, start + reach)
        device.set(last, end)
        device.set(first, start)
        device.set(last, end)
