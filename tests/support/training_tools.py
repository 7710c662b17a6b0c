"""Tests that train a network: slow, and only where the tools for it are installed."""

from __future__ import annotations

import importlib.util
from typing import Final

import pytest

needs_training_tools: Final = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("keras") is None or importlib.util.find_spec("tensorflow") is None,
        reason="the training tools are not installed: ./test --all installs them",
    ),
]
"""For a module's ``pytestmark``."""
