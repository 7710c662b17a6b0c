"""Runs first in the bundle, which holds no ssl: nothing leaves the machine.

python-stdnum imports it for look-ups on the web that this program never makes. An empty module in
its place lets the rest of it be imported; whoever asked it for a connection would get none.
"""

import sys
from types import ModuleType

sys.modules.setdefault("ssl", ModuleType("ssl"))
