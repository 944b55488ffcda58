"""What a test needs before it starts: a folder, a fixture."""

from __future__ import annotations

import ast
import re

from itc_tui.engines.builtin.repairs.damage import (
    Damage,
    Mended,
    first_line,
    inserted,
    nearest,
    replaced,
)

_MISSING_FILE = re.compile(r"No such file or directory: '([^']+)'")
_MISSING_FIXTURE = re.compile(r"fixture '([^']+)' not found")
_PYTESTS_OWN = {
    "tmp_path",
    "tmp_path_factory",
    "monkeypatch",
    "capsys",
    "capfd",
    "caplog",
    "request",
}


def mend_folder(damage: Damage) -> Mended | None:
    """A file is written below a folder of `tmp_path` that nobody made."""
    found = _MISSING_FILE.search(damage.facts.failure.error)
    function = damage.function
    if not found or function is None:
        return None
    for node in ast.walk(function):
        parts = _below_tmp_path(node)
        if len(parts) > 1 and found[1].endswith("/".join(parts)):
            folder = " / ".join(["tmp_path", *(repr(part) for part in parts[:-1])])
            statement = f"({folder}).mkdir(parents=True)"
            if statement in ast.unparse(function):
                return None
            line = first_line(function)
            text = inserted(damage.text, line, statement)
            return Mended(text, line, f"the folder {'/'.join(parts[:-1])} is made first", (), 0.8)
    return None


def mend_fixture(damage: Damage) -> Mended | None:
    said = f"{damage.facts.failure.error}\n{damage.facts.failure.traceback}"
    found = _MISSING_FIXTURE.search(said)
    function = damage.function
    if not found or function is None:
        return None
    wrong = found[1]
    own = {
        node.name
        for node in damage.tree.body
        if isinstance(node, ast.FunctionDef)
        and any("fixture" in ast.unparse(decorator) for decorator in node.decorator_list)
    }
    right = nearest(wrong, own | _PYTESTS_OWN)
    if not right:
        return None
    places: list[tuple[ast.AST, str]] = [
        (node, right)
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and node.id == wrong
    ]
    places += [(argument, right) for argument in function.args.args if argument.arg == wrong]
    text = damage.text
    for node, new in sorted(places, key=_place, reverse=True):
        text = replaced(text, node, new)
    return Mended(text, function.lineno, f"there is no fixture {wrong}; there is {right}", (), 0.75)


def _place(item: tuple[ast.AST, str]) -> tuple[int, int]:
    return item[0].lineno, item[0].col_offset  # type: ignore[attr-defined]


def _below_tmp_path(node: ast.AST) -> list[str]:
    """`tmp_path / "a" / "b.txt"` → ["a", "b.txt"]; empty for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        if not isinstance(node.right, ast.Constant) or not isinstance(node.right.value, str):
            return []
        parts = [*node.right.value.split("/"), *parts]
        node = node.left
    return parts if isinstance(node, ast.Name) and node.id == "tmp_path" else []
