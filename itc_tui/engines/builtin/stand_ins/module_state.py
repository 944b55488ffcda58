"""What modules keep between calls, put back after each test: registries, counters, settings."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from itc_tui.domain.case_syntax import FunctionNode, called
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.evidence.gather import module_of
from itc_tui.engines.builtin.inside.parsing import parsed_source
from itc_tui.engines.builtin.stand_ins.containers import (
    CHANGING,
    CONTAINERS,
    COUNTER,
    DISPLAYS,
    LIST,
    MADE_BY,
    is_stored,
    name_of,
    targets_of,
)
from itc_tui.engines.builtin.stand_ins.references import is_hidden
from itc_tui.engines.builtin.stand_ins.shared_objects import (
    changed_within,
    objects_at_top,
    sets_its_own,
)
from itc_tui.engines.builtin.stand_ins.stand_in import StandIn
from itc_tui.engines.builtin.witnesses import Line

NAME = "kept_state"
_SETTINGS, _REBOUND = "settings", "rebound"
"""An object at the top of a module of which functions there set attributes."""
_SAME_OBJECT = (*CONTAINERS, _SETTINGS)
"""What others may have imported by its name, for it stays the object that it is."""
_MOST_FILES = 400


@dataclass
class _State:
    """A name at the top of a module, and the lines that change what it stands for."""

    module: str
    name: str
    kind: str
    value: str = ""
    """What it is first, as text."""
    sites: set[Line] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    """Of an object: attributes whose containers its own methods change."""
    is_set: bool = False
    """Of an object: functions of its module, or its own, set attributes of it."""

    @property
    def changes(self) -> bool:
        return bool(self.sites) or self.is_set

    @property
    def path(self) -> str:
        return f"{self.module}.{self.name}"


def module_state(target: Target, failing: Collection[str] = ()) -> StandIn | None:
    """One fixture for all of it; a test asks for it when it passes a line that changes some.

    `failing`: modules that cannot be imported.
    """
    trees = dict(_trees(target))
    imported = {name for tree in trees.values() for name in _imported_by_name(tree)}
    states = [
        state
        for (module, file), tree in trees.items()
        if module not in failing and not _is_hidden(module, trees)
        for state in _states(module, file, tree)
        if state.changes and (state.kind in _SAME_OBJECT or not _is_among(state, imported))
    ]
    if not states:
        return None
    states.sort(key=lambda state: state.path)
    shared = [one for one in states if one.kind in CONTAINERS and _is_among(one, imported)]
    own = [state for state in states if state not in shared]
    modules = sorted({state.module for state in states})
    imports = ["import pytest", *(f"import {module}" for module in modules)]
    kinds = {state.kind for state in own}
    has_parts = any(state.parts for state in own)
    imports += ["import copy"] if has_parts or kinds & set(CONTAINERS) else []
    imports += ["import itertools"] if COUNTER in kinds else []
    return StandIn(
        name=NAME,
        source=_source(modules, own, shared),
        imports=tuple(imports),
        sites=tuple(sorted(site for state in states for site in state.sites)),
        outside="",
        reason="What modules keep between calls is put back, so that no test sees another's doing.",
        objects=tuple(state.name for state in states if state.kind == _SETTINGS),
    )


def _source(modules: list[str], own: list[_State], shared: list[_State]) -> str:
    """What only its module refers to is copied; what others hold too is emptied and filled."""
    where = " and ".join(modules[:3]) + (" and others" if len(modules) > 3 else "")
    lines = [
        "@pytest.fixture",
        f"def {NAME}({'monkeypatch' if own else ''}):",
        f'    """What a test changes of the state of {where} is put back after it."""',
    ]
    lines += [f"    monkeypatch.setattr({what})" for state in own for what in _replaced(state)]
    for place, state in enumerate(shared, 1):
        lines.append(f"    kept_{place} = {state.kind}({state.path})")
    lines.append("    yield")
    for place, state in enumerate(shared, 1):
        fill = "extend" if state.kind == LIST else "update"
        lines += [f"    {state.path}.clear()", f"    {state.path}.{fill}(kept_{place})"]
    if not shared:
        lines.pop()
    return "\n".join(lines)


def _replaced(state: _State) -> Iterator[str]:
    """What is put in its place for a while, as `monkeypatch.setattr` wants to be told."""
    if state.kind != _SETTINGS:
        values = {COUNTER: state.value, _REBOUND: state.path}
        yield f'"{state.path}", {values.get(state.kind, f"copy.copy({state.path})")}'
    if state.is_set:
        yield f'{state.path}, "__dict__", dict(vars({state.path}))'
    for part in sorted(state.parts):
        yield f'{state.path}, "{part}", copy.copy({state.path}.{part})'


def _is_among(state: _State, imported: set[str]) -> bool:
    """Another module has it by its own name, and would not see that it is another thing now."""
    return any(f".{state.path}".endswith(f".{one}") for one in imported)


def _trees(target: Target) -> Iterator[tuple[tuple[str, str], ast.Module]]:
    root = Path(target.root)
    count = 0
    for package in target.packages:
        for base in target.source_roots:
            folder = root / base / package
            single = folder.with_suffix(".py")
            for path in [single] if single.is_file() else sorted(folder.rglob("*.py")):
                file = path.relative_to(root).as_posix()
                module = module_of(target, file)
                count += 1
                if module is None or count > _MOST_FILES:
                    continue
                try:
                    yield (module, file), parsed_source(path.read_text(encoding="utf-8"))
                except (OSError, SyntaxError, ValueError):
                    continue


def _states(module: str, file: str, tree: ast.Module) -> list[_State]:
    found = {name: _State(module, name, kind, text) for name, kind, text in _made_at_top(tree)}
    objects = dict(objects_at_top(tree))
    found |= {name: _State(module, name, _SETTINGS) for name in objects}
    for name, kind in objects.items():
        found[name].is_set = sets_its_own(kind)
        for part, line in changed_within(kind):
            found[name].parts.add(part)
            found[name].sites.add((file, line))
    tops = {target.id for node in tree.body for target in targets_of(node)}
    for function in ast.walk(tree):
        if isinstance(function, FunctionNode):
            said = [one for one in ast.walk(function) if isinstance(one, ast.Global)]
            rebound = {name for one in said for name in one.names}
            for name in rebound & tops:
                found.setdefault(name, _State(module, name, _REBOUND))
            for name, line, is_part in _changes(function, rebound):
                if name in found and is_part == (found[name].kind == _SETTINGS):
                    found[name].sites.add((file, line))
                    found[name].is_set |= is_part
    return list(found.values())


def _made_at_top(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    for node in tree.body:
        value = getattr(node, "value", None)
        kind = next((kind for nodes, kind in DISPLAYS if isinstance(value, nodes)), "")
        if isinstance(value, ast.Call):
            kind = MADE_BY.get(called(value).rpartition(".")[2], "")
            numbers = [*value.args, *(word.value for word in value.keywords)]
            if kind == COUNTER and not all(isinstance(one, ast.Constant) for one in numbers):
                continue
        inner = ast.unparse(value) if isinstance(value, ast.expr) else ""
        text = f"itertools.{inner.rpartition('itertools.')[2]}" if kind == COUNTER else ""
        for target in targets_of(node) if kind else ():
            yield target.id, kind, text


def _changes(function: FunctionNode, rebound: set[str]) -> Iterator[tuple[str, int, bool]]:
    """Name and line of each change, and whether it is one to an attribute."""
    arguments = [one.arg for one in ast.walk(function.args) if isinstance(one, ast.arg)]
    local = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and is_stored(n)}
    hidden = (local | set(arguments)) - rebound
    for node in ast.walk(function):
        name, is_part = "", isinstance(node, ast.Attribute)
        if isinstance(node, ast.Attribute):
            name = name_of(node.value) if is_stored(node) else ""
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = name_of(node.func.value) if node.func.attr in CHANGING else ""
        elif isinstance(node, ast.Call) and called(node) == "next" and node.args:
            name = name_of(node.args[0])
        elif isinstance(node, ast.Subscript) and is_stored(node):
            name = name_of(node.value)
        elif isinstance(node, ast.Name) and is_stored(node) and node.id in rebound:
            name = node.id
        if name and name not in hidden:
            yield name, getattr(node, "lineno", 0), is_part


def _imported_by_name(tree: ast.Module) -> Iterator[str]:
    """`a.b.NAME` of each `from a.b import NAME`; of a relative one, by its end."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield f"{node.module}.{alias.name}"


def _is_hidden(module: str, trees: dict[tuple[str, str], ast.Module]) -> bool:
    package = module.rpartition(".")[0]
    return any(name == package and is_hidden(module, tree) for (name, _), tree in trees.items())
