"""Environment variables that the code reads, set for one test and put back after it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from itc_tui.engines.builtin.inside.parsing import parsed_source
from itc_tui.engines.builtin.stand_ins.stand_in import Environment, Outside, StandIn

_SAMPLES = ("12", "tea", "0", "true", "stock.db")
_MOST = 12


def variables(outside: Outside, _environment: Environment) -> StandIn | None:
    if outside.name != "environment":
        return None
    lines = set(outside.lines)
    asked = [
        (file, variable, default, line)
        for file, text in outside.sources.items()
        for variable, default, line in _asked_in(text)
        if (file, line) in lines
    ]
    if not asked:
        return None
    names = dict.fromkeys(variable for _, variable, _, _ in asked)
    defaults = {variable: default for _, variable, default, _ in asked}
    rows = [_setting(names, defaults, place) for place in range(len(_SAMPLES))]
    return StandIn(
        name="monkeypatch",
        source="",
        imports=(),
        sites=tuple(sorted({(file, line) for file, _, _, line in asked})),
        outside="environment",
        reason="Variables are set through monkeypatch, which puts them back.",
        openings=tuple(dict.fromkeys(rows)),
    )


def _setting(names: dict[str, None], defaults: dict[str, str], place: int) -> tuple[str, ...]:
    return tuple(
        f"monkeypatch.setenv({name!r}, {_value(defaults[name], place + nth)!r})"
        for nth, name in enumerate(list(names)[:_MOST])
    )


def _value(default: str, place: int) -> str:
    """Of the kind of its default, where it has one."""
    if default.isdigit():
        return str(int(default) + place + 1)
    return _SAMPLES[place % len(_SAMPLES)]


def _asked_in(text: str) -> Iterator[tuple[str, str, int]]:
    """Variable, default and line of `os.environ["X"]`, `os.environ.get("X")`, `os.getenv("X")`."""
    try:
        tree = parsed_source(text)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = ast.unparse(node.func)
            if name.endswith(("environ.get", "getenv")) and _is_text(node.args[0]):
                default = node.args[1] if len(node.args) > 1 else None
                told = default.value if isinstance(default, ast.Constant) else ""
                yield ast.literal_eval(node.args[0]), str(told or ""), node.lineno
        elif isinstance(node, ast.Subscript) and _is_read(node):
            yield ast.literal_eval(node.slice), "", node.lineno


def _is_read(node: ast.Subscript) -> bool:
    is_load = isinstance(node.ctx, ast.Load) and _is_text(node.slice)
    return is_load and ast.unparse(node.value).endswith("environ")


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
