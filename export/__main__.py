"""``python -m export <command>``: everything that is done to the network before it ships.

Each command is a module with ``add_arguments(parser)`` and ``run(args) -> int``. Only the one that
was asked for is imported: training needs Keras, the others do not.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import Final

COMMANDS: Final = {
    "train": "train the network and convert it to ONNX",
    "convert": "convert, verify and describe a trained run",
    "evaluate": "score the shipped reader on every set of measuring pictures",
    "benchmark": "time reading against RapidOCR, and the first paint of the window",
    "cut-lines": "cut digits out of lines, for the digit network to learn from",
    "fit-presence": "fit anew whether ink is a digit at all, of the networks that ship",
    "draw-lines": "draw the lines that the line reader learns from",
    "train-lines": "train the line reader's network",
    "convert-lines": "convert and verify a trained line network",
    "average-lines": "average line networks that were trained one after another",
    "restore-lines": "make runs of the shipped line networks, to go on training",
    "compare-lines": "compare trained line networks on validation lines",
    "ablate": "measure what each augmentation is worth",
    "ablate-lines": "measure what each part of the drawn lines is worth",
    "second-opinion": "measure what agreement with another reader is worth",
    "tune-peers": "choose the peers' settings on training pictures",
}

MODULES: Final = {"convert": "to_onnx"}
"""Commands whose module has another name."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="python -m export", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    # Only the asked command's module may be imported, so only its parser gets its arguments.
    asked = next((word for word in arguments if not word.startswith("-")), None)
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary)
        if name == asked:
            module = importlib.import_module(f"export.{MODULES.get(name, name.replace('-', '_'))}")
            module.add_arguments(command)
            command.set_defaults(execute=module.run)
    parsed = parser.parse_args(arguments)
    return int(parsed.execute(parsed))


if __name__ == "__main__":
    sys.exit(main())
