"""Imports run one way, and the loop needs no screen."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "itc_tui"

#: Room → the rooms it may import besides itself. The order is the order of the design.
MAY_IMPORT: dict[str, set[str]] = {
    "domain": set(),
    "ports": {"domain"},
    "strategies": {"domain"},
    "phases": {"domain", "ports", "strategies"},
    "loop": {"domain", "ports", "phases", "strategies"},
    "rerun": {"domain", "ports"},
    "take_back": {"domain", "ports", "phases"},
    "adapters": {"domain", "ports"},
    "engines": {"domain", "ports"},
    "settings": {"domain"},
    "wiring": {"domain", "ports", "loop", "take_back", "settings", "adapters", "engines", "demo"},
    "speech": set(),
    "headless": {"domain", "ports", "speech"},
    "ui": {"domain", "ports", "loop", "settings", "speech", "strategies"},
    "demo": {"domain"},
    "application": {"domain", "ports", "loop", "rerun", "settings", "wiring", "ui"},
    "cli": {
        "application",
        "domain",
        "ports",
        "loop",
        "settings",
        "speech",
        "wiring",
        "headless",
        "ui",
        "demo",
    },
    "__main__": {"cli"},
    "__init__": set(),
}

#: Touching the world is for those who are made for it.
WORLDLY = {"git", "subprocess", "watchfiles"}
WORLDLY_ROOMS = {"adapters", "engines"}


def sources() -> Iterator[tuple[Path, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE)
        if relative.parts[:2] == ("demo", "shop"):
            continue  # the bundled example is somebody else's repository
        yield path, relative.parts[0].removesuffix(".py")


def imported_names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_room_is_known_to_the_design() -> None:
    assert {room for _, room in sources()} <= set(MAY_IMPORT)


def test_imports_run_one_way() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path, room in sources()
        for name in imported_names(path)
        if name.startswith("itc_tui.") and (other := name.split(".")[1]) != room
        if other in MAY_IMPORT and other not in MAY_IMPORT[room]
    ]
    assert wrong == []


def test_only_the_ui_imports_textual() -> None:
    wrong = [
        str(path.relative_to(PACKAGE))
        for path, room in sources()
        if room != "ui" and any(name.split(".")[0] == "textual" for name in imported_names(path))
    ]
    assert wrong == []


def test_only_adapters_and_engines_touch_the_world() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path, room in sources()
        if room not in WORLDLY_ROOMS
        for name in imported_names(path)
        if name.split(".")[0] in WORLDLY
    ]
    assert wrong == []


def test_panes_know_neither_each_other_nor_screens_nor_the_app() -> None:
    panes = PACKAGE / "ui" / "panes"
    wrong = [
        f"{path.name} imports {name}"
        for path in sorted(panes.rglob("*.py"))
        for name in imported_names(path)
        if name.startswith(("itc_tui.ui.screens", "itc_tui.ui.app"))
        or (
            name.startswith("itc_tui.ui.panes.")
            and name.split(".")[3] != path.relative_to(panes).parts[0].removesuffix(".py")
        )
    ]
    assert wrong == []


def test_no_handler_calls_the_same_handler_of_a_class_above() -> None:
    """Textual calls each of them, along the classes; called by hand they run twice."""
    calls = re.compile(r"super\(\)\._?(on_(?!event\()\w+)\(")  # `on_event` is no handler
    wrong = [
        f"{path.relative_to(PACKAGE)} calls {found}"
        for path, room in sources()
        if room == "ui"
        for found in calls.findall(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_nothing_is_named_so_that_pytest_would_collect_it() -> None:
    wrong = [
        f"{path.name}: {node.name}"
        for path, _ in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        and node.name.startswith(("test_", "Test"))
    ]
    assert wrong == []


@pytest.mark.parametrize("module", ["itc_tui.domain.events", "itc_tui.ports", "itc_tui.loop"])
def test_a_fresh_process_loads_the_core_without_the_screen(module: str) -> None:
    heavy = ("textual", "git", "pytest")
    script = f"import {module}, sys; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
