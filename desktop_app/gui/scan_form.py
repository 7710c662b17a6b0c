"""The choices of a scan, each under its name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.gui.buttons import Button
from desktop_app.gui.choice_box import ChoiceBox
from desktop_app.gui.labels import Label
from desktop_app.gui.scan_state import Choice, ScanPhase, ScanState, areas_of
from desktop_app.scanning.values import Abilities, Area, Colour, Source, SourceAbilities

if TYPE_CHECKING:
    from desktop_app.gui.scan_desk import ScanDesk
    from desktop_app.gui.theme import Theme

_SOURCES: Final = {Source.FLATBED: "On the glass", Source.FEEDER: "In the feeder"}
_COLOURS: Final = {
    Colour.COLOUR: "Colour",
    Colour.GREY: "Grey",
    Colour.BLACK_WHITE: "Black and white",
}


class ScanForm(QWidget):
    """Each box is there only where there is something to choose; the scanner is always named."""

    def __init__(self, the_theme: Theme, desk: ScanDesk) -> None:
        super().__init__()
        self._theme = the_theme
        self._desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._rows: list[tuple[QWidget, ChoiceBox]] = []
        self.look_button = Button(the_theme, icon="rotate-cw")
        self.look_button.setAccessibleName("Look for scanners again")
        self.look_button.setToolTip("Look for scanners again (F5)")
        self.look_button.clicked.connect(desk.look)
        self.scanner = self._add("Scanner", beside=self.look_button)
        self.source = self._add("Where the paper lies")
        self.area = self._add("Area")
        self.resolution = self._add("Resolution")
        self.colour = self._add("Colour")
        self.scanner.chosen.connect(self._on_scanner_chosen)
        self.source.chosen.connect(self._on_source_chosen)
        self.area.chosen.connect(self._on_area_chosen)
        self.resolution.chosen.connect(self._on_resolution_chosen)
        self.colour.chosen.connect(self._on_colour_chosen)

    def _add(self, name: str, *, beside: Button | None = None) -> ChoiceBox:
        label = Label(self._theme, name, size_px=13, quiet=True)
        box = ChoiceBox(self._theme, name)
        label.setBuddy(box)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(box, 1)
        if beside is not None:
            line.addWidget(beside)
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addLayout(line)
        self._column.addWidget(row)
        self._rows.append((row, box))
        return box

    def show_state(self, state: ScanState) -> None:
        """Offer what the scanner can do."""
        able, choice = state.able, state.choice
        names = [one.name for one in state.scanners]
        self.scanner.offer(names, [one.title for one in state.scanners], state.scanner)
        if able is not None and state.abilities is not None:
            self._offer(state.abilities, able, choice)
        for row, box in self._rows:
            is_shown = self.scanner.count() > 0 if box is self.scanner else box.count() > 1
            is_shown = is_shown and (able is not None or box is self.scanner)
            row.setVisible(is_shown)
            # Not while it works: what is under way was asked for with what stands there.
            box.setEnabled(not state.is_scanning and state.phase is not ScanPhase.ASKING)
        self.look_button.setEnabled(not state.is_busy)

    def _offer(self, abilities: Abilities, able: SourceAbilities, choice: Choice) -> None:
        sources = [one.source for one in abilities.sources]
        self.source.offer(sources, [_SOURCES[one] for one in sources], choice.source)
        areas = areas_of(able)
        self.area.offer(areas, [_area_title(one, choice.source) for one in areas], choice.area)
        dpi = able.resolutions
        self.resolution.offer(dpi, [_dpi_title(one) for one in dpi], choice.dpi)
        self.colour.offer(able.colours, [_COLOURS[one] for one in able.colours], choice.colour)

    @Slot(object)
    def _on_scanner_chosen(self, name: str) -> None:
        self._desk.choose_scanner(name)

    @Slot(object)
    def _on_source_chosen(self, source: Source) -> None:
        self._desk.choose(replace(self._desk.state.choice, source=source))

    @Slot(object)
    def _on_area_chosen(self, area: Area) -> None:
        self._desk.choose(replace(self._desk.state.choice, area=area))

    @Slot(object)
    def _on_resolution_chosen(self, dpi: int) -> None:
        self._desk.choose(replace(self._desk.state.choice, dpi=dpi))

    @Slot(object)
    def _on_colour_chosen(self, colour: Colour) -> None:
        self._desk.choose(replace(self._desk.state.choice, colour=colour))


def _area_title(area: Area, source: Source) -> str:
    if area.size_mm is None:
        return area.title if source is Source.FLATBED else "Whole sheet"
    width, height = area.size_mm
    return f"{area.title}, {width:g} × {height:g} mm"


def _dpi_title(dpi: int) -> str:
    words = {150: ", quick", 300: ", usual", 600: ", slow and fine"}.get(dpi, "")
    return f"{dpi} dpi{words}"
