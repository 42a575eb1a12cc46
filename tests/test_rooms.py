"""The house stands as drawn: pure rooms, one name for screens, and everything in the package."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

TOP = Path(__file__).parent.parent
PURE = ("hallterm/domain", "hallterm/dispatch")
OUTSIDE = frozenset(
    {"asyncio", "io", "logging", "os", "pathlib", "random", "secrets", "socket", "sqlite3"}
    | {"subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid"}
)
"""Parts of the standard library that reach outside: clock, chance, files, network, processes."""
CLOCK_READERS = frozenset({"now", "utcnow", "today"})
FOLDERS = {"hallterm": "hallterm", "screens": "hallterm.screens", "styles": "hallterm.styles"}
NOT_SHIPPED = ("*.py", "*.pyc", "*.po", "*.pot", "*.cfg", "*.md")


def sources(folder: str) -> list[Path]:
    return sorted(p for p in (TOP / folder).rglob("*.py") if "__pycache__" not in p.parts)


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def impure(source: str) -> list[str]:
    """Name what a module of a pure room must not reach for."""
    tree = ast.parse(source)
    found = []
    for name in imported(tree):
        top = name.split(".")[0]
        own = name.startswith(("hallterm.domain", "hallterm.dispatch"))
        plain = top in sys.stdlib_module_names and top not in OUTSIDE
        if not (own or plain or top == "pydantic"):
            found.append(name)
    called = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    attributes = (call.attr for call in called if isinstance(call, ast.Attribute))
    return found + [name for name in attributes if name in CLOCK_READERS]


@pytest.mark.parametrize("path", [p for room in PURE for p in sources(room)], ids=str)
def test_the_domain_and_dispatch_reach_for_nothing_outside(path: Path) -> None:
    assert impure(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import random",
        "from time import monotonic",
        "import sqlalchemy",
        "from hallterm.store import log",
        "from .. import store",
        "datetime.now(UTC)",
        "def f():\n    import os",
    ],
)
def test_the_check_of_purity_sees_a_fault(source: str) -> None:
    assert impure(source)


@pytest.mark.parametrize(
    "path", [p for f in ("hallterm", "screens", "styles", "tests") for p in sources(f)], ids=str
)
def test_screens_are_imported_by_their_whole_name(path: Path) -> None:
    tops = {name.split(".")[0] for name in imported(ast.parse(path.read_text("utf-8")))}
    assert tops.isdisjoint({"screens", "styles", "data"})
    assert "" not in tops, "relative import"


def setuptools_table() -> dict[str, Any]:
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))
    table: dict[str, Any] = project["tool"]["setuptools"]
    return table


def packages_on_disk() -> Iterator[str]:
    """Name every package of the three folders; the links inside `hallterm` are not followed."""
    for folder, name in {**FOLDERS, "data": "hallterm.data"}.items():
        for marker in (TOP / folder).rglob("__init__.py"):
            inside = marker.parent.relative_to(TOP / folder).parts
            linked = any((TOP / folder / Path(*inside[:n])).is_symlink() for n in range(1, 3))
            if not linked:
                yield ".".join((name, *inside))


def test_every_package_is_listed_for_the_wheel() -> None:
    listed = setuptools_table()["packages"]
    assert sorted(listed) == sorted(set(packages_on_disk()))
    assert len(listed) == len(set(listed))


def test_every_file_that_the_program_reads_is_in_the_wheel() -> None:
    patterns = setuptools_table()["package-data"]
    for folder, package in (
        ("styles", "hallterm.styles"),
        ("data", "hallterm.data"),
        ("hallterm/forms", "hallterm.forms"),
    ):
        for path in (TOP / folder).rglob("*"):
            name = path.relative_to(TOP / folder).as_posix()
            skipped = any(fnmatch(path.name, pattern) for pattern in NOT_SHIPPED)
            if path.is_file() and not skipped:
                assert any(fnmatch(name, pattern) for pattern in patterns[package]), name


def test_the_links_inside_the_package_are_relative() -> None:
    for name in ("screens", "styles", "data"):
        assert (TOP / "hallterm" / name).readlink() == Path("..") / name
