from __future__ import annotations

import os
import platform
import subprocess
import sys

import pytest

# A block of 26 MB that was freed is kept by glibc, and so is another one of the same size; what is
# left of both is printed in MB.
PROGRAM = """
import numpy as np
from desktop_app import freed_memory
from tests.support.many_pages import held_mb
assert freed_memory.set_limits()
before = held_mb()
for _ in range(2):
    pages = [np.ones(26_000_000, np.uint8) for _ in range(3)]
    del pages
print(held_mb() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="is about glibc")
def test_freed_pages_go_back_to_the_system() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )

    assert float(done.stdout) < 13
