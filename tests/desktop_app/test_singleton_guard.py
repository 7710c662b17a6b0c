from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
from desktop_app.singleton_guard import hold_singletons
hold_singletons()
from PySide6.QtGui import QPen
pen = QPen()
for _ in range(50_000):
    pen.setWidth(3)
print("alive")
"""


def test_process_outlives_fifty_thousand_calls_of_qt() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout.strip() == "alive"
    assert done.returncode == 0
