"""The doors of the house (docs/architecture.md), kept by reading the imports of every module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("base", "model", "analysis", "drawing", "files", "face", "door")  # a room imports from its left
BASE = {"__init__", "errors", "progress", "i18n", "assets", "crash", "libraries"}
FACES = {"cli": "cli", "commands": "cli", "ui": "ui"}
UI_PARTS = {"canvas", "panels", "dialogs", "tables", "charts"}
WINDOW = (  # where canvas, panels and dialogs meet
    *(
        "side",
        "viewing",
        "importing",
        "pasting",
        "clipboard",
        "commanding",
        "backdrops",
        "handling",
        "pages",
        "sharing",
        "small_windows",
        "advising",
        "questioning",
        "tidying",
        "outside",
        "previous",
        "map_room",
        "main_window",
    ),
)
UI_STOREYS = dict.fromkeys(WINDOW, 3) | {
    "recovering": 4,
    "bugs": 4,
    "app": 4,
    "self_test": 5,
}  # parts are 2, all else in ui is 1
MOST_LINES = 450
BORDERS = {
    "orgmap.ui.notices",
    "orgmap.cli",
    "orgmap.ui.jobs",
    "orgmap.analysis.worker",
    "orgmap.ui.beside",
}  # jobs has far halves in other processes

ONLY_IN = {  # a library: the modules that may import it
    "PySide6.QtWidgets": ("orgmap.ui",),
    "PySide6": ("orgmap.drawing", "orgmap.ui"),
    "shiboken6": ("orgmap.drawing", "orgmap.ui"),
    "pyqtgraph": ("orgmap.ui",),
    "networkx": ("orgmap.analysis", "orgmap.files.graphml"),
    "nx_rustworkx": ("orgmap.analysis",),
    "rustworkx": ("orgmap.analysis",),
    "scipy": ("orgmap.analysis",),
    "numpy": ("orgmap.analysis", "orgmap.drawing", "orgmap.ui"),
    "defusedxml": ("orgmap.files",),
    "charset_normalizer": ("orgmap.files",),
    "unittest.mock": (),
}


def modules(folder: str = "orgmap") -> dict[str, str]:
    """Dotted name and source of every module below `folder`."""
    found = {}
    for path in sorted((ROOT / folder).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path.read_text(encoding="utf-8")
    return found


@cache
def parsed(source: str) -> ast.Module:
    """The tree of a module; seven tests read each."""
    return ast.parse(source)


def imports(tree: ast.AST) -> Iterator[str]:
    """Dotted names imported anywhere in `tree`; `from a import b` gives "a" and "a.b"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            name = "." * node.level + (node.module or "")
            yield name
            yield from (f"{name}.{alias.name}" for alias in node.names)


def within(name: str, place: str) -> bool:
    """Is the dotted name `place` or something inside it?"""
    return name == place or name.startswith(f"{place}.")


def room(name: str) -> int:
    """The place in `ROOMS` of a module of orgmap."""
    first = [*name.split("."), "__init__"][1]
    if first in FACES:
        return ROOMS.index("face")
    if first == "__main__":
        return ROOMS.index("door")
    return ROOMS.index(first) if first in ROOMS else 0


def broken_doors(name: str, source: str) -> Iterator[str]:
    """What the imports of one module break."""
    parts = (name.split(".") + ["__init__"] * 2)[:4]
    for imported in imports(parsed(source)):
        if imported.startswith("."):
            yield f"{name}: relative import {imported}"
        for library, allowed in ONLY_IN.items():
            if within(imported, library) and not any(within(name, place) for place in allowed):
                yield f"{name}: imports {imported}"
        if not within(imported, "orgmap"):
            continue
        other = (imported.split(".") + ["__init__"] * 2)[:4]
        if room(imported) > room(name):
            yield f"{name}: opens a door upwards, to {imported}"
        elif other[1] in FACES and parts[1] in FACES and FACES[other[1]] != FACES[parts[1]]:
            yield f"{name}: the other face, {imported}"
        elif other[1] == parts[1] == "ui" and other[2] != "__init__":
            if other[2] in UI_PARTS and parts[2] in UI_PARTS and other[2] != parts[2]:
                yield f"{name}: knows its neighbour {imported}"
            elif _storey(other[2]) > _storey(parts[2]):
                yield f"{name}: opens a door upwards, to {imported}"


def _storey(part: str) -> int:
    return UI_STOREYS.get(part, 2 if part in UI_PARTS else 1)


def swallowed(name: str, source: str) -> Iterator[str]:
    """Handlers of everything outside the three borders where errors become words."""
    for node in ast.walk(parsed(source)):
        if not isinstance(node, ast.ExceptHandler) or name in BORDERS:
            continue
        caught = (
            {"bare"} if node.type is None else {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)}
        )
        passes_on = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
        if caught & {"bare", "Exception", "BaseException"} and not passes_on:
            yield f"{name}:{node.lineno}: catches everything"


def made_up_texts(name: str, source: str) -> Iterator[str]:
    """Texts that no translator could find, because they are put together while the program runs."""
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"text", "say"}:
            for argument in node.args:
                if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                    yield f"{name}:{node.lineno}: a text that is not written out"


def rings(sources: dict[str, str]) -> list[list[str]]:
    """Circles among the imports that happen when a module is loaded."""
    ways = {name: set(imports(_loaded(source))) & set(sources) for name, source in sources.items()}
    found: list[list[str]] = []
    state: dict[str, int] = {}

    def visit(name: str, trail: list[str]) -> None:
        state[name] = 1
        for other in sorted(ways[name] - {name}):
            if state.get(other) == 1:
                found.append([*trail[trail.index(other) :], other] if other in trail else [name, other])
            elif other not in state:
                visit(other, [*trail, other])
        state[name] = 2

    for name in sources:
        if name not in state:
            visit(name, [name])
    return found


def _loaded(source: str) -> ast.Module:
    """The imports outside functions and `if TYPE_CHECKING`."""
    body = parsed(source).body
    return ast.Module([node for node in body if isinstance(node, ast.Import | ast.ImportFrom | ast.Try)], [])


def test_a_room_imports_only_from_the_rooms_below_it() -> None:
    broken = [line for name, source in modules().items() for line in broken_doors(name, source)]

    assert broken == []


def test_no_two_modules_import_each_other_in_a_ring() -> None:
    assert rings(modules()) == []


def test_only_the_three_borders_catch_everything() -> None:
    assert [line for name, source in modules().items() for line in swallowed(name, source)] == []


def test_every_text_is_written_out_for_the_translator() -> None:
    assert [line for name, source in modules().items() for line in made_up_texts(name, source)] == []


def test_no_module_has_grown_into_a_gathering_place() -> None:
    sources = modules() | modules("tests") | modules("benchmarks") | modules("checks")

    assert [name for name, source in sources.items() if source.count("\n") > MOST_LINES] == []
    assert [n for n in sources if n.rsplit(".")[-1] in {"utils", "helpers", "manager", "common"}] == []


def test_no_test_mocks_and_no_test_waits_by_the_clock() -> None:
    waits = {"sleep", "wait", "qWait"}

    found = []
    for name, source in modules("tests").items():
        found += [f"{name}: {i}" for i in imports(parsed(source)) if within(i, "unittest.mock")]
        for node in ast.walk(parsed(source)):
            if isinstance(node, ast.Attribute) and node.attr in waits and isinstance(node.value, ast.Name):
                found += [f"{name}:{node.lineno}"] if node.value.id in {"time", "qtbot", "QTest"} else []

    assert found == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("orgmap.model.edits", "from orgmap.analysis import graphs"),
        ("orgmap.model.edits", "import networkx as nx"),
        ("orgmap.model.edits", "def late():\n    from orgmap.files import native"),
        ("orgmap.analysis.graphs", "from PySide6.QtCore import QObject"),
        ("orgmap.drawing.painter", "from PySide6 import QtWidgets"),
        ("orgmap.drawing.painter", "from orgmap.files.native import load"),
        ("orgmap.files.tables", "import networkx"),
        ("orgmap.cli", "from orgmap.ui.app import run"),
        ("orgmap.commands.picture", "from orgmap.ui import theme"),
        ("orgmap.ui.app", "from orgmap.commands import reading"),
        ("orgmap.ui.canvas.view", "from orgmap.ui.panels.inspector import Inspector"),
        ("orgmap.ui.canvas.view", "from orgmap.ui import main_window"),
        ("orgmap.ui.jobs", "from orgmap.ui.canvas import view"),
        ("orgmap.ui.session", "from . import jobs"),
    ],
)
def test_a_forbidden_door_is_seen(name: str, source: str) -> None:
    assert list(broken_doors(name, source))


def test_a_ring_a_swallowed_error_and_a_made_up_text_are_seen() -> None:
    ring = {"orgmap.a": "import orgmap.b", "orgmap.b": "from orgmap import a"}
    swallows = "try:\n    pass\nexcept Exception:\n    pass"
    made_up = "text('menu', f'Open {name}')"

    assert rings(ring)
    assert list(swallowed("orgmap.files.native", swallows))
    assert list(made_up_texts("orgmap.ui.app", made_up))
