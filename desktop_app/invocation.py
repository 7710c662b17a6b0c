"""How the user started the program."""

from __future__ import annotations

import os


def command() -> str:
    """What to type again: ./start and start.cmd say their name, the command itself does not."""
    return os.environ.get("NUMBERGLASS_COMMAND") or "numberglass"
