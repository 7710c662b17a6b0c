from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        # Qt's platform without a screen says what it cannot do; the program is not to blame.
        ignored = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
        item.add_marker(ignored)
