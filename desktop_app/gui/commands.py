"""Everything that keys can do, in one table that menus, tool tips and help read."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final, NamedTuple


class Command(Enum):
    """Something that the clerk can ask for."""

    OPEN = auto()
    PASTE = auto()
    WRITE = auto()
    CLEAR = auto()
    CAMERA = auto()
    SCREEN_PART = auto()
    WATCH_FOLDER = auto()
    STOP_WATCHING = auto()
    SCAN = auto()
    NEXT = auto()
    PREVIOUS_PAGE = auto()
    NEXT_PAGE = auto()
    CANCEL = auto()
    QUIT = auto()
    KIND = auto()
    COMPARE = auto()
    COPY = auto()
    COPY_ALL = auto()
    ADD_DIGIT = auto()
    REMOVE_DIGIT = auto()
    UNDO = auto()
    REDO = auto()
    PREVIOUS_DIGIT = auto()
    NEXT_DIGIT = auto()
    PREVIOUS_LINE = auto()
    NEXT_LINE = auto()
    ZOOM_IN = auto()
    ZOOM_OUT = auto()
    FIT = auto()
    TURN_RIGHT = auto()
    TURN_LEFT = auto()
    CROP = auto()
    ADJUST = auto()
    WHOLE_PAGE = auto()
    TEXT_LARGER = auto()
    TEXT_SMALLER = auto()
    TEXT_NORMAL = auto()
    REDUCE_MOTION = auto()
    LEVEL = auto()
    HELP = auto()


class Entry(NamedTuple):
    """How a command is called and which keys give it, the one that is shown first."""

    command: Command
    label: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False


GROUPS: Final[tuple[tuple[str, tuple[Entry, ...]], ...]] = (
    (
        "Picture",
        (
            Entry(Command.OPEN, "Open picture…", ("Ctrl+O",), "folder-open"),
            Entry(Command.SCAN, "Scan paper", ("S",), "scan-line"),
            Entry(Command.PASTE, "Paste picture", ("Ctrl+V",), "clipboard-paste"),
            Entry(Command.WRITE, "Write with pen or mouse", ("D",), "pen-line"),
            Entry(Command.CLEAR, "Clear the writing pad", ("Del",), "eraser"),
            Entry(Command.CAMERA, "Camera…", ("P",), "camera"),
            Entry(
                Command.SCREEN_PART,
                "Read part of the screen…",
                ("Ctrl+G",),
                "square-dashed-mouse-pointer",
            ),
            Entry(Command.WATCH_FOLDER, "Watch a folder…", ("Ctrl+Shift+O",), "folder-sync"),
            Entry(Command.STOP_WATCHING, "Stop watching the folder"),
            Entry(Command.NEXT, "Next line, page or picture", ("N",), "arrow-right"),
            Entry(Command.PREVIOUS_PAGE, "Page before", ("PgUp",), "chevron-up"),
            Entry(Command.NEXT_PAGE, "Page after", ("PgDown",), "chevron-down"),
            Entry(Command.CANCEL, "Cancel or go back", ("Esc",), "x"),
            Entry(Command.QUIT, "Quit", ("Ctrl+Q",)),
        ),
    ),
    (
        "Number",
        (
            Entry(Command.KIND, "Kind of number…", ("K",)),
            Entry(Command.COMPARE, "Compare with what the customer says", ("E",)),
            Entry(Command.COPY, "Copy number", ("Ctrl+C",), "copy"),
            Entry(Command.COPY_ALL, "Copy all lines", ("Ctrl+Shift+C",)),
            Entry(Command.PREVIOUS_DIGIT, "Digit before", ("Left",)),
            Entry(Command.NEXT_DIGIT, "Digit after", ("Right",)),
            Entry(Command.ADD_DIGIT, "Add a digit", ("Ins", "+"), "plus"),
            Entry(Command.REMOVE_DIGIT, "Remove the digit", ("Del", "Backspace"), "minus"),
            Entry(Command.PREVIOUS_LINE, "Line above", ("Up",), "chevron-up"),
            Entry(Command.NEXT_LINE, "Line below", ("Down",), "chevron-down"),
            Entry(Command.UNDO, "Undo", ("Ctrl+Z",), "undo-2"),
            Entry(Command.REDO, "Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), "redo-2"),
        ),
    ),
    (
        "Page",
        (
            Entry(Command.ZOOM_IN, "Zoom in", ("Ctrl++", "Ctrl+="), "plus"),
            Entry(Command.ZOOM_OUT, "Zoom out", ("Ctrl+-",), "minus"),
            Entry(Command.FIT, "Fit the page", ("Ctrl+0",), "maximize"),
            Entry(Command.TURN_RIGHT, "Turn right", ("R",), "rotate-cw"),
            Entry(Command.TURN_LEFT, "Turn left", ("Shift+R",), "rotate-ccw"),
            Entry(Command.CROP, "Read only a part", ("C",), "crop"),
            Entry(Command.ADJUST, "Straighten or brighten…", ("A",), "sliders-horizontal"),
            Entry(Command.WHOLE_PAGE, "Read the whole page", ("W",)),
        ),
    ),
    (
        "Window",
        (
            Entry(Command.TEXT_LARGER, "Larger text", ("Ctrl+Shift++", "Ctrl+Shift+=")),
            Entry(Command.TEXT_SMALLER, "Smaller text", ("Ctrl+Shift+-", "Ctrl+Shift+_")),
            Entry(Command.TEXT_NORMAL, "Normal text", ("Ctrl+Shift+0", "Ctrl+Shift+)")),
            Entry(Command.REDUCE_MOTION, "Reduce motion", checkable=True),
            Entry(Command.LEVEL, "How many can be accepted…"),
            Entry(Command.HELP, "Keys and help", ("F1",), "circle-question-mark"),
        ),
    ),
)

# Keys that no menu can hold: what they do depends on where the focus stands.
TYPED_KEYS: Final[tuple[tuple[str, str, str], ...]] = (
    ("Number", "0 … 9", "Correct the selected digit, or fill the gap"),
    ("Number", "Enter", "Accept, go to the next doubtful digit"),
    ("Page", "Wheel", "Zoom; drag to move the page"),
    ("Page", "Shift+arrow", "Move the page"),
    ("Crop", "Arrows", "Move the rectangle"),
    ("Crop", "Shift+arrow", "Make it larger or smaller"),
    ("Crop", "Enter", "Read this part, even print that was left out"),
    ("Crop", "Esc", "Leave without reading"),
    ("Writing", "D", "Done: lay the writing on the bed, with its number"),
    ("Writing", "Esc", "Go back without its number; D brings the writing again"),
    ("Adjust", "S", "Straighten the writing"),
    ("Adjust", "P", "Mark the slip by its corners"),
    ("Adjust", "B", "Brighten dim paper"),
    ("Adjust", "Arrows", "Move the slider or the corner"),
    ("Adjust", "Shift+arrow", "Move it further"),
    ("Adjust", "Ctrl+Z", "Take back the last step"),
    ("Adjust", "Enter", "Read the page like this"),
    ("Adjust", "Esc", "Leave the page as it is"),
    ("Scan", "Enter", "Scan"),
    ("Scan", "P", "Preview the whole glass"),
    ("Scan", "Space", "Open the list to choose from"),
    ("Scan", "F5", "Look for scanners again"),
    ("Scan", "Esc", "Stop, or leave"),
)


def entry_of(command: Command) -> Entry:
    """The command's row of the table."""
    return next(entry for _, entries in GROUPS for entry in entries if entry.command is command)


def tool_tip(entry: Entry) -> str:
    """The command's name, and the key that gives it."""
    return f"{entry.label} ({entry.keys[0]})" if entry.keys else entry.label
