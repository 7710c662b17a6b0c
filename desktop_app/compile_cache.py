"""Keeps what PySide6 compiles of itself: it carries parts of its Python code as text.

Measured: 40 of the 180 ms that importing PySide6 takes, at every start. Python keeps the modules
that it compiles in ``__pycache__``; so does this, for those that come from no file.
"""

from __future__ import annotations

import builtins
import marshal
import os
import sys
import zlib
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType

Compiled: TypeAlias = "dict[tuple[str, bytes], CodeType]"
"""By the name that the text was compiled under, and the text itself."""

_SUM_BYTES: Final = 4
_TAG: Final = f"{sys.implementation.cache_tag}-{sys.hexversion:x}.opt-{sys.flags.optimize}"
CACHE_FILE: Final = os.path.join(  # noqa: PTH118 (pathlib is not imported for this)
    os.path.dirname(__file__),  # noqa: PTH120
    "__pycache__",
    f"binding.{_TAG}.marshal",
)


@contextmanager
def kept_compilations(path: str = CACHE_FILE) -> Iterator[None]:
    """Within it, a text that was compiled in an earlier run is not compiled again.

    Where the file is damaged the texts are compiled as ever; where it cannot be written, that is so
    at each start.
    """
    compiler = _Compiler(_load(path), builtins.compile)
    builtins.compile = compiler
    try:
        yield
    finally:
        builtins.compile = compiler.compile_anew
    if compiler.has_compiled and not sys.dont_write_bytecode:
        _save(path, compiler.used)


class _Compiler:
    """Stands in for the builtin ``compile``; takes whole modules from what was kept."""

    def __init__(self, kept: Compiled, compile_anew: Callable[..., Any]) -> None:
        self._kept = kept
        self.used: Compiled = {}
        self.has_compiled = False
        self.compile_anew = compile_anew

    def __call__(self, source: object, filename: object, mode: str, *args: Any, **more: Any) -> Any:  # noqa: ANN401
        if mode != "exec" or args or more or not isinstance(source, bytes | str):
            return self.compile_anew(source, filename, mode, *args, **more)
        key = str(filename), source.encode() if isinstance(source, str) else source
        code = self._kept.get(key)
        if code is None:
            self.has_compiled = True
            code = self.compile_anew(source, filename, mode)
        self.used[key] = code
        return code


def _load(path: str) -> Compiled:
    """What ``_save`` wrote, or nothing where the file is missing or damaged."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            content = file.read()
    except OSError:
        return {}
    # marshal believes whatever it is given.
    told, payload = content[:_SUM_BYTES], content[_SUM_BYTES:]
    if told != _checksum(payload):
        return {}
    kept: Compiled = marshal.loads(payload)
    return kept


def _save(path: str, compiled: Compiled) -> None:
    """Under another name first: a half-written file never stands under the right one."""
    rough = f"{path}.{os.getpid()}"
    payload = marshal.dumps(compiled)
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        with open(rough, "wb") as file:  # noqa: PTH123
            file.write(_checksum(payload) + payload)
        os.replace(rough, path)
    except OSError:
        with suppress(OSError):
            os.unlink(rough)  # noqa: PTH108


def _checksum(payload: bytes) -> bytes:
    return zlib.crc32(payload).to_bytes(_SUM_BYTES, "big")
