"""The words of the window: short, polite, full sentences, no jargon."""

from __future__ import annotations

import sys
from itertools import pairwise
from math import floor
from typing import Final

APP_NAME: Final = "Numberglass"
PURPOSE: Final = (
    "Numberglass reads handwritten digits on cheques, slips and envelopes,\n"
    "and tells you when it is not sure."
)
ESC_CANCELS: Final = "Esc cancels."
DROP_TITLE: Final = "Drop a picture of a handwritten number"
PRIVACY: Final = "Everything stays on this computer"
READY: Final = "Ready. Drop a picture, or press Ctrl+O."

WRITING: Final = "Writing"
WRITE_TITLE: Final = "Write a number"
WRITE_HERE: Final = "Write the number here"
WRITE_HINT: Final = "Use a pen, a finger or the mouse. It is read when you pause."
WRITING_TITLE: Final = "Writing…"
WRITE_ON: Final = "Go on writing. It is read when you pause."
WRITING_DONE: Final = "Take this number (D); Esc goes back without it"
WRITING_PUT_OFF: Final = "What you wrote is kept on the pad; D brings it back."
WRITE_AGAIN_HINT: Final = "Write it larger, or take the last stroke back with Undo."
READING_WRITING: Final = "Reading what you wrote…"

TRYING_AGAIN: Final = "Trying again…"
TURNING: Final = "Turning the page…"
CARING: Final = "Adjusting the page…"
UNDOING_CARE: Final = "Taking that back…"
ADJUST_HINT: Final = "Only what you see changes; the file stays as it is."
SLIP_FOUND: Final = "The slip was found. Enter reads it like this, Esc leaves the page as it is."
SLIP_NOT_FOUND: Final = "No slip was found by itself. Drag the four corners onto it."
SLIP_OFFERED: Final = "A slip of paper lies aslant on this picture: press A to straighten it."
NO_TILT: Final = "No row or ruled line tells how it lies. Move the slider."
IS_STRAIGHT: Final = "It is straight."
IS_BRIGHT: Final = "The paper is bright enough."
READING_PAGE: Final = "Reading the whole page…"
READING_PART: Final = "Reading the marked part…"
CROP_HINT: Final = "Drag a rectangle, or move it with the arrow keys."
HELP_MARKS: Final = (
    "On the page, a green frame is a digit that was read surely. A dashed amber frame with a "
    "question mark is one to check. A blue frame with a pencil is one that you corrected, a dotted "
    "blue one with a plus is one that you added."
)
HELP_GAP: Final = (
    "Insert or + opens a gap behind the selected digit, or at the end of the number where none is "
    "selected. Digits are then added one after another, until Enter, Esc, an arrow key or a click."
)
DROP_NOW: Final = "Let go to read it"
STOPPED: Final = "Stopped."
STOPPED_HINT: Final = "This page was not read."
DIGITS_HINT: Final = "Press ← or → to go through the digits, + to add one."
LEVEL_FROM_NOW: Final = "So from the next reading on."
LEVEL_NOT_KEPT: Final = (
    "That could not be kept: the settings file cannot be written. The level is as it was."
)
LEVEL_LOCKED: Final = "Your administrator has set this level; it cannot be changed here."
LEVEL_HELP: Final = (
    "The more numbers may pass without a person, the more of them are wrong. Choose how many wrong "
    "ones are acceptable."
)
LINE_REMOVED: Final = "The line is gone; Ctrl+Z brings it back."
ALL_REMOVED: Final = "No digit is left; Ctrl+Z brings the last one back."
ALL_REMOVED_TITLE: Final = "No digit is left"
ALL_REMOVED_HINT: Final = "You removed every digit. Undo brings them back, one by one."
CLEAR_BY_ITSELF: Final = "Clear by itself, but the number as a whole is not sure."
GAP_HINT: Final = "Type it, or several digits in a row. ← and → move the gap, Esc closes it."
GAP_WAITS: Final = "Waiting for the digit to add: type it, 0 to 9. Esc leaves the number as it is."
ADDING_HINT: Final = "Type the next digit, or end with Enter."
NOTHING_ELSE_WAITS: Final = "Nothing else waits"
NOTHING_WAITS: Final = f"{NOTHING_ELSE_WAITS}. Ctrl+O opens a picture."
INK_LEFT: Final = "Some writing was not read: look at the whole page"
INK_LEFT_ON_PAD: Final = "Some writing was not read. Take it back with Undo, or write it larger."
ANY_KIND: Final = "Any number will do."
BREAKS_RULE: Final = "It does not fit its kind."
NOT_OF_KIND: Final = "does not fit its kind of number"
EXPECTED: Final = "The customer says"
NOT_READ_TITLE: Final = "Not read"
NOT_READ_HINT: Final = "This page was not read, so there is no number yet."
NO_DIGITS_TITLE: Final = "No digits were found"
NO_DIGITS_HINT: Final = (
    "If there is a number on it, mark it with Crop, turn the page upright, type it, "
    "or try a sharper picture."
)
NUMBER_KEPT: Final = "Its number is from before."
PAGE_KEPT: Final = "It is from before, and no number was found on it."
TYPE_NUMBER: Final = "Type the number as you see it."
NO_DIGITS_ASLANT_HINT: Final = (
    "A slip of paper lies aslant here: straighten it with Adjust (A). If that does not help, mark "
    "the number with Crop or turn the page upright."
)
UNEXPECTED_TITLE: Final = "Something unexpected went wrong in the program."
UNEXPECTED_HINT: Final = "Please carry on. If it happens again, restart Numberglass."

NOTHING_TO_PASTE: Final = "There is no picture to paste."
NOTHING_TO_PASTE_HINT: Final = "Copy a picture or a picture file first, then press Ctrl+V."
NOTHING_TO_DROP: Final = "That was not a picture."
NOTHING_TO_DROP_HINT: Final = "Drop a picture file, or choose one with Open."
REMOTE_PICTURE: Final = "That picture is on a web page, not on this computer."
REMOTE_PICTURE_HINT: Final = (
    "Save it first and open the file, or copy the picture and press Ctrl+V."
)

LOOKING_INTO_FOLDER: Final = "Looking for pictures in the folder…"
WATCH_TITLE: Final = "Watch a folder for new pictures"
WATCH_CHOOSE: Final = "Watch"
FOLDER_GONE: Final = (
    "The folder {folder} is not there any more. Connect its drive, or choose another folder; "
    "watching goes on when it is back."
)
FOLDER_FORBIDDEN: Final = (
    "You do not have permission to look into the folder {folder}. Ask its owner for access; "
    "watching goes on as soon as you have it."
)
FOLDER_UNREACHABLE: Final = (
    "The folder {folder} cannot be reached. Check the network or the drive; "
    "watching goes on when it answers again."
)

_SCREENSHOT_KEY: Final = {
    "win32": "Shift+Windows+S",
    "darwin": "Ctrl+Shift+Cmd+4",
}.get(sys.platform, "Print")
SCREEN_TITLE: Final = "Mark a part of the screen"
SCREEN_PICTURE: Final = "Part of the screen"
SCREEN_HINT: Final = (
    "Drag a rectangle round the number. Or move it with the arrow keys, make it larger or smaller "
    "with Shift+arrow, and press Enter. Esc leaves."
)
SCREENS_HINT: Final = f"{SCREEN_HINT} Tab goes to the next screen."
NO_SCREEN: Final = "This system does not let programs look at the screen."
NO_SCREEN_HINT: Final = (
    f"Take the picture with the system's own key instead ({_SCREENSHOT_KEY}), then come back and "
    "press Ctrl+V."
)

SCAN_TITLE: Final = "Scan"
NO_SCANNER: Final = "No scanner was found."
_NO_SCANNER_CAUSE: Final = {
    "win32": "its driver may be missing: ask your administrator for the one of its maker.",
    "darwin": "its driver may be missing: ask your administrator for the one of its maker, or for "
    "“sane-backends”.",
}.get(
    sys.platform,
    "its driver may be missing, or your account is not allowed to use it. Ask your administrator "
    "for “sane-airscan” or the maker's driver, and to put you into the group “scanner”.",
)
NO_SCANNER_HINT: Final = (
    "Switch it on, see that its cable is plugged in or that it is on your network, then look "
    f"again. If it still is not found, {_NO_SCANNER_CAUSE}"
)
LOOKING_FOR_SCANNERS: Final = "Looking for scanners…"
ASKING_SCANNER: Final = "Asking the scanner what it can do…"
LAY_ON_GLASS: Final = "Lay the paper face down on the glass, into the corner with the mark."
PUT_IN_FEEDER: Final = "Put the sheets into the feeder. All of them are scanned, one after another."
SCAN_STOPPED_HINT: Final = "Nothing of this sheet is kept."
PREVIEWING: Final = "Taking a preview…"

_ORDINALS: Final = (
    "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth",
    "Tenth", "Eleventh", "Twelfth",
)  # fmt: skip


def ordinal(position: int) -> str:
    """Which one it is, from 0: "First", "Fifth", "21st"."""
    if position < len(_ORDINALS):
        return _ORDINALS[position]
    number = position + 1
    ending = (
        "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending}"


def digits(count: int) -> str:
    """Such as "1 digit" and "4 digits"."""
    return f"{count} {'digit' if count == 1 else 'digits'}"


def read_as(title: str, rule: str) -> str:
    """What kind of number is read from now on, and the rule that such a one has to keep."""
    # The article of "A day of the calendar", not the letters of "DE and 20 digits".
    if rule[1:2] == " " or rule[1:2].islower():
        rule = rule[0].lower() + rule[1:]
    return f"From now on every number is read as: {title}. The rule: {rule}"


def on_sheet(title: str) -> str:
    return f"{title}. Esc goes back."


def watching(folder: str) -> str:
    return f"Watching the folder {folder}. New pictures in it are read as they arrive."


def folder_is_back(folder: str) -> str:
    return f"The folder {folder} is back; watching goes on."


def not_watched(folder: str) -> str:
    return f"The folder {folder} is no longer watched."


def stop_watching(folder: str) -> str:
    return f"Stop watching the folder {folder}"


def pictures_wait(count: int) -> str:
    """How many came while the clerk was at work, and the key that leads there."""
    return "1 new picture waits (N)" if count == 1 else f"{count} new pictures wait (N)"


def pictures_wait_short(count: int) -> str:
    return f"{count} new (N)"


def percent(confidence: float, *, short: bool = False) -> str:
    """A probability as the clerk sees it; never "100 %", because no reading is that sure.

    With a no-break space: a lone "%" on the next line is hard to read.
    """
    if confidence > 0.99:
        return ">99\u00a0%" if short else "over 99\u00a0%"
    if confidence < 0.01:
        return "<1\u00a0%" if short else "under 1\u00a0%"
    return f"{round(confidence * 100)}\u00a0%"


def doubtful_percent(confidence: float) -> str:
    """The figure of a digit that is asked about.

    Where it is high it is exact, and rounded down: beside one that is sure from 99.0 % on, "99 %"
    for 98.6 % would read as if nothing were to be asked.
    """
    if confidence < 0.9:
        return percent(confidence, short=True)
    return f"{min(floor(confidence * 1000), 999) / 10:.1f}\u00a0%"


def grouped(digits: str) -> tuple[str, ...]:
    """The groups of a number of no kind: threes, and fours at its end where they do not go out.

    561 247, 561 2470, 5612 4709, 561 247 0912: read aloud and compared group by group, a lone digit
    behind the others is passed over. Only five digits have a group of two; up to four stay whole.
    """
    count = len(digits)
    if count <= 4:
        return (digits,)
    fours = 0 if count == 5 else count % 3
    threes_end = count - 4 * fours
    starts = [*range(0, threes_end, 3), *range(threes_end, count, 4)]
    return tuple(digits[at:end] for at, end in pairwise([*starts, count]))


def milliseconds(elapsed_ms: float) -> str:
    """A duration with its unit."""
    if elapsed_ms < 1000:
        return f"{max(1, round(elapsed_ms))}\u00a0ms"
    return f"{elapsed_ms / 1000:.1f}\u00a0s"
