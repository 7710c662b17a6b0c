"""Holds the rooms and doors of the code: who may import whom, and how large a piece may grow.

Everything is read from the sources (ast); nothing is imported, so a broken module is judged too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
ROOMS: Final = ("desktop_app", "model", "export")
QT: Final = frozenset({"PySide6", "shiboken6"})
HEAVY: Final = frozenset({"PIL", "cv2", "numpy", "onnxruntime"})
# What opens pictures; the last two only once a file of theirs is opened.
PICTURES: Final = frozenset({"PIL", "pi_heif", "pypdfium2"})
TRAINING: Final = frozenset({"keras", "onnx", "rapidocr", "tensorflow", "tf2onnx"})

MODULE_LINES_MAX: Final = 320
FUNCTION_LINES_MAX: Final = 55

# The window builds on these before its first paint, and numpy would cost that paint 100 ms.
LIGHT_MODULES: Final = (
    "model.cancel",
    "model.care",
    "model.errors",
    "model.formats",
    "model.summary",
    "model.types",
)
# Where an unknown error has to become a known one: the workers' boundaries, and the adapter of
# onnxruntime, whose errors share no base class.
BROAD_EXCEPT_ALLOWED: Final = frozenset(
    {"desktop_app/jobs/worker.py", "desktop_app/scanning/worker.py", "model/network.py"}
)
# `terminate` leaves locks held; `processEvents` lets a second click in while the first one runs.
BANNED_CALLS: Final = frozenset({"processEvents", "terminate"})
BANNED_NAME_PARTS: Final = frozenset({"helper", "helpers", "manager", "managers", "util", "utils"})


@dataclass(frozen=True)
class Source:
    """One module of the product."""

    path: Path

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"))

    @property
    def name(self) -> str:
        """Its place from the root, such as "model/reader.py"."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        """As it is imported, such as "model.reader"."""
        return self.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def room(self) -> str:
        return self.name.split("/", maxsplit=1)[0]

    @cached_property
    def imports(self) -> frozenset[str]:
        """Every module that it imports, anywhere and for whatever reason."""
        return frozenset(imported_by(ast.walk(self.tree)))

    @cached_property
    def imports_at_start(self) -> frozenset[str]:
        """The modules that importing it imports: not those inside functions or for types only."""
        return frozenset(imported_by(run_at_import(self.tree)))


def imported_by(nodes: Iterator[ast.AST]) -> Iterator[str]:
    """Names of modules; `from a import b` gives both a and a.b, which may be a module."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from run_at_import(child)


@cache
def sources_in(room: str) -> tuple[Source, ...]:
    return tuple(Source(path) for path in sorted((ROOT / room).rglob("*.py")))


def sources_of(*rooms: str) -> list[Source]:
    return [source for room in rooms for source in sources_in(room)]


def distribution(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def importers_of(distributions: frozenset[str], *rooms: str) -> set[str]:
    return {
        source.name
        for source in sources_of(*rooms)
        if distributions & {distribution(module) for module in source.imports}
    }


def loaded_with(module: str) -> frozenset[str]:
    """Every module that importing this one imports, through our own modules and beyond."""
    ours = {source.module: source for source in sources_of(*ROOMS)}
    assert module in ours
    loaded: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in loaded:
            continue
        loaded.add(name)
        if "." in name:
            waiting.append(name.rpartition(".")[0])
        if name in ours:
            waiting.extend(ours[name].imports_at_start)
    return frozenset(loaded)


def distributions_loaded_with(module: str) -> set[str]:
    return {distribution(name) for name in loaded_with(module)}


def functions_of(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def line_count(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Its lines from `def` to the end, less its docstring: a full contract is no fault."""
    count = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function, clean=False) is not None:
        docstring = function.body[0]
        count -= (docstring.end_lineno or docstring.lineno) - docstring.lineno + 1
    return count


def catches_everything(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    caught = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    return bool(caught & {"BaseException", "Exception"})


@pytest.mark.parametrize(
    ("room", "forbidden"),
    [
        ("model", {"desktop_app", "export", "tests"}),
        ("desktop_app", {"export", "tests"}),
        ("export", {"desktop_app", "tests"}),
    ],
)
def test_imports_run_one_way(room: str, forbidden: set[str]) -> None:
    assert importers_of(frozenset(forbidden), room) == set()


def test_only_the_desktop_app_knows_qt() -> None:
    assert importers_of(QT, "model", "export") == set()


@pytest.mark.parametrize("module", ["desktop_app.cli", "desktop_app.__main__"])
def test_the_command_line_loads_no_qt(module: str) -> None:
    assert not distributions_loaded_with(module) & QT


@pytest.mark.parametrize("module", LIGHT_MODULES)
def test_what_the_first_paint_needs_loads_no_numpy(module: str) -> None:
    assert not distributions_loaded_with(module) & HEAVY


def test_the_window_paints_before_numpy_loads() -> None:
    assert not distributions_loaded_with("desktop_app.app") & HEAVY


def test_the_window_paints_before_the_kinds_of_numbers_load() -> None:
    loaded = loaded_with("desktop_app.app")
    assert {name for name in loaded if name.startswith("model.fields")} == set()


def test_only_the_intake_opens_pictures() -> None:
    importers = importers_of(PICTURES, "desktop_app", "model")
    assert {name for name in importers if not name.startswith("model/intake")} == set()


def test_rare_formats_cost_nothing_until_they_are_opened() -> None:
    assert distributions_loaded_with("model.intake") & PICTURES == {"PIL"}


def test_only_the_network_module_knows_onnxruntime() -> None:
    assert importers_of(frozenset({"onnxruntime"}), "desktop_app", "model") <= {"model/network.py"}


def test_training_tools_stay_in_export() -> None:
    assert importers_of(TRAINING, "desktop_app", "model") == set()


def test_modules_stay_small() -> None:
    sizes = {
        source.name: len(source.path.read_text(encoding="utf-8").splitlines())
        for source in sources_of(*ROOMS)
    }
    assert {name: size for name, size in sizes.items() if size > MODULE_LINES_MAX} == {}


def test_functions_stay_small() -> None:
    sizes = {
        f"{source.name}:{function.lineno} {function.name}": line_count(function)
        for source in sources_of(*ROOMS)
        for function in functions_of(source)
    }
    assert {name: size for name, size in sizes.items() if size > FUNCTION_LINES_MAX} == {}


def test_broad_excepts_stay_at_the_boundaries() -> None:
    found = {
        f"{source.name}:{node.lineno}"
        for source in sources_of(*ROOMS)
        if source.name not in BROAD_EXCEPT_ALLOWED
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler) and catches_everything(node)
    }
    assert found == set()


def test_no_thread_is_killed_and_no_event_loop_is_nested() -> None:
    found = {
        f"{source.name}:{node.lineno} {node.attr}"
        for source in sources_of("desktop_app", "model")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr in BANNED_CALLS
    }
    assert found == set()


def test_no_thread_is_subclassed() -> None:
    found = {
        f"{source.name}:{node.lineno} {node.name}"
        for source in sources_of("desktop_app")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base).endswith("QThread") for base in node.bases)
    }
    assert found == set()


def test_module_names_say_what_is_inside() -> None:
    vague = {
        source.name
        for source in sources_of(*ROOMS)
        if BANNED_NAME_PARTS & set(source.path.stem.split("_"))
    }
    assert vague == set()
