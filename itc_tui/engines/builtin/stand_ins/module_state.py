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
from itc_tui.engines.builtin.stand_ins.references import is_hidden
from itc_tui.engines.builtin.stand_ins.stand_in import StandIn
from itc_tui.engines.builtin.witnesses import Line

NAME = "kept_state"
_DICT, _LIST, _SET, _COUNTER, _REBOUND = "dict", "list", "set", "counter", "rebound"
_SETTINGS = "settings"
"""An object at the top of a module of which functions there set attributes."""
_CONTAINERS = (_DICT, _LIST, _SET)
_SAME_OBJECT = (*_CONTAINERS, _SETTINGS)
"""What others may have imported by its name, for it stays the object that it is."""
_MADE_BY = {
    **dict.fromkeys(("dict", "defaultdict", "OrderedDict", "Counter"), _DICT),
    **dict.fromkeys(("list", "deque"), _LIST),
    **dict.fromkeys(("set",), _SET),
    "count": _COUNTER,
}
_DISPLAYS = (
    ((ast.Dict, ast.DictComp), _DICT),
    ((ast.List, ast.ListComp), _LIST),
    ((ast.Set, ast.SetComp), _SET),
)
_CHANGING = frozenset(
    {
        *("append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse"),
        *("appendleft", "extendleft", "popleft", "rotate", "add", "discard", "update"),
        *("setdefault", "popitem", "difference_update", "intersection_update", "subtract"),
    }
)
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
    """Of an object: functions of its module set attributes of it."""

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
        if state.sites and (state.kind in _SAME_OBJECT or not _is_among(state, imported))
    ]
    if not states:
        return None
    states.sort(key=lambda state: state.path)
    shared = [one for one in states if one.kind in _CONTAINERS and _is_among(one, imported)]
    own = [state for state in states if state not in shared]
    modules = sorted({state.module for state in states})
    imports = ["import pytest", *(f"import {module}" for module in modules)]
    kinds = {state.kind for state in own}
    has_parts = any(state.parts for state in own)
    imports += ["import copy"] if has_parts or kinds & set(_CONTAINERS) else []
    imports += ["import itertools"] if _COUNTER in kinds else []
    return StandIn(
        name=NAME,
        source=_source(modules, own, shared),
        imports=tuple(imports),
        sites=tuple(sorted(site for state in states for site in state.sites)),
        outside="",
        reason="What modules keep between calls is put back, so that no test sees another's doing.",
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
        fill = "extend" if state.kind == _LIST else "update"
        lines += [f"    {state.path}.clear()", f"    {state.path}.{fill}(kept_{place})"]
    if not shared:
        lines.pop()
    return "\n".join(lines)


def _replaced(state: _State) -> Iterator[str]:
    """What is put in its place for a while, as `monkeypatch.setattr` wants to be told."""
    if state.kind != _SETTINGS:
        values = {_COUNTER: state.value, _REBOUND: state.path}
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
    objects = dict(_objects_at_top(tree))
    found |= {name: _State(module, name, _SETTINGS) for name in objects}
    for name, kind in objects.items():
        for part, line in _changed_within(kind):
            found[name].parts.add(part)
            found[name].sites.add((file, line))
    tops = {target.id for node in tree.body for target in _targets(node)}
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
        kind = next((kind for nodes, kind in _DISPLAYS if isinstance(value, nodes)), "")
        if isinstance(value, ast.Call):
            kind = _MADE_BY.get(called(value).rpartition(".")[2], "")
            numbers = [*value.args, *(word.value for word in value.keywords)]
            if kind == _COUNTER and not all(isinstance(one, ast.Constant) for one in numbers):
                continue
        inner = ast.unparse(value) if isinstance(value, ast.expr) else ""
        text = f"itertools.{inner.rpartition('itertools.')[2]}" if kind == _COUNTER else ""
        for target in _targets(node) if kind else ():
            yield target.id, kind, text


def _objects_at_top(tree: ast.Module) -> Iterator[tuple[str, ast.ClassDef]]:
    """Made there of a class of the same module that keeps what it has in its `__dict__`."""
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    for node in tree.body:
        value = getattr(node, "value", None)
        kind = classes.get(called(value)) if isinstance(value, ast.Call) else None
        if kind is not None and not _has_slots(kind):
            yield from ((target.id, kind) for target in _targets(node))


def _changed_within(kind: ast.ClassDef) -> Iterator[tuple[str, int]]:
    """Attributes that its methods put something into, or take something out of, and where.

    What is set anew is not among them: many objects do so in all that they do.
    """
    methods = [node for node in kind.body if isinstance(node, FunctionNode)]
    held = {name for method in methods for name in _containers_made(method)}
    for method in methods:
        if method.name in _MAKING or not method.args.args:
            continue
        own = method.args.args[0].arg
        for node in ast.walk(method):
            if isinstance(node, ast.Subscript) and _is_stored(node):
                part = _part_of(node.value, own)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                part = _part_of(node.func.value, own) if node.func.attr in _CHANGING else ""
                part = part if part in held else ""
            else:
                continue
            if part:
                yield part, node.lineno


_MAKING = frozenset({"__init__", "__new__", "__post_init__"})


def _containers_made(method: FunctionNode) -> Iterator[str]:
    for node in ast.walk(method):
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        value = node.value
        made = called(value).rpartition(".")[2] if isinstance(value, ast.Call) else ""
        if _MADE_BY.get(made) in _CONTAINERS or any(isinstance(value, n) for n, _ in _DISPLAYS):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.attr for target in targets if isinstance(target, ast.Attribute))


def _part_of(node: ast.expr, own: str) -> str:
    """`self.part`, and nothing deeper."""
    return node.attr if isinstance(node, ast.Attribute) and _name(node.value) == own else ""


def _has_slots(kind: ast.ClassDef) -> bool:
    """Or may have them: a decorator or a base can bring them."""
    plain = {"object", "ABC", "abc.ABC"}
    bases = {ast.unparse(base) for base in kind.bases}
    names = {target.id for node in kind.body for target in _targets(node)}
    said = " ".join(ast.unparse(one) for one in kind.decorator_list)
    return "__slots__" in names or "slots" in said or not bases <= plain


def _targets(node: ast.stmt) -> list[ast.Name]:
    targets = node.targets if isinstance(node, ast.Assign) else []
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        targets = [node.target]
    return [one for one in targets if isinstance(one, ast.Name) and one.id != "__all__"]


def _changes(function: FunctionNode, rebound: set[str]) -> Iterator[tuple[str, int, bool]]:
    """Name and line of each change, and whether it is one to an attribute."""
    arguments = [one.arg for one in ast.walk(function.args) if isinstance(one, ast.arg)]
    local = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and _is_stored(n)}
    hidden = (local | set(arguments)) - rebound
    for node in ast.walk(function):
        name, is_part = "", isinstance(node, ast.Attribute)
        if isinstance(node, ast.Attribute):
            name = _name(node.value) if _is_stored(node) else ""
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = _name(node.func.value) if node.func.attr in _CHANGING else ""
        elif isinstance(node, ast.Call) and called(node) == "next" and node.args:
            name = _name(node.args[0])
        elif isinstance(node, ast.Subscript) and _is_stored(node):
            name = _name(node.value)
        elif isinstance(node, ast.Name) and _is_stored(node) and node.id in rebound:
            name = node.id
        if name and name not in hidden:
            yield name, getattr(node, "lineno", 0), is_part


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _is_stored(node: ast.Name | ast.Subscript | ast.Attribute) -> bool:
    return isinstance(node.ctx, ast.Store | ast.Del)


def _imported_by_name(tree: ast.Module) -> Iterator[str]:
    """`a.b.NAME` of each `from a.b import NAME`; of a relative one, by its end."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield f"{node.module}.{alias.name}"


def _is_hidden(module: str, trees: dict[tuple[str, str], ast.Module]) -> bool:
    package = module.rpartition(".")[0]
    return any(name == package and is_hidden(module, tree) for (name, _), tree in trees.items())
