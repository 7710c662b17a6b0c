"""The command ``numberglass``: its arguments, and what each of them starts."""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop_app import __version__
from desktop_app.invocation import command

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

# As shells report a program that was stopped: 128 + the number of the signal.
STOPPED_BY_KEYBOARD: Final = 130
STOPPED_BY_CLOSED_PIPE: Final = 141

# What a full drive or a quota answers.
_NOT_WRITTEN: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)

_READ: Final = "read"
_EPILOG: Final = """\
Without arguments, or with pictures, the window opens.
To read pictures without a window: {command} read [--json] [--field KIND] FILE ...
A picture whose name is "read" is opened as ./read.
Everything stays on this computer.
"""
_READ_EPILOG: Final = """\
A ? stands behind a digit that a person has to check. Points, commas and spaces
between digits are left out.

With --field, of what the writing may say the likeliest number of that kind is
taken; where that changes a digit, it is said, and a person has to check it:
  number, amount, amount:indian, amount:2, date, date:month-first,
  date:year-first, pin, zip, postcode:DE, phone:IN, account:9-18, iban:DE,
  routing, card, aadhaar, cheque, custom:10, custom:8-10:luhn

exit status: 0 every file could be read, even where no digit was found;
             1 a file could not be read; 2 wrong use
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Returns:
        The exit status: 0 done, 1 something failed, 130 or 141 stopped from outside.

    Raises:
        SystemExit: 2 for wrong use, 0 after --help and --version.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A file name may hold what the terminal's encoding has no sign for.
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        # "numberglass read *.png | head": nobody listens any more. Python would complain while it
        # flushes at exit, unless there is somewhere to flush to.
        _flush_nowhere()
        return STOPPED_BY_CLOSED_PIPE
    except OSError as error:
        if error.errno not in _NOT_WRITTEN:
            raise
        print(
            f"numberglass: The answer could not be written: {error.strerror}. "
            "Make room there, or send it elsewhere.",
            file=sys.stderr,
        )
        _flush_nowhere()
        return 1
    except KeyboardInterrupt:
        return STOPPED_BY_KEYBOARD
    return status


def _flush_nowhere() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: list[str]) -> int:
    if not arguments:
        # The everyday start, on the way to the first paint: argparse would cost it 5 ms.
        return _open_window([])
    if arguments[:1] == [_READ]:
        return _read(arguments[1:])
    parser = _parser()
    parsed = parser.parse_args(arguments)
    if "" in parsed.pictures:
        parser.error("the name of a picture is empty")
    if not parsed.self_check:
        return _open_window(parsed.pictures)
    if parsed.pictures:
        parser.error("--self-check takes no pictures")
    from desktop_app.cli import self_check

    return self_check()


def _read(arguments: list[str]) -> int:
    parser = _read_parser()
    parsed = parser.parse_args(arguments)
    from functools import partial

    from desktop_app.cli import open_shipped_reader, read_files
    from model.errors import FieldError
    from model.fields.catalogue import find_kind

    try:
        kind = None if parsed.field is None else find_kind(parsed.field)
    except FieldError as error:
        parser.error(f"{error.user_message} {error.hint}")
    open_reader = partial(open_shipped_reader, parsed.wrong)
    return read_files(parsed.files, as_json=parsed.json, field=kind, open_reader=open_reader)


def _share(words: str) -> float:
    """A share as one types it, such as 0.001."""
    import argparse

    try:
        share = float(words)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(
            f"“{words}” is no share: say 0.001 for one wrong number in a thousand."
        )
    return share


def _open_window(pictures: list[str]) -> int:
    try:
        from desktop_app.app import run_window
    except ImportError as error:
        print(
            f"numberglass: The window cannot be opened: {error}.\n"
            f"Pictures can still be read without it: {command()} read FILE",
            file=sys.stderr,
        )
        return 1
    return run_window([Path(picture) for picture in pictures])


def _parser() -> argparse.ArgumentParser:
    import argparse

    parser = argparse.ArgumentParser(
        prog=command(),
        description="Reads handwritten numbers from pictures, and says where it is in doubt.",
        epilog=_EPILOG.format(command=command()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("pictures", nargs="*", metavar="PICTURE", help="pictures to open")
    parser.add_argument(
        "--self-check",
        action="store_true",
        help="read the picture that comes with the program, and say whether that went right",
    )
    parser.add_argument("--version", action="version", version=f"numberglass {__version__}")
    return parser


def _read_parser() -> argparse.ArgumentParser:
    import argparse

    parser = argparse.ArgumentParser(
        prog=f"{command()} {_READ}",
        description="Reads the handwritten digits in pictures, without a window.",
        epilog=_READ_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="a picture; - for standard input")
    parser.add_argument("--json", action="store_true", help="print one JSON object for each page")
    parser.add_argument(
        "--field", metavar="KIND", help="what kind of number each line is: amount, date, pin, card"
    )
    parser.add_argument(
        "--wrong",
        type=_share,
        metavar="SHARE",
        help="how many of the numbers that nobody has to check may be wrong (0.001)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
