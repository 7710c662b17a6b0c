"""The window and the command line: the only folder that knows Qt."""

from __future__ import annotations

from typing import Final

__version__: Final = "0.1.0"
"""Kept here as well as in pyproject.toml, for the frozen program has no metadata to ask."""
